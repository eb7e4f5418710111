import type { Point } from '../../../src/check/spec.js';
import { at, slope, type Unary } from './builders.js';
import table from './reference-points.json' with { type: 'json' };

export type ReferenceName = keyof typeof table;

/** A function at a point, and its first two derivatives there; the second is left out where a double has too few digits for it. */
export interface ReferencePoint {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly curvature: number | undefined;
}

/**
 * Values and derivatives at zeros, subnormal numbers, next to 1, where functions saturate and where they overflow;
 * each is the double nearest to the truth. Computed to 2000 digits with mpmath 1.3 from the textbook formula of each
 * function, the derivatives as central differences of step 10⁻⁴⁰⁰: no rule of differentiation is in them.
 */
export function referencePoints(name: ReferenceName): ReferencePoint[] {
  return table[name].map((row) => {
    const [x, y, first, second] = row.split(' ').map(Number) as [number, number, number, number?];
    return { x, y, slope: first, curvature: second };
  });
}

/** The reference points of an op: of its value and slope, and of its slope and curvature. */
export function known(
  name: ReferenceName,
  f: Unary,
  tolerance: (x: number) => number | undefined = () => undefined,
): Point[] {
  return referencePoints(name).flatMap(({ x, y, slope: first, curvature }) => {
    const point = at(f, x, y, first, tolerance(x));
    if (curvature === undefined) return [point];
    const second = at((node) => slope(f(node), node), x, first, curvature, tolerance(x));
    return [point, { ...second, text: `the slope at x = ${x}` }];
  });
}
