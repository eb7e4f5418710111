import { nameOf } from '../expect.js';
import { checkDifferences, checkSecondOrder, withBlame } from '../gradient.js';
import type { Law } from '../law.js';
import type { Use } from '../use.js';
import type { Verdict } from '../verdict.js';
import {
  type Build,
  type BuildOf,
  Problem,
  type ProblemOptions,
  type Value,
} from '../witnesses/problem.js';
import { checkSymmetry } from '../witnesses/second-order.js';
import { checkDuals, checkJvp } from '../witnesses/transpose.js';
import { checkValue } from '../witnesses/value.js';
import { checkAfresh } from './afresh.js';
import { checkBranches } from './branches.js';
import { checkDeterminism } from './determinism.js';
import { checkLinearity } from './linearity.js';
import { checkOrder } from './order.js';
import { checkPoison } from './poison.js';
import { checkUntouched } from './untouched.js';
import { checkZeroSeed } from './zero-seed.js';

/** The laws that hold at any point where a function is smooth. */
export type SmoothLaw = Exclude<Law, 'graphs' | 'kinks' | 'special points' | 'misfits'>;

/** What is known of the function that a law is checked for. */
export interface LawOptions {
  /** What the function means: what its value and forward mode are compared with. */
  readonly definition?: Use['definition'];
  /** As for `checkGradient`: 1e-9 where left out. */
  readonly gate?: number;
  /** The function can be differentiated once only: forward mode by its rules is left out. */
  readonly once?: boolean;
}

/** The check of each law; undefined where it needs what the function has not. */
export const SMOOTH_LAWS: Readonly<
  Record<SmoothLaw, (problem: Problem, options: LawOptions) => Verdict | undefined>
> = {
  value: (problem, { definition }) => definition && checkValue(problem, definition),
  gradient: (problem, { gate }) => checkDifferences(problem, gate),
  'forward mode': (problem, { definition, once }) => {
    const byDefinition = definition && checkDuals(problem, definition);
    if (once || byDefinition?.outcome === 'failed') return byDefinition;
    const byRules = checkJvp(problem);
    return byRules.outcome === 'failed' ? byRules : (byDefinition ?? byRules);
  },
  'second order': (problem, { gate }) => checkSecondOrder(problem, gate),
  symmetry: checkSymmetry,
  linearity: checkLinearity,
  'zero seed': checkZeroSeed,
  branches: checkBranches,
  order: checkOrder,
  poison: checkPoison,
  untouched: checkUntouched,
  determinism: (problem) => {
    const runs = checkDeterminism(problem);
    return runs.outcome === 'passed' ? checkAfresh(problem) : runs;
  },
};

/**
 * Checks one law of f at a point.
 * @throws ChainruleError for a law of second order, if f can be differentiated once only
 */
export function checkLaw<const Inputs extends readonly Value[]>(
  law: SmoothLaw,
  f: BuildOf<Inputs>,
  inputs: Inputs,
  options?: ProblemOptions & LawOptions,
): Verdict;
export function checkLaw(
  law: SmoothLaw,
  f: Build,
  inputs: readonly Value[],
  options: ProblemOptions & LawOptions = {},
): Verdict {
  nameOf('law', Object.keys(SMOOTH_LAWS))(law, 'law');
  const problem = new Problem(f, inputs, options);
  const verdict = SMOOTH_LAWS[law](problem, options) ?? {
    outcome: 'inconclusive',
    reason: 'no definition',
    entries: 0,
  };
  const blamed = withBlame(verdict, problem);
  problem.dispose();
  return blamed;
}
