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
import { KrylovBasis, type RitzPairs } from './krylov-basis.js';
import type { LinearOperator } from './linear-operator.js';
import { Random } from './random-stream.js';
import { max, min } from './reduce.js';

export interface BlockPowerOptions {
  /** The largest eigenvalues by magnitude (if not given), or the largest as numbers. */
  readonly which?: Which;
  /** A residual may be this times |λ₁|; if not given, or when that is more, 10·n·ε·‖A‖₁. */
  readonly tolerance?: number;
  /** Vectors multiplied at a time; 8 if not given, 4 for k < 16. */
  readonly blockSize?: number;
  /** Vectors that the basis may hold, each n numbers; about 2k if not given. */
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
  const blockSize = Math.min(n, options.blockSize ?? (k < 16 ? 4 : 8));
  const basisSize = Math.min(n, options.basisSize ?? Math.max(2 * k, k + 32) + blockSize);
  const maxProducts = options.maxProducts ?? 50_000;
  checkSize('blockPowerIteration', 'blockSize', blockSize, Math.min(n, 1));
  checkSize('blockPowerIteration', 'basisSize', basisSize, Math.min(n, k + 2 * blockSize));

  const strict = residualLimit(a);
  const rank = (value: number): number => rankOf(value, which, strict);
  if (k === 0) return reportPairs(a, new Float64Array(0), 0, which, strict, 0, '');
  const basis = new KrylovBasis(a, basisSize, blockSize, new Random(seed, 'block power iteration'));
  let products = 0;
  let converged = 0;
  let residual = Number.POSITIVE_INFINITY;
  let lastRankProbed: number | undefined;
  const limitOf = (ritz: RitzPairs): number =>
    Math.max(strict, tolerance * largestMagnitude(ritz.values));
  const reportRitz = (ritz: RitzPairs, limit: number, reason: string): Eigenpairs => {
    const count = Math.min(k, ritz.values.length);
    const rows = basis.vectors(ritz, count);
    return reportPairs(a, rows, count, which, limit, products, reason);
  };
  const soFar = (): Eigenpairs => {
    const ritz = basis.ritz(rank);
    return reportRitz(ritz, limitOf(ritz), 'the iteration was stopped');
  };

  for (;;) {
    while (basis.nextProducts > 0) {
      products += basis.nextProducts;
      basis.grow();
      yield { products, converged, residual, pairs: soFar };
    }
    const ritz = basis.ritz(rank);
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
    // What was found must be probed if as many eigenvalues as a block has vectors are one and the same,
    // and once more if probing brought up something new.
    const lastRank = rank(ritz.values[k - 1]!);
    const news = lastRankProbed === undefined || lastRank > lastRankProbed + limit;
    const suspicious = news && hasCluster(ritz.values.slice(0, k), blockSize, 10 * limit);
    const probing = lastRankProbed !== undefined;
    const nextRank = rank(ritz.values[k]!) + ritz.residuals[k]!;
    if (converged < k || (probing && nextRank > lastRank + limit)) {
      basis.keep(ritz, Math.min(k + Math.floor(0.4 * (basisSize - k)), basisSize - 2 * blockSize));
    } else if (!suspicious) {
      return report('');
    } else {
      lastRankProbed = lastRank;
      basis.keep(ritz, k);
      basis.drawBlock();
    }
  }
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
