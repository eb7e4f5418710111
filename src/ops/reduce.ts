import { apply, type Node, type Op, ShapeError } from '../graph/index.js';
import {
  logSoftmaxAxis,
  logSumExpAxis,
  maxAxis,
  minAxis,
  norm2,
  size,
  softmaxAxis,
} from '../linalg/index.js';
import { div, mul, square, sub } from './arithmetic.js';
import { type Axes, axesOf, axisOf, without } from './axes.js';
import { asNode, type Operand, sum } from './broadcast.js';
import { equal, where } from './comparison.js';
import { exp } from './exponential.js';
import { type ReductionLoop, reduction } from './kernels.js';
import { reshape } from './reshape.js';

/** What becomes of the axes that are reduced. */
export interface ReduceOptions {
  /** Reduced axes stay, with the length 1. */
  readonly keepAxes?: boolean;
}

/** y or dy, which have lost the reduced axes, with a length of 1 in their place: what it meets repeats it along x. */
function alongAxes(reduced: Node, x: Node, axes: readonly number[]): Node {
  return reshape(reduced, without(x.shape, axes, true));
}

/** An op that takes the middle axis away, and what each element of x gets of ∂L/∂y. */
function reduceOp(
  name: string,
  formula: string,
  loop: ReductionLoop,
  rule: (dy: Node, y: Node, x: Node, axes: readonly number[]) => Node,
): (axes: readonly number[], keepAxes: boolean) => Op {
  return (axes, keepAxes) => ({
    name,
    formula,
    settings: { axes },
    shape: (x) => without(x, axes, keepAxes),
    kernel: reduction(loop, axes),
    vjp: (dy, y, x) => [() => rule(dy, y, x, axes)],
  });
}

// Tied maxima share: of k equal ones, each gets 1/k.
const shareAmongTies = (dy: Node, y: Node, x: Node, axes: readonly number[]): Node => {
  const wins = equal(x, alongAxes(y, x, axes));
  const share = div(alongAxes(dy, x, axes), sum(wins, axes, { keepAxes: true }));
  return where(wins, share, 0);
};

const maxOp = reduceOp('max', 'y = \\max_i x_i', maxAxis, shareAmongTies);

const minOp = reduceOp('min', 'y = \\min_i x_i', minAxis, shareAmongTies);

const logSumExpOp = reduceOp(
  'logSumExp',
  'y = \\ln \\sum_i e^{x_i}',
  logSumExpAxis,
  (dy, y, x, axes) => {
    // e^{x − y}, but for rows of −∞ only, whose y is −∞ too and whose gradient is 0.
    const along = alongAxes(y, x, axes);
    const empty = equal(along, Number.NEGATIVE_INFINITY);
    const weights = exp(where(empty, Number.NEGATIVE_INFINITY, sub(x, along)));
    return mul(alongAxes(dy, x, axes), weights);
  },
);

const normLoop: ReductionLoop = (y, x, outer, n, inner) => {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) y[o * inner + c] = norm2(x, o * n * inner + c, n, inner);
  }
};

// ∂‖x‖/∂x = x/‖x‖, a unit vector; at 0, where no direction is better than another, it is 0. Nothing is divided
// by 0 on the way, for the quotient's own rule would show it.
const normOp = reduceOp(
  'norm',
  'y = \\sqrt{\\textstyle\\sum_i x_i^2}',
  normLoop,
  (dy, y, x, axes) => {
    const along = alongAxes(y, x, axes);
    const none = equal(along, 0);
    return mul(alongAxes(dy, x, axes), where(none, 0, div(x, where(none, 1, along))));
  },
);

function reducer(
  name: string,
  op: (axes: readonly number[], keepAxes: boolean) => Op,
): (x: Operand, axes?: Axes, options?: ReduceOptions) => Node {
  return (x, axes, options = {}) => {
    const node = asNode(x);
    return apply(op(axesOf(name, node, axes), options.keepAxes ?? false), node);
  };
}

/** The largest element over `axes` (all where left out); ties share the gradient. Of nothing it is −∞. */
export const max: (x: Operand, axes?: Axes, options?: ReduceOptions) => Node = reducer(
  'max',
  maxOp,
);
/** The smallest element over `axes` (all where left out); ties share the gradient. Of nothing it is +∞. */
export const min: (x: Operand, axes?: Axes, options?: ReduceOptions) => Node = reducer(
  'min',
  minOp,
);
/** ln Σ eˣ over `axes` (all where left out). Of nothing it is −∞. */
export const logSumExp: (x: Operand, axes?: Axes, options?: ReduceOptions) => Node = reducer(
  'logSumExp',
  logSumExpOp,
);
/** ‖x‖₂ over `axes` (all where left out); its gradient at 0 is 0. */
export const norm: (x: Operand, axes?: Axes, options?: ReduceOptions) => Node = reducer(
  'norm',
  normOp,
);

/** The mean over `axes` (all where left out). Of nothing it is NaN. */
export function mean(x: Operand, axes?: Axes, options: ReduceOptions = {}): Node {
  const node = asNode(x);
  const count = size(axesOf('mean', node, axes).map((axis) => node.shape[axis]!));
  return div(sum(node, axes, options), count);
}

/**
 * The variance over `axes` (all where left out): the mean square deviation from the mean, Σ(x − x̄)²/n.
 * @param options.correction subtracted from n; 1 gives the unbiased estimate
 * @throws ShapeError for a correction that is negative, or leaves nothing of n
 */
export function variance(
  x: Operand,
  axes?: Axes,
  options: ReduceOptions & { correction?: number } = {},
): Node {
  const node = asNode(x);
  const count = size(axesOf('variance', node, axes).map((axis) => node.shape[axis]!));
  const { correction = 0 } = options;
  if (!(correction === 0 || (correction > 0 && correction < count))) {
    throw new ShapeError(
      `variance(${node}): the correction is ${correction}; of ${count} numbers it is 0 or more, and less than ${count}`,
    );
  }
  const deviation = sub(node, mean(node, axes, { keepAxes: true }));
  return div(sum(square(deviation), axes, options), count - correction);
}

const softmaxOp = (axis: number): Op => ({
  name: 'softmax',
  formula: 'y_i = e^{x_i} / \\textstyle\\sum_j e^{x_j}',
  settings: { axis },
  shape: (x) => x,
  kernel: reduction(softmaxAxis, [axis]),
  // ∂L/∂xᵢ = yᵢ (∂L/∂yᵢ − Σⱼ yⱼ ∂L/∂yⱼ)
  vjp: (dy, y) => [() => mul(y, sub(dy, sum(mul(y, dy), axis, { keepAxes: true })))],
});

const logSoftmaxOp = (axis: number): Op => ({
  name: 'logSoftmax',
  formula: 'y_i = x_i - \\ln \\textstyle\\sum_j e^{x_j}',
  settings: { axis },
  shape: (x) => x,
  kernel: reduction(logSoftmaxAxis, [axis]),
  // ∂L/∂xᵢ = ∂L/∂yᵢ − softmax(x)ᵢ Σⱼ ∂L/∂yⱼ
  vjp: (dy, _y, x) => [() => sub(dy, mul(softmax(x, axis), sum(dy, axis, { keepAxes: true })))],
});

/** eˣ / Σ eˣ along `axis`, the last where left out. Zeros along an axis that holds −∞ only. */
export function softmax(x: Node, axis = -1): Node {
  return apply(softmaxOp(axisOf('softmax', x, axis)), x);
}

/** x − ln Σ eˣ along `axis`, the last where left out. */
export function logSoftmax(x: Node, axis = -1): Node {
  return apply(logSoftmaxOp(axisOf('logSoftmax', x, axis)), x);
}
