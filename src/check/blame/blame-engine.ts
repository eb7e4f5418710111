import { backward, type Node } from '../../graph/index.js';
import { evaluateWith } from '../engine.js';
import type { Blame, Entry, Finding } from '../verdict.js';
import { sizeOf } from '../witnesses/compare.js';
import { derivativeNear, scaleOf } from '../witnesses/differences.js';
import { Interpreter, naiveEngine } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { weigh } from '../witnesses/weigh.js';
import { indexAt } from '../words/text.js';
import { inOrder, pathOf } from './alone.js';
import { causeOfSum } from './cause.js';
import { culprit } from './culprit.js';

const GATE = 1e-9;

/**
 * The node nearest to the loss whose gradient comes out wrong, where every rule is right by itself; undefined if each
 * comes out right when it is asked for alone.
 */
export function blameEngine(problem: Problem): Finding | undefined {
  const interpreter = new Interpreter(inOrder(problem));
  const nodes = [...pathOf(problem)].sort((a, b) => b.id - a.id);
  let finding: Finding | undefined;
  for (let i = 0; i < nodes.length && !finding; i++) {
    finding = checkSum(problem, nodes[i]!, interpreter);
  }
  interpreter.dispose();
  return finding;
}

/** ∂L/∂v of one node by the engine and by differences: L as a function of v, whatever v is computed from. */
function checkSum(problem: Problem, node: Node, interpreter: Interpreter): Finding | undefined {
  const { y, u, dy, engine, xs } = problem;
  const given = problem.given();
  const [found] = problem.evaluate(engine.gradients(y, [node], dy));
  interpreter.run(given);
  const point = interpreter.value(node).slice();
  const entries = Array.from(point, (x, index): Entry => {
    const moved = point.slice();
    const f = (t: number): Float64Array => {
      moved[index] = t;
      interpreter.run(new Map([...given, [node, moved]]));
      return interpreter.value(y).slice();
    };
    const differences = derivativeNear(f, u, x, Math.abs(x) || scaleOf(point), 'both');
    return {
      slot: Math.max(0, xs.indexOf(node)),
      index,
      at: indexAt(index, node.shape),
      x,
      backward: found![index]!,
      differences,
    };
  });
  const verdict = weigh(entries, GATE, sizeOf(problem));
  if (verdict.outcome !== 'failed' || !verdict.worst) return undefined;
  const cause = causeOfSum(
    found!,
    Float64Array.from(entries, ({ differences }) => differences.value),
    termsOf(problem, node),
  );
  const blame: Blame = {
    suspect: 'engine',
    ...culprit(node),
    index: verdict.worst.at,
    entry: verdict.worst,
  };
  return { blame, ...(cause && { cause }) };
}

/** The terms of the sum over a node's children, by the rules of the children. */
function termsOf(problem: Problem, node: Node): Float64Array[] {
  const { y, dy, xs, u } = problem;
  const terms = backward(y, [node], dy)
    .get(node)
    ?.contributions.map(({ term }) => term);
  if (!terms) return [];
  return evaluateWith(naiveEngine, [...terms, ...xs, dy], problem.feeds(u)).slice(0, terms.length);
}
