import fc from 'fast-check';
import { awayFromZero } from '../../../src/check/random/numbers.js';
import { definitions } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import {
  all,
  at,
  binary,
  NOT_ZERO,
  POSITIVE,
  pairs,
  point,
  positive,
  scalar,
  slope,
  unary,
  vector,
} from './builders.js';
import { known } from './reference-points.js';

const INFINITY = Number.POSITIVE_INFINITY;
const TINY = 5e-324;

const general = binary('pow', ops.pow, definitions.pow, positive, all);

const pow: OpSpec = {
  domain: {
    text: 'aᵇ for a > 0; a number as exponent allows a ≠ 0 where it is whole',
    has: (a, b) => b === undefined || a!.values.every((x) => x > 0),
  },
  smooth: fc.oneof(
    general.smooth,
    // whole exponents written as numbers, for bases of either sign
    fc.tuple(tensors(awayFromZero(3)), fc.constantFrom(-2, -1, 0, 1, 2, 3, 4)).map(([x, n]) =>
      shown({
        text: (a) => call('pow', a, n),
        f: (a) => ops.pow(a, n),
        definition: definitions.power(n),
        inputs: [x],
      }),
    ),
    fc.tuple(tensors(positive), fc.constantFrom(0.5, 1.5, -0.5)).map(([x, r]) =>
      shown({
        text: (a) => call('pow', a, r),
        f: (a) => ops.pow(a, r),
        definition: (A, a) => definitions.pow(A, a, scalar(r).map(A.of)),
        inputs: [x],
      }),
    ),
    fc.tuple(tensors(all), fc.constantFrom(0.5, 1, 2, 3)).map(([x, base]) =>
      shown({
        text: (b) => call('pow', base, b),
        f: (b) => ops.pow(base, b),
        definition: (A, b) => definitions.pow(A, scalar(base).map(A.of), b),
        inputs: [x],
      }),
    ),
  ),
  special: [
    at((x) => ops.pow(x, 3), 0, 0, 0),
    at((x) => ops.pow(x, 3), -0, -0, 0),
    at((x) => ops.pow(x, 2), -3, 9, -6),
    at((x) => ops.pow(x, 3), -2, -8, 12),
    at((x) => ops.pow(x, 0), 0, 1, 0),
    at((x) => ops.pow(x, 1.5), 0, 0, 0),
    at((x) => ops.pow(x, 0.5), 0, 0, INFINITY),
    at((x) => ops.pow(x, 0.25), 0, 0, INFINITY),
    at((x) => ops.pow(x, -1), 5, 0.2, -0.04),
    at((x) => ops.pow(x, -2), 0, INFINITY, -INFINITY),
    at((x) => ops.pow(0, x), 2, 0, 0),
    at((x) => ops.pow(Math.E, x), 0, 1, 1),
    at((x) => ops.pow(1, x), 7, 1, 0),
    at((x) => ops.pow(2, x), -1074, TINY, TINY),
    at((x) => ops.pow(2, x), 1024, INFINITY, INFINITY),
    // of higher order: 0·∞ is nowhere on the way
    at((x) => slope(ops.pow(x, 0), x), 0, 0, 0),
    at((x) => slope(slope(slope(ops.pow(x, 3), x), x), x), 0, 6, 0),
    at((x) => slope(slope(slope(slope(ops.pow(x, 3), x), x), x), x), 0, 0, 0),
    at((x) => slope(ops.pow(0, x), x), 2, 0, 0),
  ],
  misfits: general.misfits!,
};

export const arithmetic = {
  add: binary('add', ops.add, definitions.add, all, all, {
    special: [
      point('x + x has two edges', (x) => ops.add(x, x), [vector(3, -2)], [6, -4], [2, 2]),
      point('∞ + 1', ops.add, [scalar(INFINITY), scalar(1)], [INFINITY], [1], [1]),
      point('5e-324 − 5e-324', ops.add, [scalar(TINY), scalar(-TINY)], [0], [1], [1]),
      point(
        'a number that is repeated gets the sum of what its places get',
        ops.add,
        [vector(1, 2, 3), scalar(5)],
        [6, 7, 8],
        [1, 1, 1],
        [3],
      ),
    ],
  }),
  sub: binary('sub', ops.sub, definitions.sub, all, all, {
    special: [
      point('x − x', (x) => ops.sub(x, x), [vector(3, -2)], [0, 0], [0, 0]),
      point('1 − (1 − 2⁻⁵³)', ops.sub, [scalar(1), scalar(1 - 2 ** -53)], [2 ** -53], [1], [-1]),
    ],
  }),
  mul: binary('mul', ops.mul, definitions.mul, all, all, {
    special: [
      point('x·x has two edges', (x) => ops.mul(x, x), [vector(3, -2)], [9, 4], [6, -4]),
      point('by 0', ops.mul, [scalar(0), scalar(-3)], [-0], [-3], [0]),
      point('below the smallest', ops.mul, [scalar(TINY), scalar(0.25)], [0], [0.25], [TINY]),
      point('∞·2', ops.mul, [scalar(INFINITY), scalar(2)], [INFINITY], [2], [INFINITY]),
    ],
  }),
  div: binary('div', ops.div, definitions.div, all, awayFromZero(4), {
    domain: pairs('a/b for b ≠ 0', (_, b) => b !== 0),
    special: [
      point('0/5', ops.div, [scalar(0), scalar(5)], [0], [0.2], [-0]),
      point('x/x', (x) => ops.div(x, x), [vector(3, -2)], [1, 1], [0, 0]),
      point('1/0', ops.div, [scalar(1), scalar(0)], [INFINITY], [INFINITY], [-INFINITY]),
      point('1/∞', ops.div, [scalar(1), scalar(INFINITY)], [0], [0], [-0]),
      // a/b² with b² below the smallest number: 10⁻³⁰⁰/10⁻³⁶⁰
      point('1e-300/1e-180', ops.div, [scalar(1e-300), scalar(1e-180)], [1e-120], [1e180], [-1e60]),
    ],
  }),
  neg: unary('neg', ops.neg, definitions.neg, all, {
    special: [
      at(ops.neg, 0, -0, -1),
      at(ops.neg, TINY, -TINY, -1),
      at(ops.neg, INFINITY, -INFINITY, -1),
    ],
  }),
  square: unary('square', ops.square, definitions.square, all, {
    special: [...known('square', ops.square), at(ops.square, INFINITY, INFINITY, INFINITY)],
  }),
  reciprocal: unary('reciprocal', ops.reciprocal, definitions.reciprocal, awayFromZero(4), {
    domain: NOT_ZERO,
    special: [
      ...known('reciprocal', ops.reciprocal),
      at(ops.reciprocal, 0, INFINITY, -INFINITY),
      at(ops.reciprocal, INFINITY, 0, -0),
    ],
  }),
  sqrt: unary('sqrt', ops.sqrt, definitions.sqrt, positive, {
    domain: POSITIVE,
    // the slope from the right; there is none from the left
    kinks: [at(ops.sqrt, 0, 0, INFINITY)],
    special: [...known('sqrt', ops.sqrt), at(ops.sqrt, INFINITY, INFINITY, 0)],
  }),
  pow,
} satisfies Partial<Record<OpName, OpSpec>>;
