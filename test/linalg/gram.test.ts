import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { gram } from '../../src/linalg/matmul/gram.js';
import { matmulTextbook } from '../../src/linalg/matmul/matmul.js';
import { allocate, inMemory, isInMemory, memoryUsage, release } from '../../src/linalg/memory.js';
import { useSimd } from '../../src/linalg/simd/index.js';
import { noisy, sameBits } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
import { expectSameGram } from './support/gram.js';
import { requireSimd } from './support/twins.js';

beforeAll(requireSimd);

describe('gram', () => {
  const side = fc.integer({ min: 0, max: 40 });

  test('has the bits of the whole product, in portions too', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.boolean(),
        fc.constantFrom(0, 0.02, 0.3),
        fc.array(fc.nat(11), { maxLength: 3 }),
        (rows, columns, ofRows, awkward, cuts) =>
          expectSameGram(rows, columns, { ofRows }, awkward, cuts),
      ),
      { numRuns: 100 },
    );
  });

  test.each([
    [3, 66],
    [66, 3],
    [40, 35],
  ])('has them where rows are computed in strips: %i × %i', (rows, columns) => {
    for (const ofRows of [false, true]) expectSameGram(rows, columns, { ofRows }, 0, [1, 9]);
  });

  test('a piece is four rows, and what belongs to them below the diagonal', () => {
    expect(gram.pieces(9, 5)).toBe(2);
    expect(gram.pieces(9, 5, {})).toBe(2);
    expect(gram.pieces(9, 5, { ofRows: true })).toBe(3);
    for (const n of [9, 70]) {
      const x = noisy(3 * n, n);
      const whole = new Float64Array(n * n);
      gram(whole, x, 3, n);
      for (const place of [allocate(n * n), new Float64Array(n * n)]) {
        const before = noisy(n * n, 1);
        for (const [from, to] of [
          [0, 1],
          [1, 2],
          [0, 2],
        ] as const) {
          place.set(before);
          gram.on(place, isInMemory(place) ? inMemory(x) : x, 3, n)(from, to);
          const isOf = (i: number): boolean => i >= 4 * from && i < 4 * to;
          const expected = before.map((value, p) => {
            const [i, j] = [Math.floor(p / n), p % n];
            return isOf(Math.min(i, j)) ? whole[p]! : value;
          });
          expect(sameBits(place, expected), `${n}, ${from}, ${to}`).toBe(true);
        }
      }
    }
  });

  test('wherever its arrays lie, and without SIMD; copies are given back', () => {
    const [rows, columns] = [5, 6];
    const numbers = noisy(rows * columns, 1);
    const truth = new Float64Array(columns * columns);
    matmulTextbook(truth, numbers, numbers.slice(), columns, columns, rows, { transposeA: true });
    for (const on of [true, false]) {
      useSimd(on);
      try {
        for (const [near, far] of [
          [true, true],
          [true, false],
          [false, true],
          [false, false],
        ]) {
          const x = near ? inMemory(numbers) : numbers.slice();
          const out = far ? allocate(truth.length) : new Float64Array(truth.length);
          const { used } = memoryUsage();
          const calls = on ? callsOf('gram', () => gram(out, x, rows, columns)) : [];
          if (!on) gram(out, x, rows, columns);
          expect(memoryUsage().used).toBe(used);
          expect(calls).toHaveLength(on ? 1 : 0);
          expect(sameBits(out, truth)).toBe(true);
          expect(() => gram(out, x, rows + 1, columns)).toThrow('rows·columns = 36');
          expect(memoryUsage().used).toBe(used);
          release(x);
          release(out);
        }
      } finally {
        useSimd(true);
      }
    }
  });

  test('names what is wrong, and writes nothing', () => {
    const x = allocate(12).fill(1);
    const out = allocate(16).fill(7);
    expect(() => gram(out, x, 3, 5)).toThrow(
      'gram: x needs rows·columns = 15 elements, but has 12',
    );
    expect(() => gram(out, x, 4, 3)).toThrow('gram: out needs columns² = 9 elements, but has 16');
    expect(() => gram(out, x, 3, 4, { ofRows: true })).toThrow('gram: out needs rows² = 9');
    expect(() => gram(out, x, -3, -4)).toThrow('gram: rows is a whole number ≥ 0, not -3');
    expect(() => gram(allocate(1), allocate(0), 0, -1)).toThrow(
      'gram: columns is a whole number ≥ 0, not -1',
    );
    expect(() => gram(x.subarray(0, 9), x, 4, 3)).toThrow('gram: out and x share memory');
    expect([...out]).toEqual(Array(16).fill(7));
  });
});
