import {
  apply,
  ChainruleError,
  checkIndices,
  checkNode,
  constant,
  isConstant,
  isInput,
  kernelOf,
  Node,
  type Numbers,
  type Op,
  ShapeError,
} from '../graph/index.js';
import {
  checkShape,
  filling,
  formatShape,
  gatherRows,
  type Shape,
  scatterRows,
  size,
} from '../linalg/index.js';
import { axisOf } from './axes.js';

/**
 * Indices are a leaf made by `indices` and fed, or whole numbers known now; either way they are checked
 * before a kernel reads them.
 */
export type Indices = Node | Numbers;

/** The node of an index whose values are whole numbers 0 … below − 1. */
export function indexNode(name: string, index: Indices, below: number): Node {
  const node = index instanceof Node ? index : constant(index);
  if (isConstant(node.op)) checkIndices(node.op.values, below, `${name}: the index ${node}`);
  else if (!isInput(node.op) || node.op.below === undefined) {
    throw new ChainruleError(
      `${name}: the index ${node} is not checked; it has to be made by indices(…), or be an array of whole numbers`,
    );
  } else if (node.op.below > below) {
    throw new ChainruleError(
      `${name}: the index ${node} goes up to ${node.op.below - 1}, but there are ${below} to choose from`,
    );
  }
  return node;
}

/** [outer, length, inner]: a shape cut at one axis. */
function cut(shape: Shape, axis: number): [number, number, number] {
  return [size(shape.slice(0, axis)), shape[axis]!, size(shape.slice(axis + 1))];
}

/** What it costs to copy a number, in nanoseconds. */
const COPY = 0.3;

/** Slices of x, chosen along an axis: y[…, i, …] = x[…, index[i], …]. Its adjoint is scatter. */
const gatherOp = (axis: number): Op => ({
  name: 'gather',
  formula: 'y_i = x_{k_i}',
  slots: ['x', 'index'],
  settings: { axis },
  shape: (x, index) => [...x.slice(0, axis), ...index, ...x.slice(axis + 1)],
  kernel: ({ data: y }, { data: x, shape }, { data: index }) => {
    const [outer, length, inner] = cut(shape, axis);
    if (axis === 0) return kernelOf(gatherRows(y, x, index, inner), index.length, COPY * inner);
    return () => {
      let to = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < index.length; i++) {
          const from = (o * length + index[i]!) * inner;
          for (let c = 0; c < inner; c++) y[to++] = x[from + c]!;
        }
      }
    };
  },
  vjp: (dy, _y, x, index) => [() => scatter(dy, index, x.shape[axis]!, axis), null],
});

/** Slices added to where they came from: y[…, k, …] = Σ x[…, i, …] over all i with index[i] = k. */
const scatterOp = (axis: number, length: number, indexRank: number): Op => ({
  name: 'scatter',
  formula: 'y_k = \\textstyle\\sum_{i : k_i = k} x_i',
  slots: ['x', 'index'],
  settings: { axis, length },
  scattersRows: axis === 0,
  shape: (x, index) => {
    const chosen = x.slice(axis, axis + indexRank);
    if (formatShape(chosen) === formatShape(index)) {
      return [...x.slice(0, axis), length, ...x.slice(axis + indexRank)];
    }
    throw new ShapeError(
      `x has ${formatShape(chosen)} where the index has ${formatShape(index)}, from axis ${axis} on`,
    );
  },
  kernel: ({ data: y, shape }, { data: x }, { data: index }) => {
    const [outer, , inner] = cut(shape, axis);
    if (axis === 0) {
      const clear = filling(y, 0);
      const rows = scatterRows(y, x, index, inner);
      return () => {
        clear(0, y.length);
        rows(0, index.length);
      };
    }
    return () => {
      y.fill(0);
      let from = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < index.length; i++) {
          const to = (o * length + index[i]!) * inner;
          for (let c = 0; c < inner; c++) y[to + c]! += x[from++]!;
        }
      }
    };
  },
  vjp: (dy, _y, _x, index) => [() => gather(dy, index, axis), null],
});

/** One element of each row: y[…] = x[…, index[…]]. Its adjoint is place. */
const pickOp: Op = {
  name: 'pick',
  formula: 'y_i = x_{i k_i}',
  slots: ['x', 'index'],
  shape: (x, index) => {
    if (formatShape(x.slice(0, -1)) === formatShape(index)) return index;
    throw new ShapeError(
      `the index has one number for each row of x: ${formatShape(x.slice(0, -1))}`,
    );
  },
  kernel: ({ data: y }, { data: x, shape }, { data: index }) => {
    const width = shape.at(-1)!;
    return () => {
      for (let i = 0; i < y.length; i++) y[i] = x[i * width + index[i]!]!;
    };
  },
  vjp: (dy, _y, x, index) => [() => place(dy, index, x.shape.at(-1)!), null],
};

/** Rows that are 0 but for one element: y[…, index[…]] = x[…]. */
const placeOp = (width: number): Op => ({
  name: 'place',
  formula: 'y_{i k_i} = x_i',
  slots: ['x', 'index'],
  settings: { width },
  shape: (x, index) => {
    if (formatShape(x) === formatShape(index)) return [...x, width];
    throw new ShapeError(
      `x and index need one shape, not ${formatShape(x)} and ${formatShape(index)}`,
    );
  },
  kernel:
    ({ data: y }, { data: x }, { data: index }) =>
    () => {
      y.fill(0);
      for (let i = 0; i < x.length; i++) y[i * width + index[i]!] = x[i]!;
    },
  vjp: (dy, _y, _x, index) => [() => pick(dy, index), null],
});

/**
 * Slices of x chosen along `axis`; a row of a table for each index, where the axis is 0: what a one-hot
 * matrix times the table would give, without the multiplications by 0.
 * @param index an `indices` leaf or whole numbers below the axis's length, of any shape
 * @returns x's shape with the axis replaced by the index's shape
 * @throws ChainruleError for an index out of range or a computed one
 */
export function gather(x: Node, index: Indices, axis = 0): Node {
  const along = axisOf('gather', x, axis);
  return apply(gatherOp(along), x, indexNode('gather', index, x.shape[along]!));
}

/**
 * Adds the slices of x into zeros of `length` slices along `axis`, each to the place its index says; the
 * adjoint of `gather`. Slices for one place are added in the order in which they stand.
 */
export function scatter(x: Node, index: Indices, length: number, axis = 0): Node {
  checkNode('scatter', 'x', x);
  checkShape([length], 'scatter');
  const node = indexNode('scatter', index, length);
  const last = x.shape.length - node.shape.length;
  if (!Number.isInteger(axis) || axis < 0 || axis > last) {
    throw new ShapeError(
      `scatter(x = ${x}, index = ${node}): the axes of the index cannot begin at axis ${axis} of x, ` +
        (last < 0 ? 'which has fewer than the index' : `only at 0 … ${last}`),
    );
  }
  return apply(scatterOp(axis, length, node.shape.length), x, node);
}

/** One element of each row of x, [..., width] → [...]: element index[i] of row i. */
export function pick(x: Node, index: Indices): Node {
  checkNode('pick', 'x', x);
  return apply(pickOp, x, indexNode('pick', index, x.shape.at(-1) ?? 0));
}

/** Each element of x in a row of `width` zeros, [...] → [..., width], at index[i]; the adjoint of `pick`. */
export function place(x: Node, index: Indices, width: number): Node {
  checkShape([width], 'place');
  return apply(placeOp(width), x, indexNode('place', index, width));
}

/** Rows of zeros with a single 1, [...] → [..., width]. No gradient. */
export function oneHot(index: Indices, width: number): Node {
  checkShape([width], 'oneHot');
  const node = indexNode('oneHot', index, width);
  return place(constant(new Float64Array(size(node.shape)).fill(1), node.shape), node, width);
}
