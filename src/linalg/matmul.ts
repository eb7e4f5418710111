import { checkApart, checkLength, checkSize } from './arguments.js';

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
/** Columns of C whose running sums are kept at hand. */
const WIDTH = 256;

const running = new Float64Array(WIDTH);

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
      for (let j = 0; j < n; j += WIDTH) {
        const width = Math.min(WIDTH, n - j);
        rowsTimesColumns(out, a, b, m, n, j, width, aRow, aStep, from, to, carried, accumulate);
      }
    }
  }
}

/** C[:, j … j + width) for the terms from … to of the sums, B as [k, n]. */
function rowsTimesColumns(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  j: number,
  width: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  const s = running;
  for (let i = 0; i < m; i++) {
    const c = i * n + j;
    if (carried) for (let w = 0; w < width; w++) s[w] = out[c + w]!;
    else s.fill(0, 0, width);
    let l = from;
    let p = i * aRow + from * aStep;
    let q = from * n + j;
    for (; l + 4 <= to; l += 4) {
      const a0 = a[p]!;
      const a1 = a[p + aStep]!;
      const a2 = a[p + 2 * aStep]!;
      const a3 = a[p + 3 * aStep]!;
      const q1 = q + n;
      const q2 = q1 + n;
      const q3 = q2 + n;
      for (let w = 0; w < width; w++) {
        s[w] = s[w]! + a0 * b[q + w]! + a1 * b[q1 + w]! + a2 * b[q2 + w]! + a3 * b[q3 + w]!;
      }
      p += 4 * aStep;
      q += 4 * n;
    }
    for (; l < to; l++) {
      const a0 = a[p]!;
      for (let w = 0; w < width; w++) s[w]! += a0 * b[q + w]!;
      p += aStep;
      q += n;
    }
    if (accumulate) for (let w = 0; w < width; w++) out[c + w]! += s[w]!;
    else for (let w = 0; w < width; w++) out[c + w] = s[w]!;
  }
}

/** All of C for the terms from … to of the sums, B as [n, k]. */
function rowsTimesRows(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  aRow: number,
  aStep: number,
  from: number,
  to: number,
  carried: boolean,
  accumulate: boolean,
): void {
  for (let i = 0; i < m; i++) {
    const start = i * aRow + from * aStep;
    let c = i * n;
    let j = 0;
    for (; j + 4 <= n; j += 4, c += 4) {
      let s0 = carried ? out[c]! : 0;
      let s1 = carried ? out[c + 1]! : 0;
      let s2 = carried ? out[c + 2]! : 0;
      let s3 = carried ? out[c + 3]! : 0;
      const q0 = j * k;
      const q1 = q0 + k;
      const q2 = q1 + k;
      const q3 = q2 + k;
      for (let l = from, p = start; l < to; l++, p += aStep) {
        const x = a[p]!;
        s0 += x * b[q0 + l]!;
        s1 += x * b[q1 + l]!;
        s2 += x * b[q2 + l]!;
        s3 += x * b[q3 + l]!;
      }
      out[c] = accumulate ? out[c]! + s0 : s0;
      out[c + 1] = accumulate ? out[c + 1]! + s1 : s1;
      out[c + 2] = accumulate ? out[c + 2]! + s2 : s2;
      out[c + 3] = accumulate ? out[c + 3]! + s3 : s3;
    }
    for (; j < n; j++, c++) {
      let s = carried ? out[c]! : 0;
      for (let l = from, p = start; l < to; l++, p += aStep) s += a[p]! * b[j * k + l]!;
      out[c] = accumulate ? out[c]! + s : s;
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
