import { checkLength, checkSize } from './arguments.js';
import { estimateNorm1, type LinearOperator } from './linear-operator.js';
import { matmul } from './matmul.js';
import type { Csr } from './sparse.js';
import { sparseTimesDense, sparseTransposeTimesDense } from './sparse-kernels.js';
import { transposed } from './transposed.js';

/**
 * A dense matrix [rows, columns], row-major; `symmetric` if it equals its transpose exactly. X is turned
 * round first, so that the loops run along rows that are long instead of along the few columns of X.
 */
export function denseOperator(a: Float64Array, rows: number, columns: number): LinearOperator {
  checkSize('denseOperator', 'rows', rows);
  checkSize('denseOperator', 'columns', columns);
  checkLength('denseOperator', 'a', a, rows * columns, 'rows·columns');
  return {
    rows,
    columns,
    symmetric: rows === columns && isSymmetric(a, rows),
    norm1: largestColumn(columns, a, (p) => p % columns),
    apply(out, x, k) {
      checkLength('denseOperator', 'x', x, columns * k, 'columns·k');
      if (k === 1) matmul(out, x, a, 1, rows, columns, { transposeB: true });
      else matmul(out, a, transposed(x, columns, k), rows, k, columns, { transposeB: true });
    },
    applyTransposed(out, x, k) {
      checkLength('denseOperator', 'x', x, rows * k, 'rows·k');
      checkLength('denseOperator', 'out', out, columns * k, 'columns·k');
      const across = new Float64Array(k * columns); // (AᵀX)ᵀ = XᵀA
      matmul(across, transposed(x, rows, k), a, k, columns, rows);
      out.set(transposed(across, k, columns));
    },
  };
}

/** A sparse matrix. */
export function sparseOperator(a: Csr): LinearOperator {
  return {
    rows: a.rows,
    columns: a.columns,
    symmetric: a.isSymmetric(),
    norm1: largestColumn(a.columns, a.values, (p) => a.columnIndex[p]!),
    apply: (out, x, k) => sparseTimesDense(out, a, x, k),
    applyTransposed: (out, x, k) => sparseTransposeTimesDense(out, a, x, k),
  };
}

/** Aᵀ. Its ‖·‖₁ is estimated. */
export function transposedOperator(a: LinearOperator): LinearOperator {
  if (a.symmetric) return a;
  return estimated({
    rows: a.columns,
    columns: a.rows,
    symmetric: false,
    apply: (out, x, k) => a.applyTransposed(out, x, k),
    applyTransposed: (out, x, k) => a.apply(out, x, k),
  });
}

/** v ↦ Xᵀ(Xv): the matrix XᵀX of the notes, never written out. ‖XᵀX‖₁ is estimated. */
export function gramOperator(x: LinearOperator): LinearOperator {
  let between = new Float64Array(0);
  const apply = (out: Float64Array, v: Float64Array, k: number): void => {
    if (between.length !== x.rows * k) between = new Float64Array(x.rows * k);
    x.apply(between, v, k);
    x.applyTransposed(out, between, k);
  };
  const n = x.columns;
  return estimated({ rows: n, columns: n, symmetric: true, apply, applyTransposed: apply });
}

/**
 * X − 1μᵀ, whose columns have mean 0, without writing it out: (X − 1μᵀ)v = Xv − 1(μᵀv) and
 * (X − 1μᵀ)ᵀu = Xᵀu − μ(1ᵀu). A sparse X stays sparse. ‖X − 1μᵀ‖₁ is estimated.
 * @param means μ [columns]; left out, the means of X's columns.
 */
export function centredOperator(
  x: LinearOperator,
  means: Float64Array = columnMeans(x),
): LinearOperator {
  const { rows, columns } = x;
  checkLength('centredOperator', 'means', means, columns, 'columns');
  return estimated({
    rows,
    columns,
    symmetric: false,
    apply(out, v, k) {
      x.apply(out, v, k);
      const shift = new Float64Array(k);
      matmul(shift, means, v, 1, k, columns);
      for (let i = 0; i < rows; i++) for (let c = 0; c < k; c++) out[i * k + c]! -= shift[c]!;
    },
    applyTransposed(out, u, k) {
      x.applyTransposed(out, u, k);
      const total = new Float64Array(k);
      for (let i = 0; i < rows; i++) for (let c = 0; c < k; c++) total[c]! += u[i * k + c]!;
      for (let j = 0; j < columns; j++) {
        for (let c = 0; c < k; c++) out[j * k + c]! -= means[j]! * total[c]!;
      }
    },
  });
}

/** μ = Xᵀ1 / rows. @throws RangeError when X has no rows. */
export function columnMeans(x: LinearOperator): Float64Array {
  checkSize('columnMeans', 'rows', x.rows, 1);
  const means = new Float64Array(x.columns);
  x.applyTransposed(means, new Float64Array(x.rows).fill(1), 1);
  for (let j = 0; j < means.length; j++) means[j]! /= x.rows;
  return means;
}

/** Adds `norm1`, estimated when it is first asked for. */
function estimated(a: Omit<LinearOperator, 'norm1'>): LinearOperator {
  let norm1: number | undefined;
  return {
    ...a,
    get norm1() {
      norm1 ??= estimateNorm1(a);
      return norm1;
    },
  };
}

function isSymmetric(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      // NaN counts as equal to NaN here: whether the entries are numbers is another question.
      const [left, right] = [a[i * n + j]!, a[j * n + i]!];
      if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return false;
    }
  }
  return true;
}

/** ‖A‖₁ of the matrix with these entries, entry p being in column `columnOf(p)`. */
function largestColumn(
  columns: number,
  values: Float64Array,
  columnOf: (p: number) => number,
): number {
  const sums = new Float64Array(columns);
  for (let p = 0; p < values.length; p++) sums[columnOf(p)]! += Math.abs(values[p]!);
  return sums.reduce((largest, value) => Math.max(largest, value), 0);
}
