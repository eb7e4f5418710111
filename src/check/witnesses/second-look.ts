import type { Entry } from '../verdict.js';
import { compare, slope } from './compare.js';
import { type Estimate, type Side, scaleOf } from './differences.js';
import { elementAt, noiseOf, noiseOfDifferences } from './noise.js';
import type { Problem } from './problem.js';

/** Of no power of two, so that every sum that the steps go through rounds them in another way. */
const OTHER_STEPS = 0.7310585786300049;
/** How many times their errors two slopes may be apart before they are two. */
const AGREEMENT = 10;

/**
 * Whether differences may be believed where they speak against a rule: by other steps they speak against it too, and f
 * has the same slope on either side. By one kind of steps they may agree among themselves and be wrong: at a kink,
 * where central differences are the mean of two slopes; and where what f rounds away has a pattern, as in
 * (x + 10¹⁰) − 10¹⁰. Nor is a rule wrong by what rounding does to the values that it is computed from.
 * @param refute whether entries speak against a rule
 */
export function isConfirmed(
  problem: Problem,
  worst: Entry,
  refute: (entries: readonly Entry[]) => boolean,
): boolean {
  const { slot, index, x, backward, differences } = worst;
  const again = compare(problem, problem.u, OTHER_STEPS);
  if (!refute(again)) return false;
  if (hasKink((side) => slope(problem, slot, index, problem.u, side))) return false;
  const scale = Math.abs(x) || scaleOf(problem.point[slot]!);
  const gradient = problem.gradients[problem.slots.indexOf(slot)]!;
  const noise = noiseOf(problem, elementAt(gradient, index)) + noiseOfDifferences(problem, scale);
  return !(Math.abs(backward - differences.value) <= noise);
}

/** Whether a function has another slope on its left than on its right. */
export function hasKink(slopeOn: (side: Side) => Estimate): boolean {
  const [left, right] = [slopeOn('left'), slopeOn('right')];
  return Math.abs(left.value - right.value) > AGREEMENT * (left.error + right.error);
}
