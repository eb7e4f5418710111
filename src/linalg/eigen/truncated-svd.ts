/**
 * The truncated singular value decomposition of any linear operator, by Golub and Kahan's form of the Lanczos
 * iteration: what `lanczos` does to AᵀA, done to A. (XᵀX squares everything, so that a singular value of
 * 10⁻⁸·σ₁ is no more than the rounding of σ₁². Here it comes out like any other.)
 */
import { checkSize } from '../arguments.js';
import { atUserLine, rangeError } from '../errors.js';
import { addScaled, dot } from '../kernels/dot.js';
import { norm2 } from '../kernels/reduce.js';
import { transposed } from '../kernels/transposed.js';
import { Random } from '../random/random-stream.js';
import { BidiagonalBasis, type RitzTriplets } from './bidiagonal-basis.js';
import { polished, SLACK } from './eigenpairs.js';
import { type KrylovOptions, krylovOptions } from './krylov-options.js';
import type { LinearOperator } from './linear-operator.js';
import { transposedOperator } from './operators.js';
import { fixSigns, negateColumn } from './signs.js';
import { limitOf, type ThickProgress, type ThickRestart, thickRestart } from './thick-restart.js';

/** The k largest singular values of A [m, n] and their vectors: A·v = σu, Aᵀ·u = σv. */
export interface TruncatedSvd {
  /** [m, k], row-major: column j is the left vector of `values[j]`. */
  readonly u: Float64Array;
  /** [k]: largest first. */
  readonly values: Float64Array;
  /** [n, k], signs as `fixSigns` says. */
  readonly v: Float64Array;
  /** √(‖A·v − σu‖² + ‖Aᵀ·u − σv‖²) of each, measured on the vectors as they are returned. */
  readonly residuals: Float64Array;
  /** A triplet has converged when its residual is at most this. */
  readonly limit: number;
  /** How many have converged. */
  readonly converged: number;
  /** Products with A; as many again were made with Aᵀ. */
  readonly products: number;
  /** Why not all have converged: as counted when the iteration ended early, or as measured after it; else ''. */
  readonly reason: string;
}

/** Where the iteration stands, yielded after each block of products. */
export interface SvdProgress extends ThickProgress {
  /** The triplets as they are at this moment, for who stops here: fewer than k early on. */
  triplets(): TruncatedSvd;
}

/** As for `lanczos`, of which the SVD is made: how exact, and at what price. */
export type SvdOptions = KrylovOptions;

/**
 * The k largest singular triplets, each to a residual of 10·max(m, n)·ε·‖A‖₁ (of Aᵀ where m < n), or
 * `tolerance`·σ₁ if that is more. Works for repeated singular values, rank below k and the zero matrix.
 * @throws RangeError unless 0 ≤ k ≤ min(m, n), Error when A is not finite.
 */
export function* truncatedSvd(
  a: LinearOperator,
  k: number,
  options: SvdOptions = {},
): Generator<SvdProgress, TruncatedSvd> {
  checkSize('truncatedSvd', 'k', k);
  const [m, n] = [a.rows, a.columns];
  if (k > Math.min(m, n)) {
    throw rangeError(`truncatedSvd: a ${m} × ${n} matrix has no ${k} singular values`);
  }
  if (m < n) return yield* turned(truncatedSvd(transposedOperator(a), k, options));
  if (!Number.isFinite(a.norm1)) {
    throw atUserLine(
      new Error(`truncatedSvd: ‖A‖₁ is ${a.norm1}; the matrix holds NaN, ∞ or overflows`),
    );
  }
  const given = krylovOptions('truncatedSvd', n, k, options);
  const strict = 10 * m * 2 ** -52 * a.norm1;
  if (k === 0) return reportTriplets(a, new Float64Array(0), new Float64Array(0), 0, strict, 0, '');
  const rank = (value: number): number => value;
  const search: ThickRestart = { ...given, n, k, rank, limit: strict };
  const random = new Random(given.seed, 'truncated SVD');
  const basis = new BidiagonalBasis(a, given.basisSize, given.blockSize, random);
  const report = (ritz: RitzTriplets, products: number, reason: string): TruncatedSvd => {
    const count = Math.min(k, ritz.values.length);
    const { u, v } = basis.vectors(ritz, count);
    return reportTriplets(a, u, v, count, limitOf(search, ritz), products, reason);
  };

  let result: TruncatedSvd | undefined;
  const restarts = thickRestart(basis, search);
  for (;;) {
    const { value, done } = restarts.next();
    if (done) {
      result = report(value.ritz, value.products, value.reason);
      basis.release();
      return result;
    }
    const triplets = (): TruncatedSvd =>
      result ?? report(basis.ritz(rank, strict), value.products, 'the iteration was stopped');
    yield { ...value, triplets };
  }
}

/** Of Aᵀ, as A sees it. */
function* turned(
  iteration: Generator<SvdProgress, TruncatedSvd>,
): Generator<SvdProgress, TruncatedSvd> {
  const swapped = (found: TruncatedSvd): TruncatedSvd => {
    const { u: v, v: u } = found;
    fixPairs(u, v, found.values.length);
    return { ...found, u, v };
  };
  for (;;) {
    const { value, done } = iteration.next();
    if (done) return swapped(value);
    yield { ...value, triplets: () => swapped(value.triplets()) };
  }
}

/** Turns pairs of vectors (columns of U and V) round so that v has the sign that `fixSigns` gives it. */
function fixPairs(u: Float64Array, v: Float64Array, k: number): void {
  const turns = fixSigns(v, v.length / k, k);
  for (const [j, turn] of turns.entries()) if (turn) negateColumn(u, u.length / k, k, j);
}

/** The report on vectors that lie as rows, u [k, m] and v [k, n], orthonormal but for rounding. */
function reportTriplets(
  a: LinearOperator,
  uRows: Float64Array,
  vRows: Float64Array,
  k: number,
  limit: number,
  products: number,
  reason: string,
): TruncatedSvd {
  const [m, n] = [a.rows, a.columns];
  const [us, vs] = [polished(uRows, k, m), polished(vRows, k, n)];
  const [u, v] = [transposed(us, k, m), transposed(vs, k, n)];
  const forward = new Float64Array(m * k);
  const backward = new Float64Array(n * k);
  a.apply(forward, v, k);
  a.applyTransposed(backward, u, k);
  const [images, back] = [transposed(forward, m, k), transposed(backward, n, k)];
  const values = new Float64Array(k);
  const lengths = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const row = (x: Float64Array, length: number) => x.subarray(j * length, (j + 1) * length);
    values[j] = dot(row(us, m), row(images, m));
    addScaled(row(images, m), -values[j]!, row(us, m));
    addScaled(row(back, n), -values[j]!, row(vs, n));
    lengths[j] = norm2(Float64Array.of(norm2(row(images, m)), norm2(row(back, n))));
    if (values[j]! >= 0) continue;
    values[j] = -values[j]!;
    negateColumn(u, m, k, j);
  }
  const order = Array.from({ length: k }, (_, j) => j).sort((i, j) => values[j]! - values[i]!);
  const sorted = (x: Float64Array): Float64Array =>
    x.map((_, at) => x[at - (at % k) + order[at % k]!]!);
  const [left, right] = [sorted(u), sorted(v)];
  fixPairs(left, right, k);
  const residuals = Float64Array.from(order, (j) => lengths[j]!);
  const converged = residuals.filter((residual) => residual <= SLACK * limit).length;
  const missed = `${k - converged} of ${k} residuals, measured at the end, are above the limit`;
  return {
    u: left,
    values: Float64Array.from(order, (j) => values[j]!),
    v: right,
    residuals,
    limit: SLACK * limit,
    converged,
    products: products + k,
    reason: reason === '' && converged < k ? missed : reason,
  };
}
