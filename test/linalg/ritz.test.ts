import { expect, test } from 'vitest';
import { alongNext, largestMagnitude, leastFirst } from '../../src/linalg/eigen/ritz.js';

const length = (x: Float64Array): number => Math.sqrt(x.reduce((s, value) => s + value * value, 0));

test('the largest magnitude, of either sign', () => {
  expect(largestMagnitude(Float64Array.of(1, -3, 2))).toBe(3);
  expect(largestMagnitude(Float64Array.of(1, -3, 4))).toBe(4);
  expect(largestMagnitude(Float64Array.of(-1, -3))).toBe(3);
});

test('along the next block: the last coefficients times the coupling', () => {
  const c = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  // Room for more than is asked for.
  const coupling = Float64Array.of(1, 10, 100, 1000, 99, 99);
  expect([...alongNext(c, 3, coupling, 2)]).toEqual([302, 3020, 605, 6050, 908, 9080]);
  expect([...alongNext(c, 3, coupling, 1)]).toEqual([3, 6, 9]);
});

test('the lengths of what is beyond, where no two values agree', () => {
  const beyond = Float64Array.of(3, 4, 0, 0, 5, 12);
  const set = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  expect([...leastFirst(Float64Array.of(3, 2, 1), beyond, 2, 0.5, [set])]).toEqual([5, 0, 13]);
  expect([...set]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test.each([1, 2 ** -600, 2 ** 600])(
  'vectors of one value are turned, residuals near %d',
  (scale) => {
    // Rows 1 and 2 are one value, of residuals 5 and 10 in one direction: √125 in one vector, none in the other.
    const beyond = Float64Array.of(9, 9, 3, 4, 6, 8, 1, 1).map((x) => x * scale);
    const set = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    const other = Float64Array.of(1, 2, 3, 4);
    const values = Float64Array.of(4, 2, 1.5, 0);
    const residuals = leastFirst(values, beyond, 2, 0.5, [set, other]).map((x) => x / scale);
    const expected = [Math.sqrt(162), 0, Math.sqrt(125), Math.sqrt(2)];
    for (const [j, value] of expected.entries()) expect(residuals[j]).toBeCloseTo(value, 13);
    // (2, −1)/√5 of rows 1 and 2, then (1, 2)/√5; the others stay.
    const [a, b] = [1 / Math.sqrt(5), 2 / Math.sqrt(5)];
    const turned = [1, 0, 0, 0, 0, b, -a, 0, 0, a, b, 0, 0, 0, 0, 1];
    for (const [p, value] of turned.entries()) expect(set[p]).toBeCloseTo(value, 13);
    for (const [p, value] of [1, 2 * b - 3 * a, 2 * a + 3 * b, 4].entries()) {
      expect(other[p]).toBeCloseTo(value, 13);
    }
    expect(length(beyond.subarray(2, 4)) / scale).toBeLessThan(1e-14);
  },
);

test('values belong together that differ by the spread, and no more', () => {
  const turns = (values: number[], spread: number): boolean => {
    const set = Float64Array.of(1, 0, 0, 1);
    leastFirst(Float64Array.from(values), Float64Array.of(2, 1), 1, spread, [set]);
    return set[0] !== 1;
  };
  expect(turns([3, 2.5], 0.5)).toBe(true);
  expect(turns([3, 2.5], 0.25)).toBe(false);
  expect(turns([2.5, 3], 0.5)).toBe(true);
  expect(turns([2.5, 3], 0.25)).toBe(false);
  expect(turns([0.25, -3], 0.5)).toBe(false);
  expect(turns([0, 0], 0)).toBe(true);
});
