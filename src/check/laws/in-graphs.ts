import { checkDifferences } from '../gradient.js';
import type { Verdict } from '../verdict.js';
import type { Problem } from '../witnesses/problem.js';
import { checkValue } from '../witnesses/value.js';
import { checkBranches } from './branches.js';
import { checkDeterminism } from './determinism.js';
import type { LawOptions } from './index.js';
import { checkLinearity } from './linearity.js';
import { checkOrder } from './order.js';
import { checkPoison } from './poison.js';
import { checkUntouched } from './untouched.js';

/** Values of a graph are rounded at every op, and differences of such are made large. */
const VALUE = 1e-9;

/**
 * What an op that is right by itself can still get wrong in a graph: where its kernel or its rule keeps something from
 * one use to the next, writes where others read, or promises the engine what it does not hold. The gradient is that of
 * differences, which know a kink when they stand on it; a definition does not.
 */
export function checkInGraph(
  problem: Problem,
  { definition, gate }: LawOptions,
): Verdict | undefined {
  if (!definition) return undefined;
  let gradient: Verdict | undefined;
  let entries = 0;
  const checks = [
    checkUntouched,
    checkDeterminism,
    () => checkValue(problem, definition, VALUE),
    () => (gradient = checkDifferences(problem, gate)),
    checkLinearity,
    checkBranches,
    checkOrder,
    checkPoison,
  ];
  for (const check of checks) {
    const verdict = check(problem);
    if (verdict.outcome === 'failed') return verdict;
    entries += verdict.entries;
  }
  // What else was looked at holds, and differences have been asked of the op by itself.
  const isRough = gradient?.outcome === 'inconclusive' && gradient.reason === 'rough';
  return isRough ? { outcome: 'passed', entries, error: 0 } : gradient;
}
