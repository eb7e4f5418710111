// The 16 largest principal components of 10,000 points in 300 dimensions (not centred, as the notes have
// it): eigenpairs of XᵀX, from X.

import { allocate, denseOperator, finish } from '../../../src/linalg/index.js';
import { principalComponents } from '../../../src/models/index.js';
import { milliseconds, normals } from '../../harness.js';
import type { Contest } from '../contest.js';
import { type Contestant, invite, script } from '../contestant.js';
import { load } from '../packages.js';
import type { Python } from '../python.js';

const [n, d, k] = [10_000, 300, 16];

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const x = points();
  const inPython = (name: string, library: string) =>
    invite(name, () => python.contestant(name, 'pca', library, { n, d, k, x }));
  yield {
    title: `PCA of ${n}×${d}, k = ${k}`,
    unit: milliseconds,
    ours: ours(x),
    peers: [
      await inPython('numpy eigh of XᵀX', 'numpy'),
      await inPython('scipy Lanczos of XᵀX', 'scipy'),
      await invite('ml-pca', () => mlPca(x)),
    ],
    bars: [{ against: 'numpy eigh of XᵀX', most: 3 }],
  };
}

/**
 * Normal numbers whose spread falls off as 1/√j from one direction to the next, as that of word counts does,
 * turned by a reflection, so that no direction is a coordinate.
 */
function points(): Float64Array {
  const x = normals(n * d, 'points');
  const mirror = normals(d, 'mirror');
  const square = mirror.reduce((sum, value) => sum + value * value, 0);
  for (let i = 0; i < n; i++) {
    const row = x.subarray(i * d, (i + 1) * d);
    let along = 0;
    for (let j = 0; j < d; j++) {
      row[j]! /= Math.sqrt(1 + j);
      along += row[j]! * mirror[j]!;
    }
    for (let j = 0; j < d; j++) row[j]! -= ((2 * along) / square) * mirror[j]!;
  }
  return x;
}

function ours(points: Float64Array): Contestant {
  const x = allocate(n * d);
  x.set(points);
  const values = (): Float64Array => finish(principalComponents(denseOperator(x, n, d), k)).values;
  return script({ name: 'ours', run: () => values()[k - 1]!, answer: values });
}

interface MlPca {
  readonly PCA: new (
    rows: number[][],
    options: { center: boolean },
  ) => { getEigenvalues(): number[] };
}
async function mlPca(x: Float64Array): Promise<Contestant> {
  const { PCA } = await load<MlPca>('ml-pca');
  const rows = Array.from({ length: n }, (_, i) => Array.from(x.subarray(i * d, (i + 1) * d)));
  // Its eigenvalues are those of XᵀX/(n − 1).
  const values = () =>
    new PCA(rows, { center: false })
      .getEigenvalues()
      .slice(0, k)
      .map((value) => value * (n - 1));
  return script({ name: 'ml-pca', run: () => values()[k - 1]!, answer: values });
}
