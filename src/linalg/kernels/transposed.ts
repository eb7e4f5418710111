import { checkApart, checkLength, checkSize } from '../arguments.js';

/** [columns, rows] from [rows, columns]. */
export function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  transposeTo(out, a, rows, columns);
  return out;
}

/**
 * Writes Aᵀ [columns, rows] for A [rows, columns].
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with A.
 */
export function transposeTo(
  out: Float64Array,
  a: Float64Array,
  rows: number,
  columns: number,
): void {
  checkSize('transposeTo', 'rows', rows);
  checkSize('transposeTo', 'columns', columns);
  checkLength('transposeTo', 'a', a, rows * columns, 'rows·columns');
  checkLength('transposeTo', 'out', out, rows * columns, 'rows·columns');
  checkApart('transposeTo', out, 'a', a);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!;
  }
}

/**
 * Products of vectors that lie as rows, `from` [count, …] → `to` [count, …], by an operator, which takes them
 * as columns. Both scratch arrays hold at least as many numbers as either.
 */
export function multiplyRows(
  to: Float64Array,
  from: Float64Array,
  count: number,
  apply: (out: Float64Array, x: Float64Array) => void,
  scratch: Float64Array,
  more: Float64Array,
): void {
  if (count === 1) {
    apply(to, from);
    return;
  }
  const x = scratch.subarray(0, from.length);
  const out = more.subarray(0, to.length);
  transposeTo(x, from, count, from.length / count);
  apply(out, x);
  transposeTo(to, out, to.length / count, count);
}
