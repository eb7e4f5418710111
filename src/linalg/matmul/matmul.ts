/**
 * The matrix product, by a ladder of ways that give the same bits. From rung to rung it is faster:
 *
 *   textbook.ts      three loops
 *   loop-order.ts    the same, in an order that memory likes
 *   tiled.ts         sums in registers, B in strips
 *   ../simd/matmul.ts  the same in WebAssembly, two doubles to an instruction
 *   and threads, which take rows of C each
 *
 * Here stands what decides between the last rungs.
 */

import { checkApartAt } from '../arguments.js';
import { addressesOf, addressOf, inMemory, release } from '../memory.js';
import { simd } from '../simd/index.js';
import { ACCUMULATE, TRANSPOSE_A, TRANSPOSE_B } from '../simd/matmul.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { isWorthSharing, share } from '../threads.js';
import {
  checkLengths,
  checkMatmul,
  checkStack,
  type MatmulOptions,
  type Multiply,
} from './options.js';
import { tiledRows } from './tiled.js';

export { matmulLoopOrder } from './loop-order.js';
export type { MatmulOptions, Multiply } from './options.js';
export { matmulTextbook } from './textbook.js';
export { matmulTiled } from './tiled.js';

export interface Matmul extends Multiply {
  /**
   * The product bound to its arrays: row by row of C, to be run many times. Of a
   * stack of products, one behind the other in each array, the rows are counted on: row m is the first of the second C.
   * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
   */
  on(
    out: Float64Array,
    a: Float64Array,
    b: Float64Array,
    m: number,
    n: number,
    k: number,
    options?: MatmulOptions,
  ): Stretch;
  /** What a row of C costs, in nanoseconds of one thread, roughly. */
  cost(n: number, k: number): number;
}

/**
 * C = A·B for A [m, k], B [k, n], C [m, n], row-major, with the bits of `matmulTextbook`. Fastest where all three lie in
 * the memory of `allocate`; arrays of the user's own are copied there if the product is large enough to pay for it.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export const matmul: Matmul = Object.assign(multiply, { on, cost });

const PLAIN: MatmulOptions = {};

function multiply(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = PLAIN,
): void {
  const kernel = simd()?.matmul;
  const c = placeOf(out);
  const x = placeOf(a);
  const y = placeOf(b);
  const near = Math.min(c, x, y) >= 0;
  if (near) {
    checkLengths('matmul', out, a, b, m, n, k);
    checkApartAt('matmul', c, out, 'a', x, a);
    checkApartAt('matmul', c, out, 'b', y, b);
  } else {
    checkMatmul('matmul', out, a, b, m, n, k);
  }

  const isLarge = isWorthSharing(m, cost(n, k));
  if (kernel && near && !isLarge) kernel(c, x, y, m, n, k, bits(options), 0, m);
  else if (kernel && (near || copyingPays(m, n, k))) inTheMemory(out, a, b, m, n, k, options);
  else tiledRows(out, a, b, m, n, k, options, 0, m);
}

/** What a row of C costs, where a term of a sum takes a tenth of a nanosecond. */
function cost(n: number, k: number): number {
  return (n * k) / 10;
}

/** Addresses of arrays that have been here before: to find them anew takes a good part of the time of a small product. */
const places = new WeakMap<Float64Array, number>();

/** Where an array lies in the memory; −1 for one that does not. */
function placeOf(array: Float64Array): number {
  let place = places.get(array);
  if (place === undefined) {
    place = addressOf(array);
    places.set(array, place);
  }
  return place;
}

/** Whether there are enough products for the numbers that would be copied, and for asking for a place for them. */
const copyingPays = (m: number, n: number, k: number): boolean =>
  m * n * k >= 2 ** 14 + 2 * (m * n + m * k + k * n);

/** By copies of what does not lie in the memory, and by as many threads as there are. */
function inTheMemory(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions,
): void {
  const [c, x, y] = [inMemory(out), inMemory(a), inMemory(b)];
  share(on(c, x, y, m, n, k, options), m, cost(n, k));
  if (c !== out) {
    out.set(c);
    release(c);
  }
  if (x !== a) release(x);
  if (y !== b) release(y);
}

/** Rows of C for which packing B pays: a thread should not take fewer. Measured: half the rate for 8, nine tenths for 64. */
const TOGETHER = 64;

function on(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = PLAIN,
): Stretch {
  checkStack('matmul', out, a, b, m, n, k);
  const kernel = simd()?.matmul;
  const at = addressesOf(out, a, b);
  if (!kernel || !at) {
    return (from, to) => tiledRows(out, a, b, m, n, k, options, from, to);
  }
  const [c, x, y] = at;
  const how = bits(options);
  const run = (from: number, to: number): void => kernel(c, x, y, m, n, k, how, from, to);
  return stretchOf(run, {
    kernel: 'matmul',
    given: [c, x, y, m, n, k, how],
    arrays: [out, a, b],
    together: TOGETHER,
  });
}

function bits({
  transposeA = false,
  transposeB = false,
  accumulate = false,
}: MatmulOptions): number {
  return (
    (transposeA ? TRANSPOSE_A : 0) | (transposeB ? TRANSPOSE_B : 0) | (accumulate ? ACCUMULATE : 0)
  );
}
