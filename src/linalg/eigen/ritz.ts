/** What Rayleigh and Ritz make of a subspace: the best approximate eigenpairs that it has to offer. */
import { max, min } from '../kernels/extrema.js';
import { norm2 } from '../kernels/reduce.js';
import { matmul } from '../matmul/matmul.js';
import { powerOfTwoScale, symmetricEigen } from './symmetric-eigen.js';

/** Approximate eigenpairs θ, Qᵀs over an orthonormal basis Q, in the order asked for. */
export interface RitzPairs {
  readonly values: Float64Array;
  /** [count, size]: row j holds the coefficients s of vector j over the basis. */
  readonly coefficients: Float64Array;
  /** ‖A·v − θ·v‖ of each, from what the basis knows. */
  readonly residuals: Float64Array;
}

/** An orthonormal basis that grows by products with A, and shrinks to the best of what it spans. */
export interface RitzBasis<Pairs extends RitzPairs = RitzPairs> {
  /** How many vectors have been multiplied by A. */
  readonly size: number;
  /** How many products with A `grow` would make; 0 when there is no room. */
  readonly nextProducts: number;
  /** Whether it spans the whole space, so that its Ritz pairs are the eigenpairs. */
  readonly complete: boolean;
  /** Multiplies the next block by A; what is new in the images becomes the next block. */
  grow(): void;
  /**
   * All Ritz pairs, those with the largest `rank` first. Values within `spread` of each other count as
   * equal; of their vectors those with the least residual come first. To be asked after `grow`, and good until
   * the basis is asked or told something else.
   */
  ritz(rank: (value: number) => number, spread: number): Pairs;
  /** Starts again from the first `count` Ritz vectors, going on with the same next block. */
  keep(ritz: Pairs, count: number): void;
  /** In place of the next block, a random one. Whatever the old one would have led to is given up. */
  drawBlock(): void;
}

export function largestMagnitude(values: Float64Array): number {
  return Math.max(max(values), -min(values));
}

/**
 * What the images of Ritz vectors have along the next block: their coefficients in the last block, the last `width`
 * of each row of C [size, size], times what that block's images have there, `coupling` [width, width].
 */
export function alongNext(
  coefficients: Float64Array,
  size: number,
  coupling: Float64Array,
  width: number,
): Float64Array {
  const last = new Float64Array(size * width);
  for (let j = 0; j < size; j++) {
    last.set(coefficients.subarray((j + 1) * size - width, (j + 1) * size), j * width);
  }
  const beyond = new Float64Array(size * width);
  matmul(beyond, last, coupling.subarray(0, width * width), size, width, width);
  return beyond;
}

/**
 * Of vectors with one eigenvalue every rotation is as good. Among pairs whose values lie within `spread`, turns
 * the rows of `sets` (each [count, …]) so that what has converged is not mixed with what has not.
 * @param beyond [count, width]: what A·v has outside of the basis, whose lengths are the residuals; turned too.
 * @returns the residuals.
 */
export function leastFirst(
  values: Float64Array,
  beyond: Float64Array,
  width: number,
  spread: number,
  sets: readonly Float64Array[],
): Float64Array {
  const count = values.length;
  for (let from = 0, to = 1; from < count; from = to, to++) {
    while (Math.abs(values[to]! - values[from]!) <= spread) to++;
    if (to - from === 1) continue;
    const turn = rotationOf(beyond.subarray(from * width, to * width), to - from);
    for (const rows of [beyond, ...sets]) {
      const each = rows.length / count;
      const some = rows.subarray(from * each, to * each);
      matmul(some, turn, some.slice(), to - from, each, to - from);
    }
  }
  return values.map((_, j) => norm2(beyond, j * width, width));
}

/** The rotation [count, count] after which the rows of `residuals` are orthogonal, the shortest first. */
function rotationOf(residuals: Float64Array, count: number): Float64Array {
  const products = new Float64Array(count * count);
  const scale = powerOfTwoScale('leastFirst', residuals);
  const rows = residuals.map((value) => value * scale);
  matmul(products, rows, rows, count, count, residuals.length / count, { transposeB: true });
  const { vectors } = symmetricEigen(products, count);
  const entry = (i: number, j: number): number => vectors[j * count + (count - 1 - i)]!;
  return products.map((_, p) => entry(Math.floor(p / count), p % count));
}
