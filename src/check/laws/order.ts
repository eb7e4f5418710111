import type { Node } from '../../graph/index.js';
import { randomKey, uniformAt } from '../../linalg/index.js';
import { culprit } from '../blame/culprit.js';
import type { Blame, Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import { Interpreter, topologicalOrder } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

const ORDERS = 3;

/**
 * Any order of executing one graph gives the same bits: an interpreter goes through the nodes in the order of creation
 * and in random ones; and so does the engine, which may compute in one buffer what is never needed at once.
 */
export function checkOrder(problem: Problem): Verdict {
  const { y, xs, dy, gradients, seed } = problem;
  const outputs = [y, ...gradients];
  const nodes = topologicalOrder([...outputs, ...xs, dy]).sort((a, b) => a.id - b.id);
  const expected = valuesIn(nodes, problem);
  const key = randomKey(seed, 'check: order');
  for (let run = 0; run < ORDERS; run++) {
    let drawn = 0;
    const choose = (count: number): number => Math.floor(count * uniformAt(key, run, drawn++));
    const values = valuesIn(topologicalOrder(nodes, choose), problem);
    const verdict = compareBits(nodes, expected, values, 'kernel', 'in another order of the nodes');
    if (verdict) return verdict;
  }
  const planned = problem.evaluate(outputs);
  const byEngine = new Map(outputs.map((node, i) => [node, planned[i]!]));
  const verdict = compareBits(outputs, expected, byEngine, 'engine', 'as the engine computes it');
  return verdict ?? { outcome: 'passed', entries: (ORDERS + 1) * nodes.length, error: 0 };
}

type Values = ReadonlyMap<Node, Float64Array>;

function valuesIn(order: readonly Node[], problem: Problem): Values {
  const interpreter = new Interpreter(order);
  interpreter.run(problem.given());
  const values = new Map(order.map((node) => [node, interpreter.value(node)]));
  interpreter.dispose();
  return values;
}

function compareBits(
  nodes: readonly Node[],
  expected: Values,
  found: Values,
  suspect: Blame['suspect'],
  how: string,
): Verdict | undefined {
  for (const node of nodes) {
    const [was, is] = [expected.get(node)!, found.get(node)!];
    const at = firstDifference(was, is);
    if (at < 0) continue;
    return {
      outcome: 'failed',
      law: 'order',
      entries: was.length,
      error: Math.abs(was[at]! - is[at]!),
      evidence: `${elementOf(String(node), at, node.shape)} is ${was[at]} node by node, and ${is[at]} ${how}`,
      blame: { suspect, ...culprit(node) },
    };
  }
  return undefined;
}
