import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
import {
  type PowerIterationOptions,
  powerIteration,
} from '../../src/linalg/eigen/power-iteration.js';
import { check, halves, power, repeat } from './support/eigen.js';
import { promise, residual, secondDifferences, withSpectrum } from './support/matrices.js';

const diagonal = (values: number[]): Float64Array => {
  const a = new Float64Array(values.length ** 2);
  for (const [i, value] of values.entries()) a[i * (values.length + 1)] = value;
  return a;
};

describe('powerIteration', () => {
  test('a start orthogonal to the answer does not keep it from being found', () => {
    const a = new Float64Array(100);
    for (let i = 0; i < 10; i++) a[i * 10 + i] = 10 - i;
    const start = new Float64Array(10);
    start[4] = 1; // an eigenvector, of 6
    const pairs = finish(powerIteration(denseOperator(a, 10, 10), 1, { start }));
    expect(pairs.values[0]).toBeCloseTo(10, 12);
    expect(() =>
      finish(powerIteration(denseOperator(a, 10, 10), 1, { start: new Float64Array(10) })),
    ).toThrow('no direction');
  });

  test('a good start saves steps', () => {
    const { a, n } = secondDifferences(12);
    const operator = denseOperator(a, n, n);
    const start = Float64Array.from({ length: n }, (_, i) =>
      Math.sin(((i + 1) * n * Math.PI) / (n + 1)),
    );
    const without = finish(powerIteration(operator, 1)).products;
    expect(finish(powerIteration(operator, 1, { start })).products).toBeLessThan(without);
  });

  test('starts from a random direction, or from `start` and a thousandth (2⁻¹⁰) of it', () => {
    const n = 7;
    const operator = denseOperator(diagonal([9, 8, 7, 6, 5, 4, 3]), n, n);
    const begin = (options: PowerIterationOptions): Float64Array => {
      const { value, done } = powerIteration(operator, 1, options).next();
      if (done) throw new Error('ended at once');
      return value.pairs().vectors;
    };
    const random = begin({});
    expect([...begin({ seed: 1 })]).toEqual([...random]);
    for (const [scale, i] of [
      [1, 2],
      [0.003, 4],
      [-1e200, 6],
    ] as const) {
      const start = new Float64Array(n);
      start[i] = scale;
      const mixed = begin({ start });
      // Both are known up to their sign: ±r, and e + 2⁻¹⁰·(±r) made as long as 1.
      const errors = [1, -1].map((sign) => {
        const sum = random.map((r, j) => (sign * r) / 1024 + (i === j ? 1 : 0));
        const length = Math.sqrt(sum.reduce((s, x) => s + x * x, 0));
        return Math.max(...sum.map((x, j) => Math.abs(x / length - mixed[j]!)));
      });
      expect(Math.min(...errors)).toBeLessThan(1e-14);
    }
  });

  test('`start` is for the first vector only', () => {
    const a = diagonal([6, 3, 2, 1]);
    const start = Float64Array.of(1, 0, 0, 1);
    let across = 0;
    for (const { converged, pairs } of powerIteration(denseOperator(a, 4, 4), 2, { start })) {
      if (converged === 1) across ||= Math.abs(pairs().vectors[2 * 1 + 1]!);
    }
    // Started along the last axis, the second vector would begin with little else in it.
    expect(across).toBeGreaterThan(0.01);
  });

  test('two coordinates that change places: the plane of v and Av is all there is', () => {
    const swap = denseOperator(Float64Array.of(0, 1, 1, 0), 2, 2);
    const { values, vectors, products } = finish(powerIteration(swap, 1));
    expect(values[0]).toBeCloseTo(1, 15);
    expect(vectors[0]).toBeCloseTo(Math.SQRT1_2, 15);
    expect(vectors[1]).toBeCloseTo(Math.SQRT1_2, 15);
    // Av, A²v, and that of the best vector; once more for the report.
    expect(products).toBe(4);
  });

  test('the larger of two eigenvalues of opposite sign, however little it is larger', () => {
    for (const [values, seed] of [
      [[-1, 1 - 1e-9, ...repeat(0.1, 10)], 15],
      [[1, -1 + 1e-9, ...repeat(0.1, 10)], 16],
    ] as const) {
      const { a, n } = withSpectrum(values, seed);
      const pairs = finish(powerIteration(denseOperator(a, n, n), 2, { maxProducts: 100 }));
      expect(pairs.reason).toBe('');
      expect(Math.abs(pairs.values[0]! - values[0])).toBeLessThan(promise(a, n));
      expect(Math.abs(pairs.values[1]! - values[1])).toBeLessThan(promise(a, n));
    }
    // Where they agree, it is the positive one.
    for (let seed = 1; seed <= 6; seed++) {
      const { a, n } = withSpectrum([1, -1, ...repeat(0.1, 10)], seed);
      const pairs = finish(powerIteration(denseOperator(a, n, n), 1));
      expect(pairs.values[0]).toBeCloseTo(1, 12);
    }
  });

  test('two that almost agree, far below the first: what is found is orthogonal to it all the same', () => {
    // v and Av are almost parallel here, and rounding in what sets them apart is magnified.
    for (let seed = 1; seed <= 5; seed++) {
      check(power, withSpectrum([1, 1e-6, 1e-6 * (1 - 3e-4), 0], seed), 2);
    }
  });

  test('each pair may take as many products as allowed, and one that needs more takes exactly these', () => {
    const { a, n } = withSpectrum([8, 4, 2, 1, 1 - 1e-9, ...repeat(0.1, 10)], 17);
    const operator = denseOperator(a, n, n);
    const taken = [0, 0, 0, 0, 0];
    let before = 0;
    for (const { products, converged } of powerIteration(operator, 5, { maxProducts: 200 })) {
      taken[converged]! += products - before;
      before = products;
    }
    const enough = Math.max(...taken.slice(0, 3)) + 3;
    expect(taken[0]! + taken[1]! + taken[2]!).toBeGreaterThan(enough);
    expect(finish(powerIteration(operator, 3, { maxProducts: enough })).converged).toBe(3);
    const counted = finish(powerIteration(operator, 3)).products - 3;
    const stuck = finish(powerIteration(operator, 5, { maxProducts: 200 }));
    expect(stuck.converged).toBe(3);
    expect(stuck.products).toBe(counted + 200 + 4);
  });

  test('says what does not fit', () => {
    const operator = denseOperator(diagonal([3, 2, 1]), 3, 3);
    const run = (options: PowerIterationOptions) => finish(powerIteration(operator, 1, options));
    expect(() => run({ maxProducts: 0.5 })).toThrow('maxProducts is a whole number');
    expect(() => run({ start: new Float64Array(2) })).toThrow('powerIteration: start needs n = 3');
    for (const wrong of [0, NaN, Infinity]) {
      const start = Float64Array.of(wrong, wrong, 0);
      expect(() => run({ start })).toThrow(
        `powerIteration: start has length ${wrong} and so no direction`,
      );
    }
  });

  test('reports which pairs converged, how far the next one is, and why', () => {
    const { a, n } = withSpectrum([4, 2, 1, 1 - 1e-9, 0.5, ...repeat(0.1, 10)], 13);
    const pairs = finish(powerIteration(denseOperator(a, n, n), 5, { maxProducts: 200 }));
    expect(pairs.converged).toBe(2);
    expect(pairs.values).toHaveLength(3);
    expect(pairs.reason).toMatch(
      /^pair 3 of 5 has a residual of .* after 200 products, above the limit/,
    );
    expect(pairs.residuals[2]).toBeGreaterThan(pairs.limit);
    expect(residual(a, n, pairs, 2) / pairs.residuals[2]!).toBeCloseTo(1, 3);
  });

  test('can be watched and stopped', () => {
    const { a, n } = withSpectrum(halves(20), 14);
    const seen: number[] = [];
    for (const { products, converged, pairs } of powerIteration(denseOperator(a, n, n), 3)) {
      seen.push(products);
      if (converged === 1) {
        const now = pairs();
        expect(now.values).toHaveLength(2);
        expect(now.residuals[0]).toBeLessThanOrEqual(now.limit);
        break;
      }
    }
    expect(seen[0]).toBe(1);
    expect(seen.every((products, i) => i === 0 || products > seen[i - 1]!)).toBe(true);
  });
});
