import { apply, type Node, type Op, ShapeError, type Term } from '../graph/index.js';
import { type BinaryKernel, formatShape, sameShape, type UnaryKernel } from '../linalg/index.js';
import { asNode, broadcastTogether, type Operand } from './broadcast.js';
import { binary, unary } from './kernels.js';

/**
 * y = f(x), element by element: all that differs is the formula, the loop and the one line of calculus, or `null` for a step,
 * which is flat wherever it has a slope.
 */
export function unaryOp(
  name: string,
  formula: string,
  kernel: UnaryKernel,
  rule: ((dy: Node, y: Node, x: Node) => Node) | null,
): Op {
  return {
    name,
    formula,
    elementwise: true,
    shape: (x) => x,
    kernel: unary(kernel),
    vjp: (dy, y, x) => [rule && (() => rule(dy, y, x))],
  };
}

/**
 * y = f(a, b), element by element. Its inputs have one shape: the builder has put broadcasts in front
 * of it, so its rule never mentions them.
 */
export function binaryOp(
  name: string,
  formula: string,
  kernel: BinaryKernel,
  vjp: (dy: Node, y: Node, a: Node, b: Node) => readonly [Term | null, Term | null],
): Op {
  return {
    name,
    formula,
    elementwise: true,
    readsStrides: true,
    shape: (a, b) => {
      if (sameShape(a, b)) return a;
      throw new ShapeError(`needs one shape, not ${formatShape(a)} and ${formatShape(b)}`);
    },
    kernel: binary(kernel),
    vjp,
  };
}

/** The builder of a unary op. */
export function unaryBuilder(op: Op): (x: Operand) => Node {
  return (x) => apply(op, asNode(x));
}

/** The builder of a binary op: broadcasts its operands to one shape. */
export function binaryBuilder(op: Op): (a: Operand, b: Operand) => Node {
  return (a, b) => apply(op, ...broadcastTogether(op.name, { a, b }));
}
