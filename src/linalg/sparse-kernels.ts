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

/** Up to this many columns of X, eight at a time stay in the caches better than whole rows do. */
const NARROW = 32;

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
  let c = 0;
  if (k <= NARROW) for (; c + 8 <= k; c += 8) timesEightColumns(out, a, x, k, c);
  if (c < k) timesColumns(out, a, x, k, c);
}

/** Columns c … c + 7, their eight running sums at hand. */
function timesEightColumns(
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
  k: number,
  c: number,
): void {
  const { rowStart, columnIndex, values } = a;
  let p = 0;
  for (let i = 0; i < a.rows; i++) {
    const end = rowStart[i + 1]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    let s7 = 0;
    for (; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k + c;
      s0 += v * x[q]!;
      s1 += v * x[q + 1]!;
      s2 += v * x[q + 2]!;
      s3 += v * x[q + 3]!;
      s4 += v * x[q + 4]!;
      s5 += v * x[q + 5]!;
      s6 += v * x[q + 6]!;
      s7 += v * x[q + 7]!;
    }
    const row = i * k + c;
    out[row] = s0;
    out[row + 1] = s1;
    out[row + 2] = s2;
    out[row + 3] = s3;
    out[row + 4] = s4;
    out[row + 5] = s5;
    out[row + 6] = s6;
    out[row + 7] = s7;
  }
}

/** Columns from … k − 1, four entries of A to a visit; each element still meets them one by one. */
function timesColumns(
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
  k: number,
  from: number,
): void {
  const { rowStart, columnIndex, values } = a;
  let p = 0;
  for (let i = 0; i < a.rows; i++) {
    const end = rowStart[i + 1]!;
    const row = i * k;
    for (let c = from; c < k; c++) out[row + c] = 0;
    for (; p + 4 <= end; p += 4) {
      const v0 = values[p]!;
      const v1 = values[p + 1]!;
      const v2 = values[p + 2]!;
      const v3 = values[p + 3]!;
      const q0 = columnIndex[p]! * k;
      const q1 = columnIndex[p + 1]! * k;
      const q2 = columnIndex[p + 2]! * k;
      const q3 = columnIndex[p + 3]! * k;
      for (let c = from; c < k; c++) {
        out[row + c] =
          out[row + c]! + v0 * x[q0 + c]! + v1 * x[q1 + c]! + v2 * x[q2 + c]! + v3 * x[q3 + c]!;
      }
    }
    for (; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = from; c < k; c++) out[row + c]! += v * x[q + c]!;
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
