import { checkApart, checkLength, checkSize } from './arguments.js';
import { rowsTimesColumns, rowsTimesRows } from './matmul-loops.js';

export interface MatmulOptions {
  /** A is stored as [k, m]; the product uses Aᵀ. */
  readonly transposeA?: boolean;
  /** B is stored as [n, k]; the product uses Bᵀ. */
  readonly transposeB?: boolean;
  /** C + A·B in place of A·B: the finished sum is added to what `out` held, it does not start from it. */
  readonly accumulate?: boolean;
}

/**
 * C = A·B for A [m, k], B [k, n], C [m, n], row-major: the loop that a textbook prints, and the
 * definition of every product in this project. The order is part of it: s = +0, then
 * s += a·b for ascending k, each product rounded before it is added.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export function matmulTextbook(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  checkMatmul('matmulTextbook', out, a, b, m, n, k);
  const { transposeA = false, transposeB = false, accumulate = false } = options;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let l = 0; l < k; l++) {
        s += a[transposeA ? l * m + i : i * k + l]! * b[transposeB ? j * k + l : l * n + j]!;
      }
      out[i * n + j] = accumulate ? out[i * n + j]! + s : s;
    }
  }
}

/** Terms that one visit to a running sum adds, before the sums wait in memory for the next block of k. */
const DEPTH = 128;
/**
 * The same product, bit for bit, with the loops in an order that memory likes: a row of running sums
 * goes along with k, four terms at a time, or, where B is transposed, four dot products side by side.
 * No running sum ever sees its terms in another order, so nothing changes but the time.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export function matmul(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  checkMatmul('matmul', out, a, b, m, n, k);
  const { transposeA = false, transposeB = false, accumulate = false } = options;
  const aRow = transposeA ? 1 : k;
  const aStep = transposeA ? m : 1;
  // Sums that start from +0 may wait in C itself between two blocks of k; sums that are to be added to
  // C may not, so they run through in one.
  const depth = accumulate ? Math.max(k, 1) : DEPTH;
  for (let from = 0; from === 0 || from < k; from += depth) {
    const to = Math.min(from + depth, k);
    const carried = from > 0;
    if (transposeB) {
      rowsTimesRows(out, a, b, m, n, k, aRow, aStep, from, to, carried, accumulate);
    } else {
      rowsTimesColumns(out, a, b, m, n, aRow, aStep, from, to, carried, accumulate);
    }
  }
}

function checkMatmul(
  kernel: string,
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  checkSize(kernel, 'm', m);
  checkSize(kernel, 'n', n);
  checkSize(kernel, 'k', k);
  checkLength(kernel, 'out', out, m * n, 'm·n');
  checkLength(kernel, 'a', a, m * k, 'm·k');
  checkLength(kernel, 'b', b, k * n, 'k·n');
  checkApart(kernel, out, 'a', a);
  checkApart(kernel, out, 'b', b);
}
