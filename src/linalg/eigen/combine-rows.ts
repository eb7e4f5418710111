import { matmul } from '../matmul/matmul.js';

/** Columns that are combined at a time, so that a basis needs no second copy of itself. */
const TILE = 512;

/** The numbers of scratch that `combineRows` takes. */
export function combineScratch(count: number, size: number): number {
  return (count + size) * TILE;
}

/**
 * Rows 0 … count − 1 of `out` become C·Q, combinations of the `size` rows of Q with the coefficients
 * C [count, size]. A row has n numbers; `out` may be Q itself.
 */
export function combineRows(
  out: Float64Array,
  c: Float64Array,
  q: Float64Array,
  count: number,
  size: number,
  n: number,
  scratch: Float64Array,
): void {
  for (let from = 0; from < n; from += TILE) {
    const length = Math.min(TILE, n - from);
    const tile = scratch.subarray(0, size * length);
    const combined = scratch.subarray(size * length, (size + count) * length);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < length; j++) tile[i * length + j] = q[i * n + from + j]!;
    }
    matmul(combined, c, tile, count, length, size);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < length; j++) out[i * n + from + j] = combined[i * length + j]!;
    }
  }
}
