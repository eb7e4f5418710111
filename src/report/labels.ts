// Puts labels beside points so that none lies on another, on a point or on a leader line. Greedy:
// the first label gets the best place; each later one the nearest that is still free, on rings of
// growing radius and away from the crowd first; one that finds none is left out.

import { cos, sin } from '../linalg/elementary/index.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is to be labelled: a point, and the size of its label. */
export interface Labelled {
  readonly at: Point;
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly box: Box;
  /** Where a line from the point to the label ends; none where the label is close by. */
  readonly leader?: Point;
}

export interface PlaceOptions {
  /** Labels stay inside. */
  readonly bounds: Box;
  /** Points are discs of this radius. */
  readonly radius: number;
  /** All points, those without a label too. */
  readonly obstacles: readonly Point[];
  /** No more than so many labels are placed. */
  readonly limit: number;
}

/** Gaps between disc and label. From the third ring on a line joins the two. */
const RINGS = [1.5, 5, 9, 14, 20, 27, 35, 44, 54, 65, 77, 90, 104];
const FIRST_WITH_LEADER = 2;

const STEPS = 48;
const DIRECTIONS: readonly Point[] = Array.from({ length: STEPS }, (_, k) => ({
  x: cos((2 * Math.PI * k) / STEPS),
  y: sin((2 * Math.PI * k) / STEPS),
}));

/** A place for each label, in order of priority; undefined for those that found none. */
export function placeLabels(
  labels: readonly Labelled[],
  { bounds, radius, obstacles, limit }: PlaceOptions,
): (Placed | undefined)[] {
  const boxes: Box[] = [];
  const leaders: Segment[] = [];

  const free = (at: Point, { box, leader }: Placed): boolean => {
    if (!inside(box, bounds) || boxes.some((other) => overlap(box, other))) return false;
    if (obstacles.some((point) => distanceToBox(point, box) < radius)) return false;
    if (leaders.some((segment) => crossesBox(segment, box))) return false;
    if (!leader) return true;
    const segment: Segment = [at, leader];
    return (
      !boxes.some((other) => crossesBox(segment, other)) &&
      !leaders.some((other) => !same(other[0], at) && crosses(segment, other)) &&
      !obstacles.some((point) => !same(point, at) && distance(point, segment) < radius / 3)
    );
  };

  return labels.map((label) => {
    if (boxes.length >= limit) return undefined;
    for (const candidate of candidates(label, radius, outward(label.at, obstacles))) {
      if (!free(label.at, candidate)) continue;
      boxes.push(candidate.box);
      if (candidate.leader) leaders.push([label.at, candidate.leader]);
      return candidate;
    }
    return undefined;
  });
}

/** Away from the points near by: the sum of their repulsions, which fall off as 1/distance². */
function outward(at: Point, obstacles: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const other of obstacles) {
    const [dx, dy] = [at.x - other.x, at.y - other.y];
    const squared = dx * dx + dy * dy + 100;
    x += dx / (squared * Math.sqrt(squared));
    y += dy / (squared * Math.sqrt(squared));
  }
  return { x, y };
}

function* candidates(
  { at, width, height }: Labelled,
  radius: number,
  out: Point,
): Generator<Placed> {
  const along = ({ x, y }: Point): number => x * out.x + y * out.y;
  const directions = DIRECTIONS.toSorted((a, b) => along(b) - along(a));
  for (const [ring, gap] of RINGS.entries()) {
    for (const { x, y } of directions) {
      const left = at.x + x * (radius + gap + width / 2) - width / 2;
      const top = at.y + y * (radius + gap + height / 2) - height / 2;
      const box = { left, top, right: left + width, bottom: top + height };
      yield ring < FIRST_WITH_LEADER ? { box } : { box, leader: nearestOf(box, at) };
    }
  }
}

type Segment = readonly [Point, Point];

function inside(box: Box, bounds: Box): boolean {
  return (
    box.left >= bounds.left &&
    box.right <= bounds.right &&
    box.top >= bounds.top &&
    box.bottom <= bounds.bottom
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The point of a box that is nearest to a point. */
function nearestOf(box: Box, { x, y }: Point): Point {
  return {
    x: Math.min(Math.max(x, box.left), box.right),
    y: Math.min(Math.max(y, box.top), box.bottom),
  };
}

function distanceToBox({ x, y }: Point, box: Box): number {
  const dx = Math.max(box.left - x, 0, x - box.right);
  const dy = Math.max(box.top - y, 0, y - box.bottom);
  return Math.sqrt(dx * dx + dy * dy);
}

function same(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

function distance(point: Point, [a, b]: Segment): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(Math.max(along, 0), 1);
  const x = a.x + t * dx - point.x;
  const y = a.y + t * dy - point.y;
  return Math.sqrt(x * x + y * y);
}

/** Whether two segments have a point in common, or lie on one line. */
function crosses([a, b]: Segment, [c, d]: Segment): boolean {
  return (
    side(a, b, c.x, c.y) * side(a, b, d.x, d.y) <= 0 &&
    side(c, d, a.x, a.y) * side(c, d, b.x, b.y) <= 0
  );
}

/** On which side of the line from a to b (x, y) lies: −1, 0 or 1. */
function side(a: Point, b: Point, x: number, y: number): number {
  return Math.sign((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));
}

/** Whether a segment passes through the inside of a box: neither an axis nor the segment parts them. */
function crossesBox([a, b]: Segment, { left, top, right, bottom }: Box): boolean {
  if (Math.max(a.x, b.x) <= left || Math.min(a.x, b.x) >= right) return false;
  if (Math.max(a.y, b.y) <= top || Math.min(a.y, b.y) >= bottom) return false;
  const first = side(a, b, left, top);
  return (
    first === 0 ||
    side(a, b, right, top) !== first ||
    side(a, b, right, bottom) !== first ||
    side(a, b, left, bottom) !== first
  );
}
