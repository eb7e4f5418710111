import type { Entry } from '../verdict.js';
import { indexAt } from '../words/text.js';
import { derivativeNear, type Estimate, type Side, scaleOf } from './differences.js';
import type { Problem } from './problem.js';

/**
 * ∂L/∂x by the engine and by differences, for every element of every x, L being ⟨weights, y⟩.
 * @param stretch of the steps of the differences
 */
export function compare(
  problem: Problem,
  weights: Float64Array = problem.u,
  stretch: number = 1,
): Entry[] {
  const { slots, xs, point } = problem;
  const found = problem.gradientsFor(weights);
  return slots.flatMap((slot, i) =>
    Array.from(point[slot]!, (x, index) => ({
      slot,
      index,
      at: indexAt(index, xs[slot]!.shape),
      x,
      backward: found[i]![index]!,
      differences: slope(problem, slot, index, weights, 'both', stretch),
    })),
  );
}

/** ∂L/∂x of one slot by differences alone. */
export function numericGradient(
  problem: Problem,
  slot: number,
  weights: Float64Array,
  side: Side = 'both',
): Float64Array {
  return problem.point[slot]!.map((_, index) => slope(problem, slot, index, weights, side).value);
}

/** The derivative of L by one element of one input. */
export function slope(
  problem: Problem,
  slot: number,
  index: number,
  weights: Float64Array,
  side: Side,
  stretch: number = 1,
): Estimate {
  const values = problem.point[slot]!;
  const x = values[index]!;
  const scale = Math.abs(x) || scaleOf(values);
  return derivativeNear(along(problem, slot, index), weights, x, scale, side, stretch);
}

/** y as a function of one element of one input. */
export function along(problem: Problem, slot: number, index: number): (x: number) => Float64Array {
  const values = problem.point.map((each, i) => (i === slot ? each.slice() : each));
  return (x) => {
    values[slot]![index] = x;
    return problem.at(values);
  };
}

/** Σ |weights|·|y| at the point: what f's own rounding is measured by. */
export function sizeOf(problem: Problem, weights: Float64Array = problem.u): number {
  const y = problem.at(problem.point);
  return y.reduce((total, value, k) => total + Math.abs(weights[k]! * value), 0);
}
