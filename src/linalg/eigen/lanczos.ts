/**
 * Lanczos: the power iteration that forgets nothing.
 *
 * The plain version goes from v to Av to A²v and keeps the last; the block version goes from V to AV and keeps
 * the best of the two. This one keeps all of them, a Krylov space, and takes from its span the vectors closest to
 * eigenvectors. That costs no further product, and takes about the square root of the number of steps:
 * the best polynomial in A of degree d in place of Aᵈ (Lanczos 1950; Kaniel, Paige and Saad on why).
 * When the basis is full, its best Ritz vectors are kept and it goes on from there.
 */
import { Random } from '../random/random-stream.js';
import {
  checkEigenproblem,
  type EigenProgress,
  type Eigenpairs,
  rankOf,
  reportPairs,
  residualLimit,
  type Which,
} from './eigenpairs.js';
import { KrylovBasis } from './krylov-basis.js';
import { type KrylovOptions, krylovOptions } from './krylov-options.js';
import type { LinearOperator } from './linear-operator.js';
import type { RitzPairs } from './ritz.js';
import { limitOf, type ThickRestart, thickRestart } from './thick-restart.js';

/** Which eigenpairs are looked for, how exactly, and at what price. */
export interface LanczosOptions extends KrylovOptions {
  /** The largest eigenvalues by magnitude (if not given), or the largest as numbers. */
  readonly which?: Which;
}

/**
 * The k eigenpairs of a symmetric A that come first, by magnitude or as numbers, by block Lanczos with full
 * reorthogonalisation and thick restarts. Works for repeated eigenvalues, pairs ±λ, rank below k and the zero
 * matrix; pairs that have not converged after `maxProducts` are reported with their residuals.
 * @throws TypeError unless A is symmetric, RangeError unless 0 ≤ k ≤ n, Error when A is not finite.
 */
export function* lanczos(
  a: LinearOperator,
  k: number,
  options: LanczosOptions = {},
): Generator<EigenProgress, Eigenpairs> {
  checkEigenproblem('lanczos', a, k);
  const n = a.rows;
  const { which = 'magnitude' } = options;
  const given = krylovOptions('lanczos', n, k, options);
  const limit = residualLimit(a);
  if (k === 0) return reportPairs(a, new Float64Array(0), 0, which, limit, 0, '');
  const rank = (value: number): number => rankOf(value, which, limit);
  const search: ThickRestart = { ...given, n, k, rank, limit };
  const random = new Random(given.seed, 'lanczos');
  const basis = new KrylovBasis(a, given.basisSize, given.blockSize, random);
  const report = (ritz: RitzPairs, products: number, reason: string): Eigenpairs => {
    const count = Math.min(k, ritz.values.length);
    const rows = basis.vectors(ritz, count);
    return reportPairs(a, rows, count, which, limitOf(search, ritz), products, reason);
  };

  let result: Eigenpairs | undefined;
  const restarts = thickRestart(basis, search);
  for (;;) {
    const { value, done } = restarts.next();
    if (done) {
      result = report(value.ritz, value.products, value.reason);
      basis.release();
      return result;
    }
    const pairs = (): Eigenpairs =>
      result ?? report(basis.ritz(rank, limit), value.products, 'the iteration was stopped');
    yield { ...value, pairs };
  }
}
