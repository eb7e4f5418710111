/**
 * How a basis of bounded size is made to converge, whatever it is a basis of: grow it, look at its Ritz pairs,
 * and if they are not good enough start again from the best of them (thick restart: Wu and Simon 2000).
 */
import { max } from '../kernels/extrema.js';
import { largestMagnitude, type RitzBasis, type RitzPairs } from './ritz.js';

export interface ThickRestart {
  /** Numbers in a vector. */
  readonly n: number;
  /** Pairs wanted. */
  readonly k: number;
  readonly blockSize: number;
  readonly basisSize: number;
  readonly maxProducts: number;
  /** What values are sorted by, largest first. */
  readonly rank: (value: number) => number;
  /** What the stopping rule allows a residual to be. */
  readonly limit: number;
  /** A residual may also be this times the largest magnitude. */
  readonly tolerance: number;
}

export interface ThickProgress {
  readonly products: number;
  readonly converged: number;
  readonly residual: number;
}

export interface ThickOutcome<Pairs> {
  readonly ritz: Pairs;
  readonly limit: number;
  readonly products: number;
  /** '' when all k have converged. */
  readonly reason: string;
}

/** What a residual may be, by the stopping rule and the tolerance. */
export function limitOf({ limit, tolerance }: ThickRestart, { values }: RitzPairs): number {
  return Math.max(limit, tolerance * largestMagnitude(values));
}

/** Drives the basis until its first k Ritz pairs have converged, yielding after each block of products. */
export function* thickRestart<Pairs extends RitzPairs>(
  basis: RitzBasis<Pairs>,
  options: ThickRestart,
): Generator<ThickProgress, ThickOutcome<Pairs>> {
  const { n, k, blockSize, basisSize, maxProducts, rank, limit: strict } = options;
  const room = basisSize - k;
  const kept = k + Math.max(blockSize, Math.min(Math.floor(0.4 * room), room - 2 * blockSize));
  let products = 0;
  let converged = 0;
  let residual = Number.POSITIVE_INFINITY;
  let probed: Float64Array | undefined; // the ranks of the pairs when they were last probed

  for (;;) {
    // To look at the Ritz pairs takes time like size³, a product and its orthogonalisation like size·n at the least. The
    // basis grows by so much between two looks that the products take most of the time. (And not too soon: of a repeated
    // eigenvalue the first block has exact vectors already, when it knows nothing yet of larger ones.)
    const { size } = basis;
    const look = Math.max(k + 3 * blockSize, size + 4 * blockSize, size + (4 * size * size) / n);
    while (basis.nextProducts > 0 && basis.size < look) {
      products += basis.nextProducts;
      basis.grow();
      yield { products, converged, residual };
    }
    const full = basis.nextProducts === 0;
    const ritz = basis.ritz(rank, strict);
    const limit = limitOf(options, ritz);
    const wanted = ritz.residuals.subarray(0, k);
    converged = wanted.filter((r) => r <= limit).length;
    residual = max(wanted);
    if (basis.complete) return { ritz, limit, products, reason: '' };
    if (products >= maxProducts) {
      const state = `${converged} of ${k} pairs converged within ${maxProducts} products`;
      const distance = `the largest residual is ${residual.toPrecision(3)}, the limit ${limit.toPrecision(3)}`;
      return { ritz, limit, products, reason: converged < k ? `${state}; ${distance}` : '' };
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
      if (full) basis.keep(ritz, kept);
    } else if (!news || !hasCluster(ritz.values.slice(0, k), blockSize, spread)) {
      return { ritz, limit, products, reason: '' };
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
  return ordered.subarray(count - 1).some((value, j) => value - ordered[j]! <= spread);
}
