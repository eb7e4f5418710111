import { nearestInteger, powerOfTwo, scale } from './bits.js';
import { fastSumError, low, sumError, upperHalf } from './pair.js';

/** ln 2 to 42 bits, so that k·LN2_HIGH is exact for |k| < 2¹¹, and the rest of it. */
export const LN2_HIGH = 0.6931471805598903;
export const LN2_LOW = 5.497923018708371e-14;

/** Where eˣ − 1 rounds to x. */
const TINY = powerOfTwo(-54);

/** The number of factors of two to take out of eˣ: k with |x − k·ln 2| ≤ ½ ln 2. */
export function twosInExp(x: number): number {
  return nearestInteger(x * Math.LOG2E);
}

/**
 * eʳ − 1 − r − r²/2 for |r| ≤ 0.35 by the Taylor series to r¹⁴ (the rest is below 2⁻⁶³), even and
 * odd powers apart.
 */
function expFromCube(r: number): number {
  const z = r * r;
  let odd = 1 / 6227020800; // 1/13!
  odd = odd * z + 1 / 39916800;
  odd = odd * z + 1 / 362880;
  odd = odd * z + 1 / 5040;
  odd = odd * z + 1 / 120;
  odd = odd * z + 1 / 6;
  let even = 1 / 87178291200; // 1/14!
  even = even * z + 1 / 479001600;
  even = even * z + 1 / 3628800;
  even = even * z + 1 / 40320;
  even = even * z + 1 / 720;
  even = even * z + 1 / 24;
  return z * (r * odd + z * even);
}

/**
 * e^(x + xl)/2ᵏ as a pair, for k = twosInExp(x) and |xl| ≪ 1, with a relative error of 2⁻⁵⁹.
 *
 * With r = x − k·ln 2 it is eʳ = 1 + r + r²/2 + …. The first three terms are summed without error:
 * r² = a² + (r − a)(r + a) with a the upper half of r, whose square is exact. What follows is below
 * 0.01, so that its roundings weigh little.
 */
export function expPair(x: number, xl: number, k: number): number {
  const r = x - k * LN2_HIGH; // exact
  const rest = k * LN2_LOW - xl;
  const a = upperHalf(r);
  const half = 0.5 * a * a;
  const linear = 1 + r;
  const square = linear + half;
  const small =
    fastSumError(1, r, linear) +
    fastSumError(linear, half, square) +
    (0.5 * (r - a) * (r + a) - rest - r * rest + expFromCube(r - rest));
  const value = square + small;
  low[0] = fastSumError(square, small, value);
  return value;
}

/**
 * eˣ. Measured ≤ 0.53 ulp, and ≤ 0.76 ulp where the result is subnormal and so rounded twice.
 */
export function exp(x: number): number {
  if (!(x < 710)) return x > 0 ? Infinity : x;
  if (x < -746) return 0;
  const k = twosInExp(x);
  return scale(expPair(x, 0, k), k);
}

/** eˣ − 1, without the cancellation at small x. Measured ≤ 0.75 ulp. */
export function expm1(x: number): number {
  if (!(x < 710)) return x > 0 ? Infinity : x;
  if (x < -40) return -1;
  if (Math.abs(x) < TINY) return x;
  const k = twosInExp(x);
  const e = expPair(x, 0, k);
  if (k > 60) return scale(e, k);
  const high = scale(e, k);
  const value = high - 1;
  return value + (sumError(high, -1, value) + scale(low[0]!, k));
}
