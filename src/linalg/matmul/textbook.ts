import { checkMatmul, type MatmulOptions } from './options.js';

/**
 * C = A·B for A [m, k], B [k, n], C [m, n], row-major: the loop that a textbook prints, and the
 * definition of every product in this project. The order is part of it: s = +0, then
 * s += a·b for ascending k, each product rounded before it is added.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with an input.
 */
export function matmulTextbook(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  checkMatmul('matmulTextbook', out, a, b, m, n, k);
  const { transposeA = false, transposeB = false, accumulate = false } = options;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let l = 0; l < k; l++) {
        s += a[transposeA ? l * m + i : i * k + l]! * b[transposeB ? j * k + l : l * n + j]!;
      }
      out[i * n + j] = accumulate ? out[i * n + j]! + s : s;
    }
  }
}
