import { apply, kernelOf, type Node, type Op, ShapeError } from '../graph/index.js';
import {
  type Csr,
  filling,
  formatShape,
  sparseRowsTimesDense,
  sparseRowsTransposeTimesDense,
  sparseTimesDense,
  sparseTransposeTimesDense,
} from '../linalg/index.js';

import { type Indices, indexNode } from './indexing.js';

/** Nanoseconds, roughly, that a row of S·X takes: 0.4 for each product of two numbers. */
const rowCost = (S: Csr, k: number): number => (0.4 * k * S.nonZeros) / S.rows;

/** Y = S·X or Sᵀ·X for a sparse matrix S that is a constant of the graph. */
const sparseMatmulOp = (S: Csr, transpose: boolean): Op => ({
  name: 'sparseMatmul',
  formula: `Y = S${transpose ? '^\\top' : ''} X`,
  slots: ['X'],
  settings: { rows: S.rows, columns: S.columns, transpose },
  shape: (X) => {
    const [rows, columns] = transpose ? [S.columns, S.rows] : [S.rows, S.columns];
    if (X.length === 2 && X[0] === columns) return [rows, X[1]!];
    throw new ShapeError(
      `the sparse matrix is ${formatShape([rows, columns])} as used, so X has the shape [${columns}, k]`,
    );
  },
  kernel: ({ data: y, shape: [, k] }, { data: x }) => {
    if (transpose) return sparseTransposeTimesDense.on(y, S, x, k!);
    return kernelOf(sparseTimesDense.on(y, S, x, k!), S.rows, rowCost(S, k!));
  },
  vjp: (dY) => [() => sparseMatmul(S, dY, { transpose: !transpose })],
});

/** Y = S[rows]·X: of S·X only the rows chosen at each run. Its adjoint is the product with S[rows]ᵀ. */
const sparseRowsMatmulOp = (S: Csr): Op => ({
  name: 'sparseRowsMatmul',
  formula: 'y_i = S_{k_i} X',
  slots: ['index', 'X'],
  settings: { rows: S.rows, columns: S.columns },
  shape: (index, X) => {
    if (index.length === 1 && X.length === 2 && X[0] === S.columns) return [index[0]!, X[1]!];
    throw new ShapeError(`the index has the shape [n] and X the shape [${S.columns}, k]`);
  },
  kernel: ({ data: y, shape: [, k] }, { data: index }, { data: x }) =>
    kernelOf(sparseRowsTimesDense.on(y, S, index, x, k!), index.length, rowCost(S, k!)),
  vjp: (dY, _Y, index) => [null, () => apply(sparseRowsTransposeMatmulOp(S), index, dY)],
});

/** Y = S[rows]ᵀ·X. */
const sparseRowsTransposeMatmulOp = (S: Csr): Op => ({
  name: 'sparseRowsTransposeMatmul',
  formula: 'Y = \\textstyle\\sum_i S_{k_i}^\\top x_i',
  slots: ['index', 'X'],
  settings: { rows: S.rows, columns: S.columns },
  shape: (index, X) => {
    if (index.length === 1 && X.length === 2 && X[0] === index[0]) return [S.columns, X[1]!];
    throw new ShapeError('the index has the shape [n] and X the shape [n, k]');
  },
  kernel: ({ data: y, shape: [, k] }, { data: index }, { data: x }) =>
    sparseRowsTransposeTimesDense.on(y, S, index, x, k!),
  vjp: (dY, _Y, index) => [null, () => apply(sparseRowsMatmulOp(S), index, dY)],
});

/** Rows of a sparse matrix, written out. */
const sparseRowsOp = (S: Csr): Op => ({
  name: 'sparseRows',
  formula: 'y_i = S_{k_i}',
  slots: ['index'],
  settings: { rows: S.rows, columns: S.columns },
  shape: (index) => [...index, S.columns],
  kernel: ({ data: y }, { data: index }) => {
    const clear = filling(y, 0);
    return () => {
      clear(0, y.length);
      for (let i = 0; i < index.length; i++) {
        const row = index[i]!;
        const end = S.rowStart[row + 1]!;
        for (let p = S.rowStart[row]!; p < end; p++) {
          y[i * S.columns + S.columnIndex[p]!] = S.values[p]!;
        }
      }
    };
  },
  vjp: () => [null],
});

/**
 * S·X for a sparse matrix S (a constant) and X [columns, k]; Sᵀ·X with `transpose`. In time proportional
 * to the non-zeros of S times k.
 */
export function sparseMatmul(S: Csr, X: Node, options: { transpose?: boolean } = {}): Node {
  return apply(sparseMatmulOp(S, options.transpose ?? false), X);
}

/** Rows of a sparse matrix as dense ones, [...] → [..., columns], chosen at each run. No gradient. */
export function sparseRows(S: Csr, index: Indices): Node {
  return apply(sparseRowsOp(S), indexNode('sparseRows', index, S.rows));
}

/**
 * S[rows]·X, [n] and [columns, k] → [n, k]: what `matmul(sparseRows(S, index), X)` gives, in time
 * proportional to the non-zeros of the chosen rows times k. The gradient goes to X.
 */
export function sparseRowsMatmul(S: Csr, index: Indices, X: Node): Node {
  return apply(sparseRowsMatmulOp(S), indexNode('sparseRowsMatmul', index, S.rows), X);
}
