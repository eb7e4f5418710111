import { checkSize } from '../arguments.js';
import { checkTolerance } from './eigenpairs.js';

/** How exactly pairs are looked for in a Krylov space, and at what price. */
export interface KrylovOptions {
  /** A residual may be this times |λ₁|; if not given, or when that is more, 10·n·ε·‖A‖₁. */
  readonly tolerance?: number;
  /**
   * Vectors multiplied at a time; 2 if not given, 8 for k ≥ 32. With 1, each product does the most for convergence;
   * with more, A is read once for all of them, and repeated eigenvalues are seen.
   */
  readonly blockSize?: number;
  /** Vectors that the basis may hold, each n numbers; about 2k, or k + 64 if that is more, if not given. */
  readonly basisSize?: number;
  /** Products with A after which it ends, whatever has converged; 50,000 if not given. */
  readonly maxProducts?: number;
  /** Seed of the start vectors; 1 if not given. */
  readonly seed?: number;
}

/** The options for k pairs of vectors of n numbers, with what was not given. @throws RangeError on what cannot be. */
export function krylovOptions(
  kernel: string,
  n: number,
  k: number,
  options: KrylovOptions,
): Required<KrylovOptions> {
  const { tolerance = 0, seed = 1, maxProducts = 50_000 } = options;
  const blockSize = Math.min(n, options.blockSize ?? (k < 32 ? 2 : 8));
  const basisSize = Math.min(n, options.basisSize ?? Math.max(2 * k, k + 64) + blockSize);
  checkTolerance(kernel, tolerance);
  checkSize(kernel, 'maxProducts', maxProducts);
  checkSize(kernel, 'blockSize', blockSize, Math.min(n, 1));
  checkSize(kernel, 'basisSize', basisSize, Math.min(n, k + 3 * blockSize));
  return { tolerance, blockSize, basisSize, maxProducts, seed };
}
