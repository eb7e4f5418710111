import { checkApart, checkLength } from './arguments.js';
import type { CompressedRows } from './compressed.js';

/**
 * Y = A[rows]·X: of the product A·X only the chosen rows, [rows.length, k], in time proportional to the
 * non-zeros of those rows. In the order of `sparseTimesDense`.
 * @param rows whole numbers 0 … A.rows − 1; the caller has checked them
 * @throws RangeError on lengths that do not fit
 */
export function sparseRowsTimesDense(
  out: Float64Array,
  a: CompressedRows,
  rows: Float64Array,
  x: Float64Array,
  k: number,
): void {
  checkLength('sparseRowsTimesDense', 'x', x, a.columns * k, 'columns·k');
  checkLength('sparseRowsTimesDense', 'out', out, rows.length * k, 'rows.length·k');
  checkApart('sparseRowsTimesDense', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  out.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const end = rowStart[rows[i]! + 1]!;
    const to = i * k;
    let p = rowStart[rows[i]!]!;
    // Four entries to a visit of the row; each element still meets them one after the other.
    for (; p + 4 <= end; p += 4) {
      const v0 = values[p]!;
      const v1 = values[p + 1]!;
      const v2 = values[p + 2]!;
      const v3 = values[p + 3]!;
      const q0 = columnIndex[p]! * k;
      const q1 = columnIndex[p + 1]! * k;
      const q2 = columnIndex[p + 2]! * k;
      const q3 = columnIndex[p + 3]! * k;
      for (let c = 0; c < k; c++) {
        out[to + c] =
          out[to + c]! + v0 * x[q0 + c]! + v1 * x[q1 + c]! + v2 * x[q2 + c]! + v3 * x[q3 + c]!;
      }
    }
    for (; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[to + c]! += v * x[q + c]!;
    }
  }
}

/**
 * Y = A[rows]ᵀ·X for X [rows.length, k], Y [columns, k]: the adjoint of the above.
 * @throws RangeError on lengths that do not fit
 */
export function sparseRowsTransposeTimesDense(
  out: Float64Array,
  a: CompressedRows,
  rows: Float64Array,
  x: Float64Array,
  k: number,
): void {
  checkLength('sparseRowsTransposeTimesDense', 'x', x, rows.length * k, 'rows.length·k');
  checkLength('sparseRowsTransposeTimesDense', 'out', out, a.columns * k, 'columns·k');
  checkApart('sparseRowsTransposeTimesDense', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  out.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const end = rowStart[rows[i]! + 1]!;
    const from = i * k;
    for (let p = rowStart[rows[i]!]!; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[q + c]! += v * x[from + c]!;
    }
  }
}
