import { highWord, powerOfTwo, SMALLEST_NORMAL, TWO_54 } from './bits.js';

/** k with x = 2ᵏ·m, √½ ≤ m < √2, for a normal x > 0. */
function twosInLog(x: number): number {
  return ((highWord(x) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
}

/**
 * log(1 + f) − 2s as a multiple of s, for s = f/(2 + f), |s| ≤ 0.172: log(1 + f) = 2 atanh s, whose series
 * goes on with s²·(2/3 + 2/5·s² + …). Minimax (the logarithm to 2⁻⁵⁸).
 */
function logCurve(z: number): number {
  const w = z * z;
  let even = 0.14795965043218923;
  even = even * w + 0.18183564378669495;
  even = even * w + 0.28571428742395955;
  even = even * w + 0.6666666666666734;
  let odd = 0.15314049110960593;
  odd = odd * w + 0.22222198572249666;
  odd = odd * w + 0.3999999999941464;
  return z * (even + z * odd);
}

/**
 * log(2ᵏ·(1 + f)) + small = k·ln 2 + (f − (f²/2 − s·(f²/2 + logCurve))) + small: since 2s = f − s·f, the large
 * term f is taken as it is (the arrangement of fdlibm's e_log.c). The first part of ln 2 has 42 bits, so
 * that its product with k is exact.
 */
function logOf(k: number, f: number, s: number, small: number): number {
  const half = 0.5 * f * f;
  const rest = s * (half + logCurve(s * s)) + (k * 5.497923018708371e-14 + small);
  return k * 0.6931471805598903 + (f - (half - rest));
}

/** The natural logarithm; −∞ at 0, NaN below. Measured ≤ 0.85 ulp. */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === Infinity ? x : x === 0 ? -Infinity : NaN;
  return x < SMALLEST_NORMAL ? logNormal(x * TWO_54, -54) : logNormal(x, 0);
}

/** log(2ᵗ·x) for a normal x. */
function logNormal(x: number, t: number): number {
  const k = twosInLog(x);
  const f = x * powerOfTwo(-k) - 1;
  return logOf(k + t, f, f / (2 + f), 0);
}

/** Where log(1 + x) rounds to x. */
const TINY = powerOfTwo(-54);
/** Where log(1 + x) rounds to log x, and has done so for long. */
const LARGE = powerOfTwo(1000);

/**
 * log(1 + x), without the cancellation at small x; −∞ at −1, NaN below. With u = 1 + x rounded and
 * x + 1 − u = lost, it is log u + lost/u; and of u = 2ᵏ·(1 + f) the factor 1/(1 + f) is (1 − s)² to within s² ≤ 3 %.
 * Measured ≤ 0.89 ulp.
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < LARGE)) return log(1 + x);
  if (Math.abs(x) < TINY) return x;
  const u = 1 + x;
  const lost = x < 1 ? x - (u - 1) : 1 - (u - x);
  const k = twosInLog(u);
  const down = powerOfTwo(-k);
  const f = u * down - 1;
  const s = f / (2 + f);
  return logOf(k, f, s, lost * down * ((1 - s) * (1 - s)));
}
