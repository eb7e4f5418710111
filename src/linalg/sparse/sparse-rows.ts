import { checkApart, checkIndices, checkLength, checkSize } from '../arguments.js';
import { filling } from '../kernels/copy.js';
import type { Stretch } from '../stretch.js';
import { type CompressedRows, checkOperands } from './compressed.js';
import { sparseTwin } from './sparse-twin.js';

/** A product with some rows of a sparse matrix, bound to its arrays; the rows are looked up each time. */
export interface RowsProduct<Run> {
  (out: Float64Array, a: CompressedRows, rows: Float64Array, x: Float64Array, k: number): void;
  on(out: Float64Array, a: CompressedRows, rows: Float64Array, x: Float64Array, k: number): Run;
}

/**
 * Y = A[rows]·X: of the product A·X only the chosen rows, [rows.length, k], in time proportional to the
 * non-zeros of those rows. In the order of `sparseTimesDense`. Its pieces are the rows of Y.
 * @param rows whole numbers 0 … A.rows − 1; whoever binds the product sees to it that they are at every run
 * @throws RangeError on lengths or rows that do not fit, or when `out` shares memory with a factor
 */
export const sparseRowsTimesDense: RowsProduct<Stretch> = Object.assign(
  (out: Float64Array, a: CompressedRows, rows: Float64Array, x: Float64Array, k: number): void => {
    checkIndices('sparseRowsTimesDense', 'rows', rows, a.rows);
    sparseRowsTimesDense.on(out, a, rows, x, k)(0, rows.length);
  },
  {
    on: (
      out: Float64Array,
      a: CompressedRows,
      rows: Float64Array,
      x: Float64Array,
      k: number,
    ): Stretch => {
      checkSize('sparseRowsTimesDense', 'k', k);
      checkLength('sparseRowsTimesDense', 'x', x, a.columns * k, 'columns·k');
      checkLength('sparseRowsTimesDense', 'out', out, rows.length * k, 'rows.length·k');
      checkOperands('sparseRowsTimesDense', out, a, x);
      checkApart('sparseRowsTimesDense', out, 'rows', rows);
      const found = sparseTwin('sparseTimesDense', out, a, x);
      if (!found) return (from, to) => rowsTimesDense(out, a, rows, x, k, from, to);
      const [y, starts, columns, values, dense] = found.at;
      return (from, to) => {
        for (let i = from; i < to; i++) {
          const row = rows[i]!;
          // The kernel writes row `row` of a result: one that begins so that this is row i of ours.
          const start = y + 8 * k * (i - row);
          found.twin(start, starts, columns, values, dense, k, row, row + 1);
        }
      };
    },
  },
);

function rowsTimesDense(
  out: Float64Array,
  { rowStart, columnIndex, values }: CompressedRows,
  rows: Float64Array,
  x: Float64Array,
  k: number,
  from: number,
  to: number,
): void {
  out.fill(0, from * k, to * k);
  for (let i = from; i < to; i++) {
    const end = rowStart[rows[i]! + 1]!;
    for (let p = rowStart[rows[i]!]!; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[i * k + c]! += v * x[q + c]!;
    }
  }
}

/**
 * Y = A[rows]ᵀ·X for X [rows.length, k], Y [columns, k]: the adjoint of the above.
 * @throws RangeError on lengths or rows that do not fit, or when `out` shares memory with a factor
 */
export const sparseRowsTransposeTimesDense: RowsProduct<() => void> = Object.assign(
  (out: Float64Array, a: CompressedRows, rows: Float64Array, x: Float64Array, k: number): void => {
    checkIndices('sparseRowsTransposeTimesDense', 'rows', rows, a.rows);
    sparseRowsTransposeTimesDense.on(out, a, rows, x, k)();
  },
  {
    on: (
      out: Float64Array,
      a: CompressedRows,
      rows: Float64Array,
      x: Float64Array,
      k: number,
    ): (() => void) => {
      checkSize('sparseRowsTransposeTimesDense', 'k', k);
      checkLength('sparseRowsTransposeTimesDense', 'x', x, rows.length * k, 'rows.length·k');
      checkLength('sparseRowsTransposeTimesDense', 'out', out, a.columns * k, 'columns·k');
      checkOperands('sparseRowsTransposeTimesDense', out, a, x);
      checkApart('sparseRowsTransposeTimesDense', out, 'rows', rows);
      const found = sparseTwin('sparseTransposeTimesDense', out, a, x);
      if (!found) return () => rowsTransposeTimesDense(out, a, rows, x, k);
      const [y, starts, columns, values, dense] = found.at;
      const clear = filling(out, 0);
      return () => {
        clear(0, out.length);
        for (let i = 0; i < rows.length; i++) {
          const row = rows[i]!;
          const start = dense + 8 * k * (i - row);
          found.twin(y, starts, columns, values, start, k, row, row + 1);
        }
      };
    },
  },
);

function rowsTransposeTimesDense(
  out: Float64Array,
  { rowStart, columnIndex, values }: CompressedRows,
  rows: Float64Array,
  x: Float64Array,
  k: number,
): void {
  out.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const end = rowStart[rows[i]! + 1]!;
    for (let p = rowStart[rows[i]!]!; p < end; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[q + c]! += v * x[i * k + c]!;
    }
  }
}
