import { dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions, Tensor } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { evaluate, input } from '../../../src/graph/index.js';
import type { Shape } from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all } from './builders.js';

// Leaves: what they draw is tested in noise.test.ts. Here: that x's gradient goes past them.

/** What a leaf draws in the first step. */
const drawn = (leaf: Leaf, shape: Shape, options: ops.NoiseOptions): Tensor =>
  new Tensor(shape, [...evaluate(leaf(shape, options))]);

type Leaf = typeof ops.normalNoise;

function noisy(name: string, leaf: Leaf): OpSpec {
  const options = { seed: 3, label: name };
  return {
    smooth: tensors(all).map((x) =>
      shown({
        text: (node) => call('mul', node, call(name, x.shape, { seed: 3, label: `'${name}'` })),
        f: (node) => ops.mul(node, leaf(x.shape, options)),
        definition: (A, a) => definitions.mul(A, a, drawn(leaf, x.shape, options).map(A.of)),
        inputs: [x],
      }),
    ),
    misfits: [
      {
        make: () => leaf([-1], { label: 'e' }),
        message: new RegExp(`^${name}: the shape \\[-1\\]`),
      },
      {
        make: () => leaf([1.5], { label: 'e' }),
        message: new RegExp(`^${name}: the shape \\[1.5\\]`),
      },
    ],
  };
}

export const noise = {
  normalNoise: noisy('normalNoise', ops.normalNoise),
  uniformNoise: noisy('uniformNoise', ops.uniformNoise),
  sampleNormal: {
    smooth: tensors(all).chain((mean) =>
      tensor(mean.shape, dyadic(-2, 2)).map((logVariance) =>
        shown({
          text: (m, v) => call('sampleNormal', m, v, { seed: 7, label: "'z'" }),
          f: (m, v) => ops.sampleNormal(m, v, { seed: 7, label: 'z' }),
          // μ + e^{v/2}·ε
          definition: (A, m, v) => {
            const noise = drawn(ops.normalNoise, mean.shape, { seed: 7, label: 'z' });
            const sigma = v.map((each) => A.apply('exp', A.mul(A.of(0.5), each)));
            return definitions.add(A, m, definitions.mul(A, sigma, noise.map(A.of)));
          },
          inputs: [mean, logVariance],
        }),
      ),
    ),
    misfits: [
      {
        make: () => ops.sampleNormal(input('m', [2]), input('v', [3]), { label: 'z' }),
        message: /shapes \[2\] and \[3\] do not broadcast|shapes \[3\] and \[2\] do not broadcast/,
      },
    ],
  },
} satisfies Partial<Record<OpName, OpSpec>>;
