import { expect, test } from 'vitest';
import { combineRows, combineScratch } from '../../src/linalg/eigen/combine-rows.js';
import { noise, sameBits } from './support/arbitrary.js';

const whole = (length: number, seed: number): Float64Array =>
  Float64Array.from({ length }, noise(seed)).map((x) => Math.round(9 * x));

// One tile, its last column, and several.
test.each([1, 5, 511, 512, 513, 1300])('C·Q in place and elsewhere, rows of %d', (n) => {
  const [count, size] = [3, 4];
  const [c, q] = [whole(count * size, 1), whole((size + 1) * n, 2)];
  const expected = q.map((old, p) => {
    const [j, i] = [Math.floor(p / n), p % n];
    if (j >= count) return old;
    let s = 0;
    for (let l = 0; l < size; l++) s += c[j * size + l]! * q[l * n + i]!;
    return s;
  });
  const scratch = new Float64Array(combineScratch(count, size));
  const elsewhere = new Float64Array(count * n);
  combineRows(elsewhere, c, q, count, size, n, scratch);
  expect(sameBits(elsewhere, expected.subarray(0, count * n))).toBe(true);
  combineRows(q, c, q, count, size, n, scratch);
  expect(sameBits(q, expected)).toBe(true);
});

test('the scratch has room for a tile of Q and one of C·Q', () => {
  expect(combineScratch(3, 4)).toBe(7 * 512);
});
