import { checkLength, checkSize } from '../arguments.js';
import { matmul } from '../matmul/matmul.js';
import { allocate } from '../memory.js';
import type { Csr } from '../sparse/sparse.js';
import { sparseTimesDense, sparseTransposeTimesDense } from '../sparse/sparse-kernels.js';
import { denseOperator, sized } from './dense-operator.js';
import { estimateNorm1, type Gram, type LinearOperator } from './linear-operator.js';

/** A sparse matrix. */
export function sparseOperator(a: Csr): LinearOperator {
  return {
    rows: a.rows,
    columns: a.columns,
    symmetric: a.isSymmetric(),
    norm1: largestColumn(a),
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

/** Up to this many columns, XᵀX is written out where X can do that. */
const FEW_COLUMNS = 1024;

/**
 * The matrix XᵀX of the notes. Of a dense X with few columns, no more of them than rows, it is written out with the
 * first product: that costs about as much as a hundred products with X and Xᵀ, and each one after it next to nothing.
 * Of others it never is: v ↦ Xᵀ(Xv), and ‖XᵀX‖₁ is estimated.
 */
export function gramOperator(x: LinearOperator): LinearOperator {
  if (x.gram && x.columns <= Math.min(x.rows, FEW_COLUMNS)) return writtenGram(x, x.gram);
  let between: Float64Array = new Float64Array(0);
  const apply = (out: Float64Array, v: Float64Array, k: number): void => {
    between = sized(between, x.rows * k);
    x.apply(between, v, k);
    x.applyTransposed(out, between, k);
  };
  const n = x.columns;
  return estimated({ rows: n, columns: n, symmetric: true, apply, applyTransposed: apply });
}

function writtenGram({ columns: n }: LinearOperator, write: Gram): LinearOperator {
  let written: LinearOperator | undefined;
  const gram = (): LinearOperator => {
    if (written === undefined) {
      const product = allocate(n * n);
      write(product);
      written = denseOperator(product, n, n);
    }
    return written;
  };
  return {
    rows: n,
    columns: n,
    symmetric: true,
    get norm1() {
      return gram().norm1;
    },
    apply: (out, v, k) => gram().apply(out, v, k),
    applyTransposed: (out, v, k) => gram().apply(out, v, k),
  };
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
  const gram: Gram = (out, more) => x.gram!(out, more ? means.map((m, j) => m + more[j]!) : means);
  return estimated({
    ...(x.gram && { gram }),
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
  const sums = new Float64Array(x.columns);
  x.applyTransposed(sums, new Float64Array(x.rows).fill(1), 1);
  return sums.map((sum) => sum / x.rows);
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

/** ‖A‖₁ of a sparse matrix. */
function largestColumn({ columns, values, columnIndex }: Csr): number {
  const sums = new Float64Array(columns);
  for (const [p, value] of values.entries()) sums[columnIndex[p]!]! += Math.abs(value);
  return sums.reduce((largest, value) => Math.max(largest, value), 0);
}
