// C = A·B for square matrices of doubles, one thread.

import { allocate, matmul } from '../../../src/linalg/index.js';
import { gigaflops, normals } from '../../harness.js';
import { options } from '../../support/options.js';
import type { Bar, Contest } from '../contest.js';
import { invite, script } from '../contestant.js';
import { matrixPeers } from '../matrices.js';
import type { Python } from '../python.js';

const sizes = options.quick ? [16, 128] : [16, 64, 128, 256, 512, 1024];

export async function* contests(python: Python): AsyncGenerator<Contest> {
  for (const n of sizes) {
    const [a, b] = [normals(n * n, 'a'), normals(n * n, 'b')];
    const inPython = (name: string, library: string) =>
      invite(name, () => python.contestant(name, 'matmul', library, { n, a, b }));
    // Its other two ways differ in what a call costs, which large products do not notice.
    const more =
      n < 64
        ? [['numpy @', 'numpy_matmul'] as const, ['numpy a.dot(b, c)', 'numpy_method'] as const]
        : [];
    yield {
      title: `matmul ${n}×${n}`,
      unit: gigaflops(2 * n ** 3),
      ours: ours(n, a, b),
      peers: [
        await inPython('numpy', 'numpy'),
        ...(await Promise.all(more.map(([name, library]) => inPython(name, library)))),
        await inPython('torch', 'torch'),
        ...(await matrixPeers(n, a, b)),
      ],
      bars: bars(n),
    };
  }
}

function ours(n: number, left: Float64Array, right: Float64Array) {
  const [a, b, c] = [allocate(n * n), allocate(n * n), allocate(n * n)];
  a.set(left);
  b.set(right);
  const product = (): Float64Array => {
    matmul(c, a, b, n, n, n);
    return c;
  };
  return script({ name: 'ours', run: () => product()[n * n - 1]!, answer: product });
}

function bars(n: number): readonly Bar[] {
  const numpy = {
    against: 'numpy',
    ...(n < 128 ? { most: 0.6, goal: 0.5 } : { most: 2.6, goal: 2.1 }),
  };
  const numpyTs = { against: 'numpy-ts', most: 0.7 };
  if (n < 64) return [numpy];
  return n < 128 ? [numpyTs] : [numpy, numpyTs];
}
