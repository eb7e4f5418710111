/** A number found by trying, and how far it may be off. */
export interface Estimate {
  /** The derivative. */
  readonly value: number;
  /** What the tableau disagrees by, plus what the rounding of f can make of it. */
  readonly error: number;
}

/** f(x + h) compared with f(x − h), or with f(x). */
interface Quotient {
  readonly slope: number;
  /** The least that rounding does to `slope`: about 2⁻⁵²·|f|/h. */
  readonly noise: number;
}

/** A unit in the last place of a double, relative, a bit more than 2⁻⁵². */
export const ROUNDING = 2.3e-16;

/** From h = 1/2 down to 2⁻¹² at least, so that a pole or a kink a hundredth away is left behind. */
const FEWEST_ROWS = 12;
const MOST_ROWS = 24;
/** Rows without improvement after which it is not worth going on. */
const PATIENCE = 3;
/** Levels at which f may not be finite, as outside of its domain, before it is given up. */
const MOST_LEVELS = 40;
/** How many times their errors two estimates may be apart before they contradict each other. */
const AGREEMENT = 10;
const NONE: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
/** A column whose truncation error is nothing at the smallest h, so that what moves there is rounding. */
const NOISE_COLUMN = 3;

/**
 * The limit of difference quotients as h → 0, by Richardson extrapolation in the way of Ridders: quotients
 * for h, h/2, h/4, … stand in the first column of a tableau, each further column cancels one more power of
 * the error, and the entry that its three neighbours before it agree with best is the answer.
 * (Ridders 1982, Accurate computation of F′(x))
 *
 * Neighbours can agree by luck, so an entry is also charged with the rounding error of f: what a double is
 * rounded by at least, and what is seen to move where h is small and nothing else can. Where a quotient is
 * not finite, as outside of f's domain, the tableau begins anew with the next h.
 * @param powers the powers of h that the error has: 1 for one-sided quotients (h, h², …), 2 for central ones
 */
function extrapolate(quotient: (h: number) => Quotient, start: number, powers: 1 | 2): Estimate {
  let rows: Row[] = [];
  let nearest = Number.POSITIVE_INFINITY;
  let idle = 0;
  for (let level = 0, h = start; level < MOST_LEVELS && rows.length < MOST_ROWS; level++, h /= 2) {
    const { slope, noise } = quotient(h);
    if (!Number.isFinite(slope) || !Number.isFinite(noise)) {
      rows = [];
      continue;
    }
    const row = { h, noise, ...extrapolated(slope, rows.at(-1), powers) };
    rows.push(row);
    const error = Math.min(...row.spreads) + noise;
    idle = error < nearest ? 0 : idle + 1;
    nearest = Math.min(nearest, error);
    if (rows.length >= FEWEST_ROWS && idle >= PATIENCE) break;
  }

  const rounding = Math.max(...rows.slice(-3).map(({ h, spreads }) => spreads[NOISE_COLUMN]! * h));
  // The best entry of each row counts unless a row of smaller steps speaks against it: between kinks on both sides
  // quotients may agree perfectly, and still say nothing of the point itself.
  const estimates: Estimate[] = [];
  let best = NONE;
  for (const { h, noise, values, spreads } of rows.reverse()) {
    let estimate = NONE;
    for (const [j, spread] of spreads.entries()) {
      const error = spread + Math.max(noise, rounding / h);
      if (error < estimate.error) estimate = { value: values[j]!, error };
    }
    const contradicted = estimates.some(
      ({ value, error }) => Math.abs(value - estimate.value) > AGREEMENT * (error + estimate.error),
    );
    estimates.push(estimate);
    if (!contradicted && estimate.error < best.error) best = estimate;
  }
  return best;
}

/** One row of the tableau: what was found for one h, and extrapolated by the row above. */
interface Row {
  readonly h: number;
  readonly noise: number;
  readonly values: readonly number[];
  /** How far each value is from the farthest of its three neighbours; infinite where it has fewer. */
  readonly spreads: readonly number[];
}

function extrapolated(
  slope: number,
  before: Row | undefined,
  powers: 1 | 2,
): Pick<Row, 'values' | 'spreads'> {
  const above = before?.values ?? [];
  const values = [slope];
  const spreads = [Number.POSITIVE_INFINITY];
  for (const [j, corner] of above.entries()) {
    const left = values[j]!;
    const value = left + (left - corner) / (2 ** (powers * (j + 1)) - 1);
    const top = above[j + 1] ?? Number.POSITIVE_INFINITY;
    const off = Math.max(Math.abs(value - left), Math.abs(value - corner), Math.abs(value - top));
    values.push(value);
    spreads.push(off);
  }
  return { values, spreads };
}

/** From which side f is looked at. */
export type Side = 'both' | 'left' | 'right';

/**
 * f′(x) by differences, to about 13 digits where f is smooth: central ones, or the one-sided derivative.
 * The estimate's `error` says how far to trust it: it is large at a kink, and infinite where f is not
 * finite on the side that is looked at.
 */
export function derivative(f: (x: number) => number, x: number, side: Side = 'both'): Estimate {
  return weightedDerivative((t) => [f(t)], [1], x, side);
}

/**
 * The derivative of ⟨weights, f(x)⟩ for an f of several components. One that has not changed for any step so far is flat
 * to within its rounding over the whole first one, so however large it is, it adds little to the error.
 * @param stretch what the first step is multiplied by, and so all the others
 */
export function weightedDerivative(
  f: (x: number) => ArrayLike<number>,
  weights: ArrayLike<number>,
  x: number,
  side: Side,
  stretch: number = 1,
): Estimate {
  const start = stretch * firstStep(x);
  const moves = new Uint8Array(weights.length);
  const quotient = (h: number): Quotient => {
    const right = side === 'left' ? x : x + h;
    const left = side === 'right' ? x : x - h;
    const high = f(right);
    const low = f(left);
    // x ± h is rounded: what counts is how far apart the two are.
    const width = right - left;
    let slope = 0;
    let noise = 0;
    for (let k = 0; k < weights.length; k++) {
      const change = high[k]! - low[k]!;
      const size = Math.abs(weights[k]!) * Math.max(Math.abs(high[k]!), Math.abs(low[k]!));
      slope += (weights[k]! * change) / width;
      if (change !== 0) moves[k] = 1;
      noise += (ROUNDING * size) / (moves[k] === 0 ? start : width);
    }
    return { slope, noise };
  };
  return extrapolate(quotient, start, side === 'both' ? 2 : 1);
}

/** A scale below this is small beside steps that begin with 1/2. */
const SMALL = 2 ** -8;
/** And one below this would make them vanish. */
const SMALLEST = 2 ** -900;

/**
 * The same where x is a number of a known scale. If that is small, f may have poles and kinks as near as that, so it is
 * looked at once more with steps of that size: what is found there counts, if the estimate is better or says something
 * else, unless it sees nothing change at all. That may be rounding.
 * @param scale the size that x has, or that its neighbours in a tensor have where it is 0
 */
export function derivativeNear(
  f: (x: number) => ArrayLike<number>,
  weights: ArrayLike<number>,
  x: number,
  scale: number,
  side: Side,
  stretch: number = 1,
): Estimate {
  const far = weightedDerivative(f, weights, x, side, stretch);
  if (!(scale > SMALLEST && scale < SMALL)) return far;
  let power = SMALL;
  while (power > scale) power /= 2;
  const near = weightedDerivative(f, weights, x, side, stretch * power);
  if (near.value === 0 || !Number.isFinite(near.error)) return far;
  const contradicted = Math.abs(near.value - far.value) > AGREEMENT * (near.error + far.error);
  return contradicted || !(far.error <= near.error) ? near : far;
}

/** The size of the numbers of a tensor: the largest. */
export const scaleOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * The first and largest step: near the size of x, and near 1/2 for an x near 0. Not quite a power of two,
 * so that x ± h does not land on a kink or a jump at a round number; halving it is exact all the same.
 */
function firstStep(x: number): number {
  let h = 0.5 + 2 ** -20;
  while (h < Math.abs(x) / 4) h *= 2;
  return h;
}
