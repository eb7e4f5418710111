import { powerOfTwo, scale } from './bits.js';
import { expPair, twosInExp } from './exp.js';
import { fastSumError, low, productError, quotientError } from './pair.js';

/** Below it the series of erf, above it the tail erfc. */
const SMALL = 0.75;

/** erf x − x for |x| ≤ ¾, minimax in x²: erf to 2⁻⁵⁶. */
function erfRest(x: number): number {
  const z = x * x;
  let p = 1.3499305792188352e-8;
  p = p * z - 1.651250064466999e-7;
  p = p * z + 1.6499422906047144e-6;
  p = p * z - 1.4928768328380028e-5;
  p = p * z + 1.205547344064865e-4;
  p = p * z - 8.548330768694426e-4;
  p = p * z + 0.005223977684928933;
  p = p * z - 0.026866170650494296;
  p = p * z + 0.11283791670979516;
  p = p * z - 0.3761263890318418;
  p = p * z + 0.1283791670955126;
  return x * p;
}

/**
 * erfc(x + xl) for ¾ ≤ x ≤ 28, given s + sl = (x + xl)², as a pair times 2ᵏ, k = twosInExp(−s).
 *
 * e^(x²)·erfc x falls like 1/x; with the factor 1 + 2x it stays between 1 and 1.28, and in the
 * variable q = (x − 4)/(x + 4), which brings [¾, 28] near [−0.7, 0.7], a polynomial of degree 21 has
 * it to 2⁻⁵⁸ (the change of variable is Shepherd & Laframboise's, 1981). The product with e^(−x²) and
 * the quotient by 1 + 2x are taken in pairs.
 */
function erfcPair(x: number, xl: number, s: number, sl: number): number {
  const q = (x - 4) / (x + 4);
  let p = -7.832444025407798e-9;
  p = p * q - 1.3725477117116346e-8;
  p = p * q + 9.883074952556443e-8;
  p = p * q + 7.066701692093734e-8;
  p = p * q - 8.14908561123038e-7;
  p = p * q + 2.957989282681129e-7;
  p = p * q + 5.70382844510627e-6;
  p = p * q - 1.1222583077710979e-5;
  p = p * q - 2.439711385029369e-5;
  p = p * q + 1.506217522370923e-4;
  p = p * q - 1.9925717525342266e-4;
  p = p * q - 7.577732897276012e-4;
  p = p * q + 0.005031970047596399;
  p = p * q - 0.01619773405896399;
  p = p * q + 0.03716751553139749;
  p = p * q - 0.06633036581206027;
  p = p * q + 0.09373283499864211;
  p = p * q - 0.10103906603631237;
  p = p * q + 0.06809705425468625;
  p = p * q + 0.015379652102619885;
  p = p * q - 0.13962111684056247;
  const first = 1.2329951186255526;
  const factor = first + p * q;
  const factorLow = fastSumError(first, p * q, factor) - 4.593040470306709e-17;

  const e = expPair(-s, -sl, twosInExp(-s));
  const el = low[0]!;
  const above = e * factor;
  const aboveLow = productError(e, factor, above) + (e * factorLow + el * factor);
  const below = 1 + 2 * x;
  const belowLow = fastSumError(2 * x, 1, below) + 2 * xl;
  const value = above / below;
  low[0] = quotientError(above, aboveLow, below, belowLow, value);
  return value;
}

/** erf x = 2/√π·∫₀ˣ e^(−t²) dt. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < SMALL) return x + erfRest(x);
  if (!(size < 6)) return x > 0 ? 1 : x < 0 ? -1 : x;
  const value = oneMinusTail(1, size);
  return x < 0 ? -value : value;
}

/** erfc x = 1 − erf x, with its tail: erfc 27 = 5.2·10⁻³¹⁹. */
export function erfc(x: number): number {
  if (!(Math.abs(x) >= SMALL)) {
    const high = 1 - x;
    return high + (fastSumError(1, -x, high) - erfRest(x));
  }
  if (x < 0) return x < -6 ? 2 : oneMinusTail(2, -x);
  if (x > 28) return 0;
  const s = x * x;
  const value = erfcPair(x, 0, s, productError(x, x, s));
  return scale(value + low[0]!, twosInExp(-s));
}

/** start − erfc x, for 1 ≤ start, ¾ ≤ x ≤ 6. */
function oneMinusTail(start: number, x: number): number {
  const s = x * x;
  const tail = erfcPair(x, 0, s, productError(x, x, s));
  const unit = powerOfTwo(twosInExp(-s));
  const high = start - tail * unit;
  return high + (fastSumError(start, -tail * unit, high) - low[0]! * unit);
}

/** Density of the standard normal, φ(x) = e^(−x²/2)/√(2π). */
export function normalPdf(x: number): number {
  if (!(Math.abs(x) < 39)) return Number.isNaN(x) ? x : 0;
  const s = x * x;
  const k = twosInExp(-0.5 * s);
  const e = expPair(-0.5 * s, -0.5 * productError(x, x, s), k);
  const el = low[0]!;
  const value = e * ROOT_HIGH;
  return scale(value + (productError(e, ROOT_HIGH, value) + (e * ROOT_LOW + el * ROOT_HIGH)), k);
}

/** 1/√(2π) */
const ROOT_HIGH = 0.3989422804014327;
const ROOT_LOW = -2.49232720227773e-17;
/** √½ */
const SQRT_HALF_LOW = -4.833646656726457e-17;

/** Distribution function of the standard normal, Φ(x) = erfc(−x/√2)/2, with its lower tail. */
export function normalCdf(x: number): number {
  if (!(x < 9)) return x > 0 ? 1 : x;
  if (x < -39) return 0;
  const size = Math.abs(x);
  const z = size * Math.SQRT1_2;
  const zl = productError(size, Math.SQRT1_2, z) + size * SQRT_HALF_LOW;
  if (z < SMALL) {
    // erf(z + zl) = erf z + zl·2/√π·e^(−z²), where 1/(1 + z²) is near enough to e^(−z²)
    const half = 0.5 * z;
    const rest = 0.5 * (erfRest(z) + (zl * 1.13) / (1 + z * z));
    const high = x < 0 ? 0.5 - half : 0.5 + half;
    return high + (fastSumError(0.5, x < 0 ? -half : half, high) + (x < 0 ? -rest : rest));
  }
  const s = 0.5 * (x * x);
  const tail = 0.5 * erfcPair(z, zl, s, 0.5 * productError(x, x, x * x));
  const tailLow = 0.5 * low[0]!;
  const k = twosInExp(-s);
  if (x < 0) return scale(tail + tailLow, k);
  const unit = powerOfTwo(k);
  const high = 1 - tail * unit;
  return high + (fastSumError(1, -tail * unit, high) - tailLow * unit);
}
