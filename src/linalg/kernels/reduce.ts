/**
 * Reductions, in the one order that the whole project adds in.
 *
 * A plain loop over n numbers makes an error that grows with n. Here the index i along the reduced
 * axis decides who meets whom, whatever the layout in memory:
 *
 *   lane    within a block of 512, xᵢ goes to running sum number i mod 8, each starting from +0;
 *   block   = ((lane₀ + lane₄) + (lane₂ + lane₆)) + ((lane₁ + lane₅) + (lane₃ + lane₇));
 *   blocks  are joined pairwise like the carries of a binary counter: block 1 with block 0, 3 with 2,
 *           then (2,3) with (0,1), …; what is left at the end is joined from the latest to the earliest.
 *
 * Eight lanes are what SIMD registers and instruction latencies want, and the pairs keep the error at
 * a few ε: fast and accurate are the same order. Neighbours in the memory are added by the twin in WebAssembly, all
 * others by the loops below; the bits are the same.
 */
import { checkStrided } from '../arguments.js';
import { isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';
import { type AxisKernel, axisKernel } from './axis-kernel.js';

const LANES = 8;
const BLOCK = 512;
/** Columns that `sumAxis` adds side by side. */
const TILE = 64;
/** More than a binary counter of blocks can have digits. */
const LEVELS = 54;

// The binary counter: `blocks` counted so far, the sums of its runs from the longest to the latest.
let blocks = 0;
let top = 0;
const partial = new Float64Array(LEVELS);
const squares = new Float64Array(BLOCK);
const laneTile = new Float64Array(LANES * TILE);
const partialTile = new Float64Array(LEVELS * TILE);

/** One block: elements offset, offset + stride, … of x, at most 512 of them. */
function sumBlock(x: Float64Array, offset: number, n: number, stride: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  let p = offset;
  let i = 0;
  for (; i + LANES <= n; i += LANES) {
    s0 += x[p]!;
    s1 += x[p + stride]!;
    s2 += x[p + 2 * stride]!;
    s3 += x[p + 3 * stride]!;
    s4 += x[p + 4 * stride]!;
    s5 += x[p + 5 * stride]!;
    s6 += x[p + 6 * stride]!;
    s7 += x[p + 7 * stride]!;
    p += LANES * stride;
  }
  if (i < n) s0 += x[p]!;
  if (i + 1 < n) s1 += x[p + stride]!;
  if (i + 2 < n) s2 += x[p + 2 * stride]!;
  if (i + 3 < n) s3 += x[p + 3 * stride]!;
  if (i + 4 < n) s4 += x[p + 4 * stride]!;
  if (i + 5 < n) s5 += x[p + 5 * stride]!;
  if (i + 6 < n) s6 += x[p + 6 * stride]!;
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}

/**
 * Σ xᵢ over the `n` elements offset, offset + stride, … of `x`; +0 when there are none.
 * @throws RangeError when they do not all lie in `x`.
 */
export function sum(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('sum', x, offset, n, stride);
  const twin = stride === 1 && isInMemory(x) ? simd()?.sum : undefined;
  return twin ? twin(x.byteOffset + 8 * offset, n) : sumUnchecked(x, offset, n, stride);
}

function sumUnchecked(x: Float64Array, offset: number, n: number, stride: number): number {
  if (n <= BLOCK) return sumBlock(x, offset, n, stride);
  startBlocks();
  for (let start = 0; start < n; start += BLOCK) {
    addBlock(sumBlock(x, offset + start * stride, Math.min(BLOCK, n - start), stride));
  }
  return joinBlocks();
}

function startBlocks(): void {
  blocks = 0;
  top = 0;
}

/** One more block; every carry of the counter joins two runs of equal length. */
function addBlock(blockSum: number): void {
  let s = blockSum;
  blocks++;
  for (let carry = blocks; carry % 2 === 0; carry /= 2) s = partial[--top]! + s;
  partial[top++] = s;
}

function joinBlocks(): number {
  let total = 0;
  while (top > 0) total = partial[--top]! + total;
  return total;
}

/** Σ (scale·xᵢ)² in the order of `sum`. */
function sumSquares(
  x: Float64Array,
  offset: number,
  n: number,
  stride: number,
  scale: number,
): number {
  const twin = stride === 1 && isInMemory(x) ? simd()?.sumSquares : undefined;
  return twin
    ? twin(x.byteOffset + 8 * offset, n, scale)
    : sumSquaresOf(x, offset, n, stride, scale);
}

function sumSquaresOf(
  x: Float64Array,
  offset: number,
  n: number,
  stride: number,
  scale: number,
): number {
  startBlocks();
  for (let start = 0; start < n; start += BLOCK) {
    const length = Math.min(BLOCK, n - start);
    for (let i = 0, p = offset + start * stride; i < length; i++, p += stride) {
      const scaled = scale * x[p]!;
      squares[i] = scaled * scaled;
    }
    addBlock(sumBlock(squares, 0, length, 1));
  }
  return joinBlocks();
}

/**
 * ‖x‖₂ of the `n` elements offset, offset + stride, … of `x`: the root of the sum of squares. Where the
 * squares would overflow or sink below the normal numbers, the same with x scaled by a power of two.
 * @throws RangeError when the elements do not all lie in `x`.
 */
export function norm2(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('norm2', x, offset, n, stride);
  const s = sumSquares(x, offset, n, stride, 1);
  if (s > 2 ** -900 && s < 2 ** 1000) return Math.sqrt(s);
  let largest = 0;
  for (let i = 0, p = offset; i < n; i++, p += stride) largest = Math.max(largest, Math.abs(x[p]!));
  const scale = largest < 1 ? 2 ** 600 : 2 ** -600;
  return Math.sqrt(sumSquares(x, offset, n, stride, scale)) / scale;
}

/**
 * Sums along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner], and
 * out[o, c] = Σᵢ x[o, i, c] has the very bits of `sum` along i.
 */
export const sumAxis: AxisKernel = axisKernel('sum', (out, x, n, inner, from, to) => {
  for (let k = from; k < to; ) {
    if (inner === 1) {
      out[k] = sumUnchecked(x, k * n, n, 1);
      k++;
      continue;
    }
    const c = k % inner;
    const width = Math.min(TILE, inner - c, to - k);
    sumColumns(out, k, x, (k - c) * n + c, n, inner, width);
    k += width;
  }
});

/** `width` ≤ 64 neighbouring columns at once, so that memory is walked along its rows. */
function sumColumns(
  out: Float64Array,
  outOffset: number,
  x: Float64Array,
  offset: number,
  n: number,
  stride: number,
  width: number,
): void {
  let level = 0;
  let count = 0;
  for (let start = 0; start < n; start += BLOCK) {
    laneTile.fill(0);
    const end = Math.min(start + BLOCK, n);
    for (let i = start; i < end; i++) {
      const lane = (i % LANES) * TILE;
      const row = offset + i * stride;
      for (let c = 0; c < width; c++) laneTile[lane + c]! += x[row + c]!;
    }
    joinLanes(level * TILE, width);
    level++;
    count++;
    for (let carry = count; carry % 2 === 0; carry /= 2) joinPartials(--level, width);
  }
  if (level === 0) partialTile.fill(0, 0, width);
  while (level > 1) joinPartials(--level, width);
  for (let c = 0; c < width; c++) out[outOffset + c] = partialTile[c]!;
}

function joinLanes(to: number, width: number): void {
  const s = laneTile;
  for (let c = 0; c < width; c++) {
    const even = s[c]! + s[c + 4 * TILE]! + (s[c + 2 * TILE]! + s[c + 6 * TILE]!);
    const odd = s[c + TILE]! + s[c + 5 * TILE]! + (s[c + 3 * TILE]! + s[c + 7 * TILE]!);
    partialTile[to + c] = even + odd;
  }
}

/** Adds partial sum number `level` to the one before it. */
function joinPartials(level: number, width: number): void {
  const from = level * TILE;
  const to = from - TILE;
  for (let c = 0; c < width; c++) partialTile[to + c]! += partialTile[from + c]!;
}
