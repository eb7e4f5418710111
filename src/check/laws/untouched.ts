import { type Node, slotNames } from '../../graph/index.js';
import { culprit } from '../blame/culprit.js';
import type { Failed, Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import { Interpreter, topologicalOrder } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/**
 * Inputs and seed are left as they were, bit for bit, and so is everything that a kernel reads: it writes its result
 * and nothing else.
 */
export function checkUntouched(problem: Problem): Verdict {
  const { y, xs, dy, gradients } = problem;
  const order = topologicalOrder([y, ...gradients, ...xs, dy]);
  return writesElsewhere(order, problem) ?? engineWrites(problem) ?? passed(order.length);
}

const passed = (entries: number): Verdict => ({ outcome: 'passed', entries, error: 0 });

function failed(evidence: string, blame?: Failed['blame']): Failed {
  const error = Number.POSITIVE_INFINITY;
  return {
    outcome: 'failed',
    law: 'untouched',
    entries: 1,
    error,
    evidence,
    ...(blame && { blame }),
  };
}

function writesElsewhere(order: readonly Node[], problem: Problem): Verdict | undefined {
  const given = problem.given();
  const interpreter = new Interpreter(order);
  const before = new Map(
    order.map((node) => [node, (given.get(node) ?? interpreter.value(node)).slice()]),
  );
  let verdict: Verdict | undefined;
  interpreter.run(given, {
    after: (node) => {
      for (const [slot, parent] of node.parents.entries()) {
        const was = before.get(parent)!;
        const now = interpreter.value(parent);
        const at = firstDifference(was, now);
        if (at < 0) continue;
        const slotName = slotNames(node.op, node.parents.length)[slot]!;
        const where = elementOf(`its input ${slotName}`, at, parent.shape);
        const evidence = `the kernel of ${node} writes to ${where}: it was ${was[at]} and is ${now[at]} afterwards`;
        verdict ??= failed(evidence, { suspect: 'kernel', ...culprit(node), slot, slotName });
      }
      before.get(node)!.set(interpreter.value(node));
    },
  });
  interpreter.dispose();
  return verdict;
}

/** The engine may not write to what it is fed, nor let a kernel write to where it keeps that. */
function engineWrites(problem: Problem): Verdict | undefined {
  const { xs, dy, y, gradients, engine } = problem;
  const feeds = problem.feeds();
  const kept = Object.values(feeds).map((values) => values.slice());
  const prepared = engine.prepare([y, ...gradients, ...xs, dy]);
  prepared.run(feeds);
  const inside = [...xs, dy].map((node) => prepared.value(node));
  prepared.dispose();
  for (const [i, [name, values]] of Object.entries(feeds).entries()) {
    for (const now of [values, inside[i]!]) {
      const at = firstDifference(kept[i]!, now);
      if (at < 0) continue;
      return failed(`${name} is ${now[at]} after a run, and was ${kept[i]![at]} before it`);
    }
  }
  return undefined;
}
