import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';

/** Rows of A that are gone through side by side. */
const BAND = 4;

/**
 * y = A·x for a symmetric A [n, n], of which only 4 × 4 squares on the diagonal and what is below them is read: with a
 * matrix that does not fit into a cache most of the time goes into reading, and half as much of it takes half as long.
 * Of x and y there are `count`, as rows [count, n]; the kernel reads A once for two of them.
 *
 * An element aᵢⱼ, i > j, stands for two: it adds aᵢⱼxⱼ to yᵢ and aᵢⱼxᵢ to yⱼ. Four rows at a time, whose sums run in two
 * lanes each (j even, j odd), and whose four terms for a yⱼ are added up first.
 */
export function symmetricTimesVectors(
  y: Float64Array,
  a: Float64Array,
  x: Float64Array,
  n: number,
  count: number,
): void {
  const whole = n - (n % BAND);
  const kernels = simd();
  const at = kernels && addressesOf(y, a, x);
  for (let v = 0; at && v < count; v += 2) {
    const [yAt, aAt, xAt] = at;
    const kernel = v + 1 < count ? kernels.symmetricTimesTwo : kernels.symmetricTimesVector;
    kernel(yAt + 8 * v * n, aAt, xAt + 8 * v * n, n, whole);
  }
  for (let v = 0; v < count; v++) {
    const [yRow, xRow] = [y.subarray(v * n, (v + 1) * n), x.subarray(v * n, (v + 1) * n)];
    if (!at) for (let i = 0; i < whole; i += BAND) band(yRow, a, xRow, n, i);
    for (let i = whole; i < n; i++) lastRow(yRow, a, xRow, n, i);
  }
}

/** Row i, one of the last where four are not left. */
function lastRow(y: Float64Array, a: Float64Array, x: Float64Array, n: number, i: number): void {
  let s = 0;
  for (let j = 0; j < i; j++) {
    s += a[i * n + j]! * x[j]!;
    y[j]! += a[i * n + j]! * x[i]!;
  }
  y[i] = s + a[i * n + i]! * x[i]!;
}

/** Rows i … i + 3, as far as column i + 3. */
function band(y: Float64Array, a: Float64Array, x: Float64Array, n: number, i: number): void {
  const [x0, x1, x2, x3] = [x[i]!, x[i + 1]!, x[i + 2]!, x[i + 3]!];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  const q0 = i * n;
  const q1 = q0 + n;
  const q2 = q1 + n;
  const q3 = q2 + n;
  for (let j = 0; j < i + BAND; j += 2) {
    const [a0, a1, a2, a3] = [a[q0 + j]!, a[q1 + j]!, a[q2 + j]!, a[q3 + j]!];
    const [b0, b1, b2, b3] = [a[q0 + j + 1]!, a[q1 + j + 1]!, a[q2 + j + 1]!, a[q3 + j + 1]!];
    const u = x[j]!;
    const v = x[j + 1]!;
    s0 += a0 * u;
    s1 += a1 * u;
    s2 += a2 * u;
    s3 += a3 * u;
    t0 += b0 * v;
    t1 += b1 * v;
    t2 += b2 * v;
    t3 += b3 * v;
    if (j >= i) continue; // in the square on the diagonal all elements are there themselves
    y[j]! += a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3);
    y[j + 1]! += b0 * x0 + b1 * x1 + (b2 * x2 + b3 * x3);
  }
  y[i] = s0 + t0;
  y[i + 1] = s1 + t1;
  y[i + 2] = s2 + t2;
  y[i + 3] = s3 + t3;
}
