import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hypotenuse,
  powerOfTwoScale,
  symmetricEigen,
} from '../../src/linalg/eigen/symmetric-eigen.js';
import { memoryUsage } from '../../src/linalg/memory.js';
import { noise } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
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

  test('reflects ever smaller corners, and what is tridiagonal not at all', () => {
    const n = 5;
    const { a } = withSpectrum([5, 4, 3, 2, 1], 6);
    // Rows that are multiplied: of A for n − 1 reflections but the last, which has nothing to do; of Qᵀ from the last to the first.
    const rows = (name: 'multiplyBy' | 'takeOff', at: number): number[] =>
      callsOf(name, () => symmetricEigen(a, n)).map((given) => given[at]!);
    expect(rows('multiplyBy', 3)).toEqual([4, 3, 2, 2, 3, 4]);
    expect(rows('takeOff', 3)).toEqual([4, 4, 3, 3, 2, 2, 2, 3, 4]);
    const run = () => void symmetricEigen(secondDifferences(9).a, 9);
    expect(callsOf('multiplyBy', run)).toEqual([]);
    expect(callsOf('takeOff', run)).toEqual([]);
  });

  test('splits where what is beside the diagonal is no more than half the rounding of its neighbours', () => {
    const steps = (n: number, ...a: number[]): number =>
      callsOf('rotateRows', () => symmetricEigen(Float64Array.from(a), n)).length;
    const least = 2 ** -53;
    expect(steps(2, 1, least, least, 0)).toBe(0);
    expect(steps(2, 0, least, least, 1)).toBe(0);
    expect(steps(2, 1, 3 * least, 3 * least, 1)).toBe(1);
    expect(steps(3, 1, 0, 0, 0, 0, least, 0, least, 1)).toBe(0);
    expect(steps(3, 0, 0, 0, 0, 1, least, 0, least, 0)).toBe(0);
  });

  test('a matrix of two rows takes one step, for the shift is its eigenvalue', () => {
    const next = noise(3);
    const taken = Array.from({ length: 60 }, () => {
      const [x, y, z] = [next(), next(), next()];
      const run = () => void symmetricEigen(Float64Array.of(x, y, y, z), 2);
      return callsOf('rotateRows', run).length;
    });
    expect(Math.max(...taken)).toBe(2); // a second for what rounding has left
    expect(taken.filter((steps) => steps === 1).length).toBeGreaterThan(40);
  });

  test('gives its memory back', () => {
    const { a } = withSpectrum([3, 2, 1, 0.5], 7);
    const { used } = memoryUsage();
    symmetricEigen(a, 4);
    expect(memoryUsage().used).toBe(used);
  });

  test('says what is wrong', () => {
    expect(() => symmetricEigen(new Float64Array(2), Math.SQRT2)).toThrow(
      'symmetricEigen: n is a whole number',
    );
    expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow('symmetricEigen: a needs n·n = 4');
    expect(() => symmetricEigen(Float64Array.of(1, 0, NaN, 1), 2)).toThrow('the matrix holds NaN');
  });
});

test.each([
  [[0, 0], 1],
  [[], 1],
  [[1], 1],
  [[-1.5, 0.1], 1],
  [[2], 0.5],
  [[3, -4], 0.25],
  [[0.5], 2],
  [[0.25, 0.1], 4],
  [[2 ** -800], 2 ** 800],
  [[5e-324], 2 ** 1000],
  [[2 ** 1023], 2 ** -1023],
])('of %j the scale is %d', (numbers, scale) => {
  expect(powerOfTwoScale('test', Float64Array.from(numbers))).toBe(scale);
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
