import { culprit } from '../blame/culprit.js';
import type { Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import { Interpreter, topologicalOrder } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** What the buffers and the scratch of kernels held before a run does not show: filled with NaN, they give the same bits. */
export function checkPoison(problem: Problem): Verdict {
  const { y, xs, dy, gradients } = problem;
  const order = topologicalOrder([y, ...gradients, ...xs, dy]);
  const interpreter = new Interpreter(order);
  interpreter.run(problem.given());
  const clean = order.map((node) => interpreter.value(node).slice());
  interpreter.run(problem.given(), { poison: true });
  const poisoned = order.map((node) => interpreter.value(node).slice());
  interpreter.run(problem.given(), { poison: true });
  let entries = 0;
  let verdict: Verdict | undefined;
  for (const [i, node] of order.entries()) {
    entries += clean[i]!.length;
    const at = firstDifference(clean[i]!, poisoned[i]!);
    if (at < 0) continue;
    // What differs from itself tells nothing of the buffers: that is a matter of determinism.
    if (firstDifference(poisoned[i]!, interpreter.value(node)) >= 0) break;
    const where = elementOf(String(node), at, node.shape);
    verdict = {
      outcome: 'failed',
      law: 'poison',
      entries,
      error: Number.POSITIVE_INFINITY,
      evidence: `${where} is ${clean[i]![at]}, and ${poisoned[i]![at]} where its buffer held NaN before: the kernel reads what it has not written`,
      blame: { suspect: 'kernel', ...culprit(node) },
    };
    break;
  }
  interpreter.dispose();
  return verdict ?? { outcome: 'passed', entries, error: 0 };
}
