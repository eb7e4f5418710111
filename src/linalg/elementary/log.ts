import { highWord, powerOfTwo } from './bits.js';
import { LN2_HIGH, LN2_LOW } from './exp.js';
import { fastSumError, low, sumError } from './pair.js';

/** k with x = 2ᵏ·m, √½ ≤ m < √2, for a normal x > 0. */
function twosInLog(x: number): number {
  return ((highWord(x) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
}

/**
 * log(2ᵏ·(1 + f + fl)) as a pair, for √½ ≤ 1 + f < √2 and |fl| ≪ 1.
 *
 * log(1 + f) = 2 atanh s = 2s + s·R(s²) with s = f/(2 + f), |s| ≤ 0.172, and R a minimax polynomial
 * of relative error 2⁻⁵⁹. Since 2s = f − s·f it is f − (f²/2 − s·(f²/2 + R)): f is exact, and
 * what follows is small beside it (the arrangement of fdlibm's e_log.c).
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
  const halfSquare = 0.5 * f * f;
  const twos = k * LN2_HIGH; // exact
  const high = twos + f;
  const rest = k * LN2_LOW - (halfSquare - s * (halfSquare + z * p)) + fl / (1 + f);
  low[0] = fastSumError(twos, f, high) + rest;
  return high;
}

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  const subnormal = x < 2 ** -1022;
  const normal = subnormal ? x * 2 ** 54 : x;
  const k = twosInLog(normal);
  return logPair(subnormal ? k - 54 : k, normal * powerOfTwo(-k) - 1, 0) + low[0]!;
}

/** log(1 + x), without the cancellation at small x. */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  if (Math.abs(x) < 2 ** -54) return x;
  const sum = 1 + x;
  const k = twosInLog(sum);
  if (k === 0) return logPair(0, x, 0) + low[0]!;
  const down = powerOfTwo(-k);
  return logPair(k, sum * down - 1, sumError(1, x, sum) * down) + low[0]!;
}
