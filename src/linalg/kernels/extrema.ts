import { checkStrided } from '../arguments.js';
import { isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';
import { type AxisKernel, axisKernel } from './axis-kernel.js';

/** The largest of the elements, NaN if any is NaN, −∞ if there are none; +0 is larger than −0. */
export function max(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('max', x, offset, n, stride);
  const twin = stride === 1 && isInMemory(x) ? simd()?.max : undefined;
  return twin ? twin(x.byteOffset + 8 * offset, n) : largest(x, offset, n, stride);
}

/** The smallest of the elements, NaN if any is NaN, +∞ if there are none; −0 is smaller than +0. */
export function min(
  x: Float64Array,
  offset = 0,
  n: number = x.length - offset,
  stride = 1,
): number {
  checkStrided('min', x, offset, n, stride);
  const twin = stride === 1 && isInMemory(x) ? simd()?.min : undefined;
  return twin ? twin(x.byteOffset + 8 * offset, n) : smallest(x, offset, n, stride);
}

function largest(x: Float64Array, offset: number, n: number, stride: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0, p = offset; i < n; i++, p += stride) best = Math.max(best, x[p]!);
  return best;
}

function smallest(x: Float64Array, offset: number, n: number, stride: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0, p = offset; i < n; i++, p += stride) best = Math.min(best, x[p]!);
  return best;
}

/** `max` along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner]. */
export const maxAxis: AxisKernel = axisKernel('max', (out, x, n, inner, from, to) => {
  out.fill(Number.NEGATIVE_INFINITY, from, to);
  for (let k = from; k < to; ) {
    const c = k % inner;
    const end = Math.min(k - c + inner, to);
    for (let i = 0, p = (k - c) * n + c; i < n; i++, p += inner) {
      for (let at = k; at < end; at++) out[at] = Math.max(out[at]!, x[p + at - k]!);
    }
    k = end;
  }
});

/** `min` along the middle axis: `x` is [outer, n, inner], `out` is [outer, inner]. */
export const minAxis: AxisKernel = axisKernel('min', (out, x, n, inner, from, to) => {
  out.fill(Number.POSITIVE_INFINITY, from, to);
  for (let k = from; k < to; ) {
    const c = k % inner;
    const end = Math.min(k - c + inner, to);
    for (let i = 0, p = (k - c) * n + c; i < n; i++, p += inner) {
      for (let at = k; at < end; at++) out[at] = Math.min(out[at]!, x[p + at - k]!);
    }
    k = end;
  }
});
