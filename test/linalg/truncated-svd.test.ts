import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/dense-operator.js';
import { finish } from '../../src/linalg/eigenpairs.js';
import { truncatedSvd } from '../../src/linalg/truncated-svd.js';
import { noisy } from './support/arbitrary.js';
import { halves, lanczosWith } from './support/eigen.js';
import { orthogonalityError, signsAreFixed, withSpectrum } from './support/matrices.js';

describe('truncatedSvd', () => {
  /** UΣVᵀ with U [m, k], V [n, k] from the eigenvectors of made-up symmetric matrices. */
  const known = (m: number, n: number, sigma: readonly number[]): Float64Array => {
    const k = sigma.length;
    const left = lanczosWith()(withSpectrum(halves(m), 20).a, m, k).vectors;
    const right = lanczosWith()(withSpectrum(halves(n), 21).a, n, k).vectors;
    return Float64Array.from({ length: m * n }, (_, p) =>
      sigma.reduce(
        (s, σ, j) => s + σ * left[Math.floor(p / n) * k + j]! * right[(p % n) * k + j]!,
        0,
      ),
    );
  };

  test.each([
    [30, 12],
    [12, 30],
    [15, 15],
  ])('finds singular values and both sides of a %i × %i matrix', (m, n) => {
    const sigma = [8, 5, 5, 2, 1e-3, 1e-5];
    const a = known(m, n, sigma);
    const { u, values, v, residuals, reason } = finish(truncatedSvd(denseOperator(a, m, n), 6));
    expect(reason).toBe('');
    expect(orthogonalityError(u, m, 6)).toBeLessThan(1e-13);
    expect(orthogonalityError(v, n, 6)).toBeLessThan(1e-13);
    for (const [j, σ] of sigma.entries()) {
      expect(Math.abs(values[j]! - σ)).toBeLessThan(1e-10);
      let squares = 0;
      for (let i = 0; i < m; i++) {
        let s = -values[j]! * u[i * 6 + j]!;
        for (let l = 0; l < n; l++) s += a[i * n + l]! * v[l * 6 + j]!;
        squares += s * s;
      }
      // Through the squares, Av = σu or Aᵀu = σv is met to (rounding of σ₁²)/σ only.
      expect(Math.sqrt(squares)).toBeLessThan(residuals[j]! + 1e-13);
      expect(residuals[j]).toBeLessThan(1e-12 + 1e-13 / σ);
    }
    expect(signsAreFixed(m < n ? u : v, Math.min(m, n), 6)).toBe(true);
  });

  test('of rank below k ends in zeros, with orthonormal vectors all the same', () => {
    const a = known(20, 9, [3, 1]);
    const { u, values, v } = finish(truncatedSvd(denseOperator(a, 20, 9), 5));
    expect(values[1]).toBeCloseTo(1, 13);
    for (const value of values.subarray(2)) expect(value).toBeLessThan(1e-13);
    expect(orthogonalityError(u, 20, 5)).toBeLessThan(1e-13);
    expect(orthogonalityError(v, 9, 5)).toBeLessThan(1e-13);
  });

  test('says what does not fit', () => {
    const a = denseOperator(noisy(12, 1), 3, 4);
    expect(() => finish(truncatedSvd(a, 4))).toThrow('a 3 × 4 matrix has no 4 singular values');
  });
});
