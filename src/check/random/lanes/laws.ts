import type { Engine } from '../../engine.js';
import { checkBranches } from '../../laws/branches.js';
import { checkDeterminism } from '../../laws/determinism.js';
import { checkLinearity } from '../../laws/linearity.js';
import { checkOrder } from '../../laws/order.js';
import { checkPoison } from '../../laws/poison.js';
import { checkUntouched } from '../../laws/untouched.js';
import { checkZeroSeed } from '../../laws/zero-seed.js';
import { Problem } from '../../witnesses/problem.js';
import { asFunction } from '../as-function.js';
import type { RandomGraph } from '../build.js';
import { type LaneVerdict, NOTHING } from '../lane.js';

/** The laws of laws/ that hold of whole graphs. */
const laws = [
  checkLinearity,
  checkZeroSeed,
  checkBranches,
  checkDeterminism,
  checkUntouched,
  checkOrder,
  checkPoison,
];

/** What holds of a graph bit for bit, whatever its ops compute. */
export function checkLaws(graph: RandomGraph, engine: Engine): LaneVerdict {
  if (graph.ends.length === 0) return NOTHING;
  const problem = new Problem(asFunction(graph), graph.inputs, { engine });
  let allZero = false;
  for (const check of laws) {
    const verdict = check(problem);
    if (verdict.outcome === 'failed') {
      const { law, evidence } = verdict;
      return { outcome: 'failed', oracle: law, explanation: `${law}: ${evidence}` };
    }
    if (verdict.outcome === 'inconclusive') allZero = true;
  }
  problem.dispose();
  return { outcome: 'passed', allZero };
}
