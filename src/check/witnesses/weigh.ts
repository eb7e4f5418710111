import type { Law } from '../law.js';
import type { Entry, Verdict } from '../verdict.js';
import { placeIn } from '../words/text.js';
import { ROUNDING } from './differences.js';

/** How far `backward` may be off, in estimated errors of the differences. */
const SAFETY = 10;
/** The relative error that a gradient in doubles is allowed to have. */
const TOLERANCE = 1e-12;

/**
 * Weighs the entries. One is right if |backward − differences| ≤ 10·error + 10⁻¹²·|gradient|, and a rounding
 * error of the largest gradient of its input and of f.
 * @param gate differences with an error above this share of the largest gradient of the same input (or of
 * f, where that is 0) are no witness; where `backward` is another, it is they that say how large the gradient is
 * @param size Σ of the sizes of f's elements
 */
export function weigh(
  entries: readonly Entry[],
  gate: number,
  size: number,
  law: Law = 'gradient',
): Verdict {
  const count = entries.length;
  const failed = (worst: Entry, error: number): Verdict => {
    return { outcome: 'failed', law, entries: count, error, worst, evidence: whereabouts(worst) };
  };
  const broken = entries.find(
    ({ backward, differences: { value, error } }) =>
      !Number.isFinite(value) || !Number.isFinite(error) || !Number.isFinite(backward),
  );
  if (broken) {
    // A gradient that is not finite where f has a slope, or is flat, is wrong, not just unlucky.
    const { value, error } = broken.differences;
    const scale = Math.abs(value) || size;
    if (Number.isFinite(scale) && error <= gate * scale) {
      return failed(broken, Number.POSITIVE_INFINITY);
    }
    return { outcome: 'inconclusive', reason: 'not finite', entries: count, worst: broken };
  }

  const largest = new Map<number, number>();
  for (const entry of entries) {
    largest.set(entry.slot, Math.max(largest.get(entry.slot) ?? 0, scaleOf(entry)));
  }
  const isRough = ({ slot, differences: { error } }: Entry): boolean =>
    error > gate * (largest.get(slot)! || size);
  let worst: Entry | undefined;
  let most = -1;
  let relative = 0;
  for (const entry of entries) {
    const { slot, backward, differences } = entry;
    const floor = ROUNDING * (largest.get(slot)! + size);
    const limit = SAFETY * differences.error + TOLERANCE * scaleOf(entry) + floor;
    const off = Math.abs(backward - differences.value);
    const excess = off === 0 ? 0 : off / limit;
    if (isRough(entry) || excess <= most) continue;
    most = excess;
    worst = entry;
    const whole = largest.get(slot)! || size;
    relative = off === 0 ? 0 : off / (off <= floor ? Math.max(whole, size) : whole);
  }
  if (worst && most > 1) return failed(worst, relative);
  const rough = entries.find(isRough);
  if (rough) return { outcome: 'inconclusive', reason: 'rough', entries: count, worst: rough };
  if (!worst) return { outcome: 'inconclusive', reason: 'zero', entries: count };
  return { outcome: 'passed', entries: count, worst, error: relative };
}

/** The size of a gradient: 0 if nothing says that it is anything else. */
function scaleOf({ backward, differences: { value, error } }: Entry): number {
  const agrees = Math.abs(backward - value) <= SAFETY * error;
  if (agrees && backward !== 0) return Math.max(Math.abs(value), Math.abs(backward));
  return Math.abs(value) <= SAFETY * error ? 0 : Math.abs(value);
}

const whereabouts = ({ slot, at, x }: Entry): string =>
  `${placeIn(`input ${slot + 1}`, at)} = ${x}`;
