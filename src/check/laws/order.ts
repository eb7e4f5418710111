import { randomKey, uniformAt } from '../../linalg/index.js';
import { firstDifference } from '../bits.js';
import { Interpreter, topologicalOrder } from '../interpreter.js';
import type { Problem } from '../problem.js';
import { elementOf } from '../text.js';
import type { Verdict } from '../verdict.js';

const ORDERS = 3;

/**
 * Any order of executing one graph gives the same bits: those of the engine, which may compute in one buffer what is
 * never needed at once, are those of an interpreter that goes through the nodes in random orders.
 */
export function checkOrder(problem: Problem): Verdict {
  const { y, xs, dy, gradients, seed } = problem;
  const nodes = [y, ...gradients];
  const planned = problem.evaluate(nodes);
  const entries = ORDERS * planned.reduce((n, { length }) => n + length, 0);
  const key = randomKey(seed, 'check: order');
  for (let run = 0; run < ORDERS; run++) {
    let drawn = 0;
    const choose = (count: number): number => Math.floor(count * uniformAt(key, run, drawn++));
    const interpreter = new Interpreter(topologicalOrder([...nodes, ...xs, dy], choose));
    interpreter.run(problem.given());
    for (const [i, node] of nodes.entries()) {
      const value = interpreter.value(node);
      const at = firstDifference(planned[i]!, value);
      if (at < 0) continue;
      interpreter.dispose();
      const what = i === 0 ? 'y' : `∂L/∂x${problem.slots[i - 1]! + 1}`;
      const where = elementOf(what, at, node.shape);
      const evidence = `${where} is ${planned[i]![at]} as the engine computes it, and ${value[at]} node by node in another order`;
      const error = Math.abs(planned[i]![at]! - value[at]!);
      return { outcome: 'failed', law: 'order', entries, error, evidence };
    }
    interpreter.dispose();
  }
  return { outcome: 'passed', entries, error: 0 };
}
