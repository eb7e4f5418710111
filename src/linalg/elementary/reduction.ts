/** x = n·π/2 + r: the argument of a trigonometric function brought within a quarter of π. */
import { highWord, nearestInteger, powerOfTwo } from './bits.js';
import { fastSumError, low, sumError } from './pair.js';

const TWO_OVER_PI = 0.6366197723675814;
const QUARTER_PI = 0.7853981633974483;

/** π/2 in four parts. The first three have 33 bits, so that n times one of them is exact for |n| ≤ 2²⁰. */
const PART_1 = 1.5707963267341256;
const PART_2 = 6.077100506303966e-11;
const PART_3 = 2.0222662487111665e-21;
const PART_4 = 8.4784276603689e-32;
const LARGE = 1647099; // 2²⁰·π/2

/** The number of right angles that `reduce` took out last, mod 4. */
export const quadrant: Int32Array = new Int32Array(1);

/**
 * x = n·π/2 + r with |r| ≤ π/4 (and a hair), for finite x: returns r as a pair with a relative error
 * below 2⁻⁷⁰, and leaves n mod 4 in `quadrant[0]`.
 *
 * Up to 2²⁰·π/2 it subtracts n·π/2 part by part (Cody & Waite 1980): the first difference is exact,
 * of the others the errors are kept. The four parts are good to 2⁻¹⁵², and no double comes closer to a
 * multiple of π/2 (but 0) than 2⁻⁶¹.
 */
export function reduce(x: number): number {
  const size = Math.abs(x);
  if (size <= QUARTER_PI) {
    quadrant[0] = 0;
    low[0] = 0;
    return x;
  }
  if (size > LARGE) return reduceLarge(x);
  const n = nearestInteger(x * TWO_OVER_PI);
  quadrant[0] = n & 3;
  const first = x - n * PART_1;
  const second = first - n * PART_2;
  const third = second - n * PART_3;
  const rest =
    sumError(first, -n * PART_2, second) + sumError(second, -n * PART_3, third) - n * PART_4;
  const r = third + rest;
  low[0] = fastSumError(third, rest, r);
  return r;
}

/** ⌊2/π · 2¹²¹⁶⌋ */
const TWO_OVER_PI_DIGITS = BigInt(
  '0x' +
    'a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424d' +
    'd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639' +
    '835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f46' +
    '3f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6bab',
);
/** ⌊π/2 · 2¹⁹²⌋ */
const HALF_PI_DIGITS = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e8n;
const HALF = 1n << 191n;

/**
 * The same for larger |x|, where n·π/2 would need too many bits (Payne & Hanek 1983):
 * n + fraction = x·2/π is computed to 192 bits after the point, in integers, and r = fraction·π/2.
 * This is the one place where a call allocates.
 */
function reduceLarge(x: number): number {
  const exponent = ((highWord(x) >> 20) & 0x7ff) - 1075; // |x| = m·2^exponent with an integer m
  const m = BigInt(Math.abs(x) * powerOfTwo(-exponent));
  const turns = (m * TWO_OVER_PI_DIGITS) >> BigInt(1216 - exponent - 192);
  const n = (turns + HALF) >> 192n;
  const fraction = turns - (n << 192n);
  const angle = (fraction * HALF_PI_DIGITS) >> 192n;
  const high = Number(angle);
  const rest = Number(angle - BigInt(high));
  const sign = Math.sign(x);
  const unit = sign * powerOfTwo(-192);
  const right = Number(n & 3n);
  quadrant[0] = (sign * right) & 3;
  low[0] = rest * unit;
  return high * unit;
}
