import { nearestInteger, powerOfTwo, scale } from './bits.js';
import { low } from './pair.js';

/**
 * eʳ − 1 − r for |r| ≤ ½ ln 2, as r²/2 + r³·Q(r): ½ is exact, so only the small second term is rounded
 * more than once. Q is minimax (eʳ to 2⁻⁵⁷); its even and odd powers are two chains, that a processor walks side by side.
 */
function expCurve(r: number): number {
  const z = r * r;
  let even = 2.4978386762661065e-8;
  even = even * z + 2.755764083872859e-6;
  even = even * z + 1.9841269466256548e-4;
  even = even * z + 0.008333333333500016;
  even = even * z + 0.16666666666666433;
  let odd = 2.7625186662497934e-7;
  odd = odd * z + 2.480150868316073e-5;
  odd = odd * z + 0.0013888888926795661;
  odd = odd * z + 0.04166666666660396;
  return r * z * (even + r * odd) + 0.5 * z;
}

/** The integer k for which eˣ = 2ᵏ·eʳ with r = x − k·ln 2, |r| ≤ ½ ln 2. */
export function twosInExp(x: number): number {
  return nearestInteger(x * Math.LOG2E);
}

/**
 * r = x − k·ln 2. The first part of ln 2 has 42 bits, so that its product with k is exact, and so is the first
 * difference; what the second rounds away is half a unit in the last place of r.
 */
function expArgument(x: number, k: number): number {
  return x - k * 0.6931471805598903 - k * 5.497923018708371e-14;
}

/**
 * eˣ = 2ᵏ·eʳ, and eʳ = 1 + r + (eʳ − 1 − r), where what the sum 1 + r loses to rounding is added to the
 * small last term. Measured ≤ 0.78 ulp, and ≤ 0.84 ulp where the result is subnormal and so rounded twice.
 */
export function exp(x: number): number {
  if (!(x < 710)) return Number.isNaN(x) ? x : Infinity;
  if (x < -746) return 0;
  const k = twosInExp(x);
  const r = expArgument(x, k);
  const line = 1 + r;
  return scale(line + (1 - line + r + expCurve(r)), k);
}

/** eˣ for |x| ≤ 708; what its last sum rounds away is left in `low[0]`. */
export function expWithLow(x: number): number {
  const k = twosInExp(x);
  const unit = powerOfTwo(k);
  const r = expArgument(x, k);
  const line = 1 + r;
  const rest = 1 - line + r + expCurve(r);
  const sum = line + rest;
  low[0] = (line - sum + rest) * unit;
  return sum * unit;
}

/** Where eˣ − 1 rounds to x. */
const TINY = powerOfTwo(-54);

/** eˣ − 1, without the cancellation at small x. Measured ≤ 0.92 ulp. */
export function expm1(x: number): number {
  if (!(x < 708)) return exp(x);
  return Math.abs(x) < TINY ? x : expAbove(x, 0);
}

/**
 * eˣ − 1 − x, the distance of eˣ from its tangent at 0, without the cancellation at small x. Measured
 * ≤ 1.70 ulp.
 */
export function expMinusLine(x: number): number {
  return x < 708 ? expAbove(x, x) : exp(x);
}

/**
 * eˣ − 1 − y = (2ᵏ − 1) + 2ᵏ·r − y + 2ᵏ·(eʳ − 1 − r) for x < 708. What the first difference and the first sum
 * round away, and what the reduction of x lost (times eʳ ≈ 1 + r), goes to the last and smallest term.
 */
function expAbove(x: number, y: number): number {
  const above = Math.max(x, -50); // where eˣ − 1 is −1 already
  const k = twosInExp(above);
  const high = above - k * 0.6931471805598903;
  const low = k * 5.497923018708371e-14;
  const r = high - low;
  const lost = high - r - low;

  const unit = powerOfTwo(k);
  const start = unit - 1;
  const step = unit * r;
  const line = start + step;
  const rest = start - line + step + (unit - start - 1);
  return line - y + (rest + unit * (lost + r * lost + expm1Curve(r)));
}

/** eʳ − 1 − r as in `expCurve`, but to 2⁻⁶³: of eʳ − 1, which may be small itself. */
function expm1Curve(r: number): number {
  const z = r * r;
  let even = 2.5111243102029344e-8;
  even = even * z + 2.7557237469505e-6;
  even = even * z + 1.9841269893329625e-4;
  even = even * z + 0.008333333333318534;
  even = even * z + 0.1666666666666668;
  let odd = 2.0838534447023688e-9;
  odd = odd * z + 2.7557526003557485e-7;
  odd = odd * z + 2.4801587025731764e-5;
  odd = odd * z + 0.0013888888889033195;
  odd = odd * z + 0.04166666666666641;
  return r * z * (even + r * odd) + 0.5 * z;
}
