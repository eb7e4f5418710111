import { multiplyRows, transposed } from '../kernels/transposed.js';
import { allocate, release } from '../memory.js';
import type { Random } from '../random/random-stream.js';
import { combineRows, combineScratch } from './combine-rows.js';
import type { LinearOperator } from './linear-operator.js';
import { orthonormaliseRows, orthonormaliseScratch } from './orthogonalise.js';
import { alongNext, leastFirst, type RitzBasis, type RitzPairs } from './ritz.js';
import { svd } from './svd.js';

/** Approximate singular triplets: σ, v = Pᵀ·(coefficients), u = Qᵀ·(left), and ‖Aᵀu − σv‖; A·v = σu holds. */
export interface RitzTriplets extends RitzPairs {
  /** [count, size]: row j holds the coefficients of u over Q. */
  readonly left: Float64Array;
}

/**
 * What `KrylovBasis` is for a symmetric A, for any A [m, n] with m ≥ n (Golub and Kahan 1965): orthonormal rows
 * P of AᵀA's Krylov space and Q of its image, grown in turn, without AᵀA being formed:
 *
 *   A·Pᵀ = Qᵀ·B        Aᵀ·Qᵀ = Pᵀ·Bᵀ + (the next block)ᵀ·(coupling)
 *
 * B = QAPᵀ is (block) bidiagonal until the first restart; its singular values are the approximations. The squares of
 * AᵀA, in which everything below √ε·σ₁ drowns, are nowhere.
 */
export class BidiagonalBasis implements RitzBasis<RitzTriplets> {
  size = 0;
  private readonly a: LinearOperator;
  private readonly capacity: number;
  private readonly blockSize: number;
  private readonly random: Random;
  private readonly p: Float64Array;
  private readonly q: Float64Array;
  private readonly b: Float64Array;
  private width = 0;
  /** [lastWidth, lastWidth]: what Aᵀ·(the last block of Q) has along the next block of P. */
  private readonly coupling: Float64Array;
  private lastWidth = 0;
  private readonly columns: Float64Array;
  private readonly images: Float64Array;
  private readonly along: Float64Array;
  private readonly right: Float64Array;
  private readonly left: Float64Array;
  private readonly scratch: Float64Array;

  /** A basis of at most `capacity` vectors that starts from a random block. */
  constructor(a: LinearOperator, capacity: number, blockSize: number, random: Random) {
    const { rows: m, columns: n } = a;
    this.a = a;
    this.capacity = capacity;
    this.blockSize = blockSize;
    this.random = random;
    const most = capacity + blockSize;
    this.p = allocate(most * n);
    this.q = allocate(capacity * m);
    this.b = allocate(capacity * capacity).fill(0);
    this.coupling = allocate(blockSize * blockSize);
    this.columns = allocate(blockSize * m);
    this.images = allocate(blockSize * m);
    this.along = allocate(blockSize * most);
    this.right = allocate(capacity * capacity);
    this.left = allocate(capacity * capacity);
    this.scratch = allocate(
      Math.max(orthonormaliseScratch(capacity, most), combineScratch(capacity, capacity)),
    );
    this.drawBlock();
  }

  get complete(): boolean {
    return this.size === this.a.columns;
  }

  get nextProducts(): number {
    return this.size + this.width <= this.capacity ? this.width : 0;
  }

  grow(): void {
    const { a, size, width, p, q, b, capacity, columns, images, coupling, random, scratch } = this;
    const { rows: m, columns: n } = a;
    const known = size + width;
    const count = known + width;
    const from = p.subarray(size * n, known * n);
    const to = q.subarray(size * m, known * m);
    multiplyRows(to, from, width, (out, x) => a.apply(out, x, width), columns, images);
    const c = this.along.subarray(0, width * known);
    orthonormaliseRows(q.subarray(0, known * m), size, known, m, {
      coefficients: c,
      random,
      scratch,
    });
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < known; j++) b[j * capacity + size + i] = c[i * known + j]!;
    }

    const next = p.subarray(known * n, count * n);
    multiplyRows(next, to, width, (out, x) => a.applyTransposed(out, x, width), columns, images);
    const d = this.along.subarray(0, width * count);
    orthonormaliseRows(p.subarray(0, count * n), known, count, n, {
      coefficients: d,
      random,
      scratch,
    });
    for (let i = 0; i < width; i++) {
      coupling.set(d.subarray(i * count + known, (i + 1) * count), i * width);
    }
    this.lastWidth = width;
    this.size = known;
    this.width = Math.min(width, n - known);
  }

  /** Singular values come sorted as they are, largest first, and are asked for in no other order. */
  ritz(_rank: (value: number) => number, spread: number): RitzTriplets {
    const { size, capacity, lastWidth } = this;
    const projected = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      projected.set(this.b.subarray(i * capacity, i * capacity + size), i * size);
    }
    const { u, values, v } = svd(projected, size, size);
    const left = this.left.subarray(0, size * size);
    const coefficients = this.right.subarray(0, size * size);
    left.set(transposed(u, size, size));
    coefficients.set(transposed(v, size, size));
    const beyond = alongNext(left, size, this.coupling, lastWidth);
    const residuals = leastFirst(values, beyond, lastWidth, spread, [left, coefficients]);
    return { values, coefficients, left, residuals };
  }

  /** The first `count` right vectors [count, n] and left vectors [count, m], as rows. */
  vectors(ritz: RitzTriplets, count: number): { v: Float64Array; u: Float64Array } {
    const v = new Float64Array(count * this.a.columns);
    const u = new Float64Array(count * this.a.rows);
    this.combine(ritz, count, v, u);
    return { v, u };
  }

  keep(ritz: RitzTriplets, count: number): void {
    const { capacity, b, p, q, size, width } = this;
    const n = this.a.columns;
    this.combine(ritz, count, p, q);
    p.copyWithin(count * n, size * n, (size + width) * n);
    b.fill(0);
    for (let j = 0; j < count; j++) b[j * capacity + j] = ritz.values[j]!;
    this.size = count;
  }

  drawBlock(): void {
    const { size, p, random, scratch } = this;
    const n = this.a.columns;
    this.width = Math.min(this.blockSize, n - size);
    const count = size + this.width;
    for (let i = size * n; i < count * n; i++) p[i] = random.normal();
    orthonormaliseRows(p.subarray(0, count * n), size, count, n, { random, scratch });
  }

  /** Gives the memory back. Nothing can be asked any more. */
  release(): void {
    const { p, q, b, coupling, columns, images, along, right, left, scratch } = this;
    for (const x of [p, q, b, coupling, columns, images, along, right, left, scratch]) release(x);
  }

  private combine(ritz: RitzTriplets, count: number, v: Float64Array, u: Float64Array): void {
    const { size, p, q, scratch } = this;
    const { rows: m, columns: n } = this.a;
    const [right, left] = [ritz.coefficients, ritz.left].map((c) => c.subarray(0, count * size));
    combineRows(v, right!, p, count, size, n, scratch);
    combineRows(u, left!, q, count, size, m, scratch);
  }
}
