import { checkInPlace, checkLength } from '../arguments.js';

/**
 * xᵀy = Σ xᵢyᵢ, in the order of a matrix product: s = +0, then s += xᵢ·yᵢ for ascending i. (A reduction
 * adds in another, more accurate order: see `sum`.)
 * @throws RangeError when the lengths differ.
 */
export function dot(x: Float64Array, y: Float64Array): number {
  checkLength('dot', 'y', y, x.length, 'the length of x');
  let s = 0;
  for (let i = 0; i < x.length; i++) s += x[i]! * y[i]!;
  return s;
}

/**
 * y += a·x, element by element; y may be x.
 * @throws RangeError when the lengths differ, or where y shares only a part of its memory with x
 */
export function addScaled(y: Float64Array, a: number, x: Float64Array): void {
  checkLength('addScaled', 'x', x, y.length, 'the length of y');
  checkInPlace('addScaled', y, 'x', x);
  for (let i = 0; i < y.length; i++) y[i]! += a * x[i]!;
}

/** x ← a·x. */
export function scale(x: Float64Array, a: number): void {
  for (let i = 0; i < x.length; i++) x[i]! *= a;
}
