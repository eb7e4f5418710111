// A sparse matrix by compressed rows times a vector and times a narrow dense matrix: the loop of a textbook, our
// loop on arrays of any kind, and its twin in WebAssembly; all three add in the same order.

import {
  Csr,
  Random,
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
} from '../src/linalg/index.js';
import { assertSame, compare, gigaflops, normals } from './harness.js';
import { caseOf, placed } from './support/placed.js';

const n = 20_000;
/** In each row. */
const entries = 100;
const a = randomMatrix();
const own = {
  rowStart: a.rowStart.slice(),
  columnIndex: a.columnIndex.slice(),
  values: a.values.slice(),
};

for (const k of [1, 16, 64]) {
  const [x, y] = [placed(n * k, 'x'), placed(n * k, 'y')];
  const expected = new Float64Array(n * k);
  const work = gigaflops(2 * a.nonZeros * k);
  const size = `${n}×${n}, ${a.nonZeros} stored`;

  textbook(expected, x.outside, k);
  const run = k === 1 ? sparseTimesVector : sparseTimesDense;
  run(y.inside, a, x.inside, k);
  assertSame('A·X', y.inside, expected);
  compare(`${size}, times ${n}×${k}`, work, [
    caseOf('textbook', expected, () => textbook(expected, x.outside, k)),
    caseOf('TypeScript', y.outside, () => run(y.outside, a, x.outside, k)),
    caseOf('WebAssembly', y.inside, () => run(y.inside, a, x.inside, k)),
  ]);

  const back = k === 1 ? sparseTransposeTimesVector : sparseTransposeTimesDense;
  back(y.inside, a, x.inside, k);
  back(y.outside, a, x.outside, k);
  assertSame('Aᵀ·X', y.inside, y.outside);
  compare(`${size}, transposed, times ${n}×${k}`, work, [
    caseOf('TypeScript', y.outside, () => back(y.outside, a, x.outside, k)),
    caseOf('WebAssembly', y.inside, () => back(y.inside, a, x.inside, k)),
  ]);
}

/** Y = A·X, on ordinary arrays. */
function textbook(y: Float64Array, x: Float64Array, k: number): void {
  const { rowStart, columnIndex, values } = own;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      let s = 0;
      for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) {
        s += values[p]! * x[columnIndex[p]! * k + c]!;
      }
      y[i * k + c] = s;
    }
  }
}

/** Every row has the same number of entries, at random places. */
function randomMatrix(): Csr {
  const random = new Random(1, 'places');
  const rowStart = Int32Array.from({ length: n + 1 }, (_, i) => i * entries);
  const columnIndex = new Int32Array(n * entries);
  for (let i = 0; i < n; i++) {
    const places = new Set<number>();
    while (places.size < entries) places.add(random.integer(n));
    columnIndex.set(
      [...places].sort((p, q) => p - q),
      i * entries,
    );
  }
  return new Csr(n, n, rowStart, columnIndex, normals(n * entries, 'values'));
}
