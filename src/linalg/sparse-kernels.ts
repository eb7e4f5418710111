/**
 * Products with a sparse matrix. The order is that of a dense product from which the zeros have been
 * struck: s = +0, then s += a·x for ascending columns (for Aᵀ: ascending rows). Allocation-free.
 */
import { checkApart, checkLength, checkSize } from './arguments.js';
import type { CompressedRows } from './compressed.js';

/**
 * out = A·x for x [columns], out [rows].
 * @throws RangeError on lengths that do not fit.
 */
export function sparseTimesVector(out: Float64Array, a: CompressedRows, x: Float64Array): void {
  checkLength('sparseTimesVector', 'x', x, a.columns, 'columns');
  checkLength('sparseTimesVector', 'out', out, a.rows, 'rows');
  checkApart('sparseTimesVector', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  let p = 0;
  for (let i = 0; i < out.length; i++) {
    const end = rowStart[i + 1]!;
    let s = 0;
    for (; p < end; p++) s += values[p]! * x[columnIndex[p]!]!;
    out[i] = s;
  }
}

/**
 * out = Aᵀ·x for x [rows], out [columns], without writing Aᵀ out.
 * @throws RangeError on lengths that do not fit.
 */
export function sparseTransposeTimesVector(
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
): void {
  checkLength('sparseTransposeTimesVector', 'x', x, a.rows, 'rows');
  checkLength('sparseTransposeTimesVector', 'out', out, a.columns, 'columns');
  checkApart('sparseTransposeTimesVector', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  out.fill(0);
  let p = 0;
  for (let i = 0; i < x.length; i++) {
    const end = rowStart[i + 1]!;
    const xi = x[i]!;
    for (; p < end; p++) out[columnIndex[p]!]! += values[p]! * xi;
  }
}

/**
 * out = A·X for X [columns, k] and out [rows, k], row-major.
 * @throws RangeError on lengths that do not fit.
 */
export function sparseTimesDense(
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
  k: number,
): void {
  checkSize('sparseTimesDense', 'k', k);
  checkLength('sparseTimesDense', 'x', x, a.columns * k, 'columns·k');
  checkLength('sparseTimesDense', 'out', out, a.rows * k, 'rows·k');
  checkApart('sparseTimesDense', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  out.fill(0);
  let p = 0;
  for (let i = 0; i < a.rows; i++) {
    const end = rowStart[i + 1]!;
    const row = i * k;
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
        out[row + c] =
          out[row + c]! + v0 * x[q0 + c]! + v1 * x[q1 + c]! + v2 * x[q2 + c]! + v3 * x[q3 + c]!;
      }
    }
    for (; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[row + c]! += v * x[q + c]!;
    }
  }
}

/**
 * out = Aᵀ·X for X [rows, k] and out [columns, k], row-major, without writing Aᵀ out.
 * @throws RangeError on lengths that do not fit.
 */
export function sparseTransposeTimesDense(
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
  k: number,
): void {
  checkSize('sparseTransposeTimesDense', 'k', k);
  checkLength('sparseTransposeTimesDense', 'x', x, a.rows * k, 'rows·k');
  checkLength('sparseTransposeTimesDense', 'out', out, a.columns * k, 'columns·k');
  checkApart('sparseTransposeTimesDense', out, 'x', x);
  const { rowStart, columnIndex, values } = a;
  out.fill(0);
  let p = 0;
  for (let i = 0; i < a.rows; i++) {
    const end = rowStart[i + 1]!;
    const row = i * k;
    for (; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[q + c]! += v * x[row + c]!;
    }
  }
}
