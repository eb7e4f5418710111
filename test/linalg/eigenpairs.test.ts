import { describe, expect, test } from 'vitest';
import {
  blockPower,
  check,
  halves,
  lanczosWith,
  power,
  repeat,
  type Solver,
} from './support/eigen.js';
import { promise, residual, withSpectrum } from './support/matrices.js';

describe.each([
  ['power iteration', power],
  ['block power iteration', blockPower()],
  ['Lanczos', lanczosWith()],
  ['Lanczos, one vector at a time', lanczosWith({ blockSize: 1, basisSize: 12 })],
  ['Lanczos, short of memory', lanczosWith({ blockSize: 2, basisSize: 15 })],
] as const)('%s', (_, solve) => {
  test('a geometric spectrum', () => {
    check(solve, withSpectrum(halves(30), 1), 5);
  });

  test('eigenvalues of both signs', () => {
    check(solve, withSpectrum([-9, 7, -5, 3, 1, 0.5, -0.5, 0.1, ...repeat(0, 20)], 2), 4);
  });

  test('the zero matrix', () => {
    check(solve, { a: new Float64Array(20 * 20), n: 20, values: repeat(0, 20) }, 3);
  });

  test('rank below k', () => {
    check(solve, withSpectrum([5, -2, 1, ...repeat(0, 17)], 3), 6);
    // Of rank 1 exactly: 1·1ᵀ.
    check(solve, { a: new Float64Array(225).fill(1), n: 15, values: [15, ...repeat(0, 14)] }, 4);
  });

  test('repeated eigenvalues, more of them than a block has vectors', () => {
    check(solve, withSpectrum([...repeat(4, 6), ...repeat(2, 3), ...halves(20)], 4), 8);
    check(solve, withSpectrum(repeat(3, 25), 5), 5);
    // One repeated eigenvalue hides behind others that converge first.
    check(solve, withSpectrum([10, 9, 8, ...repeat(5, 7), 1, ...repeat(0, 20)], 6), 8);
  });

  test('pairs ±λ, where the plain iterates swing for ever', () => {
    const { values } = check(solve, withSpectrum([1, -1, 0.5, -0.5, ...repeat(0.1, 16)], 7), 4);
    for (const [j, value] of [1, -1, 0.5, -0.5].entries()) expect(values[j]).toBeCloseTo(value, 12);
    check(solve, withSpectrum([...repeat(1, 12), ...repeat(-1, 12)], 8), 3);
    const swap = new Float64Array(16 * 16);
    for (let i = 0; i < 16; i++) swap[i * 16 + (15 - i)] = 1;
    check(solve, { a: swap, n: 16, values: [...repeat(1, 8), ...repeat(-1, 8)] }, 9);
  });

  test('a graph in two halves: ±m, and 0 for the rest', () => {
    // The complete bipartite graph of 9 and 4 vertices has the eigenvalues ±√36.
    const n = 13;
    const a = Float64Array.from({ length: n * n }, (_, p) =>
      Math.floor(p / n) < 9 === p % n < 9 ? 0 : 1,
    );
    check(solve, { a, n, values: [6, ...repeat(0, 11), -6] }, 4);
  });

  test('a matrix that is diagonal, where nothing leaks from one direction to another', () => {
    const values = [1, 8, 2, 0.5, -6, 0.1, 0.2, 0.3, 0.4, 3, 0, 0, 0, 0, 0];
    const a = new Float64Array(225);
    for (const [i, value] of values.entries()) a[i * 15 + i] = value;
    const pairs = check(solve, { a, n: 15, values }, 3);
    expect(pairs.vectors[1 * 3 + 0]).toBeCloseTo(1, 12);
    expect(pairs.vectors[4 * 3 + 1]).toBeCloseTo(1, 12);
  });

  test('every pair of a small matrix, and none of it', () => {
    check(solve, withSpectrum([3, -2, 1], 9), 3);
    check(solve, { a: Float64Array.of(-7), n: 1, values: [-7] }, 1);
    check(solve, withSpectrum([3, -2, 1], 9), 0);
    check(solve, { a: new Float64Array(0), n: 0, values: [] }, 0);
  });

  test('very large and very small numbers', () => {
    for (const scale of [2 ** -960, 2 ** -400, 2 ** 400, 2 ** 990]) {
      const scaled: Solver = (a, n, k) => {
        const pairs = solve(
          a.map((x) => x * scale),
          n,
          k,
        );
        const [values, residuals] = [pairs.values, pairs.residuals].map((x) =>
          x.map((v) => v / scale),
        );
        return { ...pairs, values: values!, residuals: residuals!, limit: pairs.limit / scale };
      };
      check(scaled, withSpectrum(halves(20), 10), 3);
    }
  });

  test('does not take an eigenvalue that stands still for one that has converged', () => {
    // 1 and 1 − 10⁻⁶: after some fourteen steps λ no longer changes, with v far from either vector.
    const { a, n } = withSpectrum([1, 1 - 1e-6, 0.5, 0.25, ...repeat(0.1, 16)], 11);
    const pairs = solve(a, n, 1);
    if (pairs.converged === 1) {
      expect(residual(a, n, pairs, 0)).toBeLessThanOrEqual(promise(a, n));
      expect(Math.abs(pairs.values[0]! - 1)).toBeLessThan(1e-12);
    } else {
      // Then it says so, and its account is true.
      expect(pairs.reason).not.toBe('');
      expect(pairs.residuals[0]).toBeGreaterThan(pairs.limit);
      expect(residual(a, n, pairs, 0)).toBeCloseTo(pairs.residuals[0]!, 10);
    }
  });

  test('the same bits every time', () => {
    const { a, n } = withSpectrum(halves(20), 12);
    expect([...solve(a, n, 4).vectors]).toEqual([...solve(a, n, 4).vectors]);
  });

  test('refuses what is not symmetric, not finite, or asks for too much', () => {
    expect(() => solve(Float64Array.of(1, 2, 3, 4), 2, 1)).toThrow('A [2, 2] is not symmetric');
    expect(() => solve(Float64Array.of(1, NaN, NaN, 4), 2, 1)).toThrow('‖A‖₁ is NaN');
    expect(() => solve(Float64Array.of(1, 2, 2, 4), 2, 3)).toThrow(
      'a 2 × 2 matrix has no 3 eigenpairs',
    );
    expect(() => solve(Float64Array.of(1, 2, 2, 4), 2, 1.5)).toThrow('k is a whole number');
  });
});
