import type { LinearOperator } from './linear-operator.js';
import { matmul } from './matmul.js';
import { orthonormaliseRows } from './orthogonalise.js';
import type { Random } from './random-stream.js';
import { norm2 } from './reduce.js';
import { powerOfTwoScale, symmetricEigen } from './symmetric-eigen.js';
import { transposed } from './transposed.js';

/** What Rayleigh and Ritz make of a basis: approximate eigenpairs θ, Qᵀs, in the order asked for. */
export interface RitzPairs {
  readonly values: Float64Array;
  /** [count, size]: row j holds the coefficients s of vector j over the basis. */
  readonly coefficients: Float64Array;
  /** ‖A·v − θ·v‖ of each, from what the basis knows. */
  readonly residuals: Float64Array;
}

/** Columns of the basis that are combined at a time, so that it needs no second copy. */
const TILE = 512;

/**
 * An orthonormal basis of V, AV, A²V, …, grown block by block, for a symmetric A. Its vectors lie as rows
 * of Q; the first `size` of them have been multiplied by A, the next `width` are where it goes on:
 *
 *   A·Qᵀ = Qᵀ·T + (the next block)ᵀ·(coupling to the last block multiplied)
 *
 * so T = QAQᵀ holds all that Rayleigh and Ritz need, and the coupling how much they miss.
 */
export class KrylovBasis {
  private readonly a: LinearOperator;
  private readonly n: number;
  private readonly capacity: number;
  private readonly blockSize: number;
  private readonly random: Random;
  private readonly q: Float64Array;
  private readonly t: Float64Array;
  private size = 0;
  private width = 0;
  /** [lastWidth, lastWidth]: what the last block's images have along the next block. */
  private coupling = new Float64Array(0);
  private lastWidth = 0;

  /** A basis of at most `capacity` vectors that starts from a random block. */
  constructor(a: LinearOperator, capacity: number, blockSize: number, random: Random) {
    this.a = a;
    this.n = a.rows;
    this.capacity = capacity;
    this.blockSize = blockSize;
    this.random = random;
    this.q = new Float64Array((capacity + blockSize) * this.n);
    this.t = new Float64Array(capacity * capacity);
    this.drawBlock();
  }

  /** Whether it spans the whole space, so that its Ritz pairs are the eigenpairs. */
  get complete(): boolean {
    return this.size === this.n;
  }

  /** How many products with A `grow` would make; 0 when there is no room. */
  get nextProducts(): number {
    return this.size + this.width <= this.capacity ? this.width : 0;
  }

  /** Multiplies the next block by A; what is new in the images becomes the next block. */
  grow(): void {
    const { n, size, width, q, t, capacity } = this;
    const known = size + width;
    const images = new Float64Array(n * width);
    this.a.apply(images, transposed(q.subarray(size * n, known * n), width, n), width);
    q.set(transposed(images, n, width), known * n);

    const count = known + width;
    const c = new Float64Array(width * count);
    orthonormaliseRows(q.subarray(0, count * n), known, count, n, {
      coefficients: c,
      random: this.random,
    });
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < size; j++) {
        t[(size + i) * capacity + j] = t[j * capacity + size + i] = c[i * count + j]!;
      }
      for (let j = 0; j < width; j++) {
        // Equal but for rounding.
        t[(size + i) * capacity + size + j] =
          (c[i * count + size + j]! + c[j * count + size + i]!) / 2;
      }
    }
    this.coupling = new Float64Array(width * width);
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) this.coupling[i * width + j] = c[i * count + known + j]!;
    }
    this.lastWidth = width;
    this.size = known;
    this.width = Math.min(width, n - known);
  }

  /**
   * All Ritz pairs, those with the largest `rank` first. Values within `spread` of each other count as
   * equal; of their vectors those with the least residual come first. To be asked after `grow`.
   */
  ritz(rank: (value: number) => number, spread: number): RitzPairs {
    const { size, capacity, lastWidth } = this;
    const projected = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      projected.set(this.t.subarray(i * capacity, i * capacity + size), i * size);
    }
    const eigen = symmetricEigen(projected, size);
    const order = Array.from(eigen.values, (_, j) => j);
    order.sort((i, j) => rank(eigen.values[j]!) - rank(eigen.values[i]!));
    const values = Float64Array.from(order, (j) => eigen.values[j]!);
    const coefficients = new Float64Array(size * size);
    for (const [to, from] of order.entries()) {
      for (let i = 0; i < size; i++) coefficients[to * size + i] = eigen.vectors[i * size + from]!;
    }
    // What A·v has along the next block: the coefficients of the last block times the coupling.
    const last = new Float64Array(size * lastWidth);
    for (let j = 0; j < size; j++) {
      last.set(coefficients.subarray((j + 1) * size - lastWidth, (j + 1) * size), j * lastWidth);
    }
    const beyond = new Float64Array(size * lastWidth);
    matmul(beyond, last, this.coupling, size, lastWidth, lastWidth);
    for (let from = 0, to = 1; from < size; from = to, to++) {
      while (to < size && Math.abs(values[to]! - values[from]!) <= spread) to++;
      if (to - from > 1) {
        const turn = leastFirst(beyond.subarray(from * lastWidth, to * lastWidth), to - from);
        turnRows(coefficients.subarray(from * size, to * size), turn);
        turnRows(beyond.subarray(from * lastWidth, to * lastWidth), turn);
      }
    }
    const residuals = values.map((_, j) => norm2(beyond, j * lastWidth, lastWidth));
    return { values, coefficients, residuals };
  }

  /** The first `count` Ritz vectors, as rows [count, n]. */
  vectors(ritz: RitzPairs, count: number): Float64Array {
    const out = new Float64Array(count * this.n);
    this.combine(ritz, count, out);
    return out;
  }

  /** Starts again from the first `count` Ritz vectors, going on with the same next block. */
  keep(ritz: RitzPairs, count: number): void {
    const { n, capacity, t, q } = this;
    this.combine(ritz, count, q);
    q.copyWithin(count * n, this.size * n, (this.size + this.width) * n);
    t.fill(0);
    for (let j = 0; j < count; j++) t[j * capacity + j] = ritz.values[j]!;
    this.size = count;
  }

  /** In place of the next block, a random one. Whatever the coupling would have led to is given up. */
  drawBlock(): void {
    const { n, size, q } = this;
    this.width = Math.min(this.blockSize, n - size);
    const end = (size + this.width) * n;
    for (let i = size * n; i < end; i++) q[i] = this.random.normal();
    orthonormaliseRows(q.subarray(0, end), size, size + this.width, n, { random: this.random });
  }

  /** Rows 0 … count − 1 of `out` become the first Ritz vectors; `out` may be Q itself. */
  private combine(ritz: RitzPairs, count: number, out: Float64Array): void {
    const { n, size, q } = this;
    const s = ritz.coefficients.subarray(0, count * size);
    for (let from = 0; from < n; from += TILE) {
      const length = Math.min(TILE, n - from);
      const tile = new Float64Array(size * length);
      for (let i = 0; i < size; i++) {
        tile.set(q.subarray(i * n + from, i * n + from + length), i * length);
      }
      const combined = new Float64Array(count * length);
      matmul(combined, s, tile, count, length, size);
      for (let i = 0; i < count; i++) {
        out.set(combined.subarray(i * length, (i + 1) * length), i * n + from);
      }
    }
  }
}

/**
 * Of vectors with one eigenvalue every rotation is as good. The rotation [count, count] after which the rows
 * of `residuals` are orthogonal, the shortest first: so what has converged is not mixed with what has not.
 */
function leastFirst(residuals: Float64Array, count: number): Float64Array {
  const width = residuals.length / count;
  const products = new Float64Array(count * count);
  const scale = powerOfTwoScale('KrylovBasis', residuals);
  const rows = residuals.map((value) => value * scale);
  matmul(products, rows, rows, count, count, width, { transposeB: true });
  const { vectors } = symmetricEigen(products, count);
  const turn = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) turn[i * count + j] = vectors[j * count + (count - 1 - i)]!;
  }
  return turn;
}

function turnRows(rows: Float64Array, turn: Float64Array): void {
  const count = Math.sqrt(turn.length);
  matmul(rows, turn, rows.slice(), count, rows.length / count, count);
}
