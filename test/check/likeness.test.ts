import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  factorOf,
  isNegated,
  isZero,
  permutationOf,
  same,
  shiftOf,
  slicesOf,
} from '../../src/check/blame/likeness.js';

const vector = (...xs: number[]): Float64Array => Float64Array.from(xs);
/** Numbers of a size that differ by more than differences do. */
const numbers = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 997 }), { minLength: length, maxLength: length })
    .map((ks) => Float64Array.from(ks, (k, i) => Math.sqrt(k) * (i % 2 === 0 ? 1 : -1)));

test('what is not alike is not said to be', () => {
  fc.assert(
    fc.property(numbers(12), numbers(6), (all, other) => {
      const [a, b] = [all.slice(0, 6), all.slice(6)];
      // Twelve different square roots in two halves: neither is the other, in any order or place.
      fc.pre(other.some((x, i) => Math.abs(x / a[i]! - other[0]! / a[0]!) > 1e-6));
      expect(same(a, b)).toBe(false);
      expect(isNegated(a, b)).toBe(false);
      expect(factorOf(a, other)).toBeUndefined();
      expect(permutationOf(a, b, [2, 3])).toBeUndefined();
      expect(shiftOf(a, b, [2, 3])).toBeUndefined();
    }),
  );
});

test('equal to 10⁻⁸ of the largest, and zeros are like nothing', () => {
  expect(same(vector(1, 0), vector(1, 9e-9))).toBe(true);
  expect(same(vector(1, 0), vector(1, 1.1e-8))).toBe(false);
  expect(same(vector(1), vector(1, 1))).toBe(false);
  expect(same(vector(0, 0), vector(0, 0))).toBe(false);
  expect(isZero(vector(0, -0))).toBe(true);
  expect(isZero(vector(0, 5e-324))).toBe(false);
  expect(factorOf(vector(0, 0), vector(1, 2))).toBeUndefined();
  expect(factorOf(vector(1, 2), vector(0, 0))).toBeUndefined();
});

test('a factor is told from two numbers, or from one if it is a simple fraction', () => {
  expect(factorOf(vector(3.7, 7.4), vector(1, 2))).toBeCloseTo(3.7, 12);
  expect(factorOf(vector(3.7, 7.5), vector(1, 2))).toBeUndefined();
  expect(factorOf(vector(3.7), vector(1))).toBeUndefined();
  expect(factorOf(vector(3.7, 0), vector(1, 0))).toBeUndefined();
  for (const c of [2, -1, 0.5, -3, 2 / 3, 0.75]) {
    expect(factorOf(vector(1.7 * c), vector(1.7))).toBeCloseTo(c, 12);
  }
});

test('axes in another order: all orders of three, and not the one that they have', () => {
  const b = Float64Array.from({ length: 24 }, (_, i) => Math.sqrt(i + 1));
  const at = (i: number, j: number, k: number): number => b[(i * 3 + j) * 4 + k]!;
  const a: number[] = [];
  for (let k = 0; k < 4; k++)
    for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) a.push(at(i, j, k));
  expect(permutationOf(Float64Array.from(a), b, [2, 3, 4])).toEqual([2, 0, 1]);
  expect(permutationOf(b, b, [2, 3, 4])).toBeUndefined();
  expect(permutationOf(vector(1, 2), vector(1, 2), [2])).toBeUndefined();
});

test('moved by one along an axis, round the end or with a zero', () => {
  const b = vector(1, 2, 3, 4, 5, 6);
  expect(shiftOf(vector(3, 1, 2, 6, 4, 5), b, [2, 3])).toEqual({ axis: 1, by: 1 });
  expect(shiftOf(vector(2, 3, 0, 5, 6, 0), b, [2, 3])).toEqual({ axis: 1, by: -1 });
  expect(shiftOf(vector(4, 5, 6, 1, 2, 3), b, [2, 3])).toMatchObject({ axis: 0 });
  expect(shiftOf(vector(0, 0, 0, 1, 2, 3), b, [2, 3])).toEqual({ axis: 0, by: 1 });
  expect(shiftOf(b, b, [6])).toBeUndefined();
});

test('the slices of a seed add up to it along each axis', () => {
  const seed = vector(1, 2, 3, 4, 5, 6);
  const slices = [...slicesOf(seed, [2, 1, 3])];
  expect(slices.map(([axis]) => axis)).toEqual([0, 0, 2, 2, 2]);
  for (const axis of [0, 2]) {
    const own = slices.filter(([of]) => of === axis).map(([, slice]) => slice);
    expect(seed.map((_, i) => own.reduce((sum, slice) => sum + slice[i]!, 0))).toEqual(seed);
  }
  expect(slices[3]![1]).toEqual(vector(0, 2, 0, 0, 5, 0));
});
