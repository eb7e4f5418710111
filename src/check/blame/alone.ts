import { apply, constant, type Node, slotNames } from '../../graph/index.js';
import { Interpreter, naiveEngine, topologicalOrder } from '../witnesses/interpreter.js';
import { Problem } from '../witnesses/problem.js';

/** One node of a graph by itself: its op, at the values that it sees there. */
export interface Alone {
  readonly node: Node;
  /** What an input of the problem is to the op: its slot, and what that is called. */
  slotOf(input: number): number;
  nameOf(input: number): string;
  /** Inputs to which the op's rule gives a gradient. */
  readonly ruled: readonly number[];
  /** The op with the parents that lead to what is differentiated by as its inputs; computed without the engine. */
  problem(inputs?: readonly number[]): Problem;
}

/** The nodes between what a problem is differentiated by and its result, from the first to the last. */
export function* nodesAlone(problem: Problem): Generator<Alone> {
  const order = inOrder(problem);
  const interpreter = new Interpreter(order);
  interpreter.run(problem.given());
  const values = new Map(order.map((node) => [node, interpreter.value(node).slice()]));
  interpreter.dispose();
  const onPath = pathOf(problem);
  for (const node of onPath) {
    const slots = [...node.parents.keys()].filter((slot) => onPath.has(node.parents[slot]!));
    if (slots.length > 0) yield alone(node, slots, values);
  }
}

/** Everything that y is computed from, in order of creation. */
export const inOrder = ({ y, xs }: Problem): Node[] =>
  topologicalOrder([y, ...xs]).sort((a, b) => a.id - b.id);

/** Those that what f is differentiated by leads to, in the same order. */
export function pathOf(problem: Problem): Set<Node> {
  const onPath = new Set<Node>(problem.chosen);
  for (const node of inOrder(problem)) {
    if (node.parents.some((x) => onPath.has(x))) onPath.add(node);
  }
  return onPath;
}

function alone(
  node: Node,
  slots: readonly number[],
  values: ReadonlyMap<Node, Float64Array>,
): Alone {
  const { op, parents } = node;
  const names = slotNames(op, parents.length);
  const f = (...given: Node[]): Node =>
    apply(
      op,
      ...parents.map((x, slot) =>
        slots.includes(slot) ? given[slots.indexOf(slot)]! : constant(values.get(x)!, x.shape),
      ),
    );
  const inputs = slots.map((slot) => {
    return { shape: parents[slot]!.shape, values: values.get(parents[slot]!)! };
  });
  const all = new Problem(f, inputs, { engine: naiveEngine });
  const rule = op.vjp(all.dy, all.y, ...all.y.parents);
  return {
    node,
    slotOf: (input) => slots[input]!,
    nameOf: (input) => names[slots[input]!]!,
    ruled: [...slots.keys()].filter((input) => rule[slots[input]!]),
    problem: (chosen = [...slots.keys()]) =>
      new Problem(f, inputs, { engine: naiveEngine, slots: chosen }),
  };
}
