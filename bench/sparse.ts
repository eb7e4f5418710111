// A sparse matrix times a vector and times a narrow dense matrix, against the dense product that does
// not know which of its terms are zero.

import { Csr, matmul, Random, sparseTimesDense, sparseTimesVector } from '../src/linalg/index.js';
import { assertSame, compare, gigaflops, normals } from './harness.js';

const size = 1000;
for (const density of [0.001, 0.01, 0.1]) {
  const a = randomMatrix(size, density);
  const dense = a.toDense();
  for (const columns of [1, 16]) {
    const x = normals(size * columns, 'x');
    const y = new Float64Array(size * columns);
    const expected = new Float64Array(size * columns);
    const sparse = (): void => {
      if (columns === 1) sparseTimesVector(y, a, x);
      else sparseTimesDense(y, a, x, columns);
    };
    matmul(expected, dense, x, size, columns, size);
    sparse();
    assertSame('sparse times dense', y, expected);
    const title = `${size}×${size}, ${density * 100} % stored, times ${size}×${columns}`;
    compare(title, gigaflops(2 * a.nonZeros * columns), [
      {
        name: 'dense',
        run: () => {
          matmul(y, dense, x, size, columns, size);
          return y[size - 1]!;
        },
      },
      {
        name: 'sparse',
        run: () => {
          sparse();
          return y[size - 1]!;
        },
      },
    ]);
  }
}

function randomMatrix(n: number, density: number): Csr {
  const random = new Random(1, 'places');
  const count = Math.round(n * n * density);
  const rows = Array.from({ length: count }, () => random.integer(n));
  const columns = Array.from({ length: count }, () => random.integer(n));
  return Csr.fromTriplets(n, n, rows, columns, normals(count, 'values'));
}
