import { elementwise, formatShape, type Shape, sameShape, type View } from '../linalg/index.js';
import { ShapeError } from './errors.js';
import { type Kernel, kernelOf } from './kernel.js';
import { Node, type Op } from './node.js';

/**
 * Σ over children: x₁ + x₂ + … in the order given, from the first term on (not from 0, which would
 * turn −0 into +0). The backward pass lists the terms by descending child, the order in which it
 * meets them. It is the one op that the plan may spread out: each term can be added as it arrives.
 */
export const sumOp: Op = {
  name: 'Σ',
  formula: 'y = \\sum_{j \\in \\text{children}} x_j',
  shape: (...inputs: Shape[]): Shape => {
    const [first, ...rest] = inputs;
    for (const other of rest) {
      if (!sameShape(first!, other)) {
        throw new ShapeError(`terms of shapes ${formatShape(first!)} and ${formatShape(other)}`);
      }
    }
    return first!;
  },
  kernel: (y: View, first: View, second: View, ...rest: View[]): Kernel => {
    const start = startSum(y, first, second);
    const others = rest.map((term) => addTerm(y, term));
    return (step) => {
      start(step);
      for (const add of others) add(step);
    };
  },
  vjp: (dy: Node, _y: Node, ...inputs: Node[]) => inputs.map(() => () => dy),
};

/** What an addition costs, in nanoseconds. */
const ADDITION = 0.3;

/** y = a + b */
export function startSum({ data: y }: View, { data: a }: View, { data: b }: View): Kernel {
  return kernelOf(elementwise.add.on(y, a, 1, b, 1), y.length, ADDITION);
}

/** y += x */
export function addTerm({ data: y }: View, { data: x }: View): Kernel {
  return kernelOf(elementwise.add.on(y, y, 1, x, 1), y.length, ADDITION);
}

/**
 * The sum of terms that are known to have one shape; a single term is its own sum. Made without `apply`,
 * whose arguments have to fit on the stack: a node can have a million children.
 */
export function sumOfTerms(terms: readonly Node[]): Node {
  const [first] = terms;
  return terms.length === 1 ? first! : new Node(sumOp, terms, first!.shape);
}
