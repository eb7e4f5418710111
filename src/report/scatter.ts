// A map of words: points in the plane, as many of them named as there is room for.

import { textWidth } from './characters.js';
import { drawing, fittedText, heading, key, MARGIN, shortName } from './drawing.js';
import { type Box, type Placed, type Point, placeLabels } from './labels.js';
import { MARK_REACH, mark } from './marks.js';
import { at, element, escapeMarkup } from './markup.js';
import { hueOf, line } from './theme.js';

export interface ScatterPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Points of one class share colour and shape. */
  readonly group?: string;
}

export interface ScatterOptions {
  readonly title: string;
  /** A second line under the title. */
  readonly subtitle?: string;
  readonly width?: number;
  readonly height?: number;
  /** At most so many points are named (default 200). All are drawn. */
  readonly labels?: number;
  readonly fontSize?: number;
  /** All classes, in the order of their colours (default: as they appear). */
  readonly groups?: readonly string[];
  /** Whether the classes are listed (default: when there are any). */
  readonly key?: boolean;
  readonly styled?: boolean | undefined;
}

const RADIUS = 2.8;

/**
 * An SVG of labelled points. The first points matter most (give the most frequent words first):
 * they are the ones that get labels, and the best places. Each axis is stretched to fill the
 * picture; hovering over a point shows its label, drawn or not.
 *
 * @throws RangeError when there are no points, or a coordinate is not finite
 */
export function scatter(points: readonly ScatterPoint[], options: ScatterOptions): string {
  const { title, width = 800, height = 640, labels = 200, fontSize = 10.5 } = options;
  check(points);
  const groups = options.groups ?? [...new Set(points.flatMap(({ group }) => group ?? []))];
  const series = points.map(({ group }) => Math.max(0, groups.indexOf(group ?? '')));

  const head = heading(title, options.subtitle);
  const listed = (options.key ?? true) ? groups : [];
  const legend = key(listed, MARGIN, head.height + 6, width - 2 * MARGIN);
  const top = head.height + legend.height + 12;
  const frame: Box = { left: MARGIN, top, right: width - MARGIN, bottom: height - MARGIN };
  if (frame.bottom - top < 60) throw new RangeError(`scatter: ${height} pixels leave no room`);

  const positions = stretched(points, grown(frame, -16));
  const names = points.map(({ label }) => shortName(label));
  const places = placeLabels(
    names.map((name, i) => ({
      at: positions[i]!,
      width: textWidth(name, fontSize) + 2,
      height: 1.04 * fontSize,
    })),
    { bounds: grown(frame, -2), radius: RADIUS * MARK_REACH, obstacles: positions, limit: labels },
  );

  return drawing(
    { width, height, title, description: describe(points, groups, places), styled: options.styled },
    head.markup,
    legend.markup,
    element('rect', { ...rectangle(frame), rx: 6, ...line('faint') }),
    ...places.map((place, i) => leaderLine(positions[i]!, place)),
    // The first ones on top.
    ...points.map((point, i) => dot(point, positions[i]!, series[i]!)).reverse(),
    ...places.map((place, i) => label(points[i]!, names[i]!, place, fontSize, series[i]!)),
  );
}

function check(points: readonly ScatterPoint[]): void {
  if (points.length === 0) throw new RangeError('scatter: there are no points to draw');
  for (const { label, x, y } of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new RangeError(
        `scatter: "${label}" is at (${x}, ${y}); a point needs two finite numbers`,
      );
    }
  }
}

/** The points, stretched to the frame; y grows upwards. */
function stretched(points: readonly ScatterPoint[], { left, right, top, bottom }: Box): Point[] {
  const x = stretch(points.map((point) => point.x));
  const y = stretch(points.map((point) => point.y));
  return points.map((_, i) => ({
    x: left + x[i]! * (right - left),
    y: bottom - y[i]! * (bottom - top),
  }));
}

/** To 0 … 1; to ½ when all are equal. (Halves, because a difference may overflow.) */
function stretch(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const span = values.reduce((a, b) => Math.max(a, b)) / 2 - least / 2;
  return values.map((value) => (span > 0 ? (value / 2 - least / 2) / span : 0.5));
}

function dot(point: ScatterPoint, { x, y }: Point, series: number): string {
  const full = point.group === undefined ? point.label : `${point.label} (${point.group})`;
  return element(
    'g',
    { class: 'dot', 'data-word': point.label, opacity: '0.85' },
    mark(series, x, y, RADIUS, element('title', {}, escapeMarkup(full))),
  );
}

function leaderLine({ x, y }: Point, place: Placed | undefined): string {
  if (!place?.leader) return '';
  return element('path', {
    d: `M${at(x, y)}L${at(place.leader.x, place.leader.y)}`,
    ...line('soft'),
    'stroke-width': 0.6,
    opacity: '0.7',
  });
}

function label(
  point: ScatterPoint,
  name: string,
  place: Placed | undefined,
  size: number,
  series: number,
): string {
  if (!place) return '';
  const { left, bottom } = place.box;
  return fittedText(name, left + 1, bottom - 0.25 * size, {
    size,
    paint: hueOf(series).name,
    'data-word': point.label,
  });
}

function describe(
  points: readonly ScatterPoint[],
  groups: readonly string[],
  places: readonly (Placed | undefined)[],
): string {
  const classes = groups.length > 0 ? ` in ${groups.length} classes` : '';
  const named = places.filter((place) => place !== undefined).length;
  return `A map of ${points.length} words${classes}, ${named} of them named`;
}

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function rectangle({ left, top, right, bottom }: Box): Record<string, number> {
  return { x: left, y: top, width: right - left, height: bottom - top };
}
