import { Csr } from '../linalg/index.js';
import type { Source } from './source.js';

/** What a word is shown as: the company it keeps, or its number alone. */
export type Inputs = 'context' | 'one-hot';

/**
 * The rows that an encoder reads, [V, d], sparse.
 *
 * 'context': row i is PPMI of word i with the `contexts` most frequent words, scaled to the length
 * `scale`: words in like company have like rows. 'one-hot': row i is the i-th unit vector, and every two
 * words are √2 apart.
 */
export function inputRows(source: Source, inputs: Inputs, contexts: number, scale = 10): Csr {
  if (inputs === 'one-hot') return identity(source.size);
  const rows = firstColumns(source.matrix('ppmi'), Math.min(contexts, source.size));
  return rows.scaleRows(rowLengths(rows).map((length) => (length > 0 ? scale / length : 0)));
}

function identity(n: number): Csr {
  const count = Int32Array.from({ length: n + 1 }, (_, i) => i);
  return new Csr(n, n, count, count.slice(0, n), new Float64Array(n).fill(1));
}

/** The first columns of a matrix, [rows, count]. */
function firstColumns(matrix: Csr, count: number): Csr {
  const rowStart = new Int32Array(matrix.rows + 1);
  const kept: number[] = [];
  for (let i = 0; i < matrix.rows; i++) {
    for (let p = matrix.rowStart[i]!; p < matrix.rowStart[i + 1]!; p++) {
      if (matrix.columnIndex[p]! < count) kept.push(p);
    }
    rowStart[i + 1] = kept.length;
  }
  const columnIndex = Int32Array.from(kept, (p) => matrix.columnIndex[p]!);
  const values = Float64Array.from(kept, (p) => matrix.values[p]!);
  return new Csr(matrix.rows, count, rowStart, columnIndex, values);
}

/** ‖row‖₂ of each row. */
export function rowLengths(matrix: Csr): Float64Array {
  return matrix
    .map((value) => value * value)
    .rowSums()
    .map(Math.sqrt);
}
