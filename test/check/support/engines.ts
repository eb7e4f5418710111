import { type Engine, ourEngine } from '../../../src/check/index.js';
import { topologicalOrder } from '../../../src/check/witnesses/interpreter.js';
import { constant, type Node } from '../../../src/graph/index.js';
import { size } from '../../../src/linalg/index.js';
import { add } from '../../../src/ops/index.js';

/** A backward pass written once more, as simply as can be, so that one thing in it can be wrong. */
export interface Slips {
  /** How the gradient that a node has so far and a further term are joined. */
  readonly join?: (known: Node, term: Node) => Node;
  /** The edges from a child to its parents. */
  readonly edges?: (child: Node) => readonly number[];
}

export function engineWith({ join = add, edges = allSlots }: Slips): Engine {
  return {
    ...ourEngine,
    gradients: (y, xs, seed) => {
      const gradients = new Map<Node, Node>([[y, seed ?? ones(y)]]);
      const order = topologicalOrder([y]).sort((a, b) => b.id - a.id);
      for (const node of order) {
        const dy = gradients.get(node);
        if (!dy) continue;
        const rule = node.op.vjp(dy, node, ...node.parents);
        for (const slot of edges(node)) {
          const parent = node.parents[slot]!;
          const term = rule[slot]?.();
          if (!term) continue;
          const known = gradients.get(parent);
          gradients.set(parent, known ? join(known, term) : term);
        }
      }
      return xs.map((x) => gradients.get(x) ?? zeros(x));
    },
  };
}

const allSlots = (child: Node): number[] => [...child.parents.keys()];

const zeros = ({ shape }: Node): Node => constant(new Float64Array(size(shape)), shape);
const ones = ({ shape }: Node): Node => constant(new Float64Array(size(shape)).fill(1), shape);
