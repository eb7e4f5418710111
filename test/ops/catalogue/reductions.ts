import fc from 'fast-check';
import { dyadic } from '../../../src/check/random/numbers.js';
import { distinct, tensor } from '../../../src/check/random/tensors.js';
import { type Definition, definitions, Tensor } from '../../../src/check/reference/index.js';
import type { Domain, Misfit, OpSpec, Point } from '../../../src/check/spec.js';
import { input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import { axesOf } from '../support/axes.js';
import type { OpName } from '../support/op-name.js';
import { shapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, point, slope, type Unary, vector } from './builders.js';

const NONE = Number.NEGATIVE_INFINITY;
const INFINITY = Number.POSITIVE_INFINITY;
const tiny = 4.248354255291589e-18; // e^−40/(1 + e^−40)

type Reducer = (x: Node, axes?: ops.Axes, options?: ops.ReduceOptions) => Node;
type Reduction = (axes?: ops.Axes, options?: ops.ReduceOptions) => Definition;

const wrongAxes = (name: string, f: Reducer): Misfit[] => [
  {
    make: () => f(input('x', [2, 3]), 2),
    message: new RegExp(
      `^${name}\\(input \\[2, 3\\] "x"\\): there is no axis 2; its axes are 0 … 1, or −2 … −1`,
    ),
  },
  { make: () => f(input('x', [2, 3]), -3), message: /there is no axis -3/ },
  { make: () => f(input('x', [2, 3]), 0.5), message: /there is no axis 0.5/ },
  { make: () => f(input('x', [2, 3]), [0, Number.NaN]), message: /there is no axis NaN/ },
  { make: () => f(input('x', [2, 3]), [0, -2]), message: /the axes \[0, -2\] name one axis twice/ },
  { make: () => f(input('x', []), 0), message: /there is no axis 0; it has none/ },
];

/** A reduction over some axes; `least` elements along them at least. */
function reduction(
  name: string,
  f: Reducer,
  definition: Reduction,
  values: (shape: readonly number[]) => fc.Arbitrary<Tensor>,
  more: Partial<OpSpec> = {},
  least = 0,
): OpSpec {
  const drawn = shapes()
    .chain((shape) => fc.tuple(values(shape), axesOf(shape.length), fc.boolean()))
    .filter(([{ shape }, axes]) => {
      const along = typeof axes === 'number' ? [axes] : (axes ?? shape.map((_, axis) => axis));
      return along.reduce((n, axis) => n * shape.at(axis)!, 1) >= least;
    });
  return {
    smooth: drawn.map(([x, axes, keepAxes]) => {
      const options = keepAxes ? { keepAxes } : undefined;
      return shown({
        text: (node) => call(name, node, axes, options),
        f: (node) => f(node, axes, options),
        definition: definition(axes, options),
        inputs: [x],
      });
    }),
    misfits: wrongAxes(name, f),
    ...more,
  };
}

const dyadics = (shape: readonly number[]): fc.Arbitrary<Tensor> => tensor(shape, all);

const of = (
  text: string,
  f: Reducer,
  x: Tensor,
  value: number[],
  gradient: number[],
  tolerance?: number,
): Point => ({
  ...point(text, (node) => f(node!), [x], value, gradient),
  ...(tolerance && { tolerance }),
});

const NO_TIES: Domain = {
  text: 'no two elements that are compared are equal',
  has: (x) => new Set(x!.values).size === x!.values.length,
};

/**
 * Ties of two, of three and of all, along one axis and several; `up` is 1 for the largest and −1 for the smallest, and
 * turns the numbers round. Among k equal ones each gets 1/k.
 */
function ties(f: Reducer, up: 1 | -1): Point[] {
  const turned = ({ shape, values }: Tensor): Tensor =>
    new Tensor(
      shape,
      values.map((x) => up * x),
    );
  const third = 1 / 3;
  return [
    of('two of three', f, turned(vector(2, 2, 1)), [up * 2], [0.5, 0.5, 0]),
    of('three of four', f, turned(vector(5, 1, 5, 5)), [up * 5], [third, 0, third, third]),
    of('all four', f, vector(0, 0, 0, 0), [0], [0.25, 0.25, 0.25, 0.25]),
    of('zeros of either sign', f, vector(0, -0), [0], [0.5, 0.5]),
    of(
      'another number of ties in each row',
      (x) => f(x, 1),
      turned(matrix([3, 1, 3], [2, 2, 2], [0, 0, 4])),
      [up * 3, up * 2, up * 4],
      [0.5, 0, 0.5, third, third, third, 0, 0, 1],
    ),
    of(
      'down the columns, which stay',
      (x) => f(x, 0, { keepAxes: true }),
      turned(matrix([3, 1], [3, 2])),
      [up * 3, up * 2],
      [0.5, 0, 0.5, 1],
    ),
    of(
      'across two axes that are apart',
      (x) => f(x, [0, 2]),
      turned(new Tensor([2, 2, 2], [7, 1, 0, 5, 7, 7, 5, 5])),
      [up * 7, up * 5],
      [third, 0, 0, third, third, third, third, third],
    ),
    of(
      'all along several axes',
      (x) => f(x, [-1, 0]),
      matrix([1, 1], [1, 1]),
      [1],
      [0.25, 0.25, 0.25, 0.25],
    ),
  ];
}

/** A function along one axis that keeps it. */
function alongAxis(
  name: string,
  f: (x: Node, axis?: number) => Node,
  definition: (axis?: number) => Definition,
  special: readonly Point[],
): OpSpec {
  const drawn = shapes({ least: 1 }).chain((shape) =>
    fc
      .option(fc.integer({ min: -shape.length, max: shape.length - 1 }), { nil: undefined })
      .chain((axis) => {
        // of an axis of length 1 the result is a constant: that is a special point
        const along = axis ?? -1;
        const long = shape.with(along, shape.at(along) === 1 ? 2 : shape.at(along)!);
        return fc.tuple(dyadics(long), fc.constant(axis));
      }),
  );
  return {
    smooth: drawn.map(([x, axis]) =>
      shown({
        text: (node) => call(name, node, axis),
        f: (node) => f(node, axis),
        definition: definition(axis),
        inputs: [x],
      }),
    ),
    special,
    misfits: [
      {
        make: () => f(input('x', [2]), 1),
        message: new RegExp(`^${name}\\(input \\[2\\] "x"\\): there is no axis 1`),
      },
      { make: () => f(input('x', [2, 3]), -3), message: /there is no axis -3/ },
      { make: () => f(input('x', [2, 3]), 0.5), message: /there is no axis 0.5/ },
      { make: () => f(input('x', [])), message: /there is no axis -1; it has none/ },
    ],
  };
}

// of one number it is 0
const variance = reduction('variance', ops.variance, definitions.variance, dyadics, {}, 2);

/** One element of a vector. */
const element = (x: Node, i: number): Node => ops.slice(x, [[i, i + 1]]);

export const reductions = {
  sum: reduction('sum', ops.sum, definitions.sum, dyadics, {
    special: [
      of('of nothing', ops.sum, new Tensor([0, 3], []), [0], []),
      of('with ∞', ops.sum, vector(1, INFINITY), [INFINITY], [1, 1]),
    ],
  }),
  mean: reduction(
    'mean',
    ops.mean,
    definitions.mean,
    dyadics,
    {
      special: [
        of('of one', ops.mean, vector(5e-324), [5e-324], [1]),
        of('of three', ops.mean, vector(1, 2, 6), [3], [1 / 3, 1 / 3, 1 / 3]),
      ],
    },
    1,
  ),
  variance: {
    ...variance,
    smooth: fc.oneof(
      variance.smooth,
      tensors(all, { least: 1 })
        .filter(({ values }) => values.length > 1)
        .map((x) =>
          shown({
            text: (node) => call('variance', node, undefined, { correction: 1 }),
            f: (node) => ops.variance(node, undefined, { correction: 1 }),
            definition: definitions.variance(undefined, { correction: 1 }),
            inputs: [x],
          }),
        ),
    ),
    special: [
      // far from 0, where E x² − (E x)² would have no digit left
      of('far from 0', ops.variance, vector(1e9, 1e9 + 2), [1], [-1, 1]),
      of('of equal numbers', ops.variance, vector(3, 3, 3), [0], [0, 0, 0]),
      of('of one', ops.variance, vector(7), [0], [0]),
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
    definitions.max,
    distinct,
    {
      domain: NO_TIES,
      kinks: ties(ops.max, 1),
      special: [
        of('of nothing', ops.max, vector(), [NONE], []),
        of('of −∞ only', ops.max, vector(NONE, NONE), [NONE], [0.5, 0.5]),
        of(
          'next to a tie',
          ops.max,
          vector(1, 1 - 2 ** -53, 1 + 2 ** -52),
          [1 + 2 ** -52],
          [0, 0, 1],
        ),
        of('5e-324 is more than 0', ops.max, vector(0, 5e-324), [5e-324], [0, 1]),
      ],
    },
    1,
  ),
  min: reduction(
    'min',
    ops.min,
    definitions.min,
    distinct,
    {
      domain: NO_TIES,
      kinks: ties(ops.min, -1),
      special: [
        of('of nothing', ops.min, vector(), [INFINITY], []),
        of('of ∞ only', ops.min, vector(INFINITY, INFINITY), [INFINITY], [0.5, 0.5]),
        of(
          'next to a tie',
          ops.min,
          vector(1, 1 - 2 ** -53, 1 + 2 ** -52),
          [1 - 2 ** -53],
          [0, 1, 0],
        ),
        of('−5e-324 is less than 0', ops.min, vector(0, -5e-324), [-5e-324], [0, 1]),
      ],
    },
    1,
  ),
  logSumExp: reduction(
    'logSumExp',
    ops.logSumExp,
    definitions.logSumExp,
    dyadics,
    {
      special: [
        of('[0, −40]', ops.logSumExp, vector(0, -40), [tiny], [1, tiny]),
        of('[0, −745]', ops.logSumExp, vector(0, -745), [5e-324], [1, 5e-324]),
        of('[709.78, −709.78]', ops.logSumExp, vector(709.78, -709.78), [709.78], [1, 0]),
        of(
          '[1000, 1000]',
          ops.logSumExp,
          vector(1000, 1000),
          [1000.6931471805599],
          [0.5, 0.5],
          1e-13,
        ),
        of('of one', ops.logSumExp, vector(-745), [-745], [1]),
        of('of −∞ only', ops.logSumExp, vector(NONE, NONE), [NONE], [0, 0]),
        of('with one −∞', ops.logSumExp, vector(NONE, 3), [3], [0, 1]),
        of('of nothing', ops.logSumExp, vector(), [NONE], []),
        {
          text: 'with ∞ twice',
          f: (x) => ops.logSumExp(x),
          inputs: [vector(INFINITY, 1, INFINITY)],
          value: [INFINITY],
        },
      ],
    },
    1,
  ),
  norm: reduction(
    'norm',
    ops.norm,
    definitions.norm,
    // away from 0, where it has a kink
    (shape) => tensor(shape, fc.oneof(dyadic(1 / 4, 4), dyadic(-4, -1 / 4))),
    {
      domain: {
        text: '‖x‖ ≠ 0',
        has: (x) => x!.values.length === 0 || x!.values.some((element) => element !== 0),
      },
      kinks: [
        of('at 0', ops.norm, vector(0, 0), [0], [0, 0]),
        of('at 0 of either sign', ops.norm, vector(0, -0, 0), [0], [0, 0, 0]),
        of(
          'at 0 along several axes',
          (x) => ops.norm(x, [0, 1]),
          matrix([0, 0], [0, 0]),
          [0],
          [0, 0, 0, 0],
        ),
      ],
      special: [
        of(
          'a row of zeros beside one of 3-4-5',
          (x) => ops.norm(x, 1),
          matrix([0, 0], [3, -4]),
          [0, 5],
          [0, 0, 0.6, -0.8],
        ),
        of(
          '3-4-5 beyond overflow of the squares',
          ops.norm,
          vector(3e200, -4e200),
          [5e200],
          [0.6, -0.8],
        ),
        of(
          '3-4-5 below underflow of the squares',
          ops.norm,
          vector(3e-200, 4e-200),
          [5e-200],
          [0.6, 0.8],
        ),
        of('of the smallest number', ops.norm, vector(5e-324, 0), [5e-324], [1, 0]),
        of('of nothing', ops.norm, vector(), [0], []),
        of('its slope at 0', (x) => slope(ops.norm(x), x), vector(0, 0), [0, 0], [0, 0]),
      ],
    },
    1,
  ),
  softmax: alongAxis('softmax', ops.softmax, definitions.softmax, [
    of('of one element', ops.softmax as Reducer, vector(5), [1], [0]),
    {
      text: 'softmax([0, −745]): the small one is not lost',
      f: (x) => ops.softmax(x),
      inputs: [vector(0, -745)],
      value: [1, 5e-324],
    },
    of(
      'the small one of [40, 0] has slopes',
      (x) => element(ops.softmax(x), 1),
      vector(40, 0),
      [tiny],
      [-tiny, tiny],
    ),
    of(
      'and how the large one moves with it',
      (x) => element(slopeOf(ops.softmax, x, 0), 1),
      vector(40, 0),
      [-tiny],
      [tiny, -tiny],
    ),
    of(
      'the small one of [709.78, 0]',
      (x) => element(ops.softmax(x), 1),
      vector(709.78, 0),
      [5.577796105262746e-309],
      [-5.577796105262746e-309, 5.577796105262746e-309],
    ),
    of('shifted by 1000', ops.softmax as Reducer, vector(1000, 1000), [0.5, 0.5], [0, 0]),
    of('of −∞ only', ops.softmax as Reducer, vector(NONE, NONE), [0, 0], [0, 0]),
    of('with one −∞', (x) => element(ops.softmax(x), 0), vector(0, NONE), [1], [0, 0]),
  ]),
  logSoftmax: alongAxis('logSoftmax', ops.logSoftmax, definitions.logSoftmax, [
    of('of one element', ops.logSoftmax as Reducer, vector(5), [0], [0]),
    {
      text: 'logSoftmax([0, −40])',
      f: (x) => ops.logSoftmax(x),
      inputs: [vector(0, -40)],
      value: [-tiny, -40],
    },
    of(
      'the small one of [40, 0]',
      (x) => element(ops.logSoftmax(x), 1),
      vector(40, 0),
      [-40],
      [-1, 1],
    ),
    of(
      'its slope by the large one',
      (x) => element(slopeOf(ops.logSoftmax, x, 0), 1),
      vector(40, 0),
      [-tiny],
      [tiny, -tiny],
    ),
  ]),
} satisfies Partial<Record<OpName, OpSpec>>;

/** ∂yᵢ/∂x of a function from vectors to vectors. */
function slopeOf(f: Unary, x: Node, i: number): Node {
  return slope(element(f(x), i), x);
}
