import type { Engine } from '../../engine.js';
import type { RandomGraph } from '../build.js';
import { checkGraph } from '../check-graph.js';
import { checkExact } from '../exact/check.js';
import { exactOps } from '../exact/ops.js';
import type { Lane, LaneVerdict } from '../lane.js';
import { dyadic } from '../numbers.js';
import { graphOps } from '../ops/index.js';
import { checkLaws } from './laws.js';
import { checkPaths } from './paths.js';
import { checkSecondOrder } from './second-order.js';

function checkFirstOrder(graph: RandomGraph, engine: Engine): LaneVerdict {
  const verdict = checkGraph(graph, { engine });
  if (verdict.outcome !== 'passed') return verdict;
  const { forward, differences } = verdict.off;
  return { ...verdict, errors: { 'forward mode': forward, differences } };
}

/** All ways in which random graphs are checked. */
export const lanes: Readonly<Record<LaneName, Lane>> = {
  'first order': {
    holds: 'value, and ⟨t, Jᵀu⟩ by forward mode and by differences',
    ops: graphOps,
    recipes: {},
    check: checkFirstOrder,
  },
  'second order': {
    holds: 'sᵀHt by dual numbers over dual numbers, and H symmetric',
    ops: graphOps,
    recipes: { steps: 6 },
    check: checkSecondOrder,
  },
  exact: {
    holds: 'polynomials by exact arithmetic, bit for bit',
    ops: exactOps,
    recipes: { values: dyadic(-2, 2) },
    check: checkExact,
  },
  paths: {
    holds: 'every partial derivative by the sum over all paths',
    ops: graphOps,
    recipes: { steps: 6 },
    check: checkPaths,
  },
  laws: {
    holds: 'linear in the seed, any order of execution, nothing written to, …, bit for bit',
    ops: graphOps,
    recipes: {},
    check: checkLaws,
  },
};

/** The name of a way in which random graphs are checked: a key of `lanes`. */
export type LaneName = 'first order' | 'second order' | 'exact' | 'paths' | 'laws';
