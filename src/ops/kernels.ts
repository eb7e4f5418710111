import { type Kernel, kernelOf, scratch } from '../graph/index.js';
import {
  type AxisKernel,
  type BinaryKernel,
  copying,
  isContiguous,
  type Shape,
  type Stretch,
  type Strided,
  size,
  type UnaryKernel,
  type View,
} from '../linalg/index.js';

/** What an element costs, roughly, in nanoseconds: a function of one number, which may be a long one, or less. */
const COST = { unary: 3, binary: 0.5 };

/** The kernel of y = f(x). */
export function unary(kernel: UnaryKernel): (y: View, x: View) => Kernel {
  return ({ data: y }, { data: x }) => kernelOf(kernel.on(y, x), y.length, COST.unary);
}

/**
 * The kernel of y = f(a, b) for a and b of y's shape, whose broadcast axes may have stride 0: the
 * innermost axes that are even rows in both are a single call.
 */
export function binary(kernel: BinaryKernel): (y: View, a: View, b: View) => Kernel {
  return (y, a, b) => {
    const [p, q] = [stepOf(a), stepOf(b)];
    if (p === undefined || q === undefined) {
      return inRows(y, [a, b], (to, n, [p, q]) => kernel.onRows(to.data, n, p!, q!));
    }
    return kernelOf(kernel.on(y.data, a.data, p, b.data, q), y.data.length, COST.binary);
  };
}

/** The step from any element to the next: 1 where they stand next to each other, 0 where all are one number. */
function stepOf(x: View): 0 | 1 | undefined {
  if (isContiguous(x)) return 1;
  return x.strides.every((stride, axis) => stride === 0 || x.shape[axis] === 1) ? 0 : undefined;
}

/** Copies x to y, two views of one shape with strides of any kind. */
export function copy(y: View, x: View): Kernel {
  return inRows(y, [x], (to, n, [from]) => copying(to, from!, n));
}

/**
 * A kernel that walks y and its inputs, which have one shape and strides of their own, in even rows of n elements: `bind`
 * is given the rows of each, once for every time that the walk has to start anew.
 */
export function inRows(
  y: View,
  inputs: readonly View[],
  bind: (y: Strided, n: number, inputs: readonly Strided[]) => Stretch,
): Kernel {
  const all = [y, ...inputs];
  const { starts, length, n, rows, steps } = evenRows(
    y.shape,
    all.map(({ strides }) => strides),
  );
  const extent = (row: number, step: number): number =>
    length === 0 ? 0 : (length / n - 1) * row + (n - 1) * step + 1;
  const stretches = starts.map((at) => {
    const [to, ...from] = all.map(({ data }, k) => ({
      data: data.subarray(at[k]!, at[k]! + extent(rows[k]!, steps[k]!)),
      row: rows[k]!,
      step: steps[k]!,
    }));
    return bind(to!, n, from);
  });
  if (stretches.length === 1) return kernelOf(stretches[0]!, length, COST.binary);
  return () => {
    for (let k = 0; k < stretches.length; k++) stretches[k]!(0, length);
  };
}

/** A walk over all elements of a shape, in pieces of `length` elements that are even rows of n in every one of several arrays. */
interface EvenRows {
  /** For each piece, where it begins in each array. */
  readonly starts: readonly (readonly number[])[];
  readonly length: number;
  readonly n: number;
  /** For each array, from one row to the next, and from one element to the next. */
  readonly rows: readonly number[];
  readonly steps: readonly number[];
}

function evenRows(shape: Shape, strides: readonly (readonly number[])[]): EvenRows {
  const axes = shape
    .map((length, axis) => ({ length, steps: strides.map((each) => each[axis]!) }))
    .filter(({ length }) => length !== 1);
  const elements = innermost(axes, strides.length);
  const rows = innermost(axes, strides.length);
  let starts: number[][] = [strides.map(() => 0)];
  for (const { length, steps } of axes) {
    starts = starts.flatMap((at) =>
      Array.from({ length }, (_, i) => at.map((start, k) => start + i * steps[k]!)),
    );
  }
  const [n, length] = [elements.length, rows.length * elements.length];
  return { starts, length, n, rows: rows.steps, steps: elements.steps };
}

interface Axis {
  readonly length: number;
  readonly steps: readonly number[];
}

/** Takes the innermost axis away, and with it those around that go on in the same steps: one long axis. */
function innermost(axes: Axis[], arrays: number): Axis {
  const inner = axes.pop();
  if (!inner) return { length: 1, steps: new Array<number>(arrays).fill(0) };
  const { steps } = inner;
  let { length } = inner;
  for (let next = axes.at(-1); next; next = axes.at(-1)) {
    if (next.steps.some((step, k) => step !== steps[k]! * length)) break;
    length *= next.length;
    axes.pop();
  }
  return { length, steps };
}

/** A reduction of the middle axis: x is [outer, n, inner], y is [outer, inner]. */
export type ReductionLoop = (
  y: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
  scratch: Float64Array,
) => void;

/** A loop, or a kernel that can be bound to its arrays once. */
export type Reduction = ReductionLoop & { readonly on?: AxisKernel['on'] };

function bound(
  reduce: Reduction,
  y: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
): Kernel {
  if (reduce.on) return kernelOf(reduce.on(y, x, outer, n, inner), y.length, n * COST.binary);
  const room = scratch(n);
  return () => reduce(y, x, outer, n, inner, room);
}

/**
 * The kernel of a reduction over `axes`. Axes next to each other are reduced as one; runs of axes that
 * are apart from each other are reduced one after the other, the last first, with a buffer between.
 */
export function reduction(
  reduce: Reduction,
  axes: readonly number[],
): (y: View, x: View) => Kernel {
  return (y, x) => {
    if (axes.length === 0) return bound(reduce, y.data, x.data, size(x.shape), 1, 1);
    const stages: Kernel[] = [];
    let from = x.data;
    let rest = x.shape;
    for (let axis = rest.length - 1; axis >= 0; axis--) {
      if (!axes.includes(axis)) continue;
      const end = axis + 1;
      while (axes.includes(axis - 1)) axis--;
      const [outer, n, inner] = [rest.slice(0, axis), rest.slice(axis, end), rest.slice(end)].map(
        size,
      );
      rest = rest.map((length, i) => (i >= axis && i < end ? 1 : length));
      const isLast = !axes.some((other) => other < axis);
      const input = from;
      const output = isLast ? y.data : scratch(size(rest));
      stages.push(bound(reduce, output, input, outer!, n!, inner!));
      from = output;
    }
    if (stages.length === 1) return stages[0]!;
    return (step) => {
      for (let k = 0; k < stages.length; k++) stages[k]!(step);
    };
  };
}
