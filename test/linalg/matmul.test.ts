import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot } from '../../src/linalg/kernels/dot.js';
import {
  type MatmulOptions,
  matmul,
  matmulLoopOrder,
  matmulTextbook,
  matmulTiled,
} from '../../src/linalg/matmul/matmul.js';
import { inMemory, memoryUsage, release } from '../../src/linalg/memory.js';
import { dyadic, noisy, sameBits, vector } from './support/arbitrary.js';
import { exact, exactDot } from './support/exact.js';

const side = fc.integer({ min: 0, max: 9 });
const options = fc.record({
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  accumulate: fc.boolean(),
});

/** `matmul` where all three lie in the memory. */
function inMemoryMatmul(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options: MatmulOptions = {},
): void {
  const shared = out.buffer === b.buffer ? b.buffer : undefined;
  const [x, y] = [inMemory(a), inMemory(b)];
  const c = shared ? y.subarray(0, out.length) : inMemory(out);
  matmul(c, x, y, m, n, k, options);
  out.set(c);
}

/** Row i of the left factor and column j of the right one, whichever way they are stored. */
const rowOf = (a: Float64Array, i: number, m: number, k: number, transposed: boolean) =>
  Array.from({ length: k }, (_, l) => a[transposed ? l * m + i : i * k + l]!);
const columnOf = (b: Float64Array, j: number, n: number, k: number, transposed: boolean) =>
  Array.from({ length: k }, (_, l) => b[transposed ? j * k + l : l * n + j]!);

describe.each([
  ['matmulTextbook', matmulTextbook],
  ['matmulLoopOrder', matmulLoopOrder],
  ['matmulTiled', matmulTiled],
  ['matmul', matmul],
  ['matmul', inMemoryMatmul],
] as const)('%s', (name, multiply) => {
  test('is exact where doubles are: against BigInt arithmetic on multiples of 1/8', () => {
    const cases = fc
      .tuple(side, side, side, options)
      .chain(([m, n, k, option]) =>
        fc.tuple(
          fc.constant([m, n, k, option] as const),
          vector(m * k, dyadic),
          vector(k * n, dyadic),
          vector(m * n, dyadic),
        ),
      );
    fc.assert(
      fc.property(cases, ([[m, n, k, option], a, b, before]) => {
        const c = before.slice();
        multiply(c, a, b, m, n, k, option);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            const x = rowOf(a, i, m, k, option.transposeA);
            const y = columnOf(b, j, n, k, option.transposeB);
            const start = option.accumulate ? exact(before[i * n + j]!) : 0n;
            const truth = exactDot(x, y) + start * exact(1);
            if (exact(c[i * n + j]!) * exact(1) !== truth) return false;
          }
        }
        return true;
      }),
    );
  });

  test('adds the terms for ascending k, and the finished sum to C', () => {
    const run = (c: number, a: number[], b: number[], accumulate: boolean): number => {
      const out = Float64Array.of(c);
      multiply(out, Float64Array.from(a), Float64Array.from(b), 1, 1, a.length, { accumulate });
      return out[0]!;
    };
    expect(run(9, [1e16, 1, -1e16], [1, 1, 1], false)).toBe(0);
    expect(run(9, [1e16, -1e16, 1], [1, 1, 1], false)).toBe(1);
    // (10¹⁶ + 1) − 10¹⁶ would be 0; the finished sum is 1 − 10¹⁶.
    expect(run(1e16, [1, -1e16], [1, 1], true)).toBe(1e16 + (1 - 1e16));
    expect(run(0.5, [-0], [1], true)).toBe(0.5);
    expect(run(9, [-0], [1], false)).toBe(0);
  });

  test('takes the factors as they are if nothing else is said', () => {
    const c = new Float64Array(4).fill(9);
    const [a, b] = [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(7, 8, 9, 10, 11, 12)];
    multiply(c, a, b, 2, 2, 3);
    expect([...c]).toEqual([58, 64, 139, 154]);
    multiply(c, a, b, 2, 2, 3, {});
    expect([...c]).toEqual([58, 64, 139, 154]);
  });

  test('of an empty k is a matrix of +0, or C as it was', () => {
    const c = Float64Array.of(1, 2, 3, 4, 5, 6);
    multiply(c, new Float64Array(0), new Float64Array(0), 2, 3, 0, { accumulate: true });
    expect([...c]).toEqual([1, 2, 3, 4, 5, 6]);
    multiply(c, new Float64Array(0), new Float64Array(0), 2, 3, 0);
    expect(sameBits(c, new Float64Array(6))).toBe(true);
  });

  test('names kernel, argument and size, and writes nothing', () => {
    const c = new Float64Array(6).fill(7);
    const a = new Float64Array(8);
    const b = new Float64Array(12);
    expect(() => multiply(c, a, b, 2, 4, 4)).toThrow(
      `${name}: out needs m·n = 8 elements, but has 6`,
    );
    expect(() => multiply(c, a, b, 2, 3, 5)).toThrow(
      `${name}: a needs m·k = 10 elements, but has 8`,
    );
    expect(() => multiply(c, a, a, 2, 3, 4)).toThrow(
      `${name}: b needs k·n = 12 elements, but has 8`,
    );
    expect(() => multiply(c, a, b, -2, 3, 4)).toThrow(`${name}: m is a whole number ≥ 0, not -2`);
    expect(() => multiply(c, a, b, 2, 1.5, 4)).toThrow('n is a whole number');
    expect(() => multiply(b.subarray(0, 6), a, b, 2, 3, 4)).toThrow('out and b share memory');
    expect([...c]).toEqual([7, 7, 7, 7, 7, 7]);
  });
});

describe('arrays here and there', () => {
  const [m, n, k] = [37, 41, 43];
  const [a, b, before] = [noisy(m * k, 1), noisy(k * n, 2), noisy(m * n, 3)];

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('some of the three in the memory, case %d', (which) => {
    for (const accumulate of [false, true]) {
      const expected = before.slice();
      matmulTextbook(expected, a, b, m, n, k, { accumulate });
      const given = [before, a, b].map((array, i) =>
        which & (1 << i) ? inMemory(array) : array.slice(),
      );
      const { used } = memoryUsage();
      matmul(given[0]!, given[1]!, given[2]!, m, n, k, { accumulate });
      // Copies are given back, and what was given is not.
      expect(memoryUsage().used).toBe(used);
      for (const [i, array] of given.entries()) {
        expect(sameBits(array, [expected, a, b][i]!)).toBe(true);
        release(array);
      }
    }
  });
});

describe('a stack of products without elements', () => {
  const none = new Float64Array(0);
  test.each<[string, [Float64Array, Float64Array, number, number, number], string]>([
    [
      'of no rows, by its B',
      [none, new Float64Array(7), 0, 3, 2],
      'b needs 2·k·n = 12 elements, but has 7',
    ],
    [
      'of no columns, by its A',
      [new Float64Array(7), none, 3, 0, 2],
      'a needs 2·m·k = 12 elements, but has 7',
    ],
    [
      'of one row and no columns, by its A',
      [new Float64Array(7), none, 1, 0, 4],
      'a needs 2·m·k = 8 elements, but has 7',
    ],
    ['of nothing', [none, new Float64Array(1), 0, 0, 2], 'b needs k·n = 0 elements, but has 1'],
  ])('%s', (_, [a, b, m, n, k], message) => {
    expect(() => matmul.on(none, a, b, m, n, k)).toThrow(`matmul: ${message}`);
    const [whole, right] = [a, b].map(
      (array) => new Float64Array(array.length === 7 ? 2 * (m + n) * k : 0),
    ) as [Float64Array, Float64Array];
    expect(() => matmul.on(none, whole, right, m, n, k)(0, 2 * m)).not.toThrow();
  });
});

describe('dot', () => {
  test('is a 1 × 1 product', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer(), (n, seed) => {
        const [x, y] = [noisy(n, seed), noisy(n, seed + 1)];
        const c = new Float64Array(1);
        matmulTextbook(c, x, y, 1, 1, n);
        return Object.is(dot(x, y), c[0]);
      }),
    );
    expect(() => dot(new Float64Array(2), new Float64Array(3))).toThrow('dot: y needs');
  });
});
