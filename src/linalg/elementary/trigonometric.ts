import { powerOfTwo } from './bits.js';
import { fastSumError, low, quotientError, upperHalf } from './pair.js';
import { quadrant, reduce } from './reduction.js';

/** Where sin x and tan x round to x. */
const TINY = powerOfTwo(-27);

/** sin x. */
export function sin(x: number): number {
  if (Math.abs(x) < TINY) return x;
  if (!(Math.abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const q = quadrant[0]!;
  const value = (q & 1 ? cosPair(r, low[0]!) : sinPair(r, low[0]!)) + low[0]!;
  return q & 2 ? -value : value;
}

/** cos x. */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  const r = reduce(x);
  const q = quadrant[0]! + 1;
  const value = (q & 1 ? cosPair(r, low[0]!) : sinPair(r, low[0]!)) + low[0]!;
  return q & 2 ? -value : value;
}

/** tan x = sin x/cos x, both as pairs. */
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

/** sin(r + rl) = r + rl·cos r + r³·S(r²) for |r| ≤ π/4, S minimax to 2⁻⁵⁸. */
function sinPair(r: number, rl: number): number {
  const z = r * r;
  let p = 1.58968866918416e-10;
  p = p * z - 2.505075989226301e-8;
  p = p * z + 2.755731370507757e-6;
  p = p * z - 1.9841269829853388e-4;
  p = p * z + 0.008333333333322486;
  p = p * z - 0.16666666666666632;
  low[0] = r * z * p + (rl - 0.5 * z * rl);
  return r;
}

/**
 * cos(r + rl) = 1 − r²/2 − r·rl + r⁴·C(r²) for |r| ≤ π/4, C minimax to 2⁻⁶⁴. With a the upper half of
 * r, r² = a² + (r − a)(r + a), where a² is exact.
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
