/** eˣ to more than a double can hold, for functions that would magnify its error: powers, the tails of erf, eˣ ± e⁻ˣ. */
import { fastSumError, low, upperHalf } from './pair.js';

/** ln 2 to 42 bits, so that k·LN2_HIGH is exact for |k| < 2¹¹, and the rest of it. */
export const LN2_HIGH = 0.6931471805598903;
export const LN2_LOW = 5.497923018708371e-14;

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
