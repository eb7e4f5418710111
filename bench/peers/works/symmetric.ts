// The 16 largest eigenvalues of a random symmetric 2000×2000 matrix, and their vectors. Its eigenvalues lie
// close to each other everywhere, so no iteration has it easy.

import { allocate, denseOperator, finish, lanczos } from '../../../src/linalg/index.js';
import { milliseconds, normals } from '../../harness.js';
import { options } from '../../support/options.js';
import type { Contest } from '../contest.js';
import { type Absent, type Contestant, invite, script } from '../contestant.js';
import { load } from '../packages.js';
import type { Python } from '../python.js';

const [n, k] = [options.quick ? 300 : 2000, 16];

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const a = randomSymmetric();
  const inPython = (name: string, library: string) =>
    invite(name, () => python.contestant(name, 'symmetric', library, { n, k, a }));
  yield {
    title: `symmetric ${n}×${n}, k = ${k}`,
    unit: milliseconds,
    ours: ours(a),
    peers: [
      await inPython('numpy eigh', 'numpy'),
      await inPython('scipy Lanczos', 'scipy'),
      await mlMatrix(a),
    ],
    bars: options.quick ? [] : [{ against: 'ml-matrix', most: 0.01 }],
  };
}

function randomSymmetric(): Float64Array {
  const a = normals(n * n, 'symmetric');
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
  return a;
}

function ours(matrix: Float64Array): Contestant {
  const a = allocate(n * n);
  a.set(matrix);
  const values = (): Float64Array =>
    finish(lanczos(denseOperator(a, n, n), k, { which: 'algebraic' })).values;
  return script({ name: 'ours', run: () => values()[k - 1]!, answer: values });
}

interface MlMatrix {
  readonly Matrix: new (rows: number[][]) => object;
  readonly EigenvalueDecomposition: new (
    matrix: object,
    options: { assumeSymmetric: boolean },
  ) => { realEigenvalues: number[] };
}
function mlMatrix(a: Float64Array): Promise<Contestant | Absent> | Absent {
  const name = 'ml-matrix';
  if (n > 500 && !options.slow) {
    return { name, reason: 'left out, since it takes a minute and a half; --slow brings it in' };
  }
  return invite(name, async () => {
    const { Matrix, EigenvalueDecomposition } = await load<MlMatrix>('ml-matrix');
    const matrix = new Matrix(
      Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * n, (i + 1) * n))),
    );
    const values = () => {
      const all = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues;
      return [...all].sort((x, y) => y - x).slice(0, k);
    };
    return script({ name, run: () => values()[k - 1]!, answer: values });
  });
}
