import fc from 'fast-check';
import { constant, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import { dyadic, shapes, tensor } from '../support/arbitraries.js';
import { type Entry, type Misfit, type OpName, type Point, shown } from '../support/entry.js';
import { fold, Tensor, zip } from '../support/tensor.js';

const all = dyadic(-4, 4);
const total = (xs: number[]): number => xs.reduce((sum, x) => sum + x, 0);
const scalar = (x: number): Tensor => new Tensor([], [x]);
const vector = (...xs: number[]): Tensor => new Tensor([xs.length], xs);
const rows = (x: Tensor): Tensor => fold(x, [x.shape.length - 1], false, total);
const tiny = 4.248354255291589e-18;

/** ln softmax of the last axis. */
function logSoftmax(x: Tensor): Tensor {
  const sums = rows(x.map(Math.exp));
  return Tensor.make(x.shape, (index) => x.at(index) - Math.log(sums.at(index.slice(0, -1))));
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** KL(N(μ_p, e^{v_p}) ‖ N(μ_q, e^{v_q})), the textbook's formula. */
const kl = (mp: number, vp: number, mq: number, vq: number): number =>
  0.5 * (vq - vp + (Math.exp(vp) + (mp - mq) ** 2) / Math.exp(vq) - 1);

const crossEntropyOf = (mp: number, vp: number, mq: number, vq: number): number =>
  0.5 * (LOG_TWO_PI + vq + (Math.exp(vp) + (mp - mq) ** 2) / Math.exp(vq));

/** Means and log-variances of two Gaussians of one shape. */
const gaussians = shapes(1, 2, 6).chain((shape) =>
  fc.tuple(
    tensor(shape, all),
    tensor(shape, dyadic(-2, 2)),
    tensor(shape, all),
    tensor(shape, dyadic(-2, 2)),
  ),
);

const pair = (mp: Node, vp: Node, mq: Node, vq: Node): [ops.Gaussian, ops.Gaussian] => [
  { mean: mp, logVariance: vp },
  { mean: mq, logVariance: vq },
];

const klPoint = (mu: number, logVariance: number, value: number): Point => ({
  text: `KL(N(${mu}, e^${logVariance}) ‖ N(0, 1))`,
  f: (mean, v) => ops.gaussianKl({ mean, logVariance: v }),
  inputs: [vector(mu), vector(logVariance)],
  value: [value],
  gradient: [[mu], [Math.expm1(logVariance) / 2]],
});

const bcePoint = (x: number, t: number, value: number, slope: number): Point => ({
  text: `logit ${x}, target ${t}`,
  f: (logits) => ops.binaryCrossEntropy(logits, t),
  inputs: [scalar(x)],
  value: [value],
  gradient: [[slope]],
});

const misfit = (make: () => unknown) => ({
  make,
  message: /shapes \[2\] and \[3\] do not broadcast/,
});

/** A target of another shape, and one that the prediction would have to be repeated for. */
const misfitsOf = (name: string, loss: (prediction: Node, target: Node) => Node): Misfit[] => [
  {
    make: () => loss(p(), q()),
    message: new RegExp(
      `^${name}\\(prediction = input \\[2\\] "p", target = input \\[3\\] "q"\\): shapes`,
    ),
  },
  {
    make: () => loss(p(), input('t', [2, 1])),
    message: /the target has to fit the prediction, \[2\]/,
  },
];
const p = () => input('p', [2]);
const q = () => input('q', [3]);

export const losses = {
  squaredError: {
    smooth: shapes(1, 3).chain((shape) =>
      fc.tuple(tensor(shape, all), tensor(shape, all)).map(([a, b]) =>
        shown({
          text: 'squaredError(prediction, target)',
          f: ops.squaredError,
          inputs: [a, b],
          expected: rows(zip((x, y) => (x - y) ** 2, a, b)),
        }),
      ),
    ),
    kinks: [],
    special: [],
    misfits: [
      ...misfitsOf('squaredError', ops.squaredError),
      {
        make: () => ops.squaredError(input('p', []), 1),
        message: /there is no axis -1; it has none/,
      },
    ],
  },
  crossEntropy: {
    smooth: shapes(1, 3).chain((shape) =>
      fc.tuple(tensor(shape, all), tensor(shape, dyadic(1 / 8, 1))).map(([x, t]) =>
        shown({
          text: 'crossEntropy(logits, target)',
          f: ops.crossEntropy,
          inputs: [x, t],
          expected: rows(zip((target, log) => -target * log, t, logSoftmax(x))),
        }),
      ),
    ),
    kinks: [],
    special: [
      {
        text: 'a class that has no share may be impossible',
        f: (x) => ops.crossEntropy(x, constant([1, 0])),
        inputs: [vector(3, Number.NEGATIVE_INFINITY)],
        value: [0],
        gradient: [[0, 0]],
      },
      {
        text: 'the share of a class counts by its logarithm, also from 0 on',
        f: (t) => ops.crossEntropy(constant([0, 0, Number.NEGATIVE_INFINITY]), t),
        inputs: [vector(1, 0, 0)],
        value: [Math.LN2],
        gradient: [[Math.LN2, Math.LN2, 0]],
      },
      {
        text: 'nearly certain',
        f: (x) => ops.crossEntropy(x, constant([1, 0])),
        inputs: [vector(40, 0)],
        value: [tiny],
        gradient: [null],
      },
    ],
    misfits: misfitsOf('crossEntropy', ops.crossEntropy),
  },
  crossEntropyOfClass: {
    smooth: shapes(1, 3)
      .filter((shape) => shape.at(-1)! > 0)
      .chain((shape) =>
        fc
          .tuple(tensor(shape, all), tensor(shape.slice(0, -1), fc.nat(shape.at(-1)! - 1)))
          .map(([x, k]) => {
            const logs = logSoftmax(x);
            return shown({
              text: `crossEntropyOfClass(logits, ${k})`,
              f: (logits) =>
                ops.crossEntropyOfClass(logits, constant(Float64Array.from(k.values), k.shape)),
              inputs: [x],
              expected: Tensor.make(k.shape, (index) => -logs.at([...index, k.at(index)])),
            });
          }),
      ),
    kinks: [],
    special: [
      {
        text: 'softmax less the one-hot of the class',
        f: (x) => ops.crossEntropyOfClass(x, [0]),
        inputs: [new Tensor([1, 2], [0, 0])],
        value: [Math.LN2],
        gradient: [[-0.5, 0.5]],
      },
      {
        text: 'nearly certain, and right',
        f: (x) => ops.crossEntropyOfClass(x, [0]),
        inputs: [new Tensor([1, 2], [40, 0])],
        value: [tiny],
      },
    ],
    misfits: [
      {
        make: () => ops.crossEntropyOfClass(input('x', [2, 3]), [0, 3]),
        message: /element 1 is 3; .* from 0 to 2/,
      },
    ],
  },
  binaryCrossEntropy: {
    smooth: shapes().chain((shape) =>
      fc.tuple(tensor(shape, all), tensor(shape, dyadic(0, 1))).map(([x, t]) =>
        shown({
          text: 'binaryCrossEntropy(logits, target)',
          f: ops.binaryCrossEntropy,
          inputs: [x, t],
          expected: zip(
            (a, b) =>
              -b * Math.log(1 / (1 + Math.exp(-a))) - (1 - b) * Math.log(1 / (1 + Math.exp(a))),
            x,
            t,
          ),
        }),
      ),
    ),
    kinks: [],
    special: [
      bcePoint(0, 0.5, Math.LN2, 0),
      bcePoint(40, 1, tiny, -tiny),
      bcePoint(40, 0, 40, 1),
      bcePoint(-40, 1, 40, -1),
      bcePoint(-40, 0, tiny, tiny),
      bcePoint(1e4, 1, 0, 0),
      bcePoint(1e4, 0, 1e4, 1),
    ],
    misfits: misfitsOf('binaryCrossEntropy', ops.binaryCrossEntropy),
  },
  gaussianKl: {
    smooth: fc.oneof(
      gaussians.map(([mp, vp, mq, vq]) =>
        shown({
          text: 'gaussianKl(p, q)',
          f: (...nodes) => ops.gaussianKl(...pair(...(nodes as [Node, Node, Node, Node]))),
          inputs: [mp, vp, mq, vq],
          expected: rows(zip(kl, mp, vp, mq, vq)),
        }),
      ),
      gaussians.map(([m, v]) =>
        shown({
          text: 'gaussianKl(p), to the standard Gaussian',
          f: (mean, logVariance) => ops.gaussianKl({ mean, logVariance }),
          inputs: [m, v],
          expected: rows(zip((a, b) => kl(a, b, 0, 0), m, v)),
        }),
      ),
      gaussians.map(([m, v]) =>
        shown({
          text: 'gaussianKl(standard, p), the order of the notes',
          f: (mean, logVariance) => ops.gaussianKl(ops.standardGaussian, { mean, logVariance }),
          inputs: [m, v],
          expected: rows(zip((a, b) => kl(0, 0, a, b), m, v)),
        }),
      ),
    ),
    kinks: [],
    special: [
      klPoint(0, 0, 0),
      klPoint(0, 1e-8, 2.5000000083333333e-17),
      klPoint(0, -1e-8, 2.499999991666667e-17),
      klPoint(1e-10, 0, 5e-21),
      klPoint(0, -745, 372),
      klPoint(3, 1, 4.859140914229522),
    ],
    misfits: [
      misfit(() => ops.gaussianKl({ mean: p(), logVariance: 0 }, { mean: q(), logVariance: 0 })),
    ],
  },
  gaussianCrossEntropy: {
    smooth: gaussians.map(([mp, vp, mq, vq]) =>
      shown({
        text: 'gaussianCrossEntropy(p, q)',
        f: (...nodes) => ops.gaussianCrossEntropy(...pair(...(nodes as [Node, Node, Node, Node]))),
        inputs: [mp, vp, mq, vq],
        expected: rows(zip(crossEntropyOf, mp, vp, mq, vq)),
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      misfit(() =>
        ops.gaussianCrossEntropy({ mean: p(), logVariance: 0 }, { mean: q(), logVariance: 0 }),
      ),
    ],
  },
  gaussianEntropy: {
    smooth: gaussians.map(([m, v]) =>
      shown({
        text: 'gaussianEntropy(p)',
        f: (mean, logVariance) => ops.gaussianEntropy({ mean, logVariance }),
        inputs: [m, v],
        expected: rows(v.map((a) => 0.5 * (LOG_TWO_PI + 1 + a))),
        slots: [1],
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.gaussianEntropy({ mean: 0, logVariance: undefined as never }),
        message: /undefined/,
      },
    ],
  },
} satisfies Partial<Record<OpName, Entry>>;
