import { beforeAll, describe, expect, test } from 'vitest';
import {
  type MatmulOptions,
  matmul,
  matmulTextbook,
  matmulTiled,
} from '../../src/linalg/matmul/matmul.js';
import { addressOf, allocate, release } from '../../src/linalg/memory.js';
import { useSimd } from '../../src/linalg/simd/index.js';
import { TRANSPOSE_B } from '../../src/linalg/simd/matmul.js';
import { useThreads } from '../../src/linalg/threads.js';
import { noisy, sameBits } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
import { requireSimd, twins } from './support/twins.js';

beforeAll(requireSimd);

const everyOption: readonly MatmulOptions[] = Array.from({ length: 8 }, (_, bits) => ({
  transposeA: (bits & 1) > 0,
  transposeB: (bits & 2) > 0,
  accumulate: (bits & 4) > 0,
}));

const inside = (values: Float64Array): Float64Array => {
  const array = allocate(values.length);
  array.set(values);
  return array;
};

/** More terms than any product has had so far in these tests: what is kept from product to product has to grow. */
let longest = 500;

describe('a product has the bits of the textbook loop,', () => {
  /** A stack of products, one after the other by the textbook loop. */
  function stack(
    before: Float64Array,
    a: Float64Array,
    b: Float64Array,
    [m, n, k]: readonly [number, number, number],
    options: MatmulOptions,
  ): Float64Array {
    const out = before.slice();
    for (let part = 0; part * m < out.length / n; part++) {
      const of = (x: Float64Array, length: number) =>
        x.subarray(part * length, (part + 1) * length);
      matmulTextbook(of(out, m * n), of(a, m * k), of(b, k * n), m, n, k, options);
    }
    return out;
  }

  test.each([1, 2, 3])('of rows in portions, in a stack of %d', (count) => {
    for (const m of [1, 2, 3, 8, 9]) {
      for (const n of [1, 3, 4, 5, 8]) {
        for (const k of [0, 1, 3]) {
          for (const options of everyOption) {
            const [a, b] = [noisy(count * m * k, m + 1), noisy(count * k * n, n + 11)];
            const before = noisy(count * m * n, k + 21);
            const expected = stack(before, a, b, [m, n, k], options);
            for (const near of [false, true]) {
              const [out, x, y] = [before, a, b].map((array) =>
                near ? inside(array) : array.slice(),
              ) as [Float64Array, Float64Array, Float64Array];
              const rows = matmul.on(out, x, y, m, n, k, options);
              // The later rows first, and the border of two products in the middle of a portion.
              rows(count * m - 1, count * m);
              rows(0, count * m - 1);
              expect(sameBits(out, expected), `${count} × ${[m, n, k]}, ${near}`).toBe(true);
              expect(sameBits(x, a) && sameBits(y, b)).toBe(true);
            }
          }
        }
      }
    }
  });

  test('whatever was copied of products before', () => {
    for (const k of [1, 4, 7]) {
      longest += k;
      for (const length of [longest, k]) {
        const [a, b, out] = [noisy(8 * length, k), noisy(length * 5, k + 1), noisy(40, k + 2)];
        const expected = stack(out, a, b, [8, 5, length], { accumulate: true });
        matmulTiled(out, a, b, 8, 5, length, { accumulate: true });
        expect(sameBits(out, expected), `${length}`).toBe(true);
      }
    }
  });

  test('where the operands are parts of one block', () => {
    const block = allocate(42);
    block.set(twins(42, 1).outside);
    const [a, b, c] = [block.subarray(1, 7), block.subarray(7, 19), block.subarray(19, 27)];
    const truth = new Float64Array(8);
    matmulTextbook(truth, a.slice(), b.slice(), 2, 4, 3);
    const around = [block[18], block[27]];
    matmul(c, a, b, 2, 4, 3);
    expect(sameBits(c, truth)).toBe(true);
    expect([block[18], block[27]]).toEqual(around);
  });

  test('with SIMD switched off', () => {
    const [a, b, c] = [inside(noisy(42, 1)), inside(noisy(48, 2)), inside(noisy(56, 3))];
    const truth = c.slice();
    matmulTextbook(truth, a, b, 7, 8, 6, { accumulate: true });
    useSimd(false);
    try {
      expect(matmul.on(c.slice(), a, b, 7, 8, 6).task).toBeUndefined();
      matmul(c, a, b, 7, 8, 6, { accumulate: true });
      expect(sameBits(c, truth)).toBe(true);
    } finally {
      useSimd(true);
    }
  });
});

describe('a product goes', () => {
  const inside = (length: number): Float64Array => allocate(length).fill(1);
  const outside = (length: number): Float64Array => new Float64Array(length).fill(1);
  type Make = (length: number) => Float64Array;
  const ways = (m: number, n: number, k: number, [out, a, b]: readonly [Make, Make, Make]) => {
    const arrays = [out(m * n), a(m * k), b(k * n)] as const;
    return { arrays, calls: callsOf('matmul', () => matmul(...arrays, m, n, k)) };
  };

  test('to the kernel as it is, where all of it lies in the memory, again and again', () => {
    const { arrays, calls } = ways(2, 3, 4, [inside, inside, inside]);
    expect(calls).toEqual([[...arrays.map(addressOf), 2, 3, 4, 0, 0, 2]]);
    const again = callsOf('matmul', () => matmul(...arrays, 2, 3, 4, { transposeB: true }));
    expect(again).toEqual([[...arrays.map(addressOf), 2, 3, 4, TRANSPOSE_B, 0, 2]]);
  });

  // Each number of an array is worth two products, and to find the places 2¹⁴: in all 16383 are left, and 16384.
  test.each([
    [9, 39, 67, false],
    [39, 67, 9, false],
    [67, 9, 39, false],
    [8, 40, 76, true],
    [40, 76, 8, true],
    [76, 8, 40, true],
  ])('by copies only where they pay: %d × %d × %d', (m, n, k, pays) => {
    for (const places of [
      [outside, inside, inside],
      [inside, outside, inside],
      [inside, inside, outside],
      [outside, outside, outside],
    ] as const) {
      const { arrays, calls } = ways(m, n, k, places);
      expect(calls).toHaveLength(pays ? 1 : 0);
      for (const [i, array] of arrays.entries()) {
        if (pays && places[i] === inside) expect(calls[0]![i]).toBe(addressOf(array));
      }
      expect(arrays[0].every((sum) => sum === k)).toBe(true);
    }
  });

  test('without SIMD by loops, however large it is and wherever it lies', () => {
    useSimd(false);
    try {
      for (const make of [inside, outside]) {
        const [c, a, b] = [make(900), make(30 * 40), make(40 * 30)];
        matmul(c, a, b, 30, 30, 40);
        expect(c.every((sum) => sum === 40)).toBe(true);
      }
    } finally {
      useSimd(true);
    }
  });

  test('to several threads where it takes 30 µs and more, of a tenth of a nanosecond a term', async () => {
    expect(matmul.cost(20, 30)).toBeCloseTo(60, 9);
    await useThreads(2);
    try {
      for (const place of [inside, outside]) {
        const few = ways(600, 8, 62, [place, place, place]);
        expect(few.calls).toHaveLength(1);
        expect(few.calls[0]!.slice(-2)).toEqual([0, 600]);
        const many = ways(600, 8, 63, [place, place, place]);
        expect(many.arrays[0].every((sum) => sum === 63)).toBe(true);
        // An eighth, and whole multiples of 64.
        for (const call of many.calls) {
          const [from, to] = call.slice(-2) as [number, number];
          expect(to).toBe(Math.min(from + 128, 600));
        }
      }
    } finally {
      await useThreads(1);
    }
  });
});

describe('a product refuses, before it writes,', () => {
  const refusal = (
    out: Float64Array,
    a: Float64Array,
    b: Float64Array,
    [m, n, k]: readonly [number, number, number],
  ): string => {
    const numbers = () => Array.from({ length: out.length }, (_, i) => out[i]);
    const before = numbers();
    let message = '';
    try {
      matmul(out, a, b, m, n, k);
    } catch (error) {
      message = (error as Error).message;
    }
    if (message !== '') expect(numbers()).toEqual(before);
    return message;
  };
  const matrix = (length: number): Float64Array => allocate(length).fill(1);

  test('an output that shares memory with an input, though each block has a buffer of its own', () => {
    const block = matrix(20);
    const other = matrix(4);
    for (const shift of [0, 1, 3]) {
      const [x, y] = [block.subarray(4, 8), block.subarray(4 + shift, 8 + shift)];
      expect(refusal(x, y, other, [2, 2, 2])).toContain('matmul: out and a share memory');
      expect(refusal(y, other, x, [2, 2, 2])).toContain('matmul: out and b share memory');
    }
    expect(
      refusal(block.subarray(4, 8), block.subarray(0, 4), block.subarray(8, 12), [2, 2, 2]),
    ).toBe('');
    const own = new Float64Array(8);
    expect(refusal(own.subarray(3, 7), own.subarray(0, 4), other, [2, 2, 2])).toContain('share');
    const same = matrix(4);
    expect(refusal(other, same, same, [2, 2, 2])).toBe('');
  });

  test('wrong lengths and sizes', () => {
    const [c, a, b] = [matrix(6), matrix(8), matrix(12)];
    expect(refusal(c, a, b, [2, 3, 5])).toBe('matmul: a needs m·k = 10 elements, but has 8');
    expect(refusal(c, a, a, [2, 3, 4])).toBe('matmul: b needs k·n = 12 elements, but has 8');
    expect(refusal(a, c, b, [2, 3, 3])).toBe('matmul: out needs m·n = 6 elements, but has 8');
    expect(refusal(c, a, b, [-2, -3, -4])).toBe('matmul: m is a whole number ≥ 0, not -2');
    // Lengths alone would fit these.
    expect(refusal(matrix(3), matrix(2), matrix(6), [0.5, 6, 4])).toContain('m is a whole number');
    expect(refusal(matrix(3), matrix(8), matrix(6), [2, 1.5, 4])).toContain('n is a whole number');
    expect(refusal(c, matrix(5), matrix(7.5 * 2), [2, 3, 2.5])).toContain('k is a whole number');
    expect(refusal(c, a, b, [Number.NaN, 3, 4])).toContain('m is a whole number');
  });

  test('a buffer that was detached or has shrunk', () => {
    const [a, b] = [new Float64Array(4), new Float64Array(4)];
    structuredClone(a.buffer, { transfer: [a.buffer] });
    expect(refusal(new Float64Array(4), a, b, [2, 2, 2])).toContain('a needs m·k = 4 elements');
    expect(refusal(a, b, b, [2, 2, 2])).toContain('out needs m·n = 4 elements, but has 0');
    const buffer: ArrayBuffer & { resize(bytes: number): void } = Reflect.construct(ArrayBuffer, [
      32,
      { maxByteLength: 64 },
    ]);
    const shrinking = new Float64Array(buffer);
    buffer.resize(24);
    expect(refusal(shrinking, b, b, [2, 2, 2])).toContain('out needs m·n = 4 elements, but has 3');
  });

  test('nothing of what is right: a released block can be had again', () => {
    const c = matrix(4);
    const [a, b] = [matrix(4), matrix(4)];
    release(a);
    const again = matrix(4);
    expect(refusal(c, again, b, [2, 2, 2])).toBe('');
    expect([...c]).toEqual([2, 2, 2, 2]);
  });
});
