import { atUserLine, rangeError } from './errors.js';

/** The lengths of a tensor's axes, outermost first; `[]` is a scalar. A length may be 0. */
export type Shape = readonly number[];

/**
 * A tensor as a kernel sees it. Element (i₀, i₁, …) is `data[i₀·strides[0] + i₁·strides[1] + …]`.
 * Strides are row-major, but for a broadcast axis, whose stride is 0: every step along it meets the
 * same element, so a bias can be read a thousand times without being written out a thousand times.
 */
export interface View {
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** The number of elements of a shape: the product of its lengths, 1 for a scalar. */
export function size(shape: Shape): number {
  let product = 1;
  for (const length of shape) product *= length;
  return product;
}

/** Row-major strides: the last axis is next to each other in memory. */
export function rowMajor(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** A contiguous view of `data`, which must hold `size(shape)` elements. */
export function view(data: Float64Array, shape: Shape): View {
  return { data, shape, strides: rowMajor(shape) };
}

/** Whether the elements stand next to each other in row-major order. */
export function isContiguous({ shape, strides }: View): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= shape[axis]!;
  }
  return true;
}

/** Whether two shapes are one, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `[2, 3]`, as a reader of an error message writes it. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** A shape that a user wrote: every length a whole number ≥ 0. Throws a RangeError that names it. */
export function checkShape(shape: Shape, what: string): Shape {
  if (!Array.isArray(shape)) {
    throw atUserLine(
      new TypeError(`${what}: a shape is an array of lengths such as [2, 3], not ${String(shape)}`),
    );
  }
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw rangeError(
        `${what}: the shape ${formatShape(shape)} has the length ${length}; lengths are whole numbers ≥ 0`,
      );
    }
  }
  if (!Number.isSafeInteger(size(shape))) {
    throw rangeError(
      `${what}: the shape ${formatShape(shape)} has more elements than can be counted`,
    );
  }
  return Object.freeze([...shape]);
}
