import { powerOfTwo, scale } from './bits.js';
import { twosInExp } from './exp.js';
import { expPair } from './exp-pair.js';
import { fastSumError, low, productError, quotientError, sumError } from './pair.js';

/** Below it the series of erf, above it the tail erfc. */
const SMALL = 0.5;

/** erf x − x for |x| ≤ ½: (2/√π − 1)·x + x³·P(x²), minimax: erf to 2⁻⁶⁴. */
function erfRest(x: number): number {
  const z = x * x;
  let p = -1.4762310312187473e-7;
  p = p * z + 1.6387474983661812e-6;
  p = p * z - 1.4923782809446633e-5;
  p = p * z + 1.2055306442534879e-4;
  p = p * z - 8.548326818248266e-4;
  p = p * z + 0.005223977624773109;
  p = p * z - 0.02686617064513895;
  p = p * z + 0.1128379167095522;
  p = p * z - 0.37612638903183754;
  return x * (0.1283791670955126 + (p * z - 1.2420116002463032e-17));
}

/**
 * erfc(x + xl) for ½ ≤ x ≤ 28, given s + sl = (x + xl)², as a pair times 2ᵏ, k = twosInExp(−s).
 *
 * e^(x²)·erfc x falls like 1/x; with the factor 1 + 3x/2 it stays between 0.84 and 1.08 and is flat at
 * ½, and in the variable q = (x − 4)/(x + 4), which brings [½, 28] to [−0.78, 0.75], a polynomial of
 * degree 22 has it to 2⁻⁵⁸ (the change of variable is Shepherd & Laframboise's, 1981). The product
 * with e^(−x²) and the quotient by 1 + 3x/2 are taken in pairs.
 */
function erfcPair(x: number, xl: number, s: number, sl: number): number {
  const q = (x - 4) / (x + 4);
  let p = 1.512160924717151e-9;
  p = p * q - 6.873910144147553e-9;
  p = p * q - 1.433166621819205e-8;
  p = p * q + 7.37948549054926e-8;
  p = p * q + 6.281058156646794e-8;
  p = p * q - 5.907400837402627e-7;
  p = p * q + 1.4888902012795721e-7;
  p = p * q + 4.177787941512547e-6;
  p = p * q - 7.68014457938384e-6;
  p = p * q - 1.877438824878733e-5;
  p = p * q + 0.00010732716614907534;
  p = p * q - 0.00012969691701059701;
  p = p * q - 0.0005737703792532274;
  p = p * q + 0.0035741958085282115;
  p = p * q - 0.01113323463968789;
  p = p * q + 0.024664650142700976;
  p = p * q - 0.041923010229311525;
  p = p * q + 0.05452267233895646;
  p = p * q - 0.048538505177509225;
  p = p * q + 0.010008336516689293;
  p = p * q + 0.06621465880653114;
  p = p * q - 0.16948284982046477;
  const first = 0.9589962033754297;
  const factor = first + p * q;
  const factorLow = fastSumError(first, p * q, factor) + 5.061175315941258e-17;

  const e = expPair(-s, -sl, twosInExp(-s));
  const el = low[0]!;
  const above = e * factor;
  const aboveLow = productError(e, factor, above) + (e * factorLow + el * factor);
  const slope = 1.5 * x;
  const below = 1 + slope;
  const belowLow = sumError(1, slope, below) + (fastSumError(x, 0.5 * x, slope) + 1.5 * xl);
  const value = above / below;
  low[0] = quotientError(above, aboveLow, below, belowLow, value);
  return value;
}

/** erf x = 2/√π·∫₀ˣ e^(−t²) dt. Measured ≤ 0.86 ulp. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < SMALL) return x + erfRest(x);
  if (!(size < 6)) return Math.sign(x);
  return Math.sign(x) * oneMinusTail(1, size);
}

/** erfc x = 1 − erf x, with its tail: erfc 27 = 5.2·10⁻³¹⁹. Measured ≤ 0.80 ulp. */
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

/** start − erfc x, for 1 ≤ start, ½ ≤ x ≤ 6. */
function oneMinusTail(start: number, x: number): number {
  const s = x * x;
  const tail = erfcPair(x, 0, s, productError(x, x, s));
  const unit = powerOfTwo(twosInExp(-s));
  const high = start - tail * unit;
  return high + (fastSumError(start, -tail * unit, high) - low[0]! * unit);
}

/** 1/√(2π), as a pair */
const ROOT_HIGH = 0.3989422804014327;
const ROOT_LOW = -2.49232720227773e-17;
/** √½ − Math.SQRT1_2 */
const SQRT_HALF_LOW = -4.833646656726457e-17;

/** Density of the standard normal, φ(x) = e^(−x²/2)/√(2π). Measured ≤ 0.76 ulp. */
export function normalPdf(x: number): number {
  if (!(Math.abs(x) < 39)) return Number.isNaN(x) ? x : 0;
  const s = x * x;
  const k = twosInExp(-0.5 * s);
  const e = expPair(-0.5 * s, -0.5 * productError(x, x, s), k);
  const el = low[0]!;
  const value = e * ROOT_HIGH;
  return scale(value + (productError(e, ROOT_HIGH, value) + (e * ROOT_LOW + el * ROOT_HIGH)), k);
}

/**
 * Distribution function of the standard normal, Φ(x) = erfc(−x/√2)/2, with its lower tail. The
 * argument and its square are pairs: in the tail erfc magnifies a relative error 2x²-fold. Measured
 * ≤ 0.84 ulp.
 */
export function normalCdf(x: number): number {
  if (!(x < 9)) return Number.isNaN(x) ? x : 1;
  if (x < -39) return 0;
  const size = Math.abs(x);
  const z = size * Math.SQRT1_2;
  const zl = productError(size, Math.SQRT1_2, z) + size * SQRT_HALF_LOW;
  if (z < SMALL) {
    // erf(z + zl) = erf z + zl·2/√π·e^(−z²), where a parabola is near enough
    const half = 0.5 * z;
    const rest = 0.5 * (erfRest(z) + zl * 1.128 * (1 - z * z * (1 - 0.4 * z * z)));
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
