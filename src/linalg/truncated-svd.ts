import { checkSize } from './arguments.js';
import type { EigenProgress } from './eigenpairs.js';
import { rangeError } from './errors.js';
import { type LanczosOptions, lanczos } from './lanczos.js';
import type { LinearOperator } from './linear-operator.js';
import { matmul } from './matmul.js';
import { gramOperator, transposedOperator } from './operators.js';
import { thinQr } from './orthogonalise.js';
import { norm2 } from './reduce.js';
import { fixSigns, negateColumn } from './signs.js';
import { svd } from './svd.js';

/** The k largest singular values of A [m, n] and their vectors: A·v = σu, Aᵀ·u = σv. */
export interface TruncatedSvd {
  /** [m, k], row-major: column j is the left vector of `values[j]`. */
  readonly u: Float64Array;
  /** [k]: largest first. */
  readonly values: Float64Array;
  /** [n, k]. */
  readonly v: Float64Array;
  /** √(‖A·v − σu‖² + ‖Aᵀ·u − σv‖²) of each, measured on the vectors as they are returned. */
  readonly residuals: Float64Array;
  /** How many eigenpairs of the smaller of AᵀA and AAᵀ have converged. */
  readonly converged: number;
  /** Products with A; as many again were made with Aᵀ. */
  readonly products: number;
  /** Why some have not converged; '' when all have. */
  readonly reason: string;
}

/**
 * The truncated singular value decomposition, by Lanczos on the smaller of AᵀA and AAᵀ, then
 * the exact decomposition of A on the subspace found. Singular values below about √ε·σ₁ drown in the
 * squares: they come out as small, but their vectors are not to be trusted (see `residuals`).
 * @throws RangeError unless 0 ≤ k ≤ min(m, n), Error when A is not finite.
 */
export function* truncatedSvd(
  a: LinearOperator,
  k: number,
  options: Omit<LanczosOptions, 'which'> = {},
): Generator<EigenProgress, TruncatedSvd> {
  checkSize('truncatedSvd', 'k', k);
  if (k > Math.min(a.rows, a.columns)) {
    throw rangeError(`truncatedSvd: a ${a.rows} × ${a.columns} matrix has no ${k} singular values`);
  }
  if (a.rows < a.columns) {
    const { u, v, ...rest } = yield* truncatedSvd(transposedOperator(a), k, options);
    return { u: v, v: u, ...rest };
  }
  const [m, n] = [a.rows, a.columns];
  const gram = yield* lanczos(gramOperator(a), k, { ...options, which: 'algebraic' });

  // A·W = Q·R and R = U₁ΣV₁ᵀ give A·(W·V₁) = (Q·U₁)·Σ.
  const image = new Float64Array(m * k);
  a.apply(image, gram.vectors, k);
  const { q, r } = thinQr(image, m, k);
  const inner = svd(r, k, k);
  const u = new Float64Array(m * k);
  const v = new Float64Array(n * k);
  matmul(u, q, inner.u, m, k, k);
  matmul(v, gram.vectors, inner.v, n, k, k);
  for (const [j, turned] of fixSigns(v, n, k).entries()) if (turned) negateColumn(u, m, k, j);
  const left = leftOver(m, k, u, inner.values, (out) => a.apply(out, v, k));
  const right = leftOver(n, k, v, inner.values, (out) => a.applyTransposed(out, u, k));
  return {
    u,
    values: inner.values,
    v,
    residuals: left.map((residual, j) => norm2(Float64Array.of(residual, right[j]!))),
    converged: gram.converged,
    products: gram.products + 2 * k,
    reason: gram.reason,
  };
}

/** ‖(what `multiply` writes) − x·diag(values)‖ of each column. */
function leftOver(
  rows: number,
  k: number,
  x: Float64Array,
  values: Float64Array,
  multiply: (out: Float64Array) => void,
): Float64Array {
  const rest = new Float64Array(rows * k);
  multiply(rest);
  for (let p = 0; p < rest.length; p++) rest[p]! -= values[p % k]! * x[p]!;
  return Float64Array.from({ length: k }, (_, j) => norm2(rest, j, rows, k));
}
