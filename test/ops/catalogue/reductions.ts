import fc from 'fast-check';
import { dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions, Tensor } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { input } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, slope, vector } from './builders.js';

import { dyadics, of, reduction, wrongAxes } from './reduction.js';

const NONE = Number.NEGATIVE_INFINITY;
const INFINITY = Number.POSITIVE_INFINITY;
const tiny = 4.248354255291589e-18; // e^−40/(1 + e^−40)

// of one number it is 0
const variance = reduction('variance', ops.variance, definitions.variance, dyadics, {}, 2);

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
} satisfies Partial<Record<OpName, OpSpec>>;
