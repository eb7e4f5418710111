import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hypotenuse, symmetricEigen } from '../../src/linalg/eigen/symmetric-eigen.js';
import {
  type KnownMatrix,
  norm1,
  orthogonalityError,
  residual,
  secondDifferences,
  signsAreFixed,
  withSpectrum,
} from './support/matrices.js';

const diagonal = (values: number[]): KnownMatrix => {
  const n = values.length;
  const a = new Float64Array(n * n);
  for (const [i, value] of values.entries()) a[i * n + i] = value;
  return { a, n, values: [...values].sort((x, y) => y - x) };
};

const wilkinson = (n: number): Float64Array => {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    a[i * n + i] = Math.abs(i - (n - 1) / 2);
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = 1;
  }
  return a;
};

/** Checks A·v = λv, VᵀV = I, order and signs; and the eigenvalues where they are known. */
function check({ a, n, values }: KnownMatrix): void {
  const result = symmetricEigen(a, n);
  const slack = 10 * n * 2 ** -52;
  for (let j = 0; j < n; j++) {
    expect(residual(a, n, result, j)).toBeLessThanOrEqual(slack * norm1(a, n, n));
    expect(Math.abs(result.values[j]! - values[j]!)).toBeLessThanOrEqual(slack * norm1(a, n, n));
    if (j > 0) expect(result.values[j]).toBeLessThanOrEqual(result.values[j - 1]!);
  }
  expect(orthogonalityError(result.vectors, n, n)).toBeLessThanOrEqual(slack);
  expect(signsAreFixed(result.vectors, n, n)).toBe(true);
}

describe('symmetricEigen', () => {
  test('second differences: the closed form', () => {
    for (const n of [1, 2, 3, 5, 20, 60]) check(secondDifferences(n));
  });

  test('spectra made to order: repeated, ±λ, clustered, graded, of low rank', () => {
    check(withSpectrum([3, 3, 3, 1, 1, -2], 1));
    check(withSpectrum([1, -1, 1, -1, 1, -1, 1], 2));
    check(withSpectrum([1, 1 - 1e-6, 1 - 2e-6, 1 - 1e-12, 0.5], 3));
    check(withSpectrum([1, 1e-4, 1e-8, 1e-12, 1e-16, 0], 4));
    check(withSpectrum([5, -7, 0, 0, 0, 0, 0, 0], 5));
  });

  test('matrices that leave nothing to do, or nothing to divide by', () => {
    check(diagonal([]));
    check(diagonal([4]));
    check(diagonal([0, 0, 0]));
    check(diagonal([1, 5, -3, 5]));
    check({ a: Float64Array.of(0, 1, 1, 0), n: 2, values: [1, -1] });
    check({ a: new Float64Array(25).fill(2), n: 5, values: [10, 0, 0, 0, 0] });
  });

  test('the pairs of Wilkinson’s matrix that agree to 10⁻¹⁴', () => {
    const result = symmetricEigen(wilkinson(21), 21);
    // The largest pair, as Wilkinson printed it (The Algebraic Eigenvalue Problem, 1965).
    expect(result.values[0]).toBeCloseTo(10.746194182903393, 12);
    expect(result.values[1]).toBeCloseTo(10.746194182903322, 12);
    for (let j = 0; j < 21; j++) {
      expect(residual(wilkinson(21), 21, result, j)).toBeLessThan(1e-13);
    }
    expect(orthogonalityError(result.vectors, 21, 21)).toBeLessThan(1e-13);
  });

  test('any symmetric matrix, at any scale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(1, 1e-300, 1e290, 2 ** -1060),
        fc.func(fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true }))),
        (n, scale, entry) => {
          const a = new Float64Array(n * n);
          for (let i = 0; i < n; i++) {
            for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = scale * entry(i, j);
          }
          const result = symmetricEigen(a, n);
          // Undo the scale before measuring, so that the squares of the check itself stay in range.
          const unit = a.map((x) => x / scale);
          const values = result.values.map((x) => x / scale);
          const allowed = 10 * n * 2 ** -52 * norm1(unit, n, n) + (n * 2 ** -1074) / scale;
          for (let j = 0; j < n; j++) {
            if (residual(unit, n, { values, vectors: result.vectors }, j) > allowed) return false;
          }
          return orthogonalityError(result.vectors, n, n) < 10 * n * 2 ** -52;
        },
      ),
    );
  });

  test('subnormal dust beside ordinary numbers does not bend the eigenvectors', () => {
    const [x, dust] = [7.105427357601002e-15, 5e-324];
    const a = Float64Array.of(x, dust, dust, dust, x, x, dust, x, dust);
    const { vectors } = symmetricEigen(a, 3);
    expect(orthogonalityError(vectors, 3, 3)).toBeLessThan(2 * 3 * 2 ** -52);
  });

  test('reads the lower triangle only', () => {
    const a = Float64Array.of(2, 99, 1, 2);
    expect(symmetricEigen(a, 2).values[0]).toBeCloseTo(3, 14);
  });

  test('says what is wrong', () => {
    expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow('symmetricEigen: a needs n·n = 4');
    expect(() => symmetricEigen(Float64Array.of(1, 0, NaN, 1), 2)).toThrow('the matrix holds NaN');
  });
});

test.each([
  [0, 0, 0],
  [0, -7, 7],
  [3, 4, 5],
  [-4, 3, 5],
  [3 * 2 ** 1000, 4 * 2 ** 1000, 5 * 2 ** 1000],
  [-3 * 2 ** -1060, -4 * 2 ** -1060, 5 * 2 ** -1060],
  [2 ** 600, 2 ** -600, 2 ** 600],
])('the hypotenuse of %d and %d is %d', (x, y, z) => {
  expect(hypotenuse(x, y)).toBe(z);
});
