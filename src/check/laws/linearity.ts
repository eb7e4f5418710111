import type { Verdict } from '../verdict.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** Factors that only move the exponent or the sign, so that no rounding can hide behind them. */
const FACTORS = [2, -1, 2 ** -7];
/** Below it there are subnormal numbers on the way, and these do round. */
const NEGLIGIBLE = 1e-290;

/** The backward pass is linear in its seed: Jᵀ(c·u) = c·Jᵀu, bit for bit. */
export function checkLinearity(problem: Problem): Verdict {
  const { u, slots, chosen } = problem;
  const gradients = problem.gradientsFor(u);
  const entries = FACTORS.length * gradients.reduce((n, { length }) => n + length, 0);
  if (!gradients.every((gradient) => gradient.every(Number.isFinite))) {
    return { outcome: 'inconclusive', reason: 'not finite', entries };
  }
  for (const factor of FACTORS) {
    const scaled = problem.gradientsFor(u.map((weight) => factor * weight));
    for (const [i, gradient] of gradients.entries()) {
      const expected = gradient.map((value) => factor * value);
      const at = expected.findIndex((value, k) => !isEqual(value, scaled[i]![k]!));
      if (at < 0) continue;
      const where = elementOf(`∂L/∂x${slots[i]! + 1}`, at, chosen[i]!.shape);
      const evidence = `${where} is ${gradient[at]} for a seed u, and ${scaled[i]![at]} for ${factor}·u, where it should be ${expected[at]}`;
      const error = Math.abs(scaled[i]![at]! / expected[at]! - 1);
      return { outcome: 'failed', law: 'linearity', entries, error, evidence };
    }
  }
  if (gradients.every((gradient) => gradient.every((value) => value === 0))) {
    return { outcome: 'inconclusive', reason: 'zero', entries };
  }
  return { outcome: 'passed', entries, error: 0 };
}

const isEqual = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= NEGLIGIBLE;
