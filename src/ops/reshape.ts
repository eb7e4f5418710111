import { apply, checkNode, type Node, type Op, ShapeError } from '../graph/index.js';
import { checkShape, formatShape, rowMajor, type Shape, sameShape, size } from '../linalg/index.js';

/** The same elements in the same row-major order: another view of the same buffer. */
const reshapeOp = (shape: Shape): Op => ({
  name: 'reshape',
  formula: 'y = \\text{reshape}(x)',
  settings: { shape },
  shape: (x) => {
    if (size(x) === size(shape)) return shape;
    throw new ShapeError(
      `${formatShape(shape)} has ${size(shape)} elements, but x has ${size(x)}; they must be equal`,
    );
  },
  alias: (x) => ({ data: x.data, shape, strides: rowMajor(shape) }),
  kernel: (y, x) => () => y.data.set(x.data),
  vjp: (dy, _y, x) => [() => reshape(dy, x.shape)],
});

/**
 * The same elements in another shape of as many. One length may be −1: the one that fits.
 * @throws ShapeError if the numbers of elements differ
 */
export function reshape(x: Node, shape: Shape): Node {
  checkNode('reshape', 'x', x);
  if (sameShape(x.shape, shape)) return x;
  const open = Array.isArray(shape) ? shape.indexOf(-1) : -1;
  if (open < 0) return apply(reshapeOp(checkShape(shape, 'reshape')), x);
  const known = size(shape.filter((_, axis) => axis !== open));
  const fitting = shape.map((length, axis) => (axis === open ? size(x.shape) / known : length));
  if (shape.lastIndexOf(-1) !== open || !Number.isInteger(fitting[open])) {
    throw new ShapeError(
      `reshape(${x}): no length in place of −1 makes ${formatShape(shape)} hold ${size(x.shape)} elements`,
    );
  }
  return apply(reshapeOp(checkShape(fitting, 'reshape')), x);
}
