import { mul } from '../../ops/index.js';
import { ourEngine } from '../engine.js';
import { checkAfresh } from '../laws/afresh.js';
import { checkDeterminism } from '../laws/determinism.js';
import { checkOrder } from '../laws/order.js';
import { checkPoison } from '../laws/poison.js';
import { checkUntouched } from '../laws/untouched.js';
import type { Blame, Failed, Finding, Verdict } from '../verdict.js';
import { Problem } from '../witnesses/problem.js';
import { type Alone, nodesAlone } from './alone.js';
import { culprit } from './culprit.js';

/**
 * The op whose kernel does not keep to what every engine relies on: it writes its result and nothing else, reads what it
 * has been given and nothing else, and keeps nothing from one use to the next. Before an engine is suspected, such an op
 * is; undefined if there is none. The surest signs come first: what is overwritten, other kernels read.
 * @param known what is said already
 */
export function blameKernel(problem: Problem, known: string): Finding | undefined {
  const finding = (blame: Blame | undefined, { evidence: text }: Failed): Finding | undefined => {
    if (blame?.suspect !== 'kernel') return undefined;
    const isNews = wordsOf(text) !== wordsOf(known);
    return { blame, ...(isNews && { cause: { name: 'kernel', text } }) };
  };
  const inAll = (checks: readonly Check[]): Finding | undefined =>
    first(checks, (check) => {
      const verdict = failureOf(problem, check);
      return verdict && finding(verdict.blame, verdict);
    });
  const alone = (look: (alone: Alone) => Failed | undefined): Finding | undefined =>
    first(nodesAlone(problem), (each) => {
      const verdict = look(each);
      return verdict && finding({ suspect: 'kernel', ...culprit(each.node) }, verdict);
    });
  return (
    inAll([checkUntouched, checkDeterminism]) ??
    alone(({ problem: own }) => disposed(own(), checkAfresh)) ??
    inAll([checkPoison, checkOrder]) ??
    (problem.engine === ourEngine ? alone(brokenPromise) : undefined)
  );
}

type Check = (problem: Problem) => Verdict;

/** A text without its numbers: of a kernel that is not the same twice they are others each time. */
const wordsOf = (text: string): string => text.replaceAll(/\d+/g, '');

/** The first that is found in any of them. */
function first<Item, Found>(
  items: Iterable<Item>,
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/**
 * That an op does not hold what it promises, if it does not: our own engine, which is tested by ops that do, comes to
 * another result where the op stands between others.
 */
function brokenPromise({ problem }: Alone): Failed | undefined {
  const { f, xs, point } = problem();
  const inputs = xs.map(({ shape }, slot) => ({ shape, values: point[slot]! }));
  return disposed(new Problem((...nodes) => mul(f(...nodes), 1), inputs), checkOrder);
}

/** What throws accuses nobody. */
function failureOf(problem: Problem, check: Check): Failed | undefined {
  try {
    const verdict = check(problem);
    return verdict.outcome === 'failed' ? verdict : undefined;
  } catch {
    return undefined;
  }
}

function disposed(problem: Problem, check: Check): Failed | undefined {
  const failed = failureOf(problem, check);
  problem.dispose();
  return failed;
}
