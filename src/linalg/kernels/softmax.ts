/**
 * Log-sum-exp and softmax along the middle axis of x, laid out as [outer, n, inner]. All subtract the
 * largest element first, so nothing overflows, and add in the order of `sum`. `scratch` holds n numbers; where it
 * lies in the memory, exponentials and sums are taken by the kernels in WebAssembly.
 */
import { checkApart, checkInPlace, checkLength, checkSize } from '../arguments.js';
import { exp, log1p } from '../elementary/index.js';
import { rangeError } from '../errors.js';
import { isInMemory } from '../memory.js';
import { simd } from '../simd/index.js';
import { sum } from './reduce.js';

/** @throws RangeError on lengths that do not fit, or where results would be written over what is still to be read */
export type SoftmaxKernel = (
  y: Float64Array,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
  scratch: Float64Array,
) => void;

function check(
  kernel: string,
  x: Float64Array,
  outer: number,
  n: number,
  inner: number,
  scratch: Float64Array,
): void {
  checkSize(kernel, 'outer', outer);
  checkSize(kernel, 'n', n);
  checkSize(kernel, 'inner', inner);
  checkLength(kernel, 'x', x, outer * n * inner, 'outer·n·inner');
  if (scratch.length < n) {
    throw rangeError(`${kernel}: scratch needs n = ${n} elements, but has ${scratch.length}`);
  }
  checkApart(kernel, scratch, 'x', x);
}

/** A result of x's shape. */
function checkSame(kernel: string, y: Float64Array, x: Float64Array, scratch: Float64Array): void {
  checkLength(kernel, 'y', y, x.length, 'outer·n·inner');
  checkInPlace(kernel, y, 'x', x);
  checkApart(kernel, y, 'scratch', scratch);
}

/** The largest element of the latest line. (A variable for it would be a new box for every number.) */
const largest = new Float64Array(1);
let place = 0;

/**
 * Of the n elements from, from + stride, …: leaves the largest in `largest`, where it was first met in `place`, and returns
 * Σ e^{xᵢ − largest} over the others, 0 if the largest is not finite. Kept apart from the 1 that the largest
 * itself gives, a term of 10⁻¹⁸ is not lost. The terms stay in `scratch`, that of the largest as 0.
 */
function rest(
  x: Float64Array,
  from: number,
  n: number,
  stride: number,
  scratch: Float64Array,
): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0, p = from; i < n; i++, p += stride) {
    if (x[p]! > top || Number.isNaN(x[p])) {
      top = x[p]!;
      place = i;
    }
  }
  largest[0] = top;
  if (!Number.isFinite(top)) return 0;
  for (let i = 0, p = from; i < n; i++, p += stride) scratch[i] = x[p]! - top;
  expInPlace(scratch, n);
  scratch[place] = 0;
  return sum(scratch, 0, n);
}

/** The first n elements to their exponentials. (Not bound beforehand: that would be garbage in every step of training.) */
function expInPlace(x: Float64Array, n: number): void {
  const at = x.byteOffset;
  const twin = isInMemory(x) ? simd()?.exp : undefined;
  if (!twin) {
    for (let i = 0; i < n; i++) x[i] = exp(x[i]!);
    return;
  }
  for (let i = twin(at, at, 0, n); i < n; i = twin(at, at, i + 1, n)) x[i] = exp(x[i]!);
}

/** y = ln Σ eˣ, [outer, inner]: largest + log1p(rest). Of nothing, and of −∞ only, it is −∞; with an ∞, ∞. */
export const logSumExpAxis: SoftmaxKernel = (y, x, outer, n, inner, scratch) => {
  check('logSumExpAxis', x, outer, n, inner, scratch);
  checkLength('logSumExpAxis', 'y', y, outer * inner, 'outer·inner');
  checkApart('logSumExpAxis', y, 'x', x);
  checkApart('logSumExpAxis', y, 'scratch', scratch);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const others = rest(x, o * n * inner + c, n, inner, scratch);
      const top = largest[0]!;
      y[o * inner + c] = others === 0 ? top : top + log1p(others);
    }
  }
};

/** y = x − ln Σ eˣ, of x's shape, as (x − largest) − log1p(rest). */
export const logSoftmaxAxis: SoftmaxKernel = (y, x, outer, n, inner, scratch) => {
  check('logSoftmaxAxis', x, outer, n, inner, scratch);
  checkSame('logSoftmaxAxis', y, x, scratch);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const from = o * n * inner + c;
      const shift = log1p(rest(x, from, n, inner, scratch));
      const top = largest[0]!;
      for (let i = 0, p = from; i < n; i++, p += inner) y[p] = x[p]! - top - shift;
    }
  }
};

/** y = eˣ / Σ eˣ, of x's shape; zeros where every element is −∞, as the gradient of a log-sum-exp has to be. */
export const softmaxAxis: SoftmaxKernel = (y, x, outer, n, inner, scratch) => {
  check('softmaxAxis', x, outer, n, inner, scratch);
  checkSame('softmaxAxis', y, x, scratch);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const from = o * n * inner + c;
      const total = 1 + rest(x, from, n, inner, scratch);
      const top = largest[0]!;
      if (Number.isFinite(top)) scratch[place] = 1;
      // An ∞ or a NaN among them: no distribution, but what the formula makes of it.
      else for (let i = 0, p = from; i < n; i++, p += inner) scratch[i] = exp(x[p]! - top);
      const empty = top === Number.NEGATIVE_INFINITY;
      for (let i = 0, p = from; i < n; i++, p += inner) y[p] = empty ? 0 : scratch[i]! / total;
    }
  }
};
