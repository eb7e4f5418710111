import { type Node, slotNames } from '../../graph/index.js';
import { sameShape } from '../../linalg/index.js';
import { add } from '../../ops/index.js';
import { culprit } from '../blame/culprit.js';
import type { Failed, Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import { Interpreter, topologicalOrder } from '../witnesses/interpreter.js';
import { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/**
 * Inputs and seed are left as they were, bit for bit, and so is everything that a kernel reads: it writes its result
 * and nothing else. That is looked at in f, and where f shares what it reads with itself.
 */
export function checkUntouched(problem: Problem): Verdict {
  let entries = 0;
  for (const make of [() => problem, () => twice(problem), () => together(problem)]) {
    const graph = make();
    if (!graph) continue;
    const { y, xs, dy, gradients } = graph;
    const order = topologicalOrder([y, ...gradients, ...xs, dy]);
    const verdict = writesElsewhere(order, graph) ?? engineWrites(graph);
    if (graph !== problem) graph.dispose();
    if (verdict) return verdict;
    entries += order.length;
  }
  return { outcome: 'passed', entries, error: 0 };
}

/** f(x) + f(x): every input has two readers, and so has ∂L/∂y. */
function twice({ f, xs, point, slots, engine, seed }: Problem): Problem {
  const inputs = xs.map(({ shape }, slot) => ({ shape, values: point[slot]! }));
  return new Problem((...nodes) => add(f(...nodes), f(...nodes)), inputs, { slots, engine, seed });
}

/** f(x, x, …): one node in all slots of one shape, the first that has another of its shape; undefined if none has. */
function together({ f, xs, point, slots, engine, seed }: Problem): Problem | undefined {
  const alike = (slot: number): number[] =>
    slots.filter((other) => sameShape(xs[other]!.shape, xs[slot]!.shape));
  const first = slots.find((slot) => alike(slot).length > 1);
  if (first === undefined) return undefined;
  const shared = new Set(alike(first));
  const inputs = xs.map(({ shape }, slot) => ({ shape, values: point[slot]! }));
  const joined = (...nodes: Node[]): Node =>
    f(...nodes.map((node, slot) => (shared.has(slot) ? nodes[first]! : node)));
  return new Problem(joined, inputs, { slots, engine, seed });
}

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
