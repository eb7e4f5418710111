// C = A·B for square matrices: the loop of a textbook against ours, which adds in the same order.

import { matmul, matmulTextbook } from '../src/linalg/index.js';
import { assertSame, compare, gigaflops, normals } from './harness.js';

for (const n of [16, 32, 64, 128, 256]) {
  const a = normals(n * n, 'a');
  const b = normals(n * n, 'b');
  const expected = new Float64Array(n * n);
  const c = new Float64Array(n * n);
  matmulTextbook(expected, a, b, n, n, n);
  matmul(c, a, b, n, n, n);
  assertSame(`matmul ${n}`, c, expected);
  const last = n * n - 1;
  compare(`matmul ${n}×${n}`, gigaflops(2 * n ** 3), [
    {
      name: 'textbook',
      run: () => {
        matmulTextbook(c, a, b, n, n, n);
        return c[last]!;
      },
    },
    {
      name: 'ours',
      run: () => {
        matmul(c, a, b, n, n, n);
        return c[last]!;
      },
    },
  ]);
}
