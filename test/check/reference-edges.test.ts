import { describe, expect, test } from 'vitest';
import { erf, erfc } from '../../src/check/reference/error-function.js';
import {
  countPaths,
  type Definition,
  type Dual,
  definitions,
  duals,
  fractions,
  overPaths,
  rational,
  real,
  secondTangentOf,
  Tensor,
} from '../../src/check/reference/index.js';

const D = duals(real);
const scalar = <T>(x: T): Tensor<T> => new Tensor([], [x]);
const vector = <T>(...xs: T[]): Tensor<T> => new Tensor([xs.length], xs);
const moving = (x: number, t = 1): Dual<number> => ({ x, t, terms: Math.abs(t) });

/** The slope of y at the inputs, each of which moves at a speed of its own: 1, 10, … */
const slopeOf = (definition: Definition, ...xs: number[]): number =>
  definition(D, ...xs.map((x, slot) => scalar(moving(x, 10 ** slot)))).values[0]!.t;
const numberOf = (definition: Definition, ...xs: number[]): number =>
  definition(real, ...xs.map(scalar)).values[0]!;

describe('where two meet', () => {
  const { greater, greaterEqual, less, lessEqual, equal } = definitions;

  test('comparisons', () => {
    const pairs = [
      [1, 2],
      [2, 2],
      [2, 1],
    ] as const;
    const of = (comparison: Definition) => pairs.map(([a, b]) => numberOf(comparison, a, b));
    expect([greater, greaterEqual, less, lessEqual, equal].map(of)).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 0],
    ]);
  });

  test('of equal ones the first is chosen, and moves as it does', () => {
    const { maximum, minimum, max, min } = definitions;
    for (const f of [maximum, minimum]) expect(slopeOf(f, 3, 3)).toBe(1);
    expect([slopeOf(maximum, 3, 4), slopeOf(minimum, 3, 4)]).toEqual([10, 1]);
    for (const f of [max(), min()]) {
      expect(f(D, vector(moving(2, 1), moving(2, 10))).values[0]!.t).toBe(1);
    }
  });

  test('the largest of none is −∞, the smallest +∞', () => {
    const none = new Tensor<number>([0], []);
    expect(definitions.max()(real, none).values).toEqual([Number.NEGATIVE_INFINITY]);
    expect(definitions.min()(real, none).values).toEqual([Number.POSITIVE_INFINITY]);
  });

  test('the pieces of a function, at their seams', () => {
    const { abs, relu, leakyRelu, clamp } = definitions;
    expect([-1, 0, 1].map((x) => slopeOf(abs, x))).toEqual([-1, 1, 1]);
    expect([-1, 0, 1].map((x) => slopeOf(relu, x))).toEqual([0, 0, 1]);
    expect([-1, 0, 1].map((x) => slopeOf(leakyRelu(0.25), x))).toEqual([0.25, 0.25, 1]);
    expect([-2, -1, 0, 3, 4].map((x) => slopeOf(clamp(-1, 3), x))).toEqual([0, 1, 1, 1, 0]);
    expect([-2, -1, 0, 3, 4].map((x) => numberOf(clamp(-1, 3), x))).toEqual([-1, -1, 0, 3, 3]);
  });
});

test('powers of whole exponents, be they negative', () => {
  const of = (n: number) => numberOf(definitions.power(n), 4);
  expect([-2, -1, 0, 1, 3].map(of)).toEqual([1 / 16, 1 / 4, 1, 4, 64]);
  expect(slopeOf(definitions.power(-1), 4)).toBe(-1 / 16);
});

test('parts are put together along the first axis, where none is said', () => {
  const [a, b] = [new Tensor([1, 2], [1, 2]), new Tensor([1, 2], [3, 4])];
  expect(definitions.concatenate()(real, a, b)).toEqual(new Tensor([2, 2], [1, 2, 3, 4]));
  expect(definitions.stack()(real, a, b)).toEqual(new Tensor([2, 1, 2], [1, 2, 3, 4]));
});

test('rows of a sparse matrix, by an index of any shape', () => {
  const S = new Tensor([2, 3], [1, 2, 3, 4, 5, 6]);
  const index = new Tensor([2, 2], [1, 0, 0, 1]);
  expect(definitions.sparseRows(S, index)(real)).toEqual(
    new Tensor([2, 2, 3], [4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6]),
  );
});

test('a second derivative comes with the value', () => {
  const { value, slope } = secondTangentOf(
    fractions,
    definitions.square,
    [vector(rational(3), rational(5))],
    [vector(rational(1), rational(2))],
    [vector(rational(1), rational(7))],
  );
  expect(value.values.map(String)).toEqual(['9', '25']);
  expect(slope.values.map(String)).toEqual(['2', '28']);
});

describe('the error function', () => {
  test('where the series meets the tail', () => {
    // Abramowitz & Stegun, table 7.1
    expect(Math.abs(erf(1) - 0.8427007929497149)).toBeLessThan(3e-16);
    expect(Math.abs(erf(-1) + 0.8427007929497149)).toBeLessThan(3e-16);
    expect(Math.abs(erfc(1) - 0.15729920705028513)).toBeLessThan(3e-16);
  });

  test('at its ends', () => {
    const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
    expect([erf(POSITIVE_INFINITY), erf(NEGATIVE_INFINITY)]).toEqual([1, -1]);
    expect([erfc(POSITIVE_INFINITY), erfc(NEGATIVE_INFINITY)]).toEqual([0, 2]);
    expect([erf(40), erfc(40), erfc(-40)]).toEqual([1, 0, 2]);
  });
});

describe('the sum over all paths', () => {
  test('begins at the last node, of whatever shape, and adds up sizes as it does terms', () => {
    const steps = [
      { definition: definitions.square, parents: [0] },
      { definition: definitions.broadcastTo([3]), parents: [1] },
    ];
    const ones = overPaths(real, [scalar(5)], steps);
    expect([ones.gradients[0]!.values, ones.terms[0]!.values]).toEqual([[30], [30]]);
    const seeded = overPaths(real, [scalar(5)], steps, { seed: vector(2, -3, 4) });
    expect([seeded.gradients[0]!.values, seeded.terms[0]!.values]).toEqual([[30], [90]]);
  });

  test('of nothing there are none', () => {
    expect(countPaths(0, [])).toBe(0);
    expect(countPaths(2, [])).toBe(1);
  });
});

test('a tensor in words', () => {
  expect(String(new Tensor([2, 1], [1, 2]))).toBe('[2,1]{1, 2}');
});
