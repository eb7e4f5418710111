import { multiplyRows, transposed } from '../kernels/transposed.js';
import { allocate, release } from '../memory.js';
import type { Random } from '../random/random-stream.js';
import { combineRows, combineScratch } from './combine-rows.js';
import type { LinearOperator } from './linear-operator.js';
import { orthonormaliseRows, orthonormaliseScratch } from './orthogonalise.js';
import { alongNext, leastFirst, type RitzBasis, type RitzPairs } from './ritz.js';
import { symmetricEigen } from './symmetric-eigen.js';

/**
 * An orthonormal basis of V, AV, A²V, …, grown block by block, for a symmetric A. Its vectors lie as rows
 * of Q; the first `size` of them have been multiplied by A, the next `width` are where it goes on:
 *
 *   A·Qᵀ = Qᵀ·T + (the next block)ᵀ·(coupling to the last block multiplied)
 *
 * so T = QAQᵀ holds all that Rayleigh and Ritz need, and the coupling how much they miss. (In exact arithmetic
 * T is block tridiagonal: A·v is orthogonal to all but the last two blocks. It is made orthogonal to every
 * vector all the same, for with rounding it soon is not: full reorthogonalisation.)
 */
export class KrylovBasis implements RitzBasis {
  size = 0;
  private readonly a: LinearOperator;
  private readonly n: number;
  private readonly capacity: number;
  private readonly blockSize: number;
  private readonly random: Random;
  private readonly q: Float64Array;
  /** T [capacity, capacity]; only its lower triangle is there. */
  private readonly t: Float64Array;
  private width = 0;
  /** [lastWidth, lastWidth]: what the last block's images have along the next block. */
  private readonly coupling: Float64Array;
  private lastWidth = 0;
  /** A block and its images as columns, the way A takes them. */
  private readonly columns: Float64Array;
  private readonly images: Float64Array;
  private readonly along: Float64Array;
  private readonly coefficients: Float64Array;
  private readonly scratch: Float64Array;

  /** A basis of at most `capacity` vectors that starts from a random block. */
  constructor(a: LinearOperator, capacity: number, blockSize: number, random: Random) {
    const n = a.rows;
    this.a = a;
    this.n = n;
    this.capacity = capacity;
    this.blockSize = blockSize;
    this.random = random;
    const most = capacity + blockSize;
    this.q = allocate(most * n);
    this.t = allocate(capacity * capacity);
    this.coupling = allocate(blockSize * blockSize);
    this.columns = allocate(blockSize * n);
    this.images = allocate(blockSize * n);
    this.along = allocate(blockSize * most);
    this.coefficients = allocate(capacity * capacity);
    this.scratch = allocate(
      Math.max(orthonormaliseScratch(capacity, most), combineScratch(capacity, capacity)),
    );
    this.drawBlock();
  }

  get complete(): boolean {
    return this.size === this.n;
  }

  get nextProducts(): number {
    return this.size + this.width <= this.capacity ? this.width : 0;
  }

  grow(): void {
    const { n, size, width, q, t, capacity, coupling, random, scratch } = this;
    const known = size + width;
    const count = known + width;
    const block = q.subarray(size * n, known * n);
    const next = q.subarray(known * n, count * n);
    const apply = (out: Float64Array, x: Float64Array): void => this.a.apply(out, x, width);
    multiplyRows(next, block, width, apply, this.columns, this.images);

    const c = this.along.subarray(0, width * count);
    const options = { coefficients: c, random, scratch };
    orthonormaliseRows(q.subarray(0, count * n), known, count, n, options);
    for (let i = 0; i < width; i++) {
      const row = c.subarray(i * count, (i + 1) * count);
      t.set(row.subarray(0, size), (size + i) * capacity);
      for (let j = 0; j <= i; j++) {
        // Equal but for rounding.
        t[(size + i) * capacity + size + j] = (row[size + j]! + c[j * count + size + i]!) / 2;
      }
      coupling.set(row.subarray(known), i * width);
    }
    this.lastWidth = width;
    this.size = known;
    this.width = Math.min(width, n - known);
  }

  ritz(rank: (value: number) => number, spread: number): RitzPairs {
    const { size, capacity, lastWidth } = this;
    const projected = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      projected.set(this.t.subarray(i * capacity, i * capacity + i + 1), i * size);
    }
    const eigen = symmetricEigen(projected, size);
    const order = Array.from(eigen.values, (_, j) => j);
    order.sort((i, j) => rank(eigen.values[j]!) - rank(eigen.values[i]!));
    const values = Float64Array.from(order, (j) => eigen.values[j]!);
    const coefficients = this.coefficients.subarray(0, size * size);
    const vectors = transposed(eigen.vectors, size, size);
    for (const [to, from] of order.entries()) {
      coefficients.set(vectors.subarray(from * size, (from + 1) * size), to * size);
    }
    const beyond = alongNext(coefficients, size, this.coupling, lastWidth);
    const residuals = leastFirst(values, beyond, lastWidth, spread, [coefficients]);
    return { values, coefficients, residuals };
  }

  /** The first `count` Ritz vectors, as rows [count, n]. */
  vectors(ritz: RitzPairs, count: number): Float64Array {
    const out = new Float64Array(count * this.n);
    this.combine(ritz, count, out);
    return out;
  }

  keep(ritz: RitzPairs, count: number): void {
    const { n, capacity, t, q } = this;
    this.combine(ritz, count, q);
    q.copyWithin(count * n, this.size * n, (this.size + this.width) * n);
    t.fill(0);
    for (let j = 0; j < count; j++) t[j * capacity + j] = ritz.values[j]!;
    this.size = count;
  }

  drawBlock(): void {
    const { n, size, q, random, scratch } = this;
    this.width = Math.min(this.blockSize, n - size);
    const count = size + this.width;
    for (let p = size * n; p < count * n; p++) q[p] = random.normal();
    orthonormaliseRows(q.subarray(0, count * n), size, count, n, { random, scratch });
  }

  /** Gives the memory back. Nothing can be asked any more. */
  release(): void {
    const { q, t, coupling, columns, images, along, coefficients, scratch } = this;
    for (const x of [q, t, coupling, columns, images, along, coefficients, scratch]) release(x);
  }

  private combine({ coefficients }: RitzPairs, count: number, out: Float64Array): void {
    const { n, size, q, scratch } = this;
    combineRows(out, coefficients.subarray(0, count * size), q, count, size, n, scratch);
  }
}
