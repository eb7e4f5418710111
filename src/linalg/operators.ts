import { checkApart, checkLength, checkSize } from './arguments.js';
import { estimateNorm1, type LinearOperator } from './linear-operator.js';
import { matmul } from './matmul.js';
import { allocate, inMemory, release } from './memory.js';
import type { Csr } from './sparse.js';
import { sparseTimesDense, sparseTransposeTimesDense } from './sparse-kernels.js';
import { transposeTo } from './transposed.js';

/**
 * A dense matrix [rows, columns], row-major; `symmetric` if it equals its transpose exactly. Where `a` does not lie
 * in the memory of `allocate`, the first product copies it there: change it no more.
 *
 * X has few columns and many rows, so it is turned round: out = A·X is written as outᵀ = Xᵀ·Aᵀ, whose loops
 * run along rows that are long.
 */
export function denseOperator(a: Float64Array, rows: number, columns: number): LinearOperator {
  checkSize('denseOperator', 'rows', rows);
  checkSize('denseOperator', 'columns', columns);
  checkLength('denseOperator', 'a', a, rows * columns, 'rows·columns');
  const symmetric = rows === columns && isSymmetric(a, rows);
  let near: Float64Array | undefined;
  let xRows: Float64Array = new Float64Array(0);
  let outRows: Float64Array = new Float64Array(0);

  /** out [n, k] = op(A)·X, where Xᵀ·op(A)ᵀ takes B = A as it lies (`asStored`) or transposed. */
  const multiply = (out: Float64Array, x: Float64Array, k: number, asStored: boolean): void => {
    const [from, to] = asStored ? [rows, columns] : [columns, rows];
    checkSize('denseOperator', 'k', k);
    checkLength('denseOperator', 'x', x, from * k, asStored ? 'rows·k' : 'columns·k');
    checkLength('denseOperator', 'out', out, to * k, asStored ? 'columns·k' : 'rows·k');
    checkApart('denseOperator', out, 'x', x);
    near ??= inMemory(a);
    // A symmetric A is its own transpose, and is fastest read along its rows.
    const options = { transposeB: !(asStored || symmetric) };
    if (k === 1) {
      matmul(out, x, near, 1, to, from, options);
      return;
    }
    xRows = sized(xRows, from * k);
    outRows = sized(outRows, to * k);
    transposeTo(xRows, x, from, k);
    matmul(outRows, xRows, near, k, to, from, options);
    transposeTo(out, outRows, k, to);
  };
  return {
    rows,
    columns,
    symmetric,
    norm1: largestColumn(columns, a, (p) => p % columns),
    apply: (out, x, k) => multiply(out, x, k, false),
    applyTransposed: (out, x, k) => multiply(out, x, k, true),
  };
}

/** The buffer itself where it has the length, a new one otherwise. */
function sized(buffer: Float64Array, length: number): Float64Array {
  if (buffer.length === length) return buffer;
  release(buffer);
  return allocate(length);
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
