import { powerOfTwo, scale } from './bits.js';
import { expPair, twosInExp } from './exp.js';
import { fastSumError, low, quotientError, sumError } from './pair.js';

/** Where tanh x and sinh x round to x. */
const TINY = powerOfTwo(-28);

/** tanh x = (e^2x − 1)/(e^2x + 1), the quotient of two pairs. Measured ≤ 0.60 ulp. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (!(size < 22)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const k = twosInExp(2 * size);
  const e = scale(expPair(2 * size, 0, k), k);
  const el = scale(low[0]!, k);
  const above = e - 1;
  const below = e + 1;
  const aboveLow = sumError(e, -1, above) + el;
  const belowLow = fastSumError(e, 1, below) + el;
  const quotient = above / below;
  const value = quotient + quotientError(above, aboveLow, below, belowLow, quotient);
  return x < 0 ? -value : value;
}

/** sinh x = (eˣ − e⁻ˣ)/2. Measured ≤ 0.58 ulp. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const value = halfExpPlus(size, -1);
  return x < 0 ? -value : value;
}

/** cosh x = (eˣ + e⁻ˣ)/2. Measured ≤ 0.54 ulp. */
export function cosh(x: number): number {
  return halfExpPlus(Math.abs(x), 1);
}

/** (eˣ ± e⁻ˣ)/2 for x ≥ 0: both terms are pairs, so that their difference is good at small x too. */
function halfExpPlus(x: number, sign: number): number {
  if (!(x < 711)) return x > 0 ? Infinity : x;
  const k = twosInExp(x);
  const e = scale(expPair(x, 0, k), k - 1);
  if (x > 22) return e;
  const el = scale(low[0]!, k - 1);
  const f = sign * scale(expPair(-x, 0, -k), -k - 1);
  const fl = sign * scale(low[0]!, -k - 1);
  const value = e + f;
  return value + (fastSumError(e, f, value) + (el + fl));
}
