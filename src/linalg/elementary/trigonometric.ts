import { powerOfTwo } from './bits.js';
import { fastSumError, low, quotientError, upperHalf } from './pair.js';
import { quadrant, reduce } from './reduction.js';

/** Where sin x and tan x round to x. */
const TINY = powerOfTwo(-27);

/** sin x; NaN at ±∞. Measured ≤ 0.60 ulp, huge x included. */
export function sin(x: number): number {
  if (Math.abs(x) < TINY) return x;
  if (!(Math.abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const q = quadrant[0]!;
  const value = (q & 1 ? cosPair(r, low[0]!) : sinPair(r, low[0]!)) + low[0]!;
  return q & 2 ? -value : value;
}

/** cos x; NaN at ±∞. Measured ≤ 0.60 ulp, huge x included. */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const q = quadrant[0]! + 1;
  const value = (q & 1 ? cosPair(r, low[0]!) : sinPair(r, low[0]!)) + low[0]!;
  return q & 2 ? -value : value;
}

/** tan x = sin x/cos x, the quotient of two pairs; NaN at ±∞. Measured ≤ 0.67 ulp, huge x included. */
export function tan(x: number): number {
  if (Math.abs(x) < TINY) return x;
  if (!(Math.abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const rl = low[0]!;
  const sine = sinPair(r, rl);
  const sineLow = low[0]!;
  const cosine = cosPair(r, rl);
  const cosineLow = low[0]!;
  // tan(r + π/2) = −cos r/sin r
  return quadrant[0]! & 1
    ? -quotient(cosine, cosineLow, sine, sineLow)
    : quotient(sine, sineLow, cosine, cosineLow);
}

function quotient(a: number, al: number, b: number, bl: number): number {
  const below = b + bl;
  const value = a / below;
  return value + quotientError(a, al, below, fastSumError(b, bl, below), value);
}

/**
 * sin(r + rl) = r − r³/6 + rl·cos r + r⁵·S(r²) for |r| ≤ π/4, S minimax to 2⁻⁶⁸. With a the first 17
 * bits of r, a³ is exact and r³ = a³ + (r − a)(a² + a·r + r²), so that the first two terms lose no
 * more than one small rounding.
 */
function sinPair(r: number, rl: number): number {
  const z = r * r;
  let p = -7.582201707761987e-13;
  p = p * z + 1.605844428670997e-10;
  p = p * z - 2.505210559048729e-8;
  p = p * z + 2.7557319217144988e-6;
  p = p * z - 1.984126984126168e-4;
  p = p * z + 0.00833333333333333;
  const c = UPPER_17 * r;
  const a = c - (c - r);
  const sixth = (a * a * a) / 6;
  const sixthRest = ((r - a) * (a * a + a * r + z)) / 6;
  const high = r - sixth;
  low[0] = fastSumError(r, -sixth, high) + (rl - 0.5 * z * rl + (r * z * z * p - sixthRest));
  return high;
}

/** 2³⁶ + 1: Veltkamp's factor for the upper 17 bits. */
const UPPER_17 = 68719476737;

/**
 * cos(r + rl) = 1 − r²/2 − r·rl + r⁴·C(r²) for |r| ≤ π/4, C minimax to 2⁻⁶⁴. With a the upper half of
 * r, a² is exact and r² = a² + (r − a)(r + a).
 */
function cosPair(r: number, rl: number): number {
  const z = r * r;
  let p = -1.1359917356097104e-11;
  p = p * z + 2.0875728994685263e-9;
  p = p * z - 2.7557314399267835e-7;
  p = p * z + 2.480158728966691e-5;
  p = p * z - 0.001388888888887447;
  p = p * z + 0.0416666666666666;
  const a = upperHalf(r);
  const half = 0.5 * a * a;
  const high = 1 - half;
  const rest = 0.5 * (r - a) * (r + a) + r * rl;
  low[0] = fastSumError(1, -half, high) - rest + z * z * p;
  return high;
}
