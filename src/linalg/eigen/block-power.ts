/**
 * The block power iteration: p vectors at once in place of one, Rayleigh–Ritz in place of deflation.
 *
 * Where the plain version goes from v to Av, this one goes from V to AV and takes from the span of the two the p
 * vectors closest to eigenvectors (Rayleigh and Ritz; without looking back at V it is called
 * subspace or simultaneous iteration, and swings for ever between ±λ). Vectors are not found one after the
 * other but together: pair j by the ratio λ_{p+1}/λ_j, not λ_{j+1}/λ_j, and copies of an eigenvalue are no different from
 * other pairs. `lanczos` goes one step further and keeps the whole sequence V, AV, A²V, …
 */
import { checkSize } from '../arguments.js';
import { max } from '../kernels/extrema.js';
import { norm2 } from '../kernels/reduce.js';
import { multiplyRows } from '../kernels/transposed.js';
import { matmul } from '../matmul/matmul.js';
import { allocate, release } from '../memory.js';
import { Random } from '../random/random-stream.js';
import { combineRows, combineScratch } from './combine-rows.js';
import {
  checkEigenproblem,
  checkTolerance,
  type EigenProgress,
  type Eigenpairs,
  rankOf,
  reportPairs,
  residualLimit,
  type Which,
} from './eigenpairs.js';
import type { LinearOperator } from './linear-operator.js';
import { orthonormaliseRows, orthonormaliseScratch } from './orthogonalise.js';
import { largestMagnitude } from './ritz.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Which eigenpairs are looked for, how exactly, and at what price. */
export interface BlockPowerOptions {
  /** The largest eigenvalues by magnitude (if not given), or the largest as numbers. */
  readonly which?: Which;
  /** A residual may be this times |λ₁|; if not given, or when that is more, 10·n·ε·‖A‖₁. */
  readonly tolerance?: number;
  /** p ≥ k, the vectors multiplied at a time; k + 8 if not given. */
  readonly blockSize?: number;
  /** Products with A after which it ends, whatever has converged; 50,000 if not given. */
  readonly maxProducts?: number;
  /** Seed of the start vectors; 1 if not given. */
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
  const { which = 'magnitude', tolerance = 0, seed = 1, maxProducts = 50_000 } = options;
  const p = Math.min(n, options.blockSize ?? k + 8);
  checkTolerance('blockPowerIteration', tolerance);
  checkSize('blockPowerIteration', 'maxProducts', maxProducts);
  checkSize('blockPowerIteration', 'blockSize', p, k);
  const strict = residualLimit(a);
  if (k === 0) return reportPairs(a, new Float64Array(0), 0, which, strict, 0, '');

  const block = new Block(a, p, new Random(seed, 'block power iteration'));
  const rank = (value: number): number => rankOf(value, which, strict);
  const report = (reason: string): Eigenpairs =>
    reportPairs(a, block.rows(k), k, which, limit, block.products, reason);
  let finalReport: Eigenpairs | undefined;
  const pairs = (): Eigenpairs => finalReport ?? report('the iteration was stopped');
  const end = (reason: string): Eigenpairs => {
    finalReport = report(reason);
    block.release();
    return finalReport;
  };

  block.start(rank);
  let limit = strict;
  for (let exact = false, steps = 0; ; steps++) {
    limit = Math.max(strict, tolerance * largestMagnitude(block.values));
    const wanted = block.residuals.subarray(0, k);
    const converged = wanted.filter((r) => r <= limit).length;
    const residual = max(wanted);
    const { products } = block;
    yield { products, converged, residual, pairs };
    if (block.complete || (converged === k && exact)) return end('');
    if (products >= maxProducts) {
      const state = `${converged} of ${k} pairs converged within ${maxProducts} products`;
      const distance = `the largest residual is ${residual.toPrecision(3)}, the limit ${limit.toPrecision(3)}`;
      return end(converged < k ? `${state}; ${distance}` : '');
    }
    // AV is carried along by rotations, each of which rounds: nothing ends before it was multiplied out anew. Nor before
    // the first step: of an eigenvalue that most of the space shares, a random block has exact vectors already.
    exact = converged === k && steps > 0;
    if (exact) block.multiplyAgain(rank);
    else block.step(rank);
  }
}

/** V and AV, p orthonormal vectors and their images, as rows; behind V the residuals AV − VΘ, where A leads next. */
class Block {
  products = 0;
  /** Whether V was taken from the whole space, so that its Ritz pairs are the eigenpairs. */
  complete = false;
  /** θ, one for each of the p vectors. */
  values: Float64Array = new Float64Array(0);
  /** ‖Av − θv‖. */
  readonly residuals: Float64Array;
  private readonly a: LinearOperator;
  private readonly n: number;
  private readonly p: number;
  /** How many of the vectors have an image to go on with: p, or as many as the space has room for. */
  private readonly width: number;
  private readonly random: Random;
  private readonly v: Float64Array;
  private readonly av: Float64Array;
  private readonly columns: Float64Array;
  private readonly images: Float64Array;
  private readonly projected: Float64Array;
  private readonly coefficients: Float64Array;
  private readonly scratch: Float64Array;

  constructor(a: LinearOperator, p: number, random: Random) {
    const n = a.rows;
    this.a = a;
    this.n = n;
    this.p = p;
    this.width = Math.min(p, n - p);
    this.random = random;
    this.residuals = new Float64Array(p);
    const most = p + this.width;
    this.v = allocate(2 * p * n);
    this.av = allocate(most * n);
    this.columns = allocate(p * n);
    this.images = allocate(p * n);
    this.projected = allocate(most * most);
    this.coefficients = allocate(p * most);
    this.scratch = allocate(
      Math.max(
        orthonormaliseScratch(0, p),
        orthonormaliseScratch(p, most),
        combineScratch(p, most),
      ),
    );
  }

  /** V ← random directions, orthonormal. */
  start(rank: (value: number) => number): void {
    const { p, n, v } = this;
    for (let i = 0; i < p * n; i++) v[i] = this.random.normal();
    this.search(0, p, rank);
  }

  /** V ← the best of span(V, AV). What AV adds to V is what the residuals add. */
  step(rank: (value: number) => number): void {
    this.search(this.p, this.p + this.width, rank);
  }

  /** AV by products with A, V being made orthonormal once more. */
  multiplyAgain(rank: (value: number) => number): void {
    this.search(0, this.p, rank);
  }

  /** The first k vectors, as rows. */
  rows(k: number): Float64Array {
    return this.v.slice(0, k * this.n);
  }

  /** Gives the memory back. Nothing can be asked any more. */
  release(): void {
    const { v, av, columns, images, projected, coefficients, scratch } = this;
    for (const x of [v, av, columns, images, projected, coefficients, scratch]) release(x);
  }

  /** V ← the best of its first `count` rows, those from `first` on being made orthonormal to those before and multiplied. */
  private search(first: number, count: number, rank: (value: number) => number): void {
    const { n, v, random, scratch } = this;
    orthonormaliseRows(v.subarray(0, count * n), first, count, n, { random, scratch });
    this.multiply(first, count);
    this.best(count, rank);
  }

  private multiply(first: number, count: number): void {
    const { n, v, av } = this;
    const width = count - first;
    const [from, to] = [v, av].map((x) => x.subarray(first * n, count * n));
    const apply = (out: Float64Array, x: Float64Array): void => this.a.apply(out, x, width);
    multiplyRows(to!, from!, width, apply, this.columns, this.images);
    this.products += width;
  }

  /** Rayleigh and Ritz: V ← the p vectors of the span of the first `count` that come closest to eigenvectors. */
  private best(count: number, rank: (value: number) => number): void {
    const { n, p, v, av, scratch } = this;
    const projected = this.projected.subarray(0, count * count);
    const [rows, images] = [v.subarray(0, count * n), av.subarray(0, count * n)];
    matmul(projected, rows, images, count, count, n, { transposeB: true });
    const { values, vectors } = symmetricEigen(projected, count);
    const order = Array.from(values, (_, j) => j);
    order.sort((i, j) => rank(values[j]!) - rank(values[i]!));
    const c = this.coefficients.subarray(0, p * count);
    for (let j = 0; j < p; j++) {
      for (let i = 0; i < count; i++) c[j * count + i] = vectors[i * count + order[j]!]!;
    }
    combineRows(v, c, v, p, count, n, scratch);
    combineRows(av, c, av, p, count, n, scratch);
    this.values = Float64Array.from({ length: p }, (_, j) => values[order[j]!]!);
    this.complete = count === n;
    for (let j = 0; j < p; j++) {
      const rest = v.subarray((p + j) * n, (p + j + 1) * n);
      for (let i = 0; i < n; i++) rest[i] = av[j * n + i]! - this.values[j]! * v[j * n + i]!;
      this.residuals[j] = norm2(rest);
    }
  }
}
