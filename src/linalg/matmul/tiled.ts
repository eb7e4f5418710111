import { checkMatmul, type MatmulOptions } from './options.js';

/**
 * Sums in registers. A tile of 2 × 4 sums takes 2 numbers of A and 4 of B for 8 products, where one sum alone
 * takes 2 for one. (A tile of 4 × 4 would leave no register to A and B.) And B in strips: 4 of its columns are copied next to
 * each other, so that all rows of A go past numbers that lie in one piece. Each sum still gets its terms for ascending k.
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

/** Columns of a tile. */
const WIDTH = 4;
/** Where fewer rows than this would use the copy of a strip, B is read as it lies. */
const FEW_ROWS = 8;

/** A matrix, or a part of it, and how far it is to the number below and to the one on the right. */
interface Part {
  data: Float64Array;
  row: number;
  step: number;
}

/** A strip of B, k × 4; as long as any so far had to be. */
const strip: Part = { data: new Float64Array(0), row: WIDTH, step: 1 };

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
  const A: Part = { data: a, row: transposeA ? 1 : k, step: transposeA ? m : 1 };
  const B: Part = { data: b, row: transposeB ? 1 : n, step: transposeB ? k : 1 };
  for (let first = from; first < to; ) {
    const part = Math.floor(first / m);
    const last = Math.min(to, (part + 1) * m);
    for (let j = firstColumn; j < n; j += WIDTH) {
      const width = Math.min(WIDTH, n - j);
      const start = part * k * n + j * B.step;
      const copied = width < WIDTH || last - first >= FEW_ROWS;
      const right = copied ? stripOf(B, start, width, k) : B;
      const q = copied ? 0 : start;
      for (let i = first; i < last; i += 2) {
        const p = part * m * k + (i - part * m) * A.row;
        tile(out, i * n + j, n, i + 1 < last, width, A, p, right, q, k, accumulate);
      }
    }
    first = last;
  }
}

/** A copy of `width` columns of B, the first of which begins at `start`; what stands in the place of others is no matter. */
function stripOf({ data, row, step }: Part, start: number, width: number, k: number): Part {
  if (strip.data.length < WIDTH * k) strip.data = new Float64Array(WIDTH * k);
  for (let w = 0; w < width; w++) {
    for (let l = 0, q = start + w * step; l < k; l++, q += row) {
      strip.data[l * WIDTH + w] = data[q]!;
    }
  }
  return strip;
}

/**
 * The sums of 2 rows of A, from number p on, and 4 columns of B, from number q on; of one row that stands for both, and of
 * fewer columns, only what there is goes to C, where it begins at `c`.
 */
function tile(
  out: Float64Array,
  c: number,
  n: number,
  both: boolean,
  width: number,
  A: Part,
  p: number,
  B: Part,
  q: number,
  k: number,
  accumulate: boolean,
): void {
  const { data: a, step: aStep } = A;
  const { data: b, row: bRow, step: bStep } = B;
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  let d0 = 0;
  let d1 = 0;
  let d2 = 0;
  let d3 = 0;
  const below = both ? A.row : 0;
  for (let l = 0, i = p, j = q; l < k; l++, i += aStep, j += bRow) {
    const x = a[i]!;
    const y = a[i + below]!;
    const b0 = b[j]!;
    const b1 = b[j + bStep]!;
    const b2 = b[j + 2 * bStep]!;
    const b3 = b[j + 3 * bStep]!;
    c0 += x * b0;
    c1 += x * b1;
    c2 += x * b2;
    c3 += x * b3;
    d0 += y * b0;
    d1 += y * b1;
    d2 += y * b2;
    d3 += y * b3;
  }
  finish(out, c, width, c0, c1, c2, c3, accumulate);
  if (both) finish(out, c + n, width, d0, d1, d2, d3, accumulate);
}

/** A row of finished sums goes to C, or is added to it. */
function finish(
  out: Float64Array,
  c: number,
  width: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  accumulate: boolean,
): void {
  out[c] = accumulate ? out[c]! + s0 : s0;
  if (width > 1) out[c + 1] = accumulate ? out[c + 1]! + s1 : s1;
  if (width > 2) out[c + 2] = accumulate ? out[c + 2]! + s2 : s2;
  if (width > 3) out[c + 3] = accumulate ? out[c + 3]! + s3 : s3;
}
