import { powerOfTwo, scale } from './bits.js';
import { expWithLow, twosInExp } from './exp.js';
import { expPair } from './exp-pair.js';
import { fastSumError, low } from './pair.js';

/** Where sinh x rounds to x. */
const TINY = powerOfTwo(-28);

/** Above it tanh x = 1 − 2/(e^2x + 1) keeps its digits, below it does not. */
const MIDDLE = 0.6;

/**
 * tanh x: a quotient of polynomials in x² for small |x|, minimax (to 2⁻⁶⁰; Cody & Waite 1980 have one of this form);
 * otherwise 1 − q, q = 2/(e + 1), e = e^2|x|. What e and e + 1 lose to rounding changes q by −q²/2 times as
 * much; what 1 − q loses is added at the end. Measured ≤ 0.95 ulp.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 22)) return Math.sign(x);
  return Math.sign(x) * (size < MIDDLE ? tanhSmall(size) : tanhLarge(size));
}

function tanhSmall(x: number): number {
  const z = x * x;
  const above = (-0.9643987105498507 * z - 99.28652531410653) * z - 1614.6629491038266;
  const below = ((z + 112.81038108632491) * z + 2235.455114866841) * z + 4843.988847311481;
  return x + (above * z * x) / below;
}

function tanhLarge(x: number): number {
  const e = expWithLow(2 * x);
  const below = e + 1;
  const belowLow = 1 - (below - e) + low[0]!;
  const q = 2 / below;
  const value = 1 - q;
  return value + (1 - value - q + 0.5 * q * q * belowLow);
}

/** sinh x = (eˣ − e⁻ˣ)/2. Measured ≤ 0.58 ulp. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  return Math.sign(x) * halfExpPlus(size, -1);
}

/** cosh x = (eˣ + e⁻ˣ)/2. Measured ≤ 0.54 ulp. */
export function cosh(x: number): number {
  return halfExpPlus(Math.abs(x), 1);
}

/** (eˣ ± e⁻ˣ)/2 for x ≥ 0: both terms are pairs, so that their difference is good at small x too. */
function halfExpPlus(x: number, sign: number): number {
  if (!(x < 711)) return Number.isNaN(x) ? x : Infinity;
  const k = twosInExp(x);
  const e = scale(expPair(x, 0, k), k - 1);
  if (x > 22) return e;
  const el = scale(low[0]!, k - 1);
  const f = sign * scale(expPair(-x, 0, -k), -k - 1);
  const fl = sign * scale(low[0]!, -k - 1);
  const value = e + f;
  return value + (fastSumError(e, f, value) + (el + fl));
}
