import { describe, expect, test } from 'vitest';
import {
  countPaths,
  definitions,
  duals,
  fractions,
  overPaths,
  rational,
  real,
  type Step,
  Tensor,
  valuesOf,
} from '../../src/check/reference/index.js';

const vector = (...xs: number[]): Tensor => new Tensor([xs.length], xs);
const scalar = (x: number): Tensor => new Tensor([], [x]);
const { add, mul, exp, sum, where, greater } = definitions;

describe('the sum over all paths', () => {
  test('an edge twice is two paths', () => {
    const steps: Step[] = [{ definition: mul, parents: [0, 0] }];
    const { gradients, paths, terms } = overPaths(real, [scalar(3)], steps);
    expect({ gradient: gradients[0]!.values, paths, terms: terms[0]!.values }).toEqual({
      gradient: [6],
      paths: 2,
      terms: [6],
    });
  });

  test('a diamond: e^x·x + x, term by term', () => {
    const steps: Step[] = [
      { definition: exp, parents: [0] },
      { definition: mul, parents: [1, 0] },
      { definition: add, parents: [2, 0] },
      { definition: sum(), parents: [3] },
    ];
    const { gradients, paths } = overPaths(real, [vector(0, 1)], steps);
    expect(paths).toBe(3);
    expect(countPaths(1, steps)).toBe(3);
    expect(gradients[0]!.values).toEqual([0 + 1 + 1, Math.E + Math.E + 1]);
  });

  test('paths that cancel leave their terms', () => {
    const steps: Step[] = [{ definition: definitions.sub, parents: [0, 0] }];
    const { gradients, terms } = overPaths(real, [scalar(5)], steps);
    expect(gradients[0]!.values).toEqual([0]);
    expect(terms[0]!.values).toEqual([2]);
  });

  test('k squares in a row have 2ᵏ paths, and the gradient 2ᵏ·x^(2ᵏ − 1), exactly', () => {
    const k = 6;
    const steps: Step[] = Array.from({ length: k }, (_, i) => ({
      definition: mul,
      parents: [i, i],
    }));
    const x = new Tensor([], [rational(1.5)]);
    const { gradients, paths } = overPaths(fractions, [x], steps);
    expect(paths).toBe(2 ** k);
    const power = Array.from({ length: 2 ** k - 1 }, () => rational(1.5)).reduce((a, b) =>
      a.times(b),
    );
    expect(gradients[0]!.values[0]!.equals(power.times(rational(2 ** k)))).toBe(true);
    expect(() => overPaths(fractions, [x], steps, { most: 63 })).toThrow(/more than 63 paths/);
    expect(overPaths(fractions, [x], steps, { most: 64 }).paths).toBe(64);
  });

  test('a leaf that nothing leads to has no path, and a comparison leads nowhere', () => {
    const steps: Step[] = [
      { definition: greater, parents: [0, 1] },
      { definition: where, parents: [3, 0, 1] },
    ];
    const leaves = [vector(1, 5), vector(2, 3), scalar(7)];
    const { gradients, paths } = overPaths(real, leaves, steps);
    expect(gradients.map(({ values }) => values)).toEqual([[0, 1], [1, 0], [0]]);
    expect(paths).toBe(4);
    expect(valuesOf(real, leaves, steps).at(-1)!.values).toEqual([2, 5]);
  });

  test('a seed weighs the elements, and over duals the gradient has a slope', () => {
    const D = duals(real);
    const moving = new Tensor(
      [2],
      [
        { x: 2, t: 1, terms: 1 },
        { x: 3, t: 0, terms: 0 },
      ],
    );
    const steps: Step[] = [{ definition: mul, parents: [0, 0] }];
    const seed = new Tensor([2], [D.of(1), D.of(10)]);
    const { gradients } = overPaths(D, [moving], steps, { seed });
    expect(gradients[0]!.values.map(({ x }) => x)).toEqual([4, 60]);
    expect(gradients[0]!.values.map(({ t }) => t)).toEqual([2, 0]);
  });
});
