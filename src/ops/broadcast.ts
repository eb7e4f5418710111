import { apply, checkNode, constant, type Node, type Op, ShapeError } from '../graph/index.js';
import {
  checkShape,
  formatShape,
  type Shape,
  sameShape,
  sumAxis,
  type View,
} from '../linalg/index.js';
import { type Axes, axesOf, without } from './axes.js';
import { copy, reduction } from './kernels.js';
import { reshape } from './reshape.js';

/** What a builder takes: a node, or a number to be used everywhere. */
export type Operand = Node | number;

export function asNode(operand: Operand): Node {
  return typeof operand === 'number' ? constant(operand) : operand;
}

/** x repeated to a larger shape: aligned at the last axis, lengths of 1 and missing axes repeat. */
const broadcastOp = (shape: Shape): Op => ({
  name: 'broadcast',
  formula: 'y_{ij} = x_j',
  settings: { shape },
  shape: (x) => {
    if (sameShape(broadcastShape(x, shape), shape)) return shape;
    throw new ShapeError(`${formatShape(x)} cannot be broadcast to ${formatShape(shape)}`);
  },
  readsStrides: true,
  alias: (x) => ({ data: x.data, shape, strides: broadcastStrides(x, shape) }),
  kernel: (y, x) => copy(y, { data: x.data, shape, strides: broadcastStrides(x, shape) }),
  vjp: (dy, _y, x) => [() => sumTo(dy, x.shape)],
});

/** Σ of x over some axes, in the order of `linalg`'s reductions. */
const sumOp = (axes: readonly number[], keepAxes: boolean): Op => ({
  name: 'sum',
  formula: 'y = \\sum_i x_i',
  settings: { axes },
  shape: (x) => without(x, axes, keepAxes),
  kernel: reduction(sumAxis, axes),
  vjp: (dy, _y, x) => [() => broadcastTo(reshape(dy, without(x.shape, axes, true)), x.shape)],
});

/** The shape that two shapes broadcast to, numpy's rule. Throws a ShapeError if there is none. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new ShapeError(
      `shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: counted from the last axis, ` +
        `lengths must be equal or 1, and ${left} meets ${right}`,
    );
  });
}

function broadcastStrides(x: View, shape: Shape): number[] {
  const missing = shape.length - x.shape.length;
  return shape.map((length, axis) =>
    x.shape[axis - missing] === length ? x.strides[axis - missing]! : 0,
  );
}

/**
 * x repeated to `shape`: missing axes are added in front, and lengths of 1 repeated.
 * @throws ShapeError if x's shape does not broadcast to it
 */
export function broadcastTo(x: Operand, shape: Shape): Node {
  const node = asNode(x);
  checkNode('broadcastTo', 'x', node);
  if (sameShape(node.shape, shape)) return node;
  return apply(broadcastOp(checkShape(shape, 'broadcastTo')), node);
}

/**
 * Σ over `axes` (all of them where left out; counted from the end where negative). A summed axis is
 * gone from the shape, or has the length 1 with `keepAxes`.
 * @throws ShapeError for an axis that x does not have
 */
export function sum(x: Operand, axes?: Axes, options: { keepAxes?: boolean } = {}): Node {
  const node = asNode(x);
  const over = axesOf('sum', node, axes);
  return over.length === 0 ? node : apply(sumOp(over, options.keepAxes ?? false), node);
}

/** The sum of x over whatever a broadcast to x's shape has repeated: the other half of `broadcastTo`. */
function sumTo(x: Node, shape: Shape): Node {
  const missing = x.shape.length - shape.length;
  const repeated = [...x.shape.keys()].filter(
    (axis) => x.shape[axis] !== (shape[axis - missing] ?? 1),
  );
  const summed = repeated.length === 0 ? x : apply(sumOp(repeated, false), x);
  return reshape(summed, shape);
}

/**
 * Operands, by slot, as nodes of the shape they broadcast to; `name` is the op that wants them so.
 * @throws ChainruleError for an operand that is no node or number, ShapeError if they do not broadcast
 */
export function broadcastTogether(
  name: string,
  operands: Readonly<Record<string, Operand>>,
): Node[] {
  const slots = Object.entries(operands).map(([slot, operand]) => [slot, asNode(operand)] as const);
  for (const [slot, node] of slots) checkNode(name, slot, node);
  let { shape } = slots[0]![1];
  try {
    for (const [, node] of slots) shape = broadcastShape(shape, node.shape);
  } catch (error) {
    const inputs = slots.map(([slot, node]) => `${slot} = ${node}`).join(', ');
    throw new ShapeError(`${name}(${inputs}): ${(error as ShapeError).message}`);
  }
  return slots.map(([, node]) => broadcastTo(node, shape));
}
