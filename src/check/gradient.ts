import { constant, gradients } from '../graph/index.js';
import { size } from '../linalg/index.js';
import { type Estimate, type Side, weightedDerivative } from './differences.js';
import { assertPassed } from './explain.js';
import { type Build, generic, type Problem, problem, type Value } from './problem.js';
import { indexAt } from './text.js';
import type { Entry, Verdict } from './verdict.js';
import { weigh } from './weigh.js';

export interface CheckOptions {
  /** Which random weights the elements of y are summed with. */
  readonly seed?: number;
  /**
   * How exact differences have to be to be a witness: an error of more than this share of the largest
   * gradient of the same input makes the check inconclusive. 1e-9 where left out.
   */
  readonly gate?: number;
  /** Slots of the inputs that f is differentiated by; all where left out. */
  readonly slots?: readonly number[];
}

const GATE = 1e-9;

/**
 * Compares the backward rules of f with differences, in every element of every input. For a y of several
 * elements it is L = ⟨u, y⟩ that is differentiated, with random weights u of either sign: a single wrong
 * entry of the Jacobian then shows in the gradient of its input.
 * @param f builds graph from input nodes; it is called once
 * @param inputs where to differentiate: away from kinks (for those see `checkKink`)
 */
export function checkGradient(
  f: Build,
  inputs: readonly Value[],
  options: CheckOptions = {},
): Verdict {
  const it = problem(f, inputs);
  const weights = generic(it.y.shape, options.seed ?? 0, 'check: weights');
  const entries = compare(it, weights, options, ['both'], ([central]) => central!);
  const verdict = weigh(entries, options.gate ?? GATE, sizeOf(it, weights));
  it.dispose();
  const silent = verdict.outcome === 'passed' && entries.every(({ backward }) => backward === 0);
  return silent ? { outcome: 'inconclusive', reason: 'zero', entries: entries.length } : verdict;
}

/** Throws an Error that shows the worst entry, unless the check is passed. */
export function assertGradient(
  f: Build,
  inputs: readonly Value[],
  options: CheckOptions = {},
): void {
  assertPassed(checkGradient(f, inputs, options));
}

/**
 * For points where f has a kink: each gradient must lie between the derivatives from the left and from
 * the right, so that it is a slope that f has on some side, or in between. For functions whose elements
 * of y all bend the same way (up as |x|, or down), since it looks at the sum of y.
 */
export function checkKink(f: Build, inputs: readonly Value[], options: CheckOptions = {}): Verdict {
  const it = problem(f, inputs);
  const weights = new Float64Array(size(it.y.shape)).fill(1);
  const entries = compare(it, weights, options, ['left', 'right'], ([left, right], backward) => {
    const low = Math.min(left!.value, right!.value);
    const high = Math.max(left!.value, right!.value);
    const value = Math.max(low, Math.min(backward, high));
    return { value, error: Math.max(left!.error, right!.error) };
  });
  // At a kink a gradient may well be 0; what differences are measured by is then the size of f.
  const scale = Math.max(1, sizeOf(it, weights));
  const verdict = weigh(entries, options.gate ?? GATE, scale);
  it.dispose();
  return verdict;
}

/** Differentiates L = ⟨weights, y⟩ both ways, element by element. */
function compare(
  { xs, y, point, at: run, evaluate }: Problem,
  weights: Float64Array,
  { slots = [...xs.keys()] }: CheckOptions,
  sides: readonly Side[],
  join: (estimates: readonly Estimate[], backward: number) => Estimate,
): Entry[] {
  const chosen = slots.map((slot) => xs[slot]!);
  const found = evaluate(gradients(y, chosen, constant(weights, y.shape)));
  return slots.flatMap((slot, i) =>
    [...point[slot]!].map((x, index) => {
      const values = point.map((each) => each.slice());
      const f = (t: number): Float64Array => {
        values[slot]![index] = t;
        return run(values);
      };
      const backward = found[i]![index]!;
      const estimates = sides.map((side) => weightedDerivative(f, weights, x, side));
      const at = indexAt(index, xs[slot]!.shape);
      return { slot, index, at, x, backward, differences: join(estimates, backward) };
    }),
  );
}

/** Σ |weights|·|y| at the point. */
function sizeOf({ at, point }: Problem, weights: Float64Array): number {
  return at(point).reduce((total, y, k) => total + Math.abs(weights[k]! * y), 0);
}
