import { checkAxis, checkStrided } from './arguments.js';

/** The largest of the elements, NaN if any is NaN, −∞ if there are none; +0 is larger than −0. */
export function max(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('max', x, offset, n, stride);
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0, p = offset; i < n; i++, p += stride) best = Math.max(best, x[p]!);
  return best;
}

/** The smallest of the elements, NaN if any is NaN, +∞ if there are none; −0 is smaller than +0. */
export function min(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('min', x, offset, n, stride);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0, p = offset; i < n; i++, p += stride) best = Math.min(best, x[p]!);
  return best;
}

/** `max` along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner]. */
export function maxAxis(
  out: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
): void {
  checkAxis('maxAxis', out, x, outer, n, inner);
  out.fill(Number.NEGATIVE_INFINITY);
  for (let o = 0, p = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      for (let c = o * inner; c < (o + 1) * inner; c++) out[c] = Math.max(out[c]!, x[p++]!);
    }
  }
}

/** `min` along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner]. */
export function minAxis(
  out: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
): void {
  checkAxis('minAxis', out, x, outer, n, inner);
  out.fill(Number.POSITIVE_INFINITY);
  for (let o = 0, p = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      for (let c = o * inner; c < (o + 1) * inner; c++) out[c] = Math.min(out[c]!, x[p++]!);
    }
  }
}
