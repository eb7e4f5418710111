import fc from 'fast-check';
import { dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions } from '../../../src/check/reference/index.js';
import type { Misfit, OpSpec, Point } from '../../../src/check/spec.js';
import { input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { shapes } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, point, scalar, vector } from './builders.js';

/** Means and log-variances of two Gaussians of one shape. */
const twoGaussians = shapes({ least: 1, most: 2, elements: 6 }).chain((shape) =>
  fc.tuple(
    tensor(shape, all),
    tensor(shape, dyadic(-2, 2)),
    tensor(shape, all),
    tensor(shape, dyadic(-2, 2)),
  ),
);

type Four = [Node, Node, Node, Node];

const pair = (mp: Node, vp: Node, mq: Node, vq: Node): [ops.Gaussian, ops.Gaussian] => [
  { mean: mp, logVariance: vp },
  { mean: mq, logVariance: vq },
];

const gaussian = (mean: unknown, logVariance: unknown): string =>
  `{ mean: ${mean}, logVariance: ${logVariance} }`;

const klPoint = (mu: number, logVariance: number, value: number): Point =>
  point(
    `KL(N(${mu}, e^${logVariance}) ‖ N(0, 1))`,
    (mean, v) => ops.gaussianKl({ mean: mean!, logVariance: v! }),
    [vector(mu), vector(logVariance)],
    [value],
    [mu],
    [Math.expm1(logVariance) / 2],
  );

const p = () => input('p', [2]);
const q = () => input('q', [3]);

const gaussianMisfits = (f: (p: ops.Gaussian, q: ops.Gaussian) => Node): Misfit[] => [
  {
    make: () => f({ mean: p(), logVariance: 0 }, { mean: q(), logVariance: 0 }),
    message: /shapes \[2\] and \[3\] do not broadcast/,
  },
  {
    make: () => f({ mean: p(), logVariance: p() }, { mean: p(), logVariance: q() }),
    message: /shapes \[2\] and \[3\] do not broadcast/,
  },
  {
    make: () => f({ mean: 0, logVariance: 0 }, { mean: 1, logVariance: 0 }),
    message: /there is no axis -1; it has none/,
  },
];

export const gaussians = {
  gaussianKl: {
    smooth: fc.oneof(
      twoGaussians.map((inputs) =>
        shown({
          text: (m, v, n, w) => call('gaussianKl', gaussian(m, v), gaussian(n, w)),
          f: (...nodes) => ops.gaussianKl(...pair(...(nodes as Four))),
          definition: definitions.gaussianKl,
          inputs,
        }),
      ),
      // to the standard Gaussian
      twoGaussians.map(([m, v]) =>
        shown({
          text: (mean, w) => call('gaussianKl', gaussian(mean, w)),
          f: (mean, logVariance) => ops.gaussianKl({ mean, logVariance }),
          definition: (A, mean, w) =>
            definitions.gaussianKl(A, mean, w, scalar(0).map(A.of), scalar(0).map(A.of)),
          inputs: [m, v],
        }),
      ),
      // from it, the order of the notes
      twoGaussians.map(([m, v]) =>
        shown({
          text: (mean, w) => call('gaussianKl', 'standardGaussian', gaussian(mean, w)),
          f: (mean, logVariance) => ops.gaussianKl(ops.standardGaussian, { mean, logVariance }),
          definition: (A, mean, w) =>
            definitions.gaussianKl(A, scalar(0).map(A.of), scalar(0).map(A.of), mean, w),
          inputs: [m, v],
        }),
      ),
    ),
    special: [
      klPoint(0, 0, 0),
      klPoint(0, 1e-8, 2.5000000083333333e-17),
      klPoint(0, -1e-8, 2.499999991666667e-17),
      klPoint(1e-10, 0, 5e-21),
      klPoint(0, -745, 372),
      klPoint(3, 1, 4.859140914229522),
    ],
    misfits: gaussianMisfits(ops.gaussianKl),
  },
  gaussianCrossEntropy: {
    smooth: twoGaussians.map((inputs) =>
      shown({
        text: (m, v, n, w) => call('gaussianCrossEntropy', gaussian(m, v), gaussian(n, w)),
        f: (...nodes) => ops.gaussianCrossEntropy(...pair(...(nodes as Four))),
        definition: definitions.gaussianCrossEntropy,
        inputs,
      }),
    ),
    misfits: gaussianMisfits(ops.gaussianCrossEntropy),
  },
  gaussianEntropy: {
    smooth: twoGaussians.map(([m, v]) =>
      shown({
        text: (mean, w) => call('gaussianEntropy', gaussian(mean, w)),
        f: (mean, logVariance) => ops.gaussianEntropy({ mean, logVariance }),
        definition: definitions.gaussianEntropy,
        inputs: [m, v],
        slots: [1],
      }),
    ),
    misfits: [
      {
        make: () => ops.gaussianEntropy({ mean: 0, logVariance: undefined as never }),
        message: /undefined/,
      },
      {
        make: () => ops.gaussianEntropy({ mean: 0, logVariance: 0 }),
        message: /there is no axis -1; it has none/,
      },
    ],
  },
} satisfies Partial<Record<OpName, OpSpec>>;
