import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jacobiRotation, svd } from '../../src/linalg/eigen/svd.js';
import { transposed } from '../../src/linalg/kernels/transposed.js';
import { noisy } from './support/arbitrary.js';
import { gap, orthogonalityError, signsAreFixed } from './support/matrices.js';

const ε = 2 ** -52;

describe('svd', () => {
  const check = (a: Float64Array, m: number, n: number): void => {
    const { u, values, v } = svd(a, m, n);
    const r = Math.min(m, n);
    const norm = Math.sqrt(a.reduce((s, x) => s + x * x, 0));
    const scaled = u.map((x, p) => x * values[p % r]!);
    expect(gap(a, scaled, transposed(v, n, r), m, r, n)).toBeLessThanOrEqual(
      20 * (m + n) * ε * norm,
    );
    expect(orthogonalityError(u, m, r)).toBeLessThanOrEqual(10 * (m + n) * ε);
    expect(orthogonalityError(v, n, r)).toBeLessThanOrEqual(10 * (m + n) * ε);
    expect(signsAreFixed(v, n, r)).toBe(true);
    for (let j = 0; j < r; j++) {
      expect(values[j]).toBeGreaterThanOrEqual(0);
      if (j > 0) expect(values[j]).toBeLessThanOrEqual(values[j - 1]!);
    }
  };

  test('A = UΣVᵀ at any shape and rank', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), fc.nat(3), fc.integer(), (m, n, rank, seed) => {
        check(noisy(m * n, seed), m, n);
        const [x, y] = [noisy(m * rank, seed), noisy(rank * n, seed + 1)];
        const low = Float64Array.from({ length: m * n }, (_, p) => {
          let s = 0;
          for (let l = 0; l < rank; l++)
            s += x[Math.floor(p / n) * rank + l]! * y[l * n + (p % n)]!;
          return s;
        });
        check(low, m, n);
      }),
      { numRuns: 50 },
    );
  });

  test('closed forms', () => {
    // [[1, 1], [0, 1]]: the golden ratio and its inverse.
    const { values } = svd(Float64Array.of(1, 1, 0, 1), 2, 2);
    expect(values[0]).toBeCloseTo((1 + Math.sqrt(5)) / 2, 14);
    expect(values[1]).toBeCloseTo((Math.sqrt(5) - 1) / 2, 14);
    expect([...svd(Float64Array.of(0, 0, 0, 0, -7, 0), 2, 3).values]).toEqual([7, 0]);
  });

  test('a rotation by at most an eighth of a turn makes two vectors orthogonal', () => {
    const cases = [
      [1, 1, 0.5],
      [1, 1, -0.5],
      [4, 1, 1e-9],
      [1, 4, 1e-9],
      [2, 1, 1],
      [1, 2, -1],
      [1.3, 1, 0.9],
      [1, 1e-30, 3e-16],
      [1e-30, 1, -3e-16],
    ] as const;
    for (const [pp, qq, pq] of cases) {
      const { c, s } = jacobiRotation(pp, qq, pq);
      expect(c * c + s * s).toBeCloseTo(1, 15);
      expect(c).toBeGreaterThan(0);
      expect(Math.abs(s)).toBeLessThanOrEqual(c * (1 + ε));
      // (cx + sy)ᵀ(cy − sx), of which nothing is left but the rounding of its terms.
      const [first, second] = [(c * c - s * s) * pq, c * s * (qq - pp)];
      expect(Math.abs(first + second)).toBeLessThanOrEqual(4 * ε * Math.abs(pq));
    }
  });

  test('of one column the left vector is its quotients, each rounded once', () => {
    for (let seed = 0; seed < 20; seed++) {
      const a = noisy(7, seed).map(Math.abs);
      const { u, values } = svd(a, 7, 1);
      expect([...u]).toEqual([...a.map((x) => x / values[0]!)]);
    }
  });

  test('columns of one length, which no difference tells apart', () => {
    const { values } = svd(Float64Array.of(1, 2, 2, 1), 2, 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
  });

  test('small singular values are right to their own last digits', () => {
    // Columns of lengths 1 and δ at an angle: σ₂ = δ·sin θ·(1 + O(δ²)), far below ε·σ₁.
    const δ = 1e-30;
    const { values } = svd(Float64Array.of(1, δ, 1, 0), 2, 2);
    expect(values[0]! / Math.SQRT2).toBeCloseTo(1, 14);
    expect(values[1]! / (δ * Math.SQRT1_2)).toBeCloseTo(1, 14);
  });

  test('columns whose squares underflow count as zero', () => {
    for (const δ of [1e-140, 1e-155, 1e-165, 1e-200, 5e-324]) {
      const { u, values, v } = svd(Float64Array.of(1, δ, 1, 0, 2, 3 * δ), 3, 2);
      expect(values[0]! / Math.sqrt(6)).toBeCloseTo(1, 14);
      expect(values[1]).toBeLessThanOrEqual(4 * δ);
      expect(orthogonalityError(u, 3, 2)).toBeLessThan(10 * ε);
      expect(orthogonalityError(v, 2, 2)).toBeLessThan(10 * ε);
    }
  });

  test('says what is wrong', () => {
    expect(() => svd(new Float64Array(3), 2, 2)).toThrow('svd: a needs m·n = 4');
    expect(() => svd(new Float64Array(3), 1.5, 2)).toThrow('svd: m is a whole number');
    expect(() => svd(new Float64Array(3), 2, 1.5)).toThrow('svd: n is a whole number');
    expect(() => svd(Float64Array.of(1, Number.POSITIVE_INFINITY), 2, 1)).toThrow('holds Infinity');
  });
});
