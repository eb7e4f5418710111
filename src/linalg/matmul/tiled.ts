import { checkMatmul, type MatmulOptions } from './options.js';

/**
 * Sums in registers. A tile of 4 × 4 sums needs 4 numbers of A and 4 of B for 16 products, where one sum alone
 * needs 2 for one. And B in strips: 4 of its columns are copied next to each other, so that all rows of A go past
 * numbers that lie in one piece. Each sum still gets its terms for ascending k.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export function matmulTiled(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  checkMatmul('matmulTiled', out, a, b, m, n, k);
  tiledRows(out, a, b, m, n, k, options, 0, m);
}

/** Columns of a strip. */
const WIDTH = 4;

/** A strip of B, k × 4; as long as any so far had to be. */
let strip = new Float64Array(0);

/** The rows from … to − 1, from a column on; those of a stack of products counted on: row m is the first of the second C. */
export function tiledRows(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  { transposeA = false, transposeB = false, accumulate = false }: MatmulOptions,
  from: number,
  to: number,
  firstColumn = 0,
): void {
  if (strip.length < WIDTH * k) strip = new Float64Array(WIDTH * k);
  const aRow = transposeA ? 1 : k;
  const aStep = transposeA ? m : 1;
  const bRow = transposeB ? 1 : n;
  const bColumn = transposeB ? k : 1;
  for (let first = from; first < to; ) {
    const part = Math.floor(first / m);
    const last = Math.min(to, (part + 1) * m);
    for (let j = firstColumn; j < n; j += WIDTH) {
      const width = Math.min(WIDTH, n - j);
      pack(b, part * k * n + j * bColumn, bRow, bColumn, k, width);
      let i = first;
      for (; i + 2 <= last && width === WIDTH; i += 2) {
        const row = part * m * k + (i - part * m) * aRow;
        tile(out, i * n + j, n, a, row, aRow, aStep, k, accumulate);
      }
      for (; i < last; i++) {
        const row = part * m * k + (i - part * m) * aRow;
        for (let w = 0; w < width; w++) {
          let s = 0;
          for (let l = 0, p = row; l < k; l++, p += aStep) s += a[p]! * strip[l * WIDTH + w]!;
          const c = i * n + j + w;
          out[c] = accumulate ? out[c]! + s : s;
        }
      }
    }
    first = last;
  }
}

function pack(
  b: Float64Array,
  start: number,
  bRow: number,
  bColumn: number,
  k: number,
  width: number,
): void {
  for (let w = 0; w < width; w++) {
    for (let l = 0, p = start + w * bColumn; l < k; l++, p += bRow) strip[l * WIDTH + w] = b[p]!;
  }
}

function tile(
  out: Float64Array,
  c: number,
  n: number,
  a: Float64Array,
  row: number,
  aRow: number,
  aStep: number,
  k: number,
  accumulate: boolean,
): void {
  const s = strip;
  let c00 = 0,
    c01 = 0,
    c02 = 0,
    c03 = 0,
    c10 = 0,
    c11 = 0,
    c12 = 0,
    c13 = 0;
  const end = 4 * k;
  for (let q = 0, p = row, r = row + aRow; q < end; q += 4, p += aStep, r += aStep) {
    const b0 = s[q]!,
      b1 = s[q + 1]!,
      b2 = s[q + 2]!,
      b3 = s[q + 3]!;
    const x = a[p]!,
      y = a[r]!;
    c00 += x * b0;
    c01 += x * b1;
    c02 += x * b2;
    c03 += x * b3;
    c10 += y * b0;
    c11 += y * b1;
    c12 += y * b2;
    c13 += y * b3;
  }
  const d = c + n;
  out[c] = accumulate ? out[c]! + c00 : c00;
  out[c + 1] = accumulate ? out[c + 1]! + c01 : c01;
  out[c + 2] = accumulate ? out[c + 2]! + c02 : c02;
  out[c + 3] = accumulate ? out[c + 3]! + c03 : c03;
  out[d] = accumulate ? out[d]! + c10 : c10;
  out[d + 1] = accumulate ? out[d + 1]! + c11 : c11;
  out[d + 2] = accumulate ? out[d + 2]! + c12 : c12;
  out[d + 3] = accumulate ? out[d + 3]! + c13 : c13;
}
