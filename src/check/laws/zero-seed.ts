import type { Verdict } from '../verdict.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** Jᵀ0 = 0: what has no part in ∂L/∂y has none in ∂L/∂x. */
export function checkZeroSeed(problem: Problem): Verdict {
  const { u, slots, chosen } = problem;
  const gradients = problem.gradientsFor(new Float64Array(u.length));
  const entries = gradients.reduce((n, { length }) => n + length, 0);
  const others = problem.gradientsFor(u);
  if (!others.every((gradient) => gradient.every(Number.isFinite))) {
    return { outcome: 'inconclusive', reason: 'not finite', entries };
  }
  for (const [i, gradient] of gradients.entries()) {
    const at = gradient.findIndex((value) => value !== 0);
    if (at < 0) continue;
    const where = elementOf(`∂L/∂x${slots[i]! + 1}`, at, chosen[i]!.shape);
    const evidence = `${where} is ${gradient[at]} for a seed of zeros`;
    const error = Math.abs(gradient[at]!);
    return { outcome: 'failed', law: 'zero seed', entries, error, evidence };
  }
  if (others.every((gradient) => gradient.every((value) => value === 0))) {
    return { outcome: 'inconclusive', reason: 'zero', entries };
  }
  return { outcome: 'passed', entries, error: 0 };
}
