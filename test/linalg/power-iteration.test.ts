import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
import { powerIteration } from '../../src/linalg/eigen/power-iteration.js';
import { halves, repeat } from './support/eigen.js';
import { residual, secondDifferences, withSpectrum } from './support/matrices.js';

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
