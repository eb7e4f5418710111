import type { GraphOps } from '../../src/check/random/graph-op.js';
import type { Use } from '../../src/check/use.js';
import { Node } from '../../src/graph/index.js';
import { ancestors, descendants } from '../../src/graph/order.js';
import type { OpFault } from './fault.js';

/** A function that builds graph, with the fault in every op of that name that it uses between its inputs and its result. */
export function planted<Inputs extends Node[]>(
  f: (...inputs: Inputs) => Node,
  { op, change }: OpFault,
): (...inputs: Inputs) => Node {
  return (...inputs) => {
    const y = f(...inputs);
    const order = ancestors([y]);
    const between = descendants(order, inputs);
    const copies = new Map<Node, Node>(inputs.map((input) => [input, input]));
    for (const node of order) {
      if (copies.has(node) || !between.has(node)) continue;
      const parents = node.parents.map((parent) => copies.get(parent) ?? parent);
      const wrong = node.op.name === op ? change(node.op, parents) : undefined;
      const moved = parents.some((parent, slot) => parent !== node.parents[slot]);
      if (!wrong && !moved) continue;
      copies.set(node, new Node({ ...node.op, ...wrong }, parents, node.shape, node.label));
    }
    return copies.get(y) ?? y;
  };
}

/** A use of an op with the fault in it: the same text and the same meaning, but not the same graph. */
export const plantedUse = (use: Use, fault: OpFault): Use => ({ ...use, f: planted(use.f, fault) });

/** The ops of random graphs, each with the fault in it. */
export function plantedOps(ops: GraphOps, fault: OpFault): GraphOps {
  return Object.fromEntries(
    Object.entries(ops).map(([name, { arity, use }]) => [
      name,
      {
        arity,
        use: (choice, ...operands) => {
          const right = use(choice, ...operands);
          return right && plantedUse(right, fault);
        },
      },
    ]),
  );
}
