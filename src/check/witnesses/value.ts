import { formatShape, sameShape } from '../../linalg/index.js';
import { real, Tensor } from '../reference/index.js';
import type { Definition } from '../use.js';
import type { Verdict } from '../verdict.js';
import { elementOf } from '../words/text.js';
import type { Problem } from './problem.js';

/** How far a value may be off, relative to its size (or to 1, for small ones). */
const TOLERANCE = 1e-13;

/** Compares the value of f, as the engine computes it, with what the definition says. */
export function checkValue(
  problem: Problem,
  definition: Definition,
  tolerance: number = TOLERANCE,
): Verdict {
  const { xs, y, point } = problem;
  const inputs = xs.map(({ shape }, slot) => new Tensor(shape, [...point[slot]!]));
  const exact = definition(real, ...inputs);
  const failed = (error: number, evidence: string): Verdict => {
    return { outcome: 'failed', law: 'value', entries: exact.values.length, error, evidence };
  };
  if (!sameShape(exact.shape, y.shape)) {
    const [given, wanted] = [formatShape(y.shape), formatShape(exact.shape)];
    return failed(Number.POSITIVE_INFINITY, `the shape of ${y} is ${given}, not ${wanted}`);
  }
  const [values] = problem.evaluate([y]);
  let error = 0;
  for (const [k, value] of exact.values.entries()) {
    const found = values![k]!;
    if (Object.is(found, value) || found === value) continue;
    const off = Math.abs(found - value) / (1 + Math.abs(value));
    if (!(off <= tolerance)) {
      const where = elementOf(String(y), k, y.shape);
      return failed(off, `${where}: it gives ${found}, by its definition it is ${value}`);
    }
    error = Math.max(error, off);
  }
  return { outcome: 'passed', entries: exact.values.length, error };
}
