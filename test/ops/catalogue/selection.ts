import fc from 'fast-check';
import { awayFromZero, dyadic } from '../../../src/check/random/numbers.js';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions } from '../../../src/check/reference/index.js';
import type { OpSpec, Point } from '../../../src/check/spec.js';
import { constant, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { broadcastingShapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import {
  all,
  at,
  type Binary,
  binary,
  elements,
  NOT_ZERO,
  point,
  scalar,
  unary,
  vector,
} from './builders.js';
import { between, eighths, NO_TIE } from './comparisons.js';

const INFINITY = Number.POSITIVE_INFINITY;
const TINY = 5e-324;
const BELOW_ONE = 1 - 2 ** -53;

/** More often on the side where the slope is 1 than on the other, so that few gradients are all zeros. */
const mostlyPositive = fc.oneof(
  { weight: 3, arbitrary: dyadic(1 / 16, 4) },
  { weight: 1, arbitrary: dyadic(-4, -1 / 16) },
);
/** So that most are between −1 and 1.5. */
const aroundEnds = between.filter((x) => Math.abs(x) < 3);

/** Ties of two numbers, of a number with itself in other places, and of zeros of either sign. */
const ties = (f: Binary, larger: boolean): Point[] => [
  point('a = b = 2', f, [scalar(2), scalar(2)], [2], [0.5], [0.5]),
  point('0 and −0', f, [scalar(0), scalar(-0)], [0], [0.5], [0.5]),
  // of 1, 2 and 3 against a single 2: one tie, one won and one lost
  point(
    'one of three places is a tie',
    f,
    [vector(1, 2, 3), scalar(2)],
    larger ? [2, 2, 3] : [1, 2, 2],
    larger ? [0, 0.5, 1] : [1, 0.5, 0],
    [1.5],
  ),
];

/** Next to a tie the whole gradient goes one way. */
const nearTies = (f: Binary, larger: boolean): Point[] => [
  point(
    '1 − 2⁻⁵³ and 1',
    f,
    [scalar(BELOW_ONE), scalar(1)],
    [larger ? 1 : BELOW_ONE],
    [larger ? 0 : 1],
    [larger ? 1 : 0],
  ),
  point(
    '5e-324 and 0',
    f,
    [scalar(TINY), scalar(0)],
    [larger ? TINY : 0],
    [larger ? 1 : 0],
    [larger ? 0 : 1],
  ),
  point('a = b = −∞', f, [scalar(-INFINITY), scalar(-INFINITY)], [-INFINITY], [0.5], [0.5]),
  point('f(x, x) is x', (x) => f(x!, x!), [vector(3, -2)], [3, -2], [1, 1]),
];

const whereDrawn = broadcastingShapes(3).chain(([c, a, b]) =>
  fc.tuple(tensor(c!, fc.constantFrom(0, 0, 1, -0.5, 2)), tensor(a!, all), tensor(b!, all)),
);

const clamped = (x: Node): Node => ops.clamp(x, -1, 1.5);

export const selection = {
  relu: unary('relu', ops.relu, definitions.relu, mostlyPositive, {
    domain: NOT_ZERO,
    kinks: [at(ops.relu, 0, 0, 0), at(ops.relu, -0, 0, 0)],
    special: [
      at(ops.relu, TINY, TINY, 1),
      at(ops.relu, -TINY, 0, 0),
      at(ops.relu, INFINITY, INFINITY, 1),
      at(ops.relu, -INFINITY, 0, 0),
    ],
  }),
  leakyRelu: unary('leakyRelu', ops.leakyRelu, definitions.leakyRelu(), awayFromZero(4), {
    domain: NOT_ZERO,
    smooth: fc
      .tuple(tensors(mostlyPositive), fc.constantFrom(undefined, 0, 0.25, -0.5))
      .map(([x, slope]) =>
        shown({
          text: (node) => call('leakyRelu', node, slope),
          f: (node) => ops.leakyRelu(node, slope),
          definition: definitions.leakyRelu(slope),
          inputs: [x],
        }),
      ),
    kinks: [
      at((x) => ops.leakyRelu(x, 0.25), 0, 0, 0.25),
      at((x) => ops.leakyRelu(x, 0.25), -0, -0, 0.25),
      at((x) => ops.leakyRelu(x, -0.5), 0, 0, -0.5),
    ],
    special: [
      at(ops.leakyRelu, TINY, TINY, 1),
      at((x) => ops.leakyRelu(x, 2), -TINY, -2 * TINY, 2),
      at(ops.leakyRelu, -INFINITY, -INFINITY, 0.01),
    ],
  }),
  abs: unary('abs', ops.abs, definitions.abs, awayFromZero(4), {
    domain: NOT_ZERO,
    kinks: [at(ops.abs, 0, 0, 0), at(ops.abs, -0, 0, 0)],
    special: [
      at(ops.abs, TINY, TINY, 1),
      at(ops.abs, -TINY, TINY, -1),
      at(ops.abs, -INFINITY, INFINITY, -1),
    ],
  }),
  sign: unary('sign', ops.sign, definitions.sign, awayFromZero(4), {
    domain: NOT_ZERO,
    flat: true,
    special: [
      at(ops.sign, 0, 0, 0),
      at(ops.sign, -0, -0, 0),
      at(ops.sign, TINY, 1, 0),
      at(ops.sign, -TINY, -1, 0),
      at(ops.sign, INFINITY, 1, 0),
    ],
  }),
  maximum: binary('maximum', ops.maximum, definitions.maximum, eighths, between, {
    domain: NO_TIE,
    kinks: ties(ops.maximum, true),
    special: nearTies(ops.maximum, true),
  }),
  minimum: binary('minimum', ops.minimum, definitions.minimum, eighths, between, {
    domain: NO_TIE,
    kinks: ties(ops.minimum, false),
    special: nearTies(ops.minimum, false),
  }),
  clamp: unary('clamp', clamped, definitions.clamp(-1, 1.5), between, {
    domain: elements('x ≠ low, high', (x) => x !== -1 && x !== 1.5),
    smooth: tensors(aroundEnds).map((x) =>
      shown({
        text: (node) => call('clamp', node, -1, 1.5),
        f: clamped,
        definition: definitions.clamp(-1, 1.5),
        inputs: [x],
      }),
    ),
    kinks: [at(clamped, -1, -1, 0), at(clamped, 1.5, 1.5, 0)],
    special: [
      at((x) => ops.clamp(x, 0, INFINITY), 1e300, 1e300, 1),
      at((x) => ops.clamp(x, -INFINITY, INFINITY), -1e300, -1e300, 1),
      at((x) => ops.clamp(x, 0, 1), BELOW_ONE, BELOW_ONE, 1),
      at((x) => ops.clamp(x, 0, 1), 1 + 2 ** -52, 1, 0),
      at((x) => ops.clamp(x, 0, 1), TINY, TINY, 1),
      at((x) => ops.clamp(x, 0, 1), -TINY, 0, 0),
      at((x) => ops.clamp(x, 2, 2), 2, 2, 0),
    ],
    misfits: [
      { make: () => ops.clamp(1, 2, 1), message: /clamp: low 2 and high 1 are not in order/ },
      { make: () => ops.clamp(1, Number.NaN, 1), message: /clamp: low NaN and high 1/ },
    ],
  }),
  where: {
    smooth: whereDrawn.map((inputs) =>
      shown({
        text: (c, a, b) => call('where', c, a, b),
        f: ops.where,
        definition: definitions.where,
        inputs,
        slots: [1, 2],
      }),
    ),
    special: [
      point(
        'what is not chosen does not show, even if it is not finite',
        (x, y) => ops.where(constant([1, 0]), x!, y!),
        [vector(3, INFINITY), vector(Number.NaN, 5)],
        [3, 5],
        [1, 0],
        [0, 1],
      ),
      point(
        'any number but 0 chooses the first',
        (x, y) => ops.where(constant([0, -0, TINY, -1, Number.NaN]), x!, y!),
        [scalar(1), scalar(2)],
        [2, 2, 1, 1, 1],
        [3],
        [2],
      ),
      point(
        'at the boundary of its condition',
        (x) => ops.where(ops.greater(x!, 0), ops.mul(3, x!), ops.mul(-2, x!)),
        [vector(-TINY, -0, 0, TINY)],
        [2 * TINY, 0, 0, 3 * TINY],
        [-2, -2, -2, 3],
      ),
    ],
    misfits: [
      {
        make: () => ops.where(input('c', [2]), input('p', [3]), 0),
        message:
          /^where\(condition = input \[2\] "c", a = input \[3\] "p", b = constant \[\]\): .*3/,
      },
      {
        make: () => ops.where(input('c', [2, 1]), input('p', [1, 3]), input('q', [2])),
        message: /^where\(.*do not broadcast.*(3 meets 2|2 meets 3)$/,
      },
      { make: () => ops.where(1, undefined as never, 0), message: /^where: input a is undefined/ },
    ],
  },

  stopGradient: unary('stopGradient', ops.stopGradient, definitions.stopGradient, all, {
    cut: true,
    special: [
      point('x · stopGradient(x)', (x) => ops.mul(x!, ops.stopGradient(x!)), [scalar(3)], [9], [3]),
    ],
  }),
} satisfies Partial<Record<OpName, OpSpec>>;
