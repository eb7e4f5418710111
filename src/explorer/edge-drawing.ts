import type { Trace, TracedNode } from '../graph/index.js';
import { textWidth } from '../report/characters.js';
import { at, element } from '../report/markup.js';
import type { Layout, Point } from './layout.js';
import { svgText } from './lettering.js';
import { printNumber } from './names.js';

const LABEL_SIZE = 12.5;
const LABEL_HEIGHT = 18;

/** The way of an edge from border to border. */
interface Edge {
  readonly from: number;
  readonly to: number;
  readonly points: readonly Point[];
  /** The local derivative that gradients are multiplied by on their way back. */
  readonly local: string | undefined;
}

/** The edges of a graph, and on top of them what each multiplies gradients by on their way back. */
export function edgesOf(trace: Trace, placed: Layout, widths: readonly number[]): string[] {
  const locals = localDerivatives(trace);
  const edges = trace.nodes.flatMap((node) => edgesInto(node, placed, widths, locals));
  return [...edges.map(edgeMarkup), ...edgeLabels(edges)];
}

/** The edges into one box. They arrive one above the other, in the order in which they come from. */
function edgesInto(
  child: TracedNode,
  { nodes, edges }: Layout,
  widths: readonly number[],
  locals: ReadonlyMap<string, string>,
): Edge[] {
  const ways = edges[child.i - 1]!;
  const order = [...ways.keys()].sort((a, b) => ways[a]!.at(-2)!.y - ways[b]!.at(-2)!.y);
  const spread = Math.min(14, 30 / Math.max(1, ways.length - 1));
  const end = nodes[child.i - 1]!;
  return child.parents.map((from, slot) => {
    const way = ways[slot]!;
    const start = way[0]!;
    const port = (order.indexOf(slot) - (ways.length - 1) / 2) * spread;
    const points = [
      { x: start.x + widths[from - 1]! / 2, y: start.y },
      ...way.slice(1, -1),
      { x: end.x - widths[child.i - 1]! / 2 - 5, y: end.y + port },
    ];
    return { from, to: child.i, points, local: locals.get(`${child.i} ${slot}`) };
  });
}

function edgeMarkup({ from, to, points }: Edge): string {
  const ends = { 'data-from': String(from), 'data-to': String(to) };
  return element('path', { class: 'edge', d: curve(points), 'marker-end': 'url(#arrow)', ...ends });
}

/** A label in the middle of each edge, or a little off it where another label is. */
function edgeLabels(edges: readonly Edge[]): string[] {
  const placed: (Point & { width: number })[] = [];
  return edges.map(({ from, to, points, local }) => {
    if (local === undefined) return '';
    const width = textWidth(local, LABEL_SIZE) + 6;
    const [a, b] = points.slice(-2) as [Point, Point];
    const free = (point: Point): boolean =>
      placed.every((other) => {
        const apart = Math.abs(other.x - point.x) - (other.width + width) / 2;
        return apart > 0 || Math.abs(other.y - point.y) > LABEL_HEIGHT;
      });
    const candidates = [0.5, 0.62, 0.38, 0.72, 0.28].map((t) => along(a, b, t));
    const { x, y } = candidates.find(free) ?? candidates[0]!;
    placed.push({ x, y, width });
    const back = { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
    return element(
      'g',
      { class: 'local', 'data-from': String(from), 'data-to': String(to) },
      element('rect', { ...back, class: 'back' }),
      svgText(local, x, y + 4, LABEL_SIZE, 'gradient'),
    );
  });
}

/** The point of the curve from a to b at parameter t. */
function along(a: Point, b: Point, t: number): Point {
  const smooth = t * t * (3 - 2 * t);
  const x = (1.5 * t * (1 - t) + t * t * t) * (b.x - a.x) + a.x;
  return { x, y: a.y + smooth * (b.y - a.y) };
}

/** Through all points, level at each of them. */
function curve(points: readonly Point[]): string {
  let d = `M${at(points[0]!.x, points[0]!.y)}`;
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!];
    const bend = (b.x - a.x) / 2;
    d += `C${at(a.x + bend, a.y, b.x - bend, b.y, b.x, b.y)}`;
  }
  return d;
}

/** The local derivatives of edges between single numbers, by child and slot. */
function localDerivatives({ nodes, gradients }: Trace): Map<string, string> {
  const found = new Map<string, string>();
  for (const { i, terms } of gradients) {
    for (const { child, slot, local } of terms) {
      const scalar = nodes[i - 1]!.shape.length === 0 && nodes[child - 1]!.shape.length === 0;
      if (scalar) found.set(`${child} ${slot}`, `×${printNumber(local[0]!)}`);
    }
  }
  return found;
}

/** The end of every edge, in its own colour. */
export function arrowHead(): string {
  const path = element('path', { d: 'M0 0L8 4L0 8z', class: 'head' });
  const marker = {
    id: 'arrow',
    viewBox: '0 0 8 8',
    refX: 4,
    refY: 4,
    markerWidth: 10,
    markerHeight: 10,
    markerUnits: 'userSpaceOnUse',
    orient: 'auto',
  };
  return element('defs', {}, element('marker', marker, path));
}
