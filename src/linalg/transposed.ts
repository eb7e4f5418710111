import { checkApart, checkLength } from './arguments.js';

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
  checkLength('transposeTo', 'a', a, rows * columns, 'rows·columns');
  checkLength('transposeTo', 'out', out, rows * columns, 'rows·columns');
  checkApart('transposeTo', out, 'a', a);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!;
  }
}
