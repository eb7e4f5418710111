import fc from 'fast-check';
import { gradients, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import { axesOf, distinct, dyadic, shapes, tensor, tensors } from '../support/arbitraries.js';
import { type Entry, type Misfit, type OpName, type Point, shown } from '../support/entry.js';
import { fold, Tensor } from '../support/tensor.js';

const vector = (...xs: number[]): Tensor => new Tensor([xs.length], xs);

const slopeOfNorm = (x: Node): Node => gradients(ops.norm(x), [x])[0]!;

type Reducer = (x: Node, axes?: ops.Axes, options?: ops.ReduceOptions) => Node;

const wrongAxes = (name: string, f: Reducer): Misfit[] => [
  {
    make: () => f(input('x', [2, 3]), 2),
    message: new RegExp(
      `^${name}\\(input \\[2, 3\\] "x"\\): there is no axis 2; its axes are 0 … 1, or −2 … −1`,
    ),
  },
  { make: () => f(input('x', [2, 3]), [0, -2]), message: /the axes \[0, -2\] name one axis twice/ },
  { make: () => f(input('x', []), 0), message: /there is no axis 0; it has none/ },
];

/** A reduction over some axes; `least` elements along them at least. */
function reduction(
  name: string,
  f: Reducer,
  reference: (elements: number[]) => number,
  values: (shape: readonly number[]) => fc.Arbitrary<Tensor>,
  more: Partial<Entry> = {},
  least = 0,
): Entry {
  const drawn = shapes().chain((shape) =>
    fc.tuple(values(shape), axesOf(shape.length), fc.boolean()).filter(([x, { axes }]) => {
      const reduced = axes.reduce((n, axis) => n * x.shape[axis]!, 1);
      return reduced >= least;
    }),
  );
  return {
    smooth: drawn.map(([x, { given, axes }, keepAxes]) =>
      shown({
        text: `${name}(x, ${JSON.stringify(given)}, { keepAxes: ${keepAxes} })`,
        f: (node) => f(node, given, { keepAxes }),
        inputs: [x],
        expected: fold(x, axes, keepAxes, reference),
      }),
    ),
    kinks: [],
    special: [],
    misfits: wrongAxes(name, f),
    ...more,
  };
}

const dyadics = (shape: readonly number[]): fc.Arbitrary<Tensor> => tensor(shape, dyadic(-4, 4));
const total = (xs: number[]): number => xs.reduce((sum, x) => sum + x, 0);
const average = (xs: number[]): number => total(xs) / xs.length;
const squares = (xs: number[], from: number): number => total(xs.map((x) => (x - from) ** 2));

const point = (
  text: string,
  f: Reducer,
  x: Tensor,
  value: number[],
  gradient: number[],
  tolerance?: number,
): Point => ({
  text,
  f: (node) => f(node),
  inputs: [x],
  value,
  gradient: [gradient],
  ...(tolerance && { tolerance }),
});

/** A function along one axis that keeps it. */
function alongAxis(
  name: string,
  f: (x: Node, axis?: number) => Node,
  reference: (elements: number[]) => number[],
  special: readonly Point[],
): Entry {
  const drawn = shapes(1).chain((shape) =>
    fc
      .option(fc.integer({ min: -shape.length, max: shape.length - 1 }), { nil: undefined })
      .chain((given) => {
        // of an axis of length 1 the result is a constant: that is a special point
        const axis = given ?? -1;
        const long = shape.with(axis, shape.at(axis) === 1 ? 2 : shape.at(axis)!);
        return fc.tuple(dyadics(long), fc.constant(given));
      }),
  );
  return {
    smooth: drawn.map(([x, given]) => {
      const axis = (given ?? -1) < 0 ? (given ?? -1) + x.shape.length : given!;
      return shown({
        text: `${name}(x, ${given})`,
        f: (node) => f(node, given),
        inputs: [x],
        expected: Tensor.make(x.shape, (index) => {
          const row = Array.from({ length: x.shape[axis]! }, (_, i) => x.at(index.with(axis, i)));
          return reference(row)[index[axis]!]!;
        }),
      });
    }),
    kinks: [],
    special,
    misfits: [
      {
        make: () => f(input('x', [2]), 1),
        message: new RegExp(`^${name}\\(input \\[2\\] "x"\\): there is no axis 1`),
      },
      { make: () => f(input('x', [])), message: /there is no axis -1; it has none/ },
    ],
  };
}

const exponentials = (xs: number[]): number[] => {
  const weights = xs.map((x) => Math.exp(x));
  return weights.map((w) => w / total(weights));
};

const tiny = 4.248354255291589e-18; // e^−40/(1 + e^−40)
const NONE = Number.NEGATIVE_INFINITY;

export const reductions = {
  sum: reduction('sum', ops.sum, total, dyadics, {
    special: [point('of nothing', ops.sum, new Tensor([0, 3], []), [0], [])],
  }),
  mean: reduction('mean', ops.mean, average, dyadics, {}, 1),
  variance: {
    ...reduction(
      'variance',
      ops.variance,
      (xs) => squares(xs, average(xs)) / xs.length,
      dyadics,
      {},
      1,
    ),
    smooth: fc.oneof(
      reduction(
        'variance',
        ops.variance,
        (xs) => squares(xs, average(xs)) / xs.length,
        dyadics,
        {},
        1,
      ).smooth,
      tensors(dyadic(-4, 4), 1)
        .filter(({ values }) => values.length > 1)
        .map((x) =>
          shown({
            text: 'variance(x, all, { correction: 1 })',
            f: (node) => ops.variance(node, undefined, { correction: 1 }),
            inputs: [x],
            expected: new Tensor(
              [],
              [squares([...x.values], average([...x.values])) / (x.values.length - 1)],
            ),
          }),
        ),
    ),
    special: [
      // far from 0, where E x² − (E x)² would have no digit left
      point('far from 0', ops.variance, vector(1e9, 1e9 + 2), [1], [-1, 1]),
    ],
    misfits: [
      ...wrongAxes('variance', ops.variance),
      ...[3, -1, Number.NaN].map((correction) => ({
        make: () => ops.variance(input('x', [2, 3]), 1, { correction }),
        message: /^variance\(input \[2, 3\] "x"\): the correction is .*less than 3/,
      })),
    ],
  },
  max: reduction(
    'max',
    ops.max,
    (xs) => Math.max(...xs),
    distinct,
    {
      kinks: [
        point('two of three', ops.max, vector(2, 2, 1), [2], [0.5, 0.5, 0]),
        point('all four', ops.max, vector(0, 0, 0, 0), [0], [0.25, 0.25, 0.25, 0.25]),
      ],
      special: [
        point('of nothing', ops.max, vector(), [NONE], []),
        point('of −∞ only', ops.max, vector(NONE, NONE), [NONE], [0.5, 0.5]),
      ],
    },
    1,
  ),
  min: reduction(
    'min',
    ops.min,
    (xs) => Math.min(...xs),
    distinct,
    {
      kinks: [point('two of three', ops.min, vector(1, 2, 1), [1], [0.5, 0, 0.5])],
      special: [point('of nothing', ops.min, vector(), [Number.POSITIVE_INFINITY], [])],
    },
    1,
  ),
  logSumExp: reduction(
    'logSumExp',
    ops.logSumExp,
    (xs) => Math.log(total(xs.map(Math.exp))),
    dyadics,
    {
      special: [
        point('[0, −40]', ops.logSumExp, vector(0, -40), [tiny], [1, tiny]),
        point(
          '[1000, 1000]',
          ops.logSumExp,
          vector(1000, 1000),
          [1000.6931471805599],
          [0.5, 0.5],
          1e-13,
        ),
        point('of −∞ only', ops.logSumExp, vector(NONE, NONE), [NONE], [0, 0]),
        point('with one −∞', ops.logSumExp, vector(NONE, 3), [3], [0, 1]),
        point('of nothing', ops.logSumExp, vector(), [NONE], []),
        {
          text: 'with ∞ twice',
          f: (x) => ops.logSumExp(x),
          inputs: [vector(Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY)],
          value: [Number.POSITIVE_INFINITY],
        },
      ],
    },
    1,
  ),
  norm: reduction(
    'norm',
    ops.norm,
    (xs) => Math.sqrt(squares(xs, 0)),
    // away from 0, where it has a kink
    (shape) => tensor(shape, fc.oneof(dyadic(1 / 4, 4), dyadic(-4, -1 / 4))),
    {
      kinks: [point('at 0', ops.norm, vector(0, 0), [0], [0, 0])],
      special: [
        point(
          '3-4-5 beyond overflow of the squares',
          ops.norm,
          vector(3e200, -4e200),
          [5e200],
          [0.6, -0.8],
        ),
        point(
          '3-4-5 below underflow of the squares',
          ops.norm,
          vector(3e-200, 4e-200),
          [5e-200],
          [0.6, 0.8],
        ),
        point('of nothing', ops.norm, vector(), [0], []),
        point('its slope at 0', slopeOfNorm, vector(0, 0), [0, 0], [0, 0]),
      ],
    },
    1,
  ),
  softmax: alongAxis('softmax', ops.softmax, exponentials, [
    {
      text: 'of one element',
      f: (x) => ops.softmax(x),
      inputs: [vector(5)],
      value: [1],
      gradient: [[0]],
    },
    {
      text: 'softmax([0, −745]): the small one is not lost',
      f: (x) => ops.softmax(x),
      inputs: [vector(0, -745)],
      value: [1, 5e-324],
    },
    {
      text: 'shifted by 1000',
      f: (x) => ops.softmax(x),
      inputs: [vector(1000, 1000)],
      value: [0.5, 0.5],
      gradient: [[0, 0]],
    },
    {
      text: 'of −∞ only',
      f: (x) => ops.softmax(x),
      inputs: [vector(NONE, NONE)],
      value: [0, 0],
      gradient: [[0, 0]],
    },
  ]),
  logSoftmax: alongAxis('logSoftmax', ops.logSoftmax, (xs) => exponentials(xs).map(Math.log), [
    {
      text: 'of one element',
      f: (x) => ops.logSoftmax(x),
      inputs: [vector(5)],
      value: [0],
      gradient: [[0]],
    },
    {
      text: 'logSoftmax([0, −40])',
      f: (x) => ops.logSoftmax(x),
      inputs: [vector(0, -40)],
      value: [-tiny, -40],
    },
  ]),
} satisfies Partial<Record<OpName, Entry>>;
