import fc from 'fast-check';
import { constant, full, gradients, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import { awayFromZero, broadcastable, dyadic, tensor, tensors } from '../support/arbitraries.js';
import { type Entry, type OpName, type Point, shown } from '../support/entry.js';
import { Tensor, zip } from '../support/tensor.js';

const scalar = (x: number): Tensor => new Tensor([], [x]);
const vector = (...xs: number[]): Tensor => new Tensor([xs.length], xs);

type Unary = (x: Node) => Node;
type Binary = (a: Node, b: Node) => Node;

/** dy/dx, as a node. */
const slope = (y: Node, x: Node): Node => gradients(y, [x])[0]!;

/** A point x of a function of one number, its value there and its slope. */
const at = (f: Unary, x: number, value: number, slope: number, tolerance?: number): Point => ({
  text: `x = ${x}`,
  f,
  inputs: [scalar(x)],
  value: [value],
  gradient: [[slope]],
  ...(tolerance && { tolerance }),
});

/** Two equal operands: what each gets. */
const tie = (f: Binary, x: number, value: number, share: number): Point => ({
  text: `a = b = ${x}`,
  f,
  inputs: [scalar(x), scalar(x)],
  value: [value],
  gradient: [[share], [share]],
});

function unary(
  name: string,
  f: Unary,
  reference: (x: number) => number,
  domain: fc.Arbitrary<number>,
  more: Partial<Entry> = {},
): Entry {
  return {
    smooth: tensors(domain).map((x) =>
      shown({ text: `${name}(x)`, f, inputs: [x], expected: x.map(reference) }),
    ),
    kinks: [],
    special: [],
    misfits: [
      { make: () => f(undefined as never), message: /input \w+ is undefined; a node or a number/ },
    ],
    ...more,
  };
}

function binary(
  name: string,
  f: Binary,
  reference: (a: number, b: number) => number,
  left: fc.Arbitrary<number>,
  right: fc.Arbitrary<number>,
  more: Partial<Entry> = {},
): Entry {
  const drawn = broadcastable(2).chain(([a, b]) => fc.tuple(tensor(a!, left), tensor(b!, right)));
  return {
    smooth: drawn.map(([a, b]) =>
      shown({ text: `${name}(a, b)`, f, inputs: [a, b], expected: zip(reference, a, b) }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => f(input('p', [2, 3]), input('q', [2])),
        // `less` is `greater` with its operands swapped
        message:
          /^\w+\(a = input \[2(, 3)?\] "[pq]", b = input \[2(, 3)?\] "[pq]"\): shapes .* do not broadcast.*(3 meets 2|2 meets 3)/,
      },
      {
        make: () => f(undefined as never, full([], 1)),
        message: /is undefined; a node or a number/,
      },
    ],
    ...more,
  };
}

const all = dyadic(-4, 4);
const positive = dyadic(1 / 8, 4);
const inside = dyadic(-15 / 16, 15 / 16);
/** Multiples of 1/8, and what is halfway between them: 1/16 away from every tie at least. */
const eighths = fc.integer({ min: -32, max: 32 }).map((k) => k / 8);
const between = eighths.map((x) => x + 1 / 16);
const step: Partial<Entry> = { flat: true };

const sech2At20 = 4 * 4.248354255291589e-18;

const pow: Entry = {
  smooth: fc.oneof(
    binary('pow', ops.pow, (a, b) => a ** b, positive, dyadic(-3, 3)).smooth,
    // whole exponents written as numbers, for bases of either sign
    fc.tuple(tensors(awayFromZero(3)), fc.constantFrom(-2, -1, 0, 1, 2, 3, 4)).map(([x, n]) =>
      shown({
        text: `pow(x, ${n})`,
        f: (a) => ops.pow(a, n),
        inputs: [x],
        expected: x.map((a) => a ** n),
      }),
    ),
    fc.tuple(tensors(positive), fc.constantFrom(0.5, 1.5, -0.5)).map(([x, r]) =>
      shown({
        text: `pow(x, ${r})`,
        f: (a) => ops.pow(a, r),
        inputs: [x],
        expected: x.map((a) => a ** r),
      }),
    ),
  ),
  kinks: [],
  special: [
    at((x) => ops.pow(x, 3), 0, 0, 0),
    at((x) => ops.pow(x, 2), -3, 9, -6),
    at((x) => ops.pow(x, 3), -2, -8, 12),
    at((x) => ops.pow(x, 0), 0, 1, 0),
    at((x) => ops.pow(x, 1.5), 0, 0, 0),
    at((x) => ops.pow(0, x), 2, 0, 0),
    at((x) => ops.pow(Math.E, x), 0, 1, 1),
    at((x) => ops.pow(1, x), 7, 1, 0),
    // of higher order: 0·∞ is nowhere on the way
    at((x) => slope(ops.pow(x, 0), x), 0, 0, 0),
    at((x) => slope(slope(slope(ops.pow(x, 3), x), x), x), 0, 6, 0),
    at((x) => slope(slope(slope(slope(ops.pow(x, 3), x), x), x), x), 0, 0, 0),
    at((x) => slope(ops.pow(0, x), x), 2, 0, 0),
  ],
  misfits: binary('pow', ops.pow, () => 0, all, all).misfits,
};

const whereDrawn = broadcastable(3).chain(([c, a, b]) =>
  fc.tuple(tensor(c!, fc.constantFrom(0, 0, 1, -0.5, 2)), tensor(a!, all), tensor(b!, all)),
);

export const elementwise = {
  add: binary('add', ops.add, (a, b) => a + b, all, all),
  sub: binary('sub', ops.sub, (a, b) => a - b, all, all),
  mul: binary('mul', ops.mul, (a, b) => a * b, all, all, {
    special: [
      {
        text: 'x·x has two edges',
        f: (x) => ops.mul(x, x),
        inputs: [vector(3, -2)],
        value: [9, 4],
        gradient: [[6, -4]],
      },
    ],
  }),
  div: binary('div', ops.div, (a, b) => a / b, all, awayFromZero(4), {
    special: [
      {
        text: '0/5',
        f: ops.div,
        inputs: [scalar(0), scalar(5)],
        value: [0],
        gradient: [[0.2], [-0]],
      },
    ],
  }),
  neg: unary('neg', ops.neg, (x) => -x, all),
  square: unary('square', ops.square, (x) => x * x, all),
  reciprocal: unary('reciprocal', ops.reciprocal, (x) => 1 / x, awayFromZero(4)),
  sqrt: unary('sqrt', ops.sqrt, Math.sqrt, positive, {
    special: [at(ops.sqrt, 0, 0, Number.POSITIVE_INFINITY), at(ops.sqrt, 4, 2, 0.25)],
  }),
  pow,

  exp: unary('exp', ops.exp, Math.exp, all, {
    special: [at(ops.exp, -745, 5e-324, 5e-324), at(ops.exp, -746, 0, 0), at(ops.exp, 0, 1, 1)],
  }),
  expm1: unary('expm1', ops.expm1, Math.expm1, all, {
    special: [at(ops.expm1, 1e-20, 1e-20, 1), at(ops.expm1, -745, -1, 5e-324)],
  }),
  log: unary('log', ops.log, Math.log, positive, {
    special: [
      at(ops.log, 1, 0, 1),
      at(ops.log, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      at(ops.log, 2 ** -1000, -693.1471805599454, 2 ** 1000),
    ],
  }),
  log1p: unary('log1p', ops.log1p, Math.log1p, dyadic(-7 / 8, 4), {
    special: [at(ops.log1p, -1e-20, -1e-20, 1), at(ops.log1p, -0.5, -Math.LN2, 2)],
  }),
  expMinusLine: unary('expMinusLine', ops.expMinusLine, (x) => Math.expm1(x) - x, all, {
    special: [
      at(ops.expMinusLine, 0, 0, 0),
      at(ops.expMinusLine, 1e-8, 5.0000000166666667e-17, 1.0000000050000001e-8),
      at(ops.expMinusLine, -1000, 999, -1),
    ],
  }),

  sin: unary('sin', ops.sin, Math.sin, all),
  cos: unary('cos', ops.cos, Math.cos, all),
  tan: unary('tan', ops.tan, Math.tan, dyadic(-5 / 4, 5 / 4)),
  asin: unary('asin', ops.asin, Math.asin, inside, {
    special: [at(ops.asin, 1, Math.PI / 2, Number.POSITIVE_INFINITY)],
  }),
  acos: unary('acos', ops.acos, Math.acos, inside, {
    // 1/√(1 − x²) at x = 1 − 2⁻⁴⁰: (1 − x)(1 + x) = 2⁻³⁹ − 2⁻⁸⁰
    special: [at(ops.acos, 1 - 2 ** -40, 1.3486991523487112e-6, -741455.2001896338)],
  }),
  atan: unary('atan', ops.atan, Math.atan, all),

  sinh: unary('sinh', ops.sinh, Math.sinh, all),
  cosh: unary('cosh', ops.cosh, Math.cosh, all),
  tanh: unary('tanh', ops.tanh, Math.tanh, all, {
    special: [
      at(ops.tanh, 20, 1, sech2At20),
      at(ops.tanh, -20, -1, sech2At20),
      at(ops.tanh, 400, 1, 0),
      at(ops.tanh, 0, 0, 1),
    ],
  }),
  erf: unary('erf', ops.erf, referenceErf, dyadic(-2, 2), {
    special: [at(ops.erf, 0, 0, 1.1283791670955126), at(ops.erf, 6, 1, 2.617301239249265e-16)],
  }),
  erfc: unary('erfc', ops.erfc, (x) => 1 - referenceErf(x), dyadic(-2, 2), {
    special: [at(ops.erfc, 5, 1.5374597944280349e-12, -1.5670866531017336e-11, 1e-14)],
  }),
  normalDensity: unary('normalDensity', ops.normalDensity, phi, all),
  normalDistribution: unary(
    'normalDistribution',
    ops.normalDistribution,
    (x) => (1 + referenceErf(x * Math.SQRT1_2)) / 2,
    dyadic(-2, 2),
    { special: [at(ops.normalDistribution, -10, 7.619853024160527e-24, phi(-10), 1e-14)] },
  ),

  sigmoid: unary('sigmoid', ops.sigmoid, (x) => 1 / (1 + Math.exp(-x)), all, {
    special: [
      at(ops.sigmoid, 40, 1, 4.248354255291589e-18),
      at(ops.sigmoid, -40, 4.248354255291589e-18, 4.248354255291589e-18),
      at(ops.sigmoid, 710, 1, 4.47628622567513e-309),
      at(ops.sigmoid, -1e4, 0, 0),
      at(ops.sigmoid, 0, 0.5, 0.25),
    ],
  }),
  logSigmoid: unary('logSigmoid', ops.logSigmoid, (x) => -Math.log1p(Math.exp(-x)), all, {
    special: [
      at(ops.logSigmoid, 40, -4.248354255291589e-18, 4.248354255291589e-18),
      at(ops.logSigmoid, -745, -745, 1),
    ],
  }),
  softplus: unary('softplus', ops.softplus, (x) => Math.log1p(Math.exp(x)), all, {
    special: [
      at(ops.softplus, -40, 4.248354255291589e-18, 4.248354255291589e-18),
      at(ops.softplus, 1e4, 1e4, 1),
    ],
  }),
  gelu: unary(
    'gelu',
    ops.gelu,
    (x) => (x * (1 + referenceErf(x * Math.SQRT1_2))) / 2,
    dyadic(-2, 2),
    {
      special: [
        // gelu′(−10) = Φ(−10) − 10·φ(−10)
        at(
          ops.gelu,
          -10,
          -10 * 7.619853024160527e-24,
          7.619853024160527e-24 - 10 * phi(-10),
          1e-14,
        ),
        at(ops.gelu, 40, 40, 1),
        at(ops.gelu, 0, 0, 0.5),
      ],
    },
  ),
  silu: unary('silu', ops.silu, (x) => x / (1 + Math.exp(-x)), all, {
    special: [
      // silu′(−40) = σ(−40)·(1 − 40·σ(40))
      at(ops.silu, -40, -40 * 4.248354255291589e-18, -39 * 4.248354255291589e-18),
      at(ops.silu, 40, 40, 1),
    ],
  }),
  relu: unary('relu', ops.relu, (x) => Math.max(x, 0), awayFromZero(4), {
    kinks: [at(ops.relu, 0, 0, 0), at(ops.relu, -0, 0, 0)],
    special: [at(ops.relu, 5e-324, 5e-324, 1), at(ops.relu, -5e-324, 0, 0)],
  }),
  leakyRelu: {
    ...unary('leakyRelu', ops.leakyRelu, (x) => (x > 0 ? x : 0.01 * x), awayFromZero(4)),
    smooth: fc
      .tuple(tensors(awayFromZero(4)), fc.constantFrom(undefined, 0, 0.25, -0.5))
      .map(([x, slope]) =>
        shown({
          text: `leakyRelu(x, ${slope})`,
          f: (a) => ops.leakyRelu(a, slope),
          inputs: [x],
          expected: x.map((a) => (a > 0 ? a : (slope ?? 0.01) * a)),
        }),
      ),
    kinks: [at((x) => ops.leakyRelu(x, 0.25), 0, 0, 0.25)],
  },
  abs: unary('abs', ops.abs, Math.abs, awayFromZero(4), {
    kinks: [at(ops.abs, 0, 0, 0), at(ops.abs, -0, 0, 0)],
    special: [at(ops.abs, -5e-324, 5e-324, -1)],
  }),
  sign: unary('sign', ops.sign, Math.sign, awayFromZero(4), step),
  maximum: binary('maximum', ops.maximum, Math.max, eighths, between, {
    kinks: [tie(ops.maximum, 2, 2, 0.5)],
    special: [
      {
        text: 'maximum(x, x) is x',
        f: (x) => ops.maximum(x, x),
        inputs: [vector(3, -2)],
        value: [3, -2],
        gradient: [[1, 1]],
      },
    ],
  }),
  minimum: binary('minimum', ops.minimum, Math.min, eighths, between, {
    kinks: [tie(ops.minimum, 2, 2, 0.5)],
  }),
  clamp: {
    ...unary(
      'clamp',
      (x) => ops.clamp(x, -1, 1),
      (x) => x,
      all,
    ),
    smooth: tensors(between).map((x) =>
      shown({
        text: 'clamp(x, −1, 1.5)',
        f: (a) => ops.clamp(a, -1, 1.5),
        inputs: [x],
        expected: x.map((a) => (a < -1 ? -1 : a > 1.5 ? 1.5 : a)),
      }),
    ),
    kinks: [at((x) => ops.clamp(x, -1, 1), 1, 1, 0), at((x) => ops.clamp(x, -1, 1), -1, -1, 0)],
    special: [at((x) => ops.clamp(x, 0, Number.POSITIVE_INFINITY), 1e300, 1e300, 1)],
    misfits: [
      { make: () => ops.clamp(1, 2, 1), message: /clamp: low 2 and high 1 are not in order/ },
    ],
  },
  where: {
    smooth: whereDrawn.map(([c, a, b]) =>
      shown({
        text: 'where(c, a, b)',
        f: ops.where,
        inputs: [c, a, b],
        expected: zip((condition, left, right) => (condition !== 0 ? left : right), c, a, b),
        slots: [1, 2],
      }),
    ),
    kinks: [],
    special: [
      {
        text: 'what is not chosen does not show, even if it is not finite',
        f: (x, y) => ops.where(constant([1, 0]), x, y),
        inputs: [vector(3, Number.POSITIVE_INFINITY), vector(Number.NaN, 5)],
        value: [3, 5],
        gradient: [
          [1, 0],
          [0, 1],
        ],
      },
    ],
    misfits: [
      {
        make: () => ops.where(input('c', [2]), input('p', [3]), 0),
        message:
          /^where\(condition = input \[2\] "c", a = input \[3\] "p", b = constant \[\]\): .*3/,
      },
    ],
  },

  greater: binary('greater', ops.greater, (a, b) => (a > b ? 1 : 0), eighths, between, step),
  greaterEqual: binary(
    'greaterEqual',
    ops.greaterEqual,
    (a, b) => (a >= b ? 1 : 0),
    eighths,
    between,
    step,
  ),
  less: binary('less', ops.less, (a, b) => (a < b ? 1 : 0), eighths, between, step),
  lessEqual: binary('lessEqual', ops.lessEqual, (a, b) => (a <= b ? 1 : 0), eighths, between, step),
  equal: binary('equal', ops.equal, (a, b) => (a === b ? 1 : 0), eighths, between, step),

  stopGradient: unary('stopGradient', ops.stopGradient, (x) => x, all, {
    cut: true,
    special: [
      {
        text: 'x · stopGradient(x)',
        f: (x) => ops.mul(x, ops.stopGradient(x)),
        inputs: [scalar(3)],
        value: [9],
        gradient: [[3]],
      },
    ],
  }),
} satisfies Partial<Record<OpName, Entry>>;

/** φ(x) = e^{−x²/2}/√(2π) */
function phi(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** erf x = 2/√π Σ (−1)ⁿ x²ⁿ⁺¹/(n!(2n+1)), for |x| ≤ 2. */
function referenceErf(x: number): number {
  let power = x;
  let total = x;
  for (let n = 1; n < 80; n++) {
    power *= (-x * x) / n;
    total += power / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
