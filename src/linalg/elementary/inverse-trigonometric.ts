import { powerOfTwo } from './bits.js';
import { fastSumError, low, productError, quotientError, sumError } from './pair.js';

const PI_HIGH = Math.PI;
const PI_LOW = 1.2246467991473532e-16;
const HALF_PI_HIGH = PI_HIGH / 2;
const HALF_PI_LOW = PI_LOW / 2;

/** (asin x − x)/x³ as a function of z = x² ≤ ¼, minimax: asin to 2⁻⁶⁰. */
function asinRest(z: number): number {
  let p = 0.032697934406261904;
  p = p * z - 0.021110106990002656;
  p = p * z + 0.021786082353335956;
  p = p * z + 0.003674015393885646;
  p = p * z + 0.010788849199318282;
  p = p * z + 0.0113973749044531;
  p = p * z + 0.01398100883023002;
  p = p * z + 0.01735159628387294;
  p = p * z + 0.02237221586373791;
  p = p * z + 0.030381942676723953;
  p = p * z + 0.044642857175257046;
  p = p * z + 0.07499999999970128;
  p = p * z + 0.16666666666666763;
  return p;
}

/** asin √z − √z for 0 < z ≤ ¼, with what the square root lost. */
function asinRootRest(z: number, root: number): number {
  const square = root * root;
  const rootLow = (z - square - productError(root, root, square)) / (2 * root);
  return rootLow + root * z * asinRest(z);
}

/** asin x; above ½ as π/2 − 2 asin √((1 − x)/2), which is NaN outside [−1, 1]. Measured ≤ 0.64 ulp. */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return x + x * (x * x) * asinRest(x * x);
  if (size === 1) return x * HALF_PI_HIGH;
  const z = 0.5 * (1 - size); // exact
  const root = Math.sqrt(z);
  const high = HALF_PI_HIGH - 2 * root;
  const rest = HALF_PI_LOW - 2 * asinRootRest(z, root);
  return Math.sign(x) * (high + (fastSumError(HALF_PI_HIGH, -2 * root, high) + rest));
}

/** acos x = π/2 − asin x; above ½ as 2 asin √((1 − x)/2), which is NaN outside [−1, 1]. Measured ≤ 0.63 ulp. */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) {
    const high = HALF_PI_HIGH - x;
    const rest = HALF_PI_LOW - x * (x * x) * asinRest(x * x);
    return high + (fastSumError(HALF_PI_HIGH, -x, high) + rest);
  }
  if (x === 1) return 0;
  if (x === -1) return PI_HIGH;
  const z = 0.5 * (1 - size);
  const root = Math.sqrt(z);
  const rest = asinRootRest(z, root);
  if (x >= 0.5) return 2 * (root + rest);
  const high = PI_HIGH - 2 * root;
  return high + (fastSumError(PI_HIGH, -2 * root, high) + (PI_LOW - 2 * rest));
}

const ATAN_HALF_HIGH = 0.4636476090008061;
const ATAN_HALF_LOW = 2.2698777452961687e-17;

/**
 * The angle between the axis and the point (x, y), x, y > 0, as a pair: atan(y/x) in (0, π/2).
 *
 * The mirror y ↔ x brings the tangent t to at most 1; then atan t = atan c + atan((t − c)/(1 + c·t))
 * with c = 0, ½ or 1 brings it within ¼, where atan q = q + q³·A(q²) and A is minimax to 2⁻⁶³. The
 * quotient is taken of pairs, (y − c·x)/(x + c·y), so that nothing is lost on the way.
 */
function anglePair(y: number, x: number): number {
  const mirrored = y > x;
  const opposite = mirrored ? x : y;
  const adjacent = mirrored ? y : x;
  const t = opposite / adjacent;
  const c = t < 0.25 ? 0 : t < 0.75 ? 0.5 : 1;
  const start = c === 0 ? 0 : c === 1 ? HALF_PI_HIGH / 2 : ATAN_HALF_HIGH;
  const startLow = c === 0 ? 0 : c === 1 ? HALF_PI_LOW / 2 : ATAN_HALF_LOW;
  const above = opposite - c * adjacent;
  const below = adjacent + c * opposite;
  const aboveLow = sumError(opposite, -c * adjacent, above);
  const belowLow = fastSumError(adjacent, c * opposite, below);
  const q = above / below;
  const qLow = quotientError(above, aboveLow, below, belowLow, q);
  const z = q * q;
  let p = -0.0400052028183992;
  p = p * z + 0.057250148228575874;
  p = p * z - 0.06655538173631778;
  p = p * z + 0.076918283913588;
  p = p * z - 0.09090896311066865;
  p = p * z + 0.11111110904830317;
  p = p * z - 0.14285714283829395;
  p = p * z + 0.19999999999991563;
  p = p * z - 0.3333333333333332;
  const high = start + q;
  const rest = fastSumError(start, q, high) + startLow + (qLow - z * qLow) + q * z * p;
  if (!mirrored) {
    low[0] = rest;
    return high;
  }
  const complement = HALF_PI_HIGH - high;
  low[0] = fastSumError(HALF_PI_HIGH, -high, complement) + HALF_PI_LOW - rest;
  return complement;
}

/** The slope from which on atan is π/2 to the last bit, and that up to which it is the slope itself. */
const STEEP = powerOfTwo(60);
const FLAT = powerOfTwo(-60);

/** atan x. Measured ≤ 0.56 ulp. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (!(size < STEEP)) return Math.sign(x) * HALF_PI_HIGH;
  return Math.sign(x) * (anglePair(size, 1) + low[0]!);
}

/**
 * The angle of the point (x, y), in [−π, π]; signed zeros and infinities as in Math.atan2. Measured
 * ≤ 0.56 ulp.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const left = x < 0 || Object.is(x, -0);
  const angle = absoluteAngle(Math.abs(y), Math.abs(x), left);
  return y < 0 || Object.is(y, -0) ? -angle : angle;
}

const SHRINK = powerOfTwo(-600);
const GROW = powerOfTwo(600);

/** The angle of (±x, y), x, y ≥ 0, in [0, π]. */
function absoluteAngle(y: number, x: number, left: boolean): number {
  if (y === 0) return left ? PI_HIGH : 0;
  if (y === Infinity && x === Infinity) return left ? (3 * PI_HIGH) / 4 : PI_HIGH / 4;
  if (y === Infinity) return HALF_PI_HIGH;
  if (y < x * FLAT) return left ? PI_HIGH : y / x;
  const unit = Math.max(x, y) > 1 ? SHRINK : GROW; // pairs must not over- or underflow
  const high = anglePair(y * unit, x * unit);
  if (!left) return high + low[0]!;
  const value = PI_HIGH - high;
  return value + (fastSumError(PI_HIGH, -high, value) + (PI_LOW - low[0]!));
}
