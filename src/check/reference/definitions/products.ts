import type { Definition } from '../definition.js';
import { broadcastOf, Tensor } from '../tensor.js';
import { range, total } from './support.js';

/** Which factors of a product of matrices are taken with their last two axes swapped. */
export interface Transposed {
  /** Aᵀ in place of A. */
  readonly transposeA?: boolean;
  /** Bᵀ in place of B. */
  readonly transposeB?: boolean;
}

/** The last two axes swapped. */
function swapped<T>(x: Tensor<T>): Tensor<T> {
  const [m, n] = x.shape.slice(-2);
  return Tensor.make([...x.shape.slice(0, -2), n!, m!], (index) =>
    x.at([...index.slice(0, -2), index.at(-1)!, index.at(-2)!]),
  );
}

/** Cᵢⱼ = Σₖ Aᵢₖ Bₖⱼ over the last two axes; those in front are a batch, and broadcast. */
export function matmul({ transposeA = false, transposeB = false }: Transposed = {}): Definition {
  return (A, left, right) => {
    const a = transposeA ? swapped(left) : left;
    const b = transposeB ? swapped(right) : right;
    const batch = broadcastOf(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (!batch) throw new RangeError(`no product of [${left.shape}] and [${right.shape}]`);
    return Tensor.make([...batch, a.shape.at(-2)!, b.shape.at(-1)!], (index) => {
      const [i, j] = index.slice(-2) as [number, number];
      const at = index.slice(0, -2);
      const inner = range(a.shape.at(-1)!);
      return total(
        A,
        inner.map((k) => A.mul(a.at([...at, i, k]), b.at([...at, k, j]))),
      );
    });
  };
}

/** S·X, or Sᵀ·X, with the sparse matrix written out. */
export function sparseMatmul(
  S: Tensor,
  { transpose = false }: { readonly transpose?: boolean } = {},
): Definition {
  const multiply = matmul({ transposeA: transpose });
  return (A, X) => multiply(A, S.map(A.of), X);
}

/** Rows of S, [...] → [..., columns]. */
export function sparseRows(S: Tensor, index: Tensor): Definition {
  return (A) =>
    Tensor.make([...index.shape, S.shape[1]!], (at) =>
      A.of(S.at([index.at(at.slice(0, -1)), at.at(-1)!])),
    );
}

/** S[rows]·X */
export function sparseRowsMatmul(S: Tensor, index: Tensor): Definition {
  const rows = sparseRows(S, index);
  const multiply = matmul();
  return (A, X) => multiply(A, rows(A), X);
}
