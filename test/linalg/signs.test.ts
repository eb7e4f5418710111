import { expect, test } from 'vitest';
import { fixSigns, negateColumn } from '../../src/linalg/eigen/signs.js';

/** The columns, side by side. */
const beside = (...columns: number[][]): Float64Array =>
  Float64Array.from(columns[0]!.flatMap((_, i) => columns.map((column) => column[i]!)));

test('of a vector and its negative, the one is taken whose first large component is positive', () => {
  const columns = [
    [1, -2, 0.5],
    [1, 2, -0.5],
    [-3, 3, 3],
    // Within 10⁻⁸ of the largest magnitude is as large, beyond it is not.
    [-1 + 0.99e-8, 1, 0],
    [-1 + 1.00000005e-8, 1, 0],
    [2 * (1 - 1e-8), -2, -2],
    [0, 0, 0],
    [0, 0, -4],
    [0, -0, 4],
    // The last number of one column and the first of the next do not meet.
    [-5, 1, 1],
  ];
  const vectors = beside(...columns);
  const turned = [true, false, true, true, false, false, false, true, false, true];
  expect(fixSigns(vectors, 3, 10)).toEqual(turned);
  const expected = columns.map((column, j) => column.map((x) => (turned[j] ? -x : x)));
  expect([...vectors]).toEqual([...beside(...expected)]);
});

test('no vectors, and vectors of no numbers', () => {
  expect(fixSigns(new Float64Array(0), 3, 0)).toEqual([]);
  expect(fixSigns(new Float64Array(0), 0, 2)).toEqual([false, false]);
});

test('one column is negated', () => {
  const vectors = Float64Array.of(1, 2, 3, 4, 5, 6);
  negateColumn(vectors, 2, 3, 1);
  expect([...vectors]).toEqual([1, -2, 3, 4, -5, 6]);
});
