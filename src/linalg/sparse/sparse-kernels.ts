/**
 * Products with a sparse matrix. The order is that of a dense product from which the zeros have been
 * struck: s = +0, then s += a·x for ascending columns (for Aᵀ: ascending rows). Allocation-free.
 *
 * The loops are the definition; where all arrays lie in the memory, as a `Csr`'s do, twins in WebAssembly run.
 */
import { checkLength, checkSize } from '../arguments.js';
import { filling } from '../kernels/copy.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { share } from '../threads.js';
import { type CompressedRows, checkOperands } from './compressed.js';
import { sparseTwin } from './sparse-twin.js';

/** A product by rows: the pieces are the rows of the result. */
export interface VectorProduct {
  (out: Float64Array, a: CompressedRows, x: Float64Array): void;
  on(out: Float64Array, a: CompressedRows, x: Float64Array): Stretch;
}

/** Y = A·X for a dense X of k columns. */
export interface DenseProduct {
  (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): void;
  on(out: Float64Array, a: CompressedRows, x: Float64Array, k: number): Stretch;
}

/** A product with Aᵀ, whose rows meet in the same elements of the result: it is done in one piece. */
export interface TransposedVectorProduct {
  (out: Float64Array, a: CompressedRows, x: Float64Array): void;
  on(out: Float64Array, a: CompressedRows, x: Float64Array): () => void;
}

/** Y = Aᵀ·X for a dense X of k columns, in one piece. */
export interface TransposedDenseProduct {
  (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): void;
  on(out: Float64Array, a: CompressedRows, x: Float64Array, k: number): () => void;
}

function timesVector(
  out: Float64Array,
  { rowStart, columnIndex, values }: CompressedRows,
  x: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    let s = 0;
    for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) s += values[p]! * x[columnIndex[p]!]!;
    out[i] = s;
  }
}

function transposeTimesVector(
  out: Float64Array,
  { rows, rowStart, columnIndex, values }: CompressedRows,
  x: Float64Array,
): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    const xi = x[i]!;
    for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) out[columnIndex[p]!]! += values[p]! * xi;
  }
}

function timesDense(
  out: Float64Array,
  { rowStart, columnIndex, values }: CompressedRows,
  x: Float64Array,
  k: number,
  from: number,
  to: number,
): void {
  out.fill(0, from * k, to * k);
  for (let i = from; i < to; i++) {
    for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[i * k + c]! += v * x[q + c]!;
    }
  }
}

function transposeTimesDense(
  out: Float64Array,
  { rows, rowStart, columnIndex, values }: CompressedRows,
  x: Float64Array,
  k: number,
): void {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) {
      const v = values[p]!;
      const q = columnIndex[p]! * k;
      for (let c = 0; c < k; c++) out[q + c]! += v * x[i * k + c]!;
    }
  }
}

/** What a row costs with one vector, in nanoseconds, roughly. */
const costOfRow = ({ rows, values }: CompressedRows): number => values.length / rows;

/**
 * out = A·x for x [columns], out [rows].
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with a factor.
 */
export const sparseTimesVector: VectorProduct = Object.assign(
  (out: Float64Array, a: CompressedRows, x: Float64Array): void => {
    share(sparseTimesVector.on(out, a, x), a.rows, costOfRow(a));
  },
  {
    on: (out: Float64Array, a: CompressedRows, x: Float64Array): Stretch => {
      checkLength('sparseTimesVector', 'x', x, a.columns, 'columns');
      checkLength('sparseTimesVector', 'out', out, a.rows, 'rows');
      checkOperands('sparseTimesVector', out, a, x);
      const found = sparseTwin('sparseTimesVector', out, a, x);
      if (!found) return (from, to) => timesVector(out, a, x, from, to);
      const { twin, at } = found;
      const [y, starts, columns, values, vector] = at;
      return stretchOf((from, to) => twin(y, starts, columns, values, vector, from, to), {
        kernel: 'sparseTimesVector',
        given: at,
        arrays: [out, a.rowStart, a.columnIndex, a.values, x],
      });
    },
  },
);

/**
 * out = Aᵀ·x for x [rows], out [columns], without writing Aᵀ out.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with a factor.
 */
export const sparseTransposeTimesVector: TransposedVectorProduct = Object.assign(
  (out: Float64Array, a: CompressedRows, x: Float64Array): void => {
    sparseTransposeTimesVector.on(out, a, x)();
  },
  {
    on: (out: Float64Array, a: CompressedRows, x: Float64Array): (() => void) => {
      checkLength('sparseTransposeTimesVector', 'x', x, a.rows, 'rows');
      checkLength('sparseTransposeTimesVector', 'out', out, a.columns, 'columns');
      checkOperands('sparseTransposeTimesVector', out, a, x);
      const found = sparseTwin('sparseTransposeTimesVector', out, a, x);
      if (!found) return () => transposeTimesVector(out, a, x);
      const [y, starts, columns, values, vector] = found.at;
      const clear = filling(out, 0);
      return () => {
        clear(0, out.length);
        found.twin(y, starts, columns, values, vector, 0, a.rows);
      };
    },
  },
);

/**
 * out = A·X for X [columns, k] and out [rows, k], row-major.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with a factor.
 */
export const sparseTimesDense: DenseProduct = Object.assign(
  (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): void => {
    share(sparseTimesDense.on(out, a, x, k), a.rows, k * costOfRow(a));
  },
  {
    on: (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): Stretch => {
      checkSize('sparseTimesDense', 'k', k);
      checkLength('sparseTimesDense', 'x', x, a.columns * k, 'columns·k');
      checkLength('sparseTimesDense', 'out', out, a.rows * k, 'rows·k');
      checkOperands('sparseTimesDense', out, a, x);
      const found = sparseTwin('sparseTimesDense', out, a, x);
      if (!found) return (from, to) => timesDense(out, a, x, k, from, to);
      const { twin, at } = found;
      const [y, starts, columns, values, dense] = at;
      return stretchOf((from, to) => twin(y, starts, columns, values, dense, k, from, to), {
        kernel: 'sparseTimesDense',
        given: [...at, k],
        arrays: [out, a.rowStart, a.columnIndex, a.values, x],
      });
    },
  },
);

/**
 * out = Aᵀ·X for X [rows, k] and out [columns, k], row-major, without writing Aᵀ out.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with a factor.
 */
export const sparseTransposeTimesDense: TransposedDenseProduct = Object.assign(
  (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): void => {
    sparseTransposeTimesDense.on(out, a, x, k)();
  },
  {
    on: (out: Float64Array, a: CompressedRows, x: Float64Array, k: number): (() => void) => {
      checkSize('sparseTransposeTimesDense', 'k', k);
      checkLength('sparseTransposeTimesDense', 'x', x, a.rows * k, 'rows·k');
      checkLength('sparseTransposeTimesDense', 'out', out, a.columns * k, 'columns·k');
      checkOperands('sparseTransposeTimesDense', out, a, x);
      const found = sparseTwin('sparseTransposeTimesDense', out, a, x);
      if (!found) return () => transposeTimesDense(out, a, x, k);
      const [y, starts, columns, values, dense] = found.at;
      const clear = filling(out, 0);
      return () => {
        clear(0, out.length);
        found.twin(y, starts, columns, values, dense, k, 0, a.rows);
      };
    },
  },
);
