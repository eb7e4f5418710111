/**
 * Log-sum-exp and softmax along the middle axis of x, laid out as [outer, n, inner]. All subtract the
 * largest element first, so nothing overflows, and add in the order of `sum`. `scratch` holds n numbers.
 */
import { exp, log1p } from './elementary/index.js';
import { sum } from './reduce.js';

export type AxisKernel = (
  y: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
  scratch: Float64Array,
) => void;

let largest = 0;

/**
 * Of the n elements from, from + stride, …: leaves the largest in `largest` and returns
 * Σ e^{xᵢ − largest} over the others, 0 if the largest is not finite. Kept apart from the 1 that the largest
 * itself gives, a term of 10⁻¹⁸ is not lost.
 */
function rest(
  x: Float64Array,
  from: number,
  n: number,
  stride: number,
  scratch: Float64Array,
): number {
  let at = 0;
  largest = Number.NEGATIVE_INFINITY;
  for (let i = 0, p = from; i < n; i++, p += stride) {
    if (x[p]! > largest || Number.isNaN(x[p])) {
      largest = x[p]!;
      at = i;
    }
  }
  if (!Number.isFinite(largest)) return 0;
  for (let i = 0, p = from; i < n; i++, p += stride)
    scratch[i] = i === at ? 0 : exp(x[p]! - largest);
  return sum(scratch, 0, n);
}

/** y = ln Σ eˣ, [outer, inner]: largest + log1p(rest). Of nothing, and of −∞ only, it is −∞; with an ∞, ∞. */
export const logSumExpAxis: AxisKernel = (y, x, outer, n, inner, scratch) => {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const others = rest(x, o * n * inner + c, n, inner, scratch);
      y[o * inner + c] = others === 0 ? largest : largest + log1p(others);
    }
  }
};

/** y = x − ln Σ eˣ, of x's shape, as (x − largest) − log1p(rest). */
export const logSoftmaxAxis: AxisKernel = (y, x, outer, n, inner, scratch) => {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const from = o * n * inner + c;
      const shift = log1p(rest(x, from, n, inner, scratch));
      for (let i = 0, p = from; i < n; i++, p += inner) y[p] = x[p]! - largest - shift;
    }
  }
};

/** y = eˣ / Σ eˣ, of x's shape; zeros where every element is −∞, as the gradient of a log-sum-exp has to be. */
export const softmaxAxis: AxisKernel = (y, x, outer, n, inner, scratch) => {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const from = o * n * inner + c;
      const total = 1 + rest(x, from, n, inner, scratch);
      const empty = largest === Number.NEGATIVE_INFINITY;
      for (let i = 0, p = from; i < n; i++, p += inner) {
        y[p] = empty ? 0 : exp(x[p]! - largest) / total;
      }
    }
  }
};
