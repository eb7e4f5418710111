import { type Estimate, ROUNDING } from './differences.js';

/** One partial derivative, seen from both sides. */
export interface Entry {
  /** The slot of the input, and the row-major place in it. */
  readonly slot: number;
  readonly index: number;
  readonly x: number;
  /** What the backward rules say. */
  readonly backward: number;
  /** What differences say; at a kink, the one nearest to `backward` of the slopes that f has there. */
  readonly differences: Estimate;
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

/** How far `backward` may be off, in estimated errors of the differences. */
const SAFETY = 10;
/** The relative error that a gradient in doubles is allowed to have. */
const TOLERANCE = 1e-12;

/**
 * Weighs the entries. One is right if |backward − differences| ≤ 10·error + 10⁻¹²·|gradient|, and a rounding
 * error of the largest gradient of its input and of f.
 * @param gate differences with an error above this share of the largest gradient of the same input (or of
 * f, where that is 0) are no witness
 * @param size Σ of the sizes of f's elements
 */
export function weigh(entries: readonly Entry[], gate: number, size: number): Verdict {
  const count = entries.length;
  const broken = entries.find(
    ({ backward, differences: { value, error } }) =>
      !Number.isFinite(value) || !Number.isFinite(error) || !Number.isFinite(backward),
  );
  if (broken) {
    // A gradient that is not finite where f has a slope is wrong, not just unlucky.
    const { value, error } = broken.differences;
    if (error <= gate * Math.abs(value))
      return { outcome: 'failed', entries: count, worst: broken };
    return { outcome: 'inconclusive', reason: 'not finite', entries: count, worst: broken };
  }

  const largest = new Map<number, number>();
  for (const entry of entries) {
    largest.set(entry.slot, Math.max(largest.get(entry.slot) ?? 0, scaleOf(entry)));
  }
  const rough = entries.find(
    ({ slot, differences: { error } }) => error > gate * (largest.get(slot)! || size),
  );
  let worst: Entry | undefined;
  let most = -1;
  for (const entry of entries) {
    const { slot, backward, differences } = entry;
    const floor = ROUNDING * (largest.get(slot)! + size);
    const limit = SAFETY * differences.error + TOLERANCE * scaleOf(entry) + floor;
    const off = Math.abs(backward - differences.value);
    const excess = off === 0 ? 0 : off / limit;
    const trusted = differences.error <= gate * (largest.get(slot)! || size);
    if (!trusted || excess <= most) continue;
    most = excess;
    worst = entry;
  }
  if (worst && most > 1) return { outcome: 'failed', entries: count, worst };
  if (rough) return { outcome: 'inconclusive', reason: 'rough', entries: count, worst: rough };
  if (!worst) return { outcome: 'inconclusive', reason: 'zero', entries: count };
  return { outcome: 'passed', entries: count, worst };
}

/** The size of a gradient: 0 if nothing says that it is anything else. */
function scaleOf({ backward, differences: { value, error } }: Entry): number {
  if (backward === 0 && Math.abs(value) <= SAFETY * error) return 0;
  return Math.max(Math.abs(value), Math.abs(backward));
}

/** Throws an Error that says what a verdict says, unless it is passed. */
export function assertPassed(verdict: Verdict): void {
  if (verdict.outcome !== 'passed') throw new Error(explain(verdict));
}

/** A verdict in a sentence. */
export function explain(verdict: Verdict): string {
  const { worst, entries } = verdict;
  const where = worst
    ? `input ${worst.slot + 1}, element ${worst.index} = ${worst.x}: backward gives ${worst.backward}, ` +
      `differences give ${worst.differences.value} ± ${worst.differences.error.toPrecision(2)}`
    : '';
  if (verdict.outcome === 'passed') return `${entries} gradients are right; the worst, ${where}`;
  if (verdict.outcome === 'failed') return `a gradient is wrong: ${where}`;
  switch (verdict.reason) {
    case 'zero':
      return 'every gradient was 0, so a rule that gives nothing would have passed too; take another point';
    case 'not finite':
      return `f or a gradient is not finite here; take another point. ${where}`;
    default:
      return `differences are too rough here to tell, near a kink or where f is flat; take another point. ${where}`;
  }
}
