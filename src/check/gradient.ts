import { constant, gradients } from '../graph/index.js';
import { size } from '../linalg/index.js';
import { type Estimate, type Side, weightedDerivative } from './differences.js';
import { type Build, generic, type Problem, problem, type Value } from './problem.js';

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

/** One partial derivative, seen from both sides. */
export interface Entry {
  /** The slot of the input and the row-major place in it. */
  readonly slot: number;
  readonly index: number;
  readonly x: number;
  /** What the backward rules say. */
  readonly backward: number;
  /** What differences say. */
  readonly differences: Estimate;
  /** |backward − differences| in units of what is allowed: above 1 it is wrong. */
  readonly excess: number;
}

/**
 * What a check came to. It is never passed by default: where differences were too rough to be a witness,
 * f or a gradient was not finite, or every gradient was 0, so that a rule that gives nothing would not have
 * shown, it is inconclusive.
 */
export type Verdict =
  | { readonly outcome: 'passed'; readonly entries: number; readonly worst: Entry }
  | { readonly outcome: 'failed'; readonly entries: number; readonly worst: Entry }
  | {
      readonly outcome: 'inconclusive';
      readonly reason: 'zero' | 'rough' | 'not finite';
      readonly entries: number;
      readonly worst?: Entry;
    };

const TRUSTED_DIGITS = 1e-12;
const SAFETY = 10;
const GATE = 1e-9;

/**
 * Compares the backward rules of f with differences, in every element of every input. For a y of several
 * elements it is L = ⟨u, y⟩ that is differentiated, with random weights u of either sign: a single wrong
 * entry of the Jacobian then shows in the gradient of its input.
 *
 * An entry is right if |backward − differences| ≤ 10·(error of the differences) + 10⁻¹²·|gradient|.
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
  const judge: Judge = ([differences], backward) => {
    const { value, error } = differences!;
    const scale = Math.max(Math.abs(value), Math.abs(backward));
    const excess = excessOf(Math.abs(value - backward), allowed(error, scale));
    return { differences: differences!, excess, scale };
  };
  const entries = compare(it, weights, options, judge, ['both']);
  it.dispose();
  const found = verdict(entries, options.gate ?? GATE);
  const silent = found.outcome === 'passed' && entries.every(({ backward }) => backward === 0);
  return silent ? { outcome: 'inconclusive', reason: 'zero', entries: entries.length } : found;
}

/**
 * For points where f has a kink: each gradient must lie between the derivatives from the left and from
 * the right, so that it is a slope that f has on some side, or in between. For functions whose elements
 * of y all bend the same way (up as |x|, or down), since it looks at the sum of y.
 */
export function checkKink(f: Build, inputs: readonly Value[], options: CheckOptions = {}): Verdict {
  const it = problem(f, inputs);
  const weights = new Float64Array(size(it.y.shape)).fill(1);
  const judge: Judge = ([left, right], backward) => {
    const [low, high] = [left!.value, right!.value].sort((a, b) => a - b) as [number, number];
    const nearest = Math.max(low, Math.min(backward, high));
    const error = Math.max(left!.error, right!.error);
    const scale = Math.max(Math.abs(low), Math.abs(high), Math.abs(backward));
    const excess = excessOf(Math.abs(nearest - backward), allowed(error, scale));
    return { differences: { value: nearest, error }, excess, scale };
  };
  const entries = compare(it, weights, options, judge, ['left', 'right']);
  it.dispose();
  return verdict(entries, options.gate ?? GATE);
}

/** Throws an Error that shows the worst entry, unless the check is passed. */
export function assertGradient(
  f: Build,
  inputs: readonly Value[],
  options: CheckOptions = {},
): void {
  assertPassed(checkGradient(f, inputs, options));
}

/** Throws an Error that says what a verdict says, unless it is passed. */
export function assertPassed(found: Verdict): void {
  if (found.outcome === 'passed') return;
  throw new Error(explain(found));
}

/** A verdict in a sentence. */
export function explain(found: Verdict): string {
  const { worst } = found;
  const where = worst
    ? `input ${worst.slot + 1}, element ${worst.index} = ${worst.x}: backward gives ${worst.backward}, ` +
      `differences give ${worst.differences.value} ± ${worst.differences.error.toPrecision(2)}`
    : '';
  if (found.outcome === 'passed')
    return `${found.entries} gradients are right; the worst, ${where}`;
  if (found.outcome === 'failed') return `a gradient is wrong: ${where}`;
  switch (found.reason) {
    case 'zero':
      return 'every gradient was 0, so a rule that gives nothing would have passed too; take another point';
    case 'not finite':
      return `f or a gradient is not finite here; take another point. ${where}`;
    default:
      return `differences are too rough here to tell, near a kink or where f is flat; take another point. ${where}`;
  }
}

/** An entry, and the size of the gradient that its error is measured by. */
interface Judged extends Entry {
  readonly scale: number;
}

type Judge = (
  estimates: readonly Estimate[],
  backward: number,
) => Pick<Judged, 'differences' | 'excess' | 'scale'>;

/** Differentiates L = ⟨weights, y⟩ both ways, element by element. */
function compare(
  { xs, y, point, at, evaluate }: Problem,
  weights: Float64Array,
  options: CheckOptions,
  judge: Judge,
  sides: readonly Side[],
): Judged[] {
  const slots = options.slots ?? [...xs.keys()];
  const chosen = slots.map((slot) => xs[slot]!);
  const found = evaluate(gradients(y, chosen, constant(weights, y.shape)));
  return slots.flatMap((slot, i) =>
    [...point[slot]!].map((x, index) => {
      const values = point.map((each) => each.slice());
      const f = (t: number): Float64Array => {
        values[slot]![index] = t;
        return at(values);
      };
      const backward = found[i]![index]!;
      const estimates = sides.map((side) => weightedDerivative(f, weights, x, side));
      return { slot, index, x, backward, ...judge(estimates, backward) };
    }),
  );
}

const allowed = (error: number, scale: number): number => SAFETY * error + TRUSTED_DIGITS * scale;

const excessOf = (difference: number, limit: number): number =>
  difference === 0 ? 0 : difference / limit;

function verdict(judged: readonly Judged[], gate: number): Verdict {
  const entries = judged.length;
  const broken = judged.find(
    ({ backward, differences: { value, error } }) =>
      !Number.isFinite(value) || !Number.isFinite(error) || !Number.isFinite(backward),
  );
  if (broken) {
    // A gradient that is not finite where f has a slope is wrong, not just unlucky.
    const { value, error } = broken.differences;
    if (error <= gate * Math.abs(value)) return { outcome: 'failed', entries, worst: broken };
    return { outcome: 'inconclusive', reason: 'not finite', entries, worst: broken };
  }
  const largest = new Map<number, number>();
  for (const { slot, scale } of judged) {
    largest.set(slot, Math.max(largest.get(slot) ?? 0, scale));
  }
  const overall = Math.max(0, ...largest.values());
  const rough = judged.filter(({ slot, differences: { error } }) => {
    const own = largest.get(slot)!;
    return error > gate * (own > error ? own : overall);
  });
  const untrusted = new Set(rough);
  const worst = judged
    .filter((entry) => !untrusted.has(entry))
    .reduce<Judged | undefined>(
      (most, entry) => (most && most.excess >= entry.excess ? most : entry),
      undefined,
    );
  if (worst && worst.excess > 1) return { outcome: 'failed', entries, worst };
  if (rough[0]) return { outcome: 'inconclusive', reason: 'rough', entries, worst: rough[0] };
  if (!worst) return { outcome: 'inconclusive', reason: 'zero', entries };
  return { outcome: 'passed', entries, worst };
}
