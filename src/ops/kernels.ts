import type { Kernel } from '../graph/index.js';
import {
  allocate,
  type BinaryKernel,
  isContiguous,
  type Shape,
  size,
  type UnaryKernel,
  type View,
} from '../linalg/index.js';

/** The kernel of y = f(x). */
export function unary(kernel: UnaryKernel): (y: View, x: View) => Kernel {
  return ({ data: y }, { data: x }) => {
    const stretch = kernel.on(y, x);
    return () => stretch(0, y.length);
  };
}

/**
 * The kernel of y = f(a, b) for a and b of y's shape, whose broadcast axes may have stride 0: the
 * innermost run of axes that is one even stretch in both is a single call of the loop.
 */
export function binary(kernel: BinaryKernel): (y: View, a: View, b: View) => Kernel {
  return (y, a, b) => {
    if (isContiguous(a) && isContiguous(b)) {
      const stretch = kernel.on(y.data, a.data, 1, b.data, 1);
      return () => stretch(0, y.data.length);
    }
    const { count, n, starts, steps } = stretches(y.shape, [a.strides, b.strides]);
    const [aStarts, bStarts] = starts as [Int32Array, Int32Array];
    const [da, db] = steps as [number, number];
    return () => {
      for (let i = 0; i < count; i++) {
        kernel.loop(n, y.data, i * n, a.data, aStarts[i]!, da, b.data, bStarts[i]!, db);
      }
    };
  };
}

/** Copies x to y, two views of one shape with strides of any kind. */
export function copy(y: View, x: View): Kernel {
  if (isContiguous(y) && isContiguous(x)) {
    // The data of a view of a part goes on behind it.
    const part = x.data.subarray(0, size(x.shape));
    return () => y.data.set(part);
  }
  const { count, n, starts, steps } = stretches(y.shape, [y.strides, x.strides]);
  const [yStarts, xStarts] = starts as [Int32Array, Int32Array];
  const [dy, dx] = steps as [number, number];
  return () => {
    for (let i = 0; i < count; i++) {
      let to = yStarts[i]!;
      let from = xStarts[i]!;
      for (let j = 0; j < n; j++, to += dy, from += dx) y.data[to] = x.data[from]!;
    }
  };
}

/** A walk over all elements of a shape as `count` stretches of n elements, the same for several inputs. */
interface Stretches {
  readonly count: number;
  readonly n: number;
  /** For each input, where each stretch begins. */
  readonly starts: readonly Int32Array[];
  /** For each input, the step within a stretch. */
  readonly steps: readonly number[];
}

/** Cuts a walk into the longest innermost stretches that every input walks in even steps. */
export function stretches(shape: Shape, inputs: readonly (readonly number[])[]): Stretches {
  const axes = shape.map((length, axis) => ({ length, axis })).filter(({ length }) => length !== 1);
  const inner = axes.pop();
  if (!inner)
    return {
      count: 1,
      n: 1,
      starts: inputs.map(() => new Int32Array(1)),
      steps: inputs.map(() => 0),
    };

  const steps = inputs.map((strides) => strides[inner.axis]!);
  let n = inner.length;
  for (let next = axes.at(-1); next; next = axes.at(-1)) {
    const even = inputs.every((strides, k) => strides[next!.axis] === steps[k]! * n);
    if (!even) break;
    n *= next.length;
    axes.pop();
  }
  const count = axes.reduce((product, { length }) => product * length, 1);
  const starts = inputs.map((strides) => {
    const start = new Int32Array(count);
    let repeat = 1;
    for (const { length, axis } of axes.toReversed()) {
      for (let i = 0; i < count; i++)
        start[i]! += (Math.floor(i / repeat) % length) * strides[axis]!;
      repeat *= length;
    }
    return start;
  });
  return { count, n, starts, steps };
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

const one = new Float64Array(1);

/**
 * The kernel of a reduction over `axes`. Axes next to each other are reduced as one; runs of axes that
 * are apart from each other are reduced one after the other, the last first, with a buffer between.
 */
export function reduction(
  loop: ReductionLoop,
  axes: readonly number[],
): (y: View, x: View) => Kernel {
  return (y, x) => {
    if (axes.length === 0) return () => loop(y.data, x.data, size(x.shape), 1, 1, one);
    const stages: Kernel[] = [];
    let from = x.data;
    let rest: number[] = [...x.shape];
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
      const output = isLast ? y.data : allocate(size(rest));
      const scratch = allocate(n!);
      stages.push(() => loop(output, input, outer!, n!, inner!, scratch));
      from = output;
    }
    return (step) => {
      for (const stage of stages) stage(step);
    };
  };
}
