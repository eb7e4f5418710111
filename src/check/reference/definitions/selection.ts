import type { Definition } from '../definition.js';
import { zip } from '../tensor.js';
import { each, eachPair } from './support.js';

// What is chosen by a comparison has the derivative of what was chosen, and a comparison has none.

const comparison = (holds: (a: number, b: number) => boolean): Definition =>
  eachPair((A, a, b) => A.of(holds(A.valueOf(a), A.valueOf(b)) ? 1 : 0));

export const greater: Definition = comparison((a, b) => a > b);
export const greaterEqual: Definition = comparison((a, b) => a >= b);
export const less: Definition = comparison((a, b) => a < b);
export const lessEqual: Definition = comparison((a, b) => a <= b);
export const equal: Definition = comparison((a, b) => a === b);
export const sign: Definition = each((A, x) => A.of(Math.sign(A.valueOf(x))));

export const where: Definition = (A, condition, a, b) =>
  zip((c, p, q) => (A.valueOf(c) !== 0 ? p : q), condition, a, b);

export const maximum: Definition = eachPair((A, a, b) => (A.valueOf(a) >= A.valueOf(b) ? a : b));
export const minimum: Definition = eachPair((A, a, b) => (A.valueOf(a) <= A.valueOf(b) ? a : b));
export const abs: Definition = each((A, x) => (A.valueOf(x) < 0 ? A.neg(x) : x));
export const relu: Definition = each((A, x) => (A.valueOf(x) > 0 ? x : A.of(0)));

export function leakyRelu(slope = 0.01): Definition {
  return each((A, x) => (A.valueOf(x) > 0 ? x : A.mul(A.of(slope), x)));
}

export function clamp(low: number, high: number): Definition {
  return each((A, x) => {
    if (A.valueOf(x) < low) return A.of(low);
    return A.valueOf(x) > high ? A.of(high) : x;
  });
}

/** A constant of x's value. */
export const stopGradient: Definition = each((A, x) => A.of(A.valueOf(x)));
