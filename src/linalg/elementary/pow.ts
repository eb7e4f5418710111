import { highWord, powerOfTwo, SMALLEST_NORMAL, scale, TWO_54 } from './bits.js';
import { twosInExp } from './exp.js';
import { expPair, LN2_HIGH, LN2_LOW } from './exp-pair.js';
import { fastSumError, productError, quotientError, sumError } from './pair.js';

/**
 * xʸ, with the special cases of the operator `**`: x⁰ = 1 even for NaN, (±1)^±∞ = NaN, a negative x
 * needs an integer y. For integer and half-integer |y| ≤ 32 by products in pairs, which is as good as
 * correctly rounded; otherwise by logarithm and exponential. Measured ≤ 0.53 ulp, and ≤ 0.76 ulp
 * where the result is subnormal.
 */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x;
  if (y === 1) return x;
  if (y === 0) return 1;
  if (y === -1) return 1 / x;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  const negative = x < 0 || Object.is(x, -0);
  const integer = Number.isInteger(y);
  const flip = negative && integer && !Number.isInteger(y / 2);
  if (size === 0 || size === Infinity) {
    const result = (size === 0) === y < 0 ? Infinity : 0;
    return flip ? -result : result;
  }
  if (Math.abs(y) === Infinity)
    return size === 1 ? NaN : size > 1 === (y === Infinity) ? Infinity : 0;
  if (negative && !integer) return NaN;
  const result = positivePow(size, y);
  return flip ? -result : result;
}

/** Half-integers up to here are powers by multiplication. */
const LARGEST_PRODUCT = 32;

/** xʸ for finite x > 0 and finite y. */
function positivePow(x: number, y: number): number {
  if (x === 1) return 1;
  if (y === 0.5) return Math.sqrt(x);
  return x < SMALLEST_NORMAL ? normalPow(x * TWO_54, -54, y) : normalPow(x, 0, y);
}

/** (2ᵗ·x)ʸ for a normal x > 0. */
function normalPow(x: number, t: number, y: number): number {
  const k = (highWord(x) >> 20) - 1023;
  const m = x * powerOfTwo(-k);
  const halfInteger = Number.isInteger(2 * y);
  return halfInteger && Math.abs(y) <= LARGEST_PRODUCT
    ? products(k + t, m, y)
    : expOfLog(k + t, m, y);
}

/**
 * (2ᵏ·m)ʸ for a half-integer y: squarings and products (and a √m) in pairs, so that only the last
 * rounding counts: whatever is a double comes out exactly.
 */
function products(k: number, m: number, y: number): number {
  const odd = k & 1; // √(2ᵏ) needs an even k
  const twos = (k - odd) * y;
  const n = Math.floor(Math.abs(y));
  const base = odd ? 2 * m : m;
  let power = base;
  let powerLow = 0;
  let value = 1;
  let valueLow = 0;
  if (n !== Math.abs(y)) {
    value = Math.sqrt(base);
    const square = value * value;
    valueLow = (base - square - productError(value, value, square)) / (2 * value);
  }
  for (let rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) {
      const p = value * power;
      const pl = productError(value, power, p) + (value * powerLow + valueLow * power);
      value = p + pl;
      valueLow = fastSumError(p, pl, value);
    }
    const s = power * power;
    const sl = productError(power, power, s) + 2 * power * powerLow;
    power = s + sl;
    powerLow = fastSumError(s, sl, power);
  }
  if (y < 0) {
    const q = 1 / value;
    value = q + quotientError(1, 0, value, valueLow, q);
  }
  return scale(value, Math.max(-1200, Math.min(twos, 1200))); // far out of range it is ∞ or 0
}

const SQRT_3_HALVES = 1.224744871391589;
const SQRT_3 = 1.7320508075688772;
/** log 1½ to 42 bits, so that its sum with k·LN2_HIGH is exact, and the rest of it. */
const LOG_3_HALVES_HIGH = 0.40546510810816017;
const LOG_3_HALVES_LOW = 4.215966355549632e-15;
const TWO_THIRDS_HIGH = 0.6666666666666666;
const TWO_THIRDS_LOW = 3.700743415417188e-17;

/**
 * (2ᵏ·m)ʸ = e^(y·log(2ᵏ·m)), 1 ≤ m < 2. The product can be 700, and its error is a relative one of
 * the result, so the logarithm is needed to some 68 bits: with s = (m − c)/(m + c), c = 1 or 1½,
 * log m = log c + 2s + (2/3)s³ + s⁵·P(s²), |s| ≤ 0.102, whose first three terms are pairs (after
 * fdlibm's e_pow.c).
 */
function expOfLog(twos: number, mantissa: number, y: number): number {
  const down = mantissa >= SQRT_3;
  const m = down ? mantissa / 2 : mantissa;
  const k = down ? twos + 1 : twos;
  const near = m < SQRT_3_HALVES;
  const c = near ? 1 : 1.5;

  const sum = m + c;
  const s = (m - c) / sum;
  const sl = quotientError(m - c, 0, sum, sumError(m, c, sum), s);
  const z = s * s;
  const zl = productError(s, s, z) + 2 * s * sl;
  const cube = s * z;
  const cubeLow = productError(s, z, cube) + (s * zl + sl * z);
  const third = cube * TWO_THIRDS_HIGH;
  const thirdLow =
    productError(cube, TWO_THIRDS_HIGH, third) +
    (cube * TWO_THIRDS_LOW + cubeLow * TWO_THIRDS_HIGH);
  let p = 0.13798413107226057;
  p = p * z + 0.153773810268417;
  p = p * z + 0.18181874938135137;
  p = p * z + 0.22222221987841512;
  p = p * z + 0.28571428571903307;
  p = p * z + 0.3999999999999964;

  const start = k * LN2_HIGH + (near ? 0 : LOG_3_HALVES_HIGH); // exact
  const startLow = k * LN2_LOW + (near ? 0 : LOG_3_HALVES_LOW);
  const first = start + 2 * s;
  const second = first + third;
  const rest =
    fastSumError(start, 2 * s, first) +
    fastSumError(first, third, second) +
    (startLow + (2 * sl + (thirdLow + cube * z * p)));
  const log = second + rest;
  const logLow = fastSumError(second, rest, log);

  const exponent = y * log;
  if (exponent > 710) return Infinity;
  if (exponent < -746) return 0;
  const n = twosInExp(exponent);
  return scale(expPair(exponent, productError(y, log, exponent) + y * logLow, n), n);
}
