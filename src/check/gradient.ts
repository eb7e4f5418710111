import { ChainruleError, ShapeError } from '../graph/index.js';
import { findBlame, findOffender } from './blame/blame.js';
import { blameKernel } from './blame/kernel.js';
import type { Law } from './law.js';
import { checkAfresh } from './laws/afresh.js';
import { checkDeterminism } from './laws/determinism.js';
import { checkUntouched } from './laws/untouched.js';
import type { Definition } from './use.js';
import type { Entry, Failed, Finding, Verdict } from './verdict.js';
import { compare, sizeOf } from './witnesses/compare.js';
import {
  type Build,
  type BuildOf,
  Problem,
  type ProblemOptions,
  type Value,
} from './witnesses/problem.js';
import { isConfirmed } from './witnesses/second-look.js';
import { checkSymmetry, gradientProblem } from './witnesses/second-order.js';
import { checkDuals, checkJvp } from './witnesses/transpose.js';
import { checkValue } from './witnesses/value.js';
import { weigh } from './witnesses/weigh.js';
import { assertPassed } from './words/explain.js';

/** How exact a check is, how far it goes, and what it has to go by. */
export interface CheckOptions extends ProblemOptions {
  /**
   * How exact differences have to be to be a witness: an error of more than this share of the largest
   * gradient of the same input makes the check inconclusive. 1e-9 where left out; 1e-10 will do for a smooth
   * function of one number.
   */
  readonly gate?: number;
  /** 2: the gradient of the gradient is checked too, and that the Hessian is symmetric. 1 where left out. */
  readonly order?: 1 | 2;
  /**
   * What f means. The value is compared with it, and reverse mode with forward mode by dual numbers over it, which
   * shares no rule with what is checked.
   */
  readonly definition?: Definition;
}

const GATE = 1e-9;

/**
 * Checks the backward rules of f at a point.
 *
 * - The gradient is that of differences, in every element of every input. For a y of several elements it is L = ⟨u, y⟩
 *   that is differentiated, with random weights u of either sign: a single wrong entry of the Jacobian then shows in
 *   the gradient of its input.
 * - Forward mode is the transpose of reverse mode: ⟨J·t, u⟩ = ⟨t, Jᵀu⟩ to 10⁻¹² of the terms.
 * - Inputs and seed are left as they were, two runs give the same bits, and so does f where it is called again.
 * - With `definition`, the value is right; with `order: 2`, second derivatives are.
 *
 * Where a gradient is wrong, the verdict names the op, the input and the element, and what the mistake looks like.
 * @param f builds graph from input nodes
 * @param inputs where to differentiate: away from kinks (for those see `checkKink`)
 * @throws RangeError for a gate or an order that is none, TypeError where f gives no node
 */
export function checkGradient<const Inputs extends readonly Value[]>(
  f: BuildOf<Inputs>,
  inputs: Inputs,
  options?: CheckOptions,
): Verdict;
export function checkGradient(
  f: Build,
  inputs: readonly Value[],
  options: CheckOptions = {},
): Verdict {
  const { order = 1, definition, gate = GATE } = options;
  if (!(gate >= 0)) throw new RangeError(`gate is to be a number, 0 or more, not ${gate}`);
  if (order !== 1 && order !== 2) throw new RangeError(`order is 1 or 2, not ${order}`);
  const problem = new Problem(f, inputs, options);
  const first = checkDifferences(problem, gate);
  const verdicts = function* (): Generator<Verdict> {
    yield checkUntouched(problem);
    yield checkDeterminism(problem);
    if (definition) yield checkValue(problem, definition);
    yield first;
    if (definition) yield checkDuals(problem, definition);
    yield jvpIfAny(problem);
    yield checkAfresh(problem);
    if (order === 2) {
      yield checkSecondOrder(problem, gate);
      yield checkSymmetry(problem);
    }
  };
  // What is worst is told; a part that sees nothing but zeros is no news if the gradient itself is not 0.
  let result = first;
  for (const verdict of verdicts()) {
    if (verdict.outcome === 'passed') continue;
    if (verdict.outcome === 'failed') {
      result = withBlame(verdict, problem);
      break;
    }
    if (result.outcome === 'passed' && verdict.reason !== 'zero') result = verdict;
  }
  problem.dispose();
  return result;
}

/** Throws an Error that tells what is wrong, where and probably why, unless the check is passed. */
export function assertGradient<const Inputs extends readonly Value[]>(
  f: BuildOf<Inputs>,
  inputs: Inputs,
  options?: CheckOptions,
): void;
export function assertGradient(
  f: Build,
  inputs: readonly Value[],
  options: CheckOptions = {},
): void {
  assertPassed(checkGradient(f, inputs, options));
}

/**
 * The gradient, as it is computed by the backward pass and by differences.
 * @param size of the numbers that f is computed by way of: what is smaller than their rounding is not told
 */
export function checkDifferences(
  problem: Problem,
  gate: number = GATE,
  law: Law = 'gradient',
  size: number = sizeOf(problem),
): Verdict {
  const entries = compare(problem);
  const verdict = weigh(entries, gate, size, law);
  if (verdict.outcome === 'failed') {
    const refute = (each: readonly Entry[]): boolean =>
      weigh(each, gate, size, law).outcome === 'failed';
    const worst = verdict.worst!;
    if (isConfirmed(problem, worst, refute)) return verdict;
    return { outcome: 'inconclusive', reason: 'rough', entries: entries.length, worst };
  }
  const silent = verdict.outcome === 'passed' && entries.every(({ backward }) => backward === 0);
  return silent ? { outcome: 'inconclusive', reason: 'zero', entries: entries.length } : verdict;
}

/** The gradient of the gradient. */
export function checkSecondOrder(problem: Problem, gate: number = GATE): Verdict {
  const second = gradientProblem(problem);
  // A gradient may be what is left of numbers of the size of f: y₁(∂L/∂y₁ − Σ y·∂L/∂y) of a softmax that is (1, 0).
  const size = sizeOf(second) + sizeOf(problem);
  const verdict = checkDifferences(second, gate, 'second order', size);
  second.dispose();
  return verdict;
}

/** Says whose fault it is: the engine's only where no op is to blame, by its rule or its kernel. */
export function withBlame(verdict: Verdict, problem: Problem): Verdict {
  if (verdict.outcome !== 'failed') return verdict;
  const blamed = verdict.blame ? verdict : { ...verdict, ...findingOf(verdict, problem) };
  if (blamed.blame?.suspect === 'rule') return blamed;
  return { ...blamed, ...blameKernel(problem, verdict.evidence) };
}

function findingOf({ law, worst }: Failed, problem: Problem): Partial<Finding> {
  switch (law) {
    case 'gradient':
      return findBlame(problem, worst);
    case 'second order': {
      const second = gradientProblem(problem);
      const finding = findBlame(second, worst);
      second.dispose();
      return finding;
    }
    case 'forward mode':
      return findOffender(problem, checkJvp);
    case 'symmetry':
      return findOffender(problem, checkSymmetry);
    default:
      return {};
  }
}

/** Forward mode, for what can be differentiated twice. */
function jvpIfAny(problem: Problem): Verdict {
  try {
    return checkJvp(problem);
  } catch (error) {
    if (!(error instanceof ChainruleError) || error instanceof ShapeError) throw error;
    return { outcome: 'passed', entries: 0, error: 0 };
  }
}
