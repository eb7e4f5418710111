/**
 * The block power iteration: many vectors at once in place of one, Rayleigh–Ritz in place of deflation.
 *
 * The plain version goes from V to AV to A²V, forgets all but the last, and takes from its span the
 * vectors closest to eigenvectors. This one forgets nothing: it takes them from the span of all the blocks
 * (a block Krylov space), which costs no further product and takes about the square root of
 * the number of steps. When the basis is full, the
 * best Ritz vectors are kept and it goes on from there (thick restart: Wu and Simon 2000).
 */
import { checkSize } from './arguments.js';
import {
  checkEigenproblem,
  type EigenProgress,
  type Eigenpairs,
  rankOf,
  reportPairs,
  residualLimit,
  type Which,
} from './eigenpairs.js';
import { max, min } from './extrema.js';
import { KrylovBasis, type RitzPairs } from './krylov-basis.js';
import type { LinearOperator } from './linear-operator.js';
import { Random } from './random-stream.js';

export interface BlockPowerOptions {
  /** The largest eigenvalues by magnitude (if not given), or the largest as numbers. */
  readonly which?: Which;
  /** A residual may be this times |λ₁|; if not given, or when that is more, 10·n·ε·‖A‖₁. */
  readonly tolerance?: number;
  /** Vectors multiplied at a time; 8 if not given, 4 for k < 32. */
  readonly blockSize?: number;
  /** Vectors that the basis may hold, each n numbers; about 2k, or k + 64 if that is more, if not given. */
  readonly basisSize?: number;
  /** Products with A after which it ends, whatever has converged; 50,000 if not given. */
  readonly maxProducts?: number;
  readonly seed?: number;
}

/**
 * The k eigenpairs of a symmetric A that come first, by magnitude or as numbers. Works for repeated
 * eigenvalues, pairs ±λ, rank below k and the zero matrix; pairs that have not converged
 * after `maxProducts` are reported with their residuals.
 * @throws TypeError unless A is symmetric, RangeError unless 0 ≤ k ≤ n, Error when A is not finite.
 */
export function* blockPowerIteration(
  a: LinearOperator,
  k: number,
  options: BlockPowerOptions = {},
): Generator<EigenProgress, Eigenpairs> {
  checkEigenproblem('blockPowerIteration', a, k);
  const n = a.rows;
  const { which = 'magnitude', tolerance = 0, seed = 1 } = options;
  const blockSize = Math.min(n, options.blockSize ?? (k < 32 ? 4 : 8));
  const basisSize = Math.min(n, options.basisSize ?? Math.max(2 * k, k + 64) + blockSize);
  const { maxProducts = 50_000 } = options;
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw new RangeError(`blockPowerIteration: tolerance lies in [0, 1), but is ${tolerance}`);
  }
  checkSize('blockPowerIteration', 'maxProducts', maxProducts);
  checkSize('blockPowerIteration', 'blockSize', blockSize, Math.min(n, 1));
  checkSize('blockPowerIteration', 'basisSize', basisSize, Math.min(n, k + 3 * blockSize));

  const strict = residualLimit(a);
  const rank = (value: number): number => rankOf(value, which, strict);
  if (k === 0) return reportPairs(a, new Float64Array(0), 0, which, strict, 0, '');
  const basis = new KrylovBasis(a, basisSize, blockSize, new Random(seed, 'block power iteration'));
  const kept =
    k +
    Math.max(blockSize, Math.min(Math.floor(0.4 * (basisSize - k)), basisSize - k - 2 * blockSize));
  let products = 0;
  let converged = 0;
  let residual = Number.POSITIVE_INFINITY;
  let probed: Float64Array | undefined; // the ranks of the pairs when they were last probed
  const limitOf = (ritz: RitzPairs): number =>
    Math.max(strict, tolerance * largestMagnitude(ritz.values));
  const reportRitz = (ritz: RitzPairs, limit: number, reason: string): Eigenpairs => {
    const count = Math.min(k, ritz.values.length);
    const rows = basis.vectors(ritz, count);
    return reportPairs(a, rows, count, which, limit, products, reason);
  };
  const soFar = (): Eigenpairs => {
    const ritz = basis.ritz(rank, strict);
    return reportRitz(ritz, limitOf(ritz), 'the iteration was stopped');
  };

  for (;;) {
    while (basis.nextProducts > 0) {
      products += basis.nextProducts;
      basis.grow();
      yield { products, converged, residual, pairs: soFar };
    }
    const ritz = basis.ritz(rank, strict);
    const limit = limitOf(ritz);
    const wanted = ritz.residuals.subarray(0, k);
    converged = wanted.filter((r) => r <= limit).length;
    residual = max(wanted);
    const report = (reason: string): Eigenpairs => reportRitz(ritz, limit, reason);

    if (basis.complete) return report('');
    if (products >= maxProducts) {
      const state = `${converged} of ${k} pairs converged within ${maxProducts} products`;
      const distance = `the largest residual is ${residual.toPrecision(3)}, the limit ${limit.toPrecision(3)}`;
      return report(converged < k ? `${state}; ${distance}` : '');
    }
    // A block of b vectors meets at most b of the eigenvectors that share an eigenvalue. So where b values
    // agree, more like them may be missing, and the pairs are probed: the search goes on from a random
    // block orthogonal to all of them. If that brings up anything new, they are probed again.
    // (A Ritz value is as accurate as the square of its residual, so copies agree to about that.)
    const largest = largestMagnitude(ritz.values);
    const spread = 10 * Math.max(strict, largest > 0 ? limit * (limit / largest) : 0);
    const ranks = ritz.values.slice(0, k).map(rank);
    const news = probed === undefined || ranks.some((r, j) => r > probed![j]! + limit);
    if (converged < k || (probed !== undefined && !settled(ritz, k, rank, limit))) {
      basis.keep(ritz, kept);
    } else if (!news || !hasCluster(ritz.values.slice(0, k), blockSize, spread)) {
      return report('');
    } else {
      probed = ranks;
      basis.keep(ritz, k);
      basis.drawBlock();
    }
  }
}

/**
 * Whether the Ritz pair after the first k has come near enough to an eigenvector to show that it does not
 * outrank them.
 */
function settled(
  ritz: RitzPairs,
  k: number,
  rank: (value: number) => number,
  limit: number,
): boolean {
  const residual = ritz.residuals[k]!;
  return (
    residual <= Math.max(1e-3 * largestMagnitude(ritz.values.subarray(0, k)), limit) &&
    rank(ritz.values[k]!) + residual <= rank(ritz.values[k - 1]!) + limit
  );
}

/** Whether `count` of the values lie within `spread`. */
function hasCluster(values: Float64Array, count: number, spread: number): boolean {
  const ordered = values.sort();
  for (let j = 0; j + count <= ordered.length; j++) {
    if (ordered[j + count - 1]! - ordered[j]! <= spread) return true;
  }
  return false;
}

function largestMagnitude(values: Float64Array): number {
  return Math.max(max(values), -min(values));
}
