import { rangeError } from './errors.js';
import type { Strided } from './strided.js';

/**
 * What every kernel asks of its arguments before it writes anything. Kernels take plain lengths, so a
 * wrong one would otherwise read `undefined` and show up as a NaN much later and far away.
 */

/** `value` must be a whole number ≥ `least`. Throws a RangeError naming kernel and argument. */
export function checkSize(kernel: string, name: string, value: number, least = 0): void {
  if (!isSize(value, least)) throw noSize(kernel, name, value, least);
}

function isSize(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function noSize(kernel: string, name: string, value: number, least: number): RangeError {
  return rangeError(`${kernel}: ${name} is a whole number ≥ ${least}, not ${value}`);
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

/** The elements from … to − 1 must all lie in an array of `length`. */
export function checkRange(kernel: string, from: number, to: number, length: number): void {
  checkSize(kernel, 'from', from);
  checkSize(kernel, 'to', to);
  if (to > length) {
    throw rangeError(`${kernel}: to is at most the number of elements, ${length}, not ${to}`);
  }
}

/** `rows` rows of n elements, walked through in the steps of `x`, must all lie in its array. */
export function checkWalk(kernel: string, name: string, x: Strided, rows: number, n: number): void {
  // Only what is wrong is put into words.
  if (!isSize(x.row, 0)) throw noSize(kernel, `${name}.row`, x.row, 0);
  if (!isSize(x.step, 0)) throw noSize(kernel, `${name}.step`, x.step, 0);
  if (rows === 0 || n === 0) return;
  const last = (rows - 1) * x.row + (n - 1) * x.step;
  if (last >= x.data.length) {
    throw rangeError(
      `${kernel}: ${name} needs (rows − 1)·row + (n − 1)·step + 1 = ${last + 1} elements, but has ${x.data.length}`,
    );
  }
}

/** What is read in rows while y [rows, n] is written: y itself, in its place, or apart from it. */
export function checkWalkInPlace(
  kernel: string,
  y: Float64Array,
  name: string,
  { data, row, step }: Strided,
  n: number,
): void {
  // A broadcast meets elements again that were written over.
  if (step === 1 && (row === n || n === y.length)) checkInPlace(kernel, y, name, data);
  else if (y.length > 1) checkApart(kernel, y, name, data);
}

/** A kernel that reads `input` while it writes `out` must not find its own results there. */
export function checkApart(
  kernel: string,
  out: Float64Array,
  name: string,
  input: ArrayBufferView,
): void {
  if (overlap(out, input)) throw sharing(kernel, name);
}

/** The same for arrays of the memory of tensors, where they are known to lie: to ask an array takes ten times as long. */
export function checkApartAt(
  kernel: string,
  outAt: number,
  out: Float64Array,
  name: string,
  inputAt: number,
  input: Float64Array,
): void {
  if (meet(outAt, 8 * out.length, inputAt, 8 * input.length)) throw sharing(kernel, name);
}

function sharing(kernel: string, name: string): RangeError {
  return rangeError(`${kernel}: out and ${name} share memory; give out a buffer of its own`);
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

/** Whether two arrays share memory. (Two blocks of the memory of tensors, whose buffers differ, do not overlap.) */
function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return meet(a.byteOffset, a.byteLength, b.byteOffset, b.byteLength) && a.buffer === b.buffer;
}

/** Whether two stretches of addresses have one in common; an empty one has none, wherever it lies. */
function meet(a: number, aLength: number, b: number, bLength: number): boolean {
  return Math.max(a, b) < Math.min(a + aLength, b + bLength);
}

/** Every index must be a whole number 0 … below − 1. */
export function checkIndices(
  kernel: string,
  name: string,
  index: Float64Array,
  below: number,
): void {
  for (let i = 0; i < index.length; i++) {
    const row = index[i]!;
    if (Number.isInteger(row) && row >= 0 && row < below) continue;
    throw rangeError(
      `${kernel}: ${name} holds whole numbers from 0 to ${below - 1}, not ${row} (at ${i})`,
    );
  }
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
