/** A number found by trying, and how far it may be off. */
export interface Estimate {
  readonly value: number;
  /** What the tableau disagrees by, plus what the rounding of f can make of it. */
  readonly error: number;
}

/** f(x + h) compared with f(x − h), or with f(x). */
interface Quotient {
  readonly slope: number;
  /** The rounding error of `slope`: about 2⁻⁵²·|f|/h. */
  readonly noise: number;
}

/** A unit in the last place of a double, relative, a bit more than 2⁻⁵². */
export const ROUNDING = 2.3e-16;

/** Down to h = 2⁻¹² at least, so that a pole or a kink a hundredth away is left behind. */
const FEWEST_LEVELS = 12;
const MOST_LEVELS = 30;
/** Rows of the tableau without improvement after which it is not worth going on. */
const PATIENCE = 3;

/**
 * The limit of difference quotients as h → 0, by Richardson extrapolation in the way of Ridders: quotients
 * for h, h/2, h/4, … stand in the first column of a tableau, each further column cancels one more power of
 * the error, and the entry that its three neighbours before it agree with best is the answer. (Ridders 1982, Accurate computation of F′(x))
 *
 * Where the quotient is not finite, as outside of f's domain, the tableau begins anew with the next h.
 * @param powers the powers of h that the error has: 1 for one-sided quotients (h, h², …), 2 for central ones
 */
function extrapolate(quotient: (h: number) => Quotient, start: number, powers: 1 | 2): Estimate {
  let best: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let above: number[] = [];
  let idle = 0;
  let h = start;
  for (let level = 0; level < MOST_LEVELS && h > 0; level++, h /= 2) {
    const { slope, noise } = quotient(h);
    if (!Number.isFinite(slope) || !Number.isFinite(noise)) {
      above = [];
      continue;
    }
    const row = [slope];
    let improved = false;
    for (let j = 1; j <= above.length; j++) {
      const [left, corner] = [row[j - 1]!, above[j - 1]!];
      const value = left + (left - corner) / (2 ** (powers * j) - 1);
      row.push(value);
      const top = above[j];
      if (top === undefined) continue;
      const spread = Math.max(
        Math.abs(value - left),
        Math.abs(value - corner),
        Math.abs(value - top),
      );
      if (spread + noise < best.error) {
        best = { value, error: spread + noise };
        improved = true;
      }
    }
    above = row;
    idle = improved ? 0 : idle + 1;
    if (level + 1 >= FEWEST_LEVELS && idle >= PATIENCE) break;
  }
  return best;
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
 * The derivative of ⟨weights, f(x)⟩ for an f of several components. A component that never changes is flat
 * to within its rounding over the whole first step, so however large it is, it adds little to the error.
 */
export function weightedDerivative(
  f: (x: number) => ArrayLike<number>,
  weights: ArrayLike<number>,
  x: number,
  side: Side,
): Estimate {
  const start = firstStep(x);
  const moved = new Uint8Array(weights.length);
  const quotient = (h: number): Quotient => {
    const right = side === 'left' ? x : x + h;
    const left = side === 'right' ? x : x - h;
    const high = Array.from(f(right));
    const low = f(left);
    // x ± h is rounded: what counts is how far apart the two are.
    const width = right - left;
    let slope = 0;
    let noise = 0;
    for (let k = 0; k < weights.length; k++) {
      const change = high[k]! - low[k]!;
      if (change !== 0) moved[k] = 1;
      const size = Math.abs(weights[k]!) * Math.max(Math.abs(high[k]!), Math.abs(low[k]!));
      slope += (weights[k]! * change) / width;
      noise += (ROUNDING * size) / (moved[k] ? width : start);
    }
    return { slope, noise };
  };
  return extrapolate(quotient, start, side === 'both' ? 2 : 1);
}

/**
 * The first and largest step: near the size of x, and near 1/2 for an x near 0. Not quite a power of two,
 * so that x ± h does not land on a kink or a jump at a round number; halving it is exact all the same.
 */
function firstStep(x: number): number {
  let h = 0.5 + 2 ** -20;
  while (h < Math.abs(x) / 4) h *= 2;
  return h;
}
