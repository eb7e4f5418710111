import { distinct } from '../../../src/check/random/tensors.js';
import { definitions, Tensor } from '../../../src/check/reference/index.js';
import type { Domain, OpSpec, Point } from '../../../src/check/spec.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { matrix, vector } from './builders.js';

import { of, type Reducer, reduction } from './reduction.js';

const NONE = Number.NEGATIVE_INFINITY;
const INFINITY = Number.POSITIVE_INFINITY;

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

export const extrema = {
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
} satisfies Partial<Record<OpName, OpSpec>>;
