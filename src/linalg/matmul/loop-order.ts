import { checkMatmul, type MatmulOptions } from './options.js';

/**
 * The textbook's loops in another order: k outside, columns inside. A row of B is then read as it lies, one number after
 * the next, and a whole row of sums goes along with k. Each sum still gets its terms for ascending k,
 * so no bit changes; only memory is happier. (Where B is stored transposed, the textbook's order reads along its rows already.)
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export function matmulLoopOrder(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  checkMatmul('matmulLoopOrder', out, a, b, m, n, k);
  const { transposeA = false, transposeB = false, accumulate = false } = options;
  const [aRow, aStep] = transposeA ? [1, m] : [k, 1];
  const sums = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    if (transposeB) {
      for (let j = 0; j < n; j++) {
        let s = 0;
        for (let l = 0; l < k; l++) s += a[i * aRow + l * aStep]! * b[j * k + l]!;
        sums[j] = s;
      }
    } else {
      sums.fill(0);
      for (let l = 0; l < k; l++) {
        const x = a[i * aRow + l * aStep]!;
        for (let j = 0; j < n; j++) sums[j]! += x * b[l * n + j]!;
      }
    }
    for (let j = 0; j < n; j++) out[i * n + j] = accumulate ? out[i * n + j]! + sums[j]! : sums[j]!;
  }
}
