import { culprit } from '../blame/culprit.js';
import type { Blame, Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import { Interpreter, topologicalOrder } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** Two runs of one graph, and a run of another graph of the same nodes, give the same bits. */
export function checkDeterminism(problem: Problem): Verdict {
  const { y, xs, dy, gradients, engine } = problem;
  const nodes = [y, ...gradients];
  const order = topologicalOrder([...nodes, ...xs, dy]);
  const failed = (evidence: string, blame?: Blame): Verdict => {
    const error = Number.POSITIVE_INFINITY;
    const law = 'determinism';
    return { outcome: 'failed', law, entries: 1, error, evidence, ...(blame && { blame }) };
  };

  const interpreter = new Interpreter(order);
  interpreter.run(problem.given());
  const first = order.map((node) => interpreter.value(node).slice());
  interpreter.run(problem.given());
  for (const [i, node] of order.entries()) {
    const again = interpreter.value(node);
    const at = firstDifference(first[i]!, again);
    if (at < 0) continue;
    const where = elementOf(String(node), at, node.shape);
    interpreter.dispose();
    const evidence = `${where} is ${first[i]![at]} in the first run and ${again[at]} in the second, of the same inputs`;
    return failed(evidence, { suspect: 'kernel', ...culprit(node) });
  }
  interpreter.dispose();

  const prepared = engine.prepare([...nodes, ...xs, dy]);
  const runs = [1, 2].map(() => {
    prepared.run(problem.feeds());
    return nodes.map((node) => prepared.value(node));
  });
  prepared.dispose();
  runs.push(problem.evaluate(nodes));
  for (const [i, node] of nodes.entries()) {
    for (const run of runs) {
      const at = firstDifference(runs[0]![i]!, run[i]!);
      if (at >= 0) {
        const [one, other] = [runs[0]![i]![at], run[i]![at]];
        return failed(`the engine computes ${node} as ${one}, and as ${other} another time`);
      }
    }
  }
  return { outcome: 'passed', entries: order.length, error: 0 };
}
