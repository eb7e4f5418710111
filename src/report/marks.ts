// Five shapes for eight hues: 5 and 8 have no common divisor, so forty classes look different.

import { at, element } from './markup.js';
import { fill, HUES } from './theme.js';

type Shape = (x: number, y: number, r: number) => string;

/** Path data; the radii are such that the areas look alike. */
const SHAPES: readonly Shape[] = [
  (x, y, r) =>
    `M${at(x - r, y)}a${at(r, r)} 0 1 0 ${at(2 * r, 0)}a${at(r, r)} 0 1 0 ${at(-2 * r, 0)}z`,
  (x, y, r) => polygon(x, y, 0.9 * r, [-1, -1, 1, -1, 1, 1, -1, 1]),
  (x, y, r) => polygon(x, y, 1.25 * r, [0, -1, 0.95, 0.7, -0.95, 0.7]),
  (x, y, r) => polygon(x, y, 1.25 * r, [0, -1, 1, 0, 0, 1, -1, 0]),
  (x, y, r) => polygon(x, y, 1.25 * r, [0, 1, 0.95, -0.7, -0.95, -0.7]),
];

/** How far a mark reaches from its centre, in radii. */
export const MARK_REACH = 1.25;

/** The mark of class i at (x, y); `content` goes inside, a tooltip say. */
export function mark(i: number, x: number, y: number, r: number, ...content: string[]): string {
  const path = SHAPES[i % SHAPES.length]!(x, y, r);
  return element('path', { d: path, ...fill(`hue${i % HUES.length}`) }, ...content);
}

function polygon(x: number, y: number, r: number, corners: readonly number[]): string {
  const points: string[] = [];
  for (let c = 0; c < corners.length; c += 2) {
    points.push(at(x + r * corners[c]!, y + r * corners[c + 1]!));
  }
  return `M${points.join('L')}z`;
}
