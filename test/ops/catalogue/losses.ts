import fc from 'fast-check';
import { dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions } from '../../../src/check/reference/index.js';
import type { Misfit, OpSpec, Point } from '../../../src/check/spec.js';
import { constant, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { shapes } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, point, scalar, vector } from './builders.js';
import { indexOf, rowsWithIndex } from './indexing.js';

const tiny = 4.248354255291589e-18;

const bcePoint = (x: number, t: number, value: number, slope: number): Point =>
  point(
    `logit ${x}, target ${t}`,
    (logits) => ops.binaryCrossEntropy(logits!, t),
    [scalar(x)],
    [value],
    [slope],
  );

const p = () => input('p', [2]);
const q = () => input('q', [3]);

/** A target of another shape, and one that the prediction would have to be repeated for. */
const misfitsOf = (name: string, loss: (prediction: Node, target: Node) => Node): Misfit[] => [
  {
    make: () => loss(p(), q()),
    message: new RegExp(
      `^${name}\\(prediction = input \\[2\\] "p", target = input \\[3\\] "q"\\): shapes`,
    ),
  },
  {
    make: () => loss(input('p', [4, 2]), input('q', [3, 2])),
    message: new RegExp(`^${name}\\(.*shapes .* do not broadcast.*(3 meets 4|4 meets 3)`),
  },
  {
    make: () => loss(p(), input('t', [2, 1])),
    message: /the target has to fit the prediction, \[2\]/,
  },
];

/** Logits or predictions, and a target of the same shape. */
const withTarget = (least: number, target: fc.Arbitrary<number>) =>
  shapes({ least, most: 3 }).chain((shape) => fc.tuple(tensor(shape, all), tensor(shape, target)));

/** Classes to tell apart: of a single one the softmax is 1 whatever the logits. */
const classes = shapes({ least: 1, most: 3 }).map((shape) =>
  shape.with(-1, shape.at(-1) === 1 ? 2 : shape.at(-1)!),
);

export const losses = {
  squaredError: {
    smooth: withTarget(1, all).map((inputs) =>
      shown({
        text: (prediction, target) => call('squaredError', prediction, target),
        f: ops.squaredError,
        definition: definitions.squaredError,
        inputs,
      }),
    ),
    special: [
      point(
        'a target for all rows',
        (x, t) => ops.squaredError(x!, t!),
        [matrix([1, 2], [3, 4]), vector(1, 1)],
        [1, 13],
        [0, 2, 4, 6],
        [-4, -8],
      ),
    ],
    misfits: [
      ...misfitsOf('squaredError', ops.squaredError),
      {
        make: () => ops.squaredError(input('p', []), 1),
        message: /there is no axis -1; it has none/,
      },
    ],
  },
  crossEntropy: {
    domain: {
      text: 'target > 0, where −t ln softmax(x) counts by its logarithm',
      has: (_, t) => t!.values.every((share) => share > 0),
    },
    smooth: classes
      .chain((shape) => fc.tuple(tensor(shape, all), tensor(shape, dyadic(1 / 8, 1))))
      .map((inputs) =>
        shown({
          text: (logits, target) => call('crossEntropy', logits, target),
          f: ops.crossEntropy,
          definition: definitions.crossEntropy,
          inputs,
        }),
      ),
    special: [
      point(
        'a class that has no share may be impossible',
        (x) => ops.crossEntropy(x!, constant([1, 0])),
        [vector(3, Number.NEGATIVE_INFINITY)],
        [0],
        [0, 0],
      ),
      point(
        'the share of a class counts by its logarithm, also from 0 on',
        (t) => ops.crossEntropy(constant([0, 0, Number.NEGATIVE_INFINITY]), t!),
        [vector(1, 0, 0)],
        [Math.LN2],
        [Math.LN2, Math.LN2, 0],
      ),
      point(
        'nearly certain, and wrong',
        (x) => ops.crossEntropy(x!, constant([0, 1])),
        [vector(40, 0)],
        [40],
        [1, -1],
      ),
      point(
        'nearly certain',
        (x) => ops.crossEntropy(x!, constant([1, 0])),
        [vector(40, 0)],
        [tiny],
        null,
      ),
    ],
    misfits: [
      ...misfitsOf('crossEntropy', ops.crossEntropy),
      { make: () => ops.crossEntropy(input('x', []), 1), message: /there is no axis -1/ },
    ],
  },
  crossEntropyOfClass: {
    smooth: rowsWithIndex(2).map(([x, k]) =>
      shown({
        text: (logits) => call('crossEntropyOfClass', logits, k),
        f: (logits) => ops.crossEntropyOfClass(logits, indexOf(k)),
        definition: definitions.crossEntropyOfClass(k),
        inputs: [x],
      }),
    ),
    special: [
      point(
        'softmax less the one-hot of the class',
        (x) => ops.crossEntropyOfClass(x!, [0]),
        [matrix([0, 0])],
        [Math.LN2],
        [-0.5, 0.5],
      ),
      point(
        'nearly certain, and right',
        (x) => ops.crossEntropyOfClass(x!, [0]),
        [matrix([40, 0])],
        [tiny],
        null,
      ),
      point(
        'nearly certain, and wrong',
        (x) => ops.crossEntropyOfClass(x!, [1]),
        [matrix([40, 0])],
        [40],
        [1, -1],
      ),
    ],
    misfits: [
      {
        make: () => ops.crossEntropyOfClass(input('x', [2, 3]), [0, 3]),
        message: /element 1 is 3; .* from 0 to 2/,
      },
      {
        make: () => ops.crossEntropyOfClass(input('x', [2, 3]), [0]),
        message: /the index has one number for each row of x: \[2\]/,
      },
      { make: () => ops.crossEntropyOfClass(input('x', []), 0), message: /there is no axis -1/ },
    ],
  },
  binaryCrossEntropy: {
    smooth: withTarget(0, dyadic(0, 1)).map((inputs) =>
      shown({
        text: (logits, target) => call('binaryCrossEntropy', logits, target),
        f: ops.binaryCrossEntropy,
        definition: definitions.binaryCrossEntropy,
        inputs,
      }),
    ),
    special: [
      bcePoint(0, 0.5, Math.LN2, 0),
      bcePoint(40, 1, tiny, -tiny),
      bcePoint(40, 0, 40, 1),
      bcePoint(-40, 1, 40, -1),
      bcePoint(-40, 0, tiny, tiny),
      bcePoint(745, 1, 5e-324, -5e-324),
      bcePoint(-745, 0, 5e-324, 5e-324),
      bcePoint(1e4, 1, 0, 0),
      bcePoint(1e4, 0, 1e4, 1),
    ],
    misfits: misfitsOf('binaryCrossEntropy', ops.binaryCrossEntropy),
  },
} satisfies Partial<Record<OpName, OpSpec>>;
