import { rangeError } from './errors.js';
import { addressOf } from './memory.js';

/**
 * What every kernel asks of its arguments before it writes anything. Kernels take plain lengths, so a
 * wrong one would otherwise read `undefined` and show up as a NaN much later and far away.
 */

/** `value` must be a whole number ≥ `least`. Throws a RangeError naming kernel and argument. */
export function checkSize(kernel: string, name: string, value: number, least = 0): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw rangeError(`${kernel}: ${name} is a whole number ≥ ${least}, not ${value}`);
  }
}

/** `array` must have `length` elements; `meaning` says where that number comes from. */
export function checkLength(
  kernel: string,
  name: string,
  array: ArrayLike<number>,
  length: number,
  meaning: string,
): void {
  if (array.length !== length) {
    throw rangeError(
      `${kernel}: ${name} needs ${meaning} = ${length} elements, but has ${array.length}`,
    );
  }
}

/** The elements offset, offset + stride, …, `n` of them, must all lie in `x`. */
export function checkStrided(
  kernel: string,
  x: Float64Array,
  offset: number,
  n: number,
  stride: number,
): void {
  checkSize(kernel, 'n', n);
  checkSize(kernel, 'offset', offset);
  checkSize(kernel, 'stride', stride);
  const last = offset + (n - 1) * stride;
  if (n > 0 && last >= x.length) {
    throw rangeError(
      `${kernel}: x needs offset + (n − 1)·stride + 1 = ${last + 1} elements, but has ${x.length}`,
    );
  }
}

/** A kernel that reads `input` while it writes `out` must not find its own results there. */
export function checkApart(
  kernel: string,
  out: Float64Array,
  name: string,
  input: Float64Array,
): void {
  if (overlap(out, input)) {
    throw rangeError(`${kernel}: out and ${name} share memory; give out a buffer of its own`);
  }
}

/** A kernel that goes element by element may write over its input, but only in its place: not a step before or behind. */
export function checkInPlace(
  kernel: string,
  out: Float64Array,
  name: string,
  input: Float64Array,
): void {
  if (out.byteOffset !== input.byteOffset && overlap(out, input)) {
    throw rangeError(
      `${kernel}: the result and ${name} share a part of their memory; they are one array, or apart`,
    );
  }
}

/** Whether two arrays share memory. (In the memory of tensors every block has a buffer object of its own.) */
function overlap(a: Float64Array, b: Float64Array): boolean {
  return (
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength &&
    (a.buffer === b.buffer || (addressOf(a) >= 0 && addressOf(b) >= 0))
  );
}

/** A reduction of x [outer, n, inner] to out [outer, inner]. */
export function checkAxis(
  kernel: string,
  out: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
): void {
  checkSize(kernel, 'outer', outer);
  checkSize(kernel, 'n', n);
  checkSize(kernel, 'inner', inner);
  checkLength(kernel, 'x', x, outer * n * inner, 'outer·n·inner');
  checkLength(kernel, 'out', out, outer * inner, 'outer·inner');
  checkApart(kernel, out, 'x', x);
}
