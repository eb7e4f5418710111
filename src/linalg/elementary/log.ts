import { highWord, powerOfTwo, SMALLEST_NORMAL, TWO_54 } from './bits.js';
import { LN2_HIGH, LN2_LOW } from './exp.js';
import { fastSumError, low, sumError, upperHalf } from './pair.js';

/** k with x = 2ᵏ·m, √½ ≤ m < √2, for a normal x > 0. */
function twosInLog(x: number): number {
  return ((highWord(x) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
}

/**
 * log(2ᵏ·(1 + f + fl)) as a pair, for √½ ≤ 1 + f < √2 and |fl| ≪ 1.
 *
 * log(1 + f) = 2 atanh s = 2s + s·R(s²) with s = f/(2 + f), |s| ≤ 0.172, and R a minimax polynomial
 * of relative error 2⁻⁵⁹. Since 2s = f − s·f it is f − f²/2 + s·(f²/2 + R) (the arrangement of
 * fdlibm's e_log.c). The first two terms are summed without error, f² as a² + (f − a)(f + a) with a
 * the upper half of f; the third is below 0.02, so that its roundings weigh little.
 */
export function logPair(k: number, f: number, fl: number): number {
  const s = f / (2 + f);
  const z = s * s;
  let p = 0.1479563202815955;
  p = p * z + 0.15314085012660794;
  p = p * z + 0.18183562843453208;
  p = p * z + 0.22222198605216043;
  p = p * z + 0.28571428742026656;
  p = p * z + 0.39999999999416647;
  p = p * z + 0.6666666666666734;
  const a = upperHalf(f);
  const half = 0.5 * a * a;
  const twos = k * LN2_HIGH; // exact
  const linear = twos + f;
  const square = linear - half;
  low[0] =
    fastSumError(twos, f, linear) +
    fastSumError(linear, -half, square) +
    (k * LN2_LOW - 0.5 * (f - a) * (f + a) + s * (0.5 * f * f + z * p) + fl / (1 + f));
  return square;
}

/** The natural logarithm; −∞ at 0, NaN below. Measured ≤ 0.68 ulp. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  return x < SMALLEST_NORMAL ? logNormal(x * TWO_54, -54) : logNormal(x, 0);
}

/** log(2ᵗ·x) for a normal x. */
function logNormal(x: number, t: number): number {
  const k = twosInLog(x);
  return logPair(k + t, x * powerOfTwo(-k) - 1, 0) + low[0]!;
}

/** Where log(1 + x) rounds to x. */
const TINY = powerOfTwo(-54);

/** log(1 + x), without the cancellation at small x; −∞ at −1, NaN below. Measured ≤ 0.66 ulp. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  if (Math.abs(x) < TINY) return x;
  const sum = 1 + x;
  const k = twosInLog(sum);
  if (k === 0) return logPair(0, x, 0) + low[0]!;
  const down = powerOfTwo(-k);
  return logPair(k, sum * down - 1, sumError(1, x, sum) * down) + low[0]!;
}
