import type { Node } from '../../graph/index.js';
import { randomKey, uniformAt } from '../../linalg/index.js';
import { broadcastTo, mul, slice } from '../../ops/index.js';
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
  const verdict =
    compareBits(outputs, expected, byEngine, 'engine', 'as the engine computes it') ??
    inTheMidst(problem, passedOn) ??
    inTheMidst(problem, repeated);
  return verdict ?? { outcome: 'passed', entries: (ORDERS + 3) * nodes.length, error: 0 };
}

/** The same values in a buffer that may be written over when they have been read. */
const passedOn = (x: Node): Node => mul(x, 1);

/** The first part along some axis, over and over: an engine need not write this out for who can read it as it is. */
function repeated(x: Node): Node {
  const axis = x.shape.findIndex((length) => length > 1);
  if (axis < 0) return x;
  const ranges = x.shape.map((_, i): [number, number] | null => (i === axis ? [0, 1] : null));
  return broadcastTo(slice(x, ranges), x.shape);
}

/**
 * Ops promise things that an engine makes use of where they stand between others: that a result may be written where an
 * input is read, that an input may have strides of 0. So f is fed with nodes, and so is its gradient.
 */
function inTheMidst(problem: Problem, wrap: (x: Node) => Node): Verdict | undefined {
  const { f, xs, chosen, dy, engine } = problem;
  const y = f(...xs.map(wrap));
  const outputs = [y, ...engine.gradients(y, chosen, wrap(dy))];
  const nodes = topologicalOrder([...outputs, ...xs, dy]);
  const planned = outputs.map((output) => problem.evaluate([output])[0]!);
  const byEngine = new Map(outputs.map((node, i) => [node, planned[i]!]));
  return compareBits(
    outputs,
    valuesIn(nodes, problem),
    byEngine,
    'engine',
    'as the engine computes it among other nodes',
  );
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
