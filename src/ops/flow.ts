import { apply, kernelOf, type Node, type Op, ShapeError } from '../graph/index.js';
import { parametric } from '../linalg/index.js';
import { mul } from './arithmetic.js';
import { asNode, type Operand } from './broadcast.js';
import { greater, where } from './comparison.js';

const stopGradientOp: Op = {
  name: 'stopGradient',
  formula: 'y = x, \\; \\partial y / \\partial x := 0',
  shape: (x) => x,
  alias: (x) => x,
  kernel: (y, x) => () => y.data.set(x.data),
  vjp: () => [null],
};

const clampOp = (low: number, high: number): Op => ({
  name: 'clamp',
  formula: 'y = \\min(\\max(x, a), b)',
  settings: { low, high },
  shape: (x) => x,
  elementwise: true,
  kernel: ({ data: y }, { data: x }) =>
    kernelOf(parametric.clamp.on(y, x, low, high), y.length, 0.5),
  vjp: (dy, _y, x) => [() => where(mul(greater(x, low), greater(high, x)), dy, 0)],
});

/** x itself, but a constant to the backward pass. */
export function stopGradient(x: Operand): Node {
  return apply(stopGradientOp, asNode(x));
}

/**
 * x held between `low` and `high`. Its slope is 1 inside, and 0 outside and at the ends.
 * @throws ShapeError unless low ≤ high
 */
export function clamp(x: Operand, low: number, high: number): Node {
  if (low <= high) return apply(clampOp(low, high), asNode(x));
  throw new ShapeError(`clamp: low ${low} and high ${high} are not in order`);
}
