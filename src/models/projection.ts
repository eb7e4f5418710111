import { Csr, centredOperator, finish, sparseOperator } from '../linalg/index.js';
import type { Embedding } from './embedding.js';
import { coordinates, principalComponents } from './principal-components.js';

/** Which words are projected, and into how many dimensions. */
export interface ProjectionOptions {
  /** Which words (default: all). The directions are those in which these words differ most. */
  readonly words?: readonly string[];
  /** Into how many dimensions (default 2). */
  readonly dimension?: number;
}

/**
 * What the notes want PCA for: to visualise points in ℝᵈ meaningfully. The words' vectors, scaled to
 * length 1 since similarity is a cosine, along the directions in which they vary most about their mean.
 * @returns coordinates [words, dimension]. One-hot vectors vary equally in all directions, so theirs are
 * as good as any.
 * @throws RangeError for a word that the embedding does not have, or more dimensions than it has
 */
export function project(embedding: Embedding, options: ProjectionOptions = {}): Float64Array {
  const { words = embedding.words, dimension = 2 } = options;
  const indices = words.map((word) => {
    const i = embedding.indexOf(word);
    if (i < 0) throw new RangeError(`project: "${word}" is not among the embedding's words`);
    return i;
  });
  const X = centredOperator(sparseOperator(unitRows(embedding, indices)));
  return coordinates(X, finish(principalComponents(X, dimension)));
}

/** The unit vectors of some words as rows; sparse, so that one-hot ones take one number each. */
function unitRows(embedding: Embedding, indices: readonly number[]): Csr {
  const rowStart = Int32Array.of(0, ...indices);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, i] of indices.entries()) {
    for (const [c, x] of embedding.unit(i).entries()) {
      if (x === 0) continue;
      columns.push(c);
      values.push(x);
    }
    rowStart[row + 1] = columns.length;
  }
  return new Csr(
    indices.length,
    embedding.dimension,
    rowStart,
    Int32Array.from(columns),
    Float64Array.from(values),
  );
}
