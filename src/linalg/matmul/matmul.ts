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

import { addressesOf, addressOf, inMemory, release } from '../memory.js';
import { simd } from '../simd/index.js';
import { ACCUMULATE, type MatmulKernel, TRANSPOSE_A, TRANSPOSE_B } from '../simd/matmul.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { isWorthSharing, share } from '../threads.js';
import { checkMatmul, checkStack, type MatmulOptions, type Multiply } from './options.js';
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
  const [c, x, y] = [placeOf(out), placeOf(a), placeOf(b)];
  const near = c >= 0 && x >= 0 && y >= 0;
  // Small products are over before all of their arguments are looked at one by one, so what is in order is seen at once.
  const inOrder =
    near &&
    isCount(m) &&
    isCount(n) &&
    isCount(k) &&
    out.length === m * n &&
    a.length === m * k &&
    b.length === k * n &&
    (x + 8 * m * k <= c || c + 8 * m * n <= x) &&
    (y + 8 * k * n <= c || c + 8 * m * n <= y);
  if (!inOrder) checkMatmul('matmul', out, a, b, m, n, k);

  if (kernel && near && isWorthSharing(m, cost(n, k))) {
    share(on(out, a, b, m, n, k, options), m, cost(n, k));
  } else if (kernel && near) kernel(c, x, y, m, n, k, bits(options), 0, m);
  else if (kernel && copyingPays(m, n, k)) copiedIn(kernel, out, a, b, m, n, k, options);
  else tiledRows(out, a, b, m, n, k, options, 0, m);
}

/** What a row of C costs, where a term of a sum takes a tenth of a nanosecond. */
function cost(n: number, k: number): number {
  return 0.1 * n * k;
}

/** Addresses of arrays that have been here before: to find them anew takes a good part of the time of a small product. */
const places = new WeakMap<Float64Array, number>();

function placeOf(array: Float64Array): number {
  const known = places.get(array);
  if (known !== undefined) return known;
  const address = addressOf(array);
  if (address >= 0) places.set(array, address);
  return address;
}

/** A whole number ≥ 0; very large ones are left to `checkMatmul`. */
const isCount = (x: number): boolean => x >>> 0 === x;

/** Whether there are enough products for the numbers that would be copied, and for asking for a place for them. */
const copyingPays = (m: number, n: number, k: number): boolean =>
  m * n * k >= 2 ** 14 + 2 * (m * n + m * k + k * n);

function copiedIn(
  kernel: MatmulKernel,
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions,
): void {
  const [c, x, y] = [out, a, b].map(inMemory) as [Float64Array, Float64Array, Float64Array];
  const at = addressesOf(c, x, y);
  // The memory may be full.
  if (!at) tiledRows(c, x, y, m, n, k, options, 0, m);
  else kernel(...at, m, n, k, bits(options), 0, m);
  if (c !== out) out.set(c);
  if (c !== out) release(c);
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
    (transposeA ? TRANSPOSE_A : 0) + (transposeB ? TRANSPOSE_B : 0) + (accumulate ? ACCUMULATE : 0)
  );
}
