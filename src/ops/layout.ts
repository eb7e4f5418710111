import { apply, checkNode, type Node, type Op, ShapeError } from '../graph/index.js';
import { formatShape, type Shape, sameShape, type View } from '../linalg/index.js';
import { axisOf } from './axes.js';
import { asNode, type Operand } from './broadcast.js';
import { copy } from './kernels.js';
import { reshape } from './reshape.js';

/** The axes in another order. */
const transposeOp = (order: readonly number[]): Op => ({
  name: 'transpose',
  formula: 'y_{ij} = x_{ji}',
  settings: { order },
  shape: (x) => order.map((axis) => x[axis]!),
  kernel: (y, x) => {
    const strides = order.map((axis) => x.strides[axis]!);
    return copy(y, { data: x.data, shape: y.shape, strides });
  },
  vjp: (dy) => [
    () =>
      transpose(
        dy,
        order.map((_, axis) => order.indexOf(axis)),
      ),
  ],
});

/** The part of x between `starts` and `ends`, axis by axis. */
const sliceOp = (starts: readonly number[], ends: readonly number[]): Op => ({
  name: 'slice',
  formula: 'y = x_{a:b}',
  settings: { starts, ends },
  shape: () => ends.map((end, axis) => end - starts[axis]!),
  kernel: (y, x) => copy(y, box(x, starts, y.shape)),
  vjp: (dy, _y, x) => [
    () =>
      pad(
        dy,
        starts.map((start, axis) => [start, x.shape[axis]! - ends[axis]!]),
      ),
  ],
});

/** x with a margin of `value` around it. */
const padOp = (margins: readonly (readonly [number, number])[], value: number): Op => ({
  name: 'pad',
  formula: 'y_{a:b} = x',
  settings: { margins, value },
  shape: (x) => x.map((length, axis) => margins[axis]![0] + length + margins[axis]![1]),
  kernel: (y, x) => {
    const inside = copy(
      box(
        y,
        margins.map(([before]) => before),
        x.shape,
      ),
      x,
    );
    return (step) => {
      y.data.fill(value);
      inside(step);
    };
  },
  vjp: (dy, _y, x) => [
    () =>
      slice(
        dy,
        margins.map(([before], axis) => [before, before + x.shape[axis]!]),
      ),
  ],
});

/** Several tensors behind each other along an axis. */
const concatenateOp = (axis: number): Op => ({
  name: 'concatenate',
  formula: 'y = (x_1, x_2, \\ldots)',
  settings: { axis },
  shape: (first, ...rest) => {
    const without = (shape: Shape): Shape => shape.toSpliced(axis, 1);
    for (const other of rest) {
      if (other.length !== first.length || !sameShape(without(other), without(first))) {
        throw new ShapeError(
          `${formatShape(first)} and ${formatShape(other)} must be equal but for axis ${axis}`,
        );
      }
    }
    return first.with(
      axis,
      [first, ...rest].reduce((total, shape) => total + shape[axis]!, 0),
    );
  },
  kernel: (y, ...inputs) => {
    const starts = offsets(inputs.map(({ shape }) => shape[axis]!));
    const parts = inputs.map((x, i) =>
      copy(
        box(
          y,
          x.shape.map((_, a) => (a === axis ? starts[i]! : 0)),
          x.shape,
        ),
        x,
      ),
    );
    return (step) => {
      for (const part of parts) part(step);
    };
  },
  vjp: (dy, _y, ...inputs) => {
    const starts = offsets(inputs.map(({ shape }) => shape[axis]!));
    return inputs.map(
      (x, i) => () =>
        slice(
          dy,
          x.shape.map((length, a) => (a === axis ? [starts[i]!, starts[i]! + length] : null)),
        ),
    );
  },
});

/** The part of a view of the given shape that begins at `starts`. */
function box({ data, strides }: View, starts: readonly number[], shape: Shape): View {
  const offset = starts.reduce((total, start, axis) => total + start * strides[axis]!, 0);
  return { data: data.subarray(Math.min(offset, data.length)), shape, strides };
}

/** Where each of several lengths begins when they follow each other. */
function offsets(lengths: readonly number[]): number[] {
  let next = 0;
  return lengths.map((length) => {
    const start = next;
    next += length;
    return start;
  });
}

/**
 * The axes in the given order; reversed where it is left out, so that a matrix becomes its transpose.
 * @throws ShapeError if `order` is no permutation of the axes
 */
export function transpose(x: Node, order?: readonly number[]): Node {
  checkNode('transpose', 'x', x);
  const wanted = order ?? [...x.shape.keys()].reverse();
  const axes = wanted.map((axis) => axisOf('transpose', x, axis));
  if (axes.length !== x.shape.length || new Set(axes).size !== axes.length) {
    throw new ShapeError(
      `transpose(${x}): [${wanted.join(', ')}] is no order of its ${x.shape.length} axes; each is named once`,
    );
  }
  return axes.every((axis, i) => axis === i) ? x : apply(transposeOp(axes), x);
}

/**
 * The part of x within `ranges`: [start, end) for each axis, end excluded, counted from the end where
 * negative; null for the whole axis. Axes after the last range are whole.
 * @throws ShapeError for a range that leaves its axis
 */
export function slice(x: Node, ranges: readonly (readonly [number, number] | null)[]): Node {
  checkNode('slice', 'x', x);
  if (ranges.length > x.shape.length) {
    throw new ShapeError(`slice(${x}): ${ranges.length} ranges for ${x.shape.length} axes`);
  }
  const pairs = x.shape.map((length, axis): [number, number] => {
    const range = ranges[axis];
    if (!range) return [0, length];
    const [start, end] = range.map((at) => (at < 0 ? at + length : at)) as [number, number];
    const whole = Number.isInteger(start) && Number.isInteger(end);
    if (whole && start >= 0 && start <= end && end <= length) return [start, end];
    throw new ShapeError(
      `slice(${x}): the range [${range.join(', ')}) does not lie within axis ${axis}, which has 0 … ${length}`,
    );
  });
  if (pairs.every(([start, end], axis) => start === 0 && end === x.shape[axis])) return x;
  const starts = pairs.map(([start]) => start);
  const ends = pairs.map(([, end]) => end);
  return apply(sliceOp(starts, ends), x);
}

/**
 * x with `margins` = [before, after] more elements of `value` on each axis.
 * @throws ShapeError if there is not one pair of whole numbers ≥ 0 an axis
 */
export function pad(x: Node, margins: readonly (readonly number[])[], value = 0): Node {
  checkNode('pad', 'x', x);
  const pairs = margins as readonly (readonly [number, number])[];
  const fits = pairs.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0),
  );
  if (pairs.length !== x.shape.length || !fits) {
    throw new ShapeError(
      `pad(${x}): one pair [before, after] of whole numbers ≥ 0 is needed for each of its ${x.shape.length} axes`,
    );
  }
  return pairs.every(([before, after]) => before + after === 0) ? x : apply(padOp(pairs, value), x);
}

/**
 * Tensors behind each other along `axis`.
 * @throws ShapeError if there are none, or their shapes differ elsewhere
 */
export function concatenate(xs: readonly Operand[], axis = 0): Node {
  const nodes = xs.map(asNode);
  const [first] = nodes;
  if (!first) throw new ShapeError('concatenate: at least one node is needed');
  return apply(concatenateOp(axisOf('concatenate', first, axis)), ...nodes);
}

/**
 * Tensors of one shape along a new axis.
 * @throws ShapeError if there are none, or their shapes differ
 */
export function stack(xs: readonly Operand[], axis = 0): Node {
  const nodes = xs.map(asNode);
  const [first] = nodes;
  if (!first) throw new ShapeError('stack: at least one node is needed');
  for (const [i, other] of nodes.entries()) {
    checkNode('stack', `x${i + 1}`, other);
    if (sameShape(first.shape, other.shape)) continue;
    throw new ShapeError(`stack: ${first} and ${other} have different shapes`);
  }
  const rank = first.shape.length + 1;
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) {
    throw new ShapeError(`stack: there is no axis ${axis} in a result of ${rank} axes`);
  }
  const shape = first.shape.toSpliced(at, 0, 1);
  return concatenate(
    nodes.map((node) => reshape(node, shape)),
    at,
  );
}
