import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { max, maxAxis, min, minAxis } from '../../src/linalg/kernels/extrema.js';
import { norm2, sum, sumAxis } from '../../src/linalg/kernels/reduce.js';
import { inMemory, release } from '../../src/linalg/memory.js';
import { useSimd } from '../../src/linalg/simd/index.js';
import { awkward, noisy, sameBits, vector } from './support/arbitrary.js';
import { distance, exact, exactSum } from './support/exact.js';

/** The documented order, written as its definition: lanes by remainder, blocks by binary digits. */
function documentedSum(x: readonly number[]): number {
  const blockSum = (block: readonly number[]): number => {
    const lane = (r: number): number =>
      block.filter((_, i) => i % 8 === r).reduce((s, value) => s + value, 0);
    return lane(0) + lane(4) + (lane(2) + lane(6)) + (lane(1) + lane(5) + (lane(3) + lane(7)));
  };
  const tree = (s: readonly number[]): number =>
    s.length === 1 ? s[0]! : tree(s.slice(0, s.length / 2)) + tree(s.slice(s.length / 2));
  const runs: number[] = [];
  const blocks: number[] = [];
  for (let i = 0; i < x.length; i += 512) blocks.push(blockSum(x.slice(i, i + 512)));
  for (let digit = 2 ** 20; digit >= 1; digit /= 2) {
    if (blocks.length >= digit) runs.push(tree(blocks.splice(0, digit)));
  }
  return runs.length === 0 ? 0 : runs.reduceRight((latest, earlier) => earlier + latest);
}

describe('sum', () => {
  test('has the documented order, bit for bit, at every length around the seams', () => {
    const lengths = [
      0,
      1,
      2,
      7,
      8,
      9,
      15,
      16,
      511,
      512,
      513,
      1023,
      1024,
      1025,
      1536,
      3 * 512 + 5,
      7 * 512,
      7 * 512 + 300,
      16 * 512 + 1,
    ];
    for (const n of lengths) {
      const x = noisy(n, n);
      expect(Object.is(sum(x), documentedSum([...x])), `n = ${n}`).toBe(true);
    }
  });

  test('has it for awkward numbers, from an offset and with a stride', () => {
    fc.assert(
      fc.property(
        fc.array(awkward, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 7 }),
        (values, stride, offset) => {
          const x = new Float64Array(offset + values.length * stride).fill(NaN);
          for (const [i, value] of values.entries()) x[offset + i * stride] = value;
          return Object.is(sum(x, offset, values.length, stride), documentedSum(values));
        },
      ),
    );
  });

  test('a stride of 0 reads a broadcast element n times', () => {
    expect(sum(Float64Array.of(9, 0.5), 1, 1000, 0)).toBe(500);
  });

  test('of nothing, and of nothing but −0, is +0', () => {
    expect(sum(new Float64Array(0))).toBe(0);
    expect(sum(new Float64Array(600).fill(-0))).toBe(0);
  });

  test('is off by less than 2 ε of Σ|x| at n = 300,000, where a plain loop is off by tens', () => {
    const x = noisy(300_000, 1).map(Math.abs);
    const truth = exactSum(x);
    const unit = (truth * exact(2 ** -52)) / exact(1);
    let plain = 0;
    for (const value of x) plain += value;
    expect(distance(exact(sum(x)), truth, unit)).toBeLessThan(2);
    expect(distance(exact(plain), truth, unit)).toBeGreaterThan(10);
  });

  test('says what does not fit', () => {
    const x = new Float64Array(10);
    expect(() => sum(x, 0, 11)).toThrow(
      'sum: x needs offset + (n − 1)·stride + 1 = 11 elements, but has 10',
    );
    expect(() => sum(x, 2, 5, 2)).toThrow(RangeError);
    expect(() => sum(x, 0, -1)).toThrow('sum: n is a whole number ≥ 0, not -1');
    expect(() => sum(x, 0.5, 1)).toThrow('offset');
  });
});

describe('sumAxis', () => {
  test('gives every output the bits of sum along its axis', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom(0, 1, 3, 8, 13, 511, 512, 513, 1100, 1600),
        fc.constantFrom(0, 1, 2, 5, 63, 64, 65, 130),
        fc.integer(),
        (outer, n, inner, seed) => {
          const x = noisy(outer * n * inner, seed);
          const out = new Float64Array(outer * inner).fill(NaN);
          sumAxis(out, x, outer, n, inner);
          for (let o = 0; o < outer; o++) {
            for (let c = 0; c < inner; c++) {
              const line = Array.from({ length: n }, (_, i) => x[(o * n + i) * inner + c]!);
              if (!Object.is(out[o * inner + c], documentedSum(line))) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 60 },
    );
  });

  test('writes nothing when a length does not fit', () => {
    const out = new Float64Array(4).fill(7);
    expect(() => sumAxis(out, new Float64Array(11), 2, 3, 2)).toThrow(
      'sumAxis: x needs outer·n·inner = 12 elements, but has 11',
    );
    expect(() => sumAxis(out, new Float64Array(12), 3, 2, 2)).toThrow('out needs outer·inner = 6');
    expect(() => sumAxis(out, out, 1, 1, 4)).toThrow('share memory');
    expect([...out]).toEqual([7, 7, 7, 7]);
  });
});

describe('max and min', () => {
  test('find the ends, pass NaN on, tell 0 from −0, and start from ∓∞', () => {
    expect(max(Float64Array.of(3, -1, 7, 2))).toBe(7);
    expect(min(Float64Array.of(3, -1, 7, 2))).toBe(-1);
    expect(max(Float64Array.of(3, NaN, 7))).toBeNaN();
    expect(min(Float64Array.of(NaN, 1, 2))).toBeNaN();
    expect(max(Float64Array.of(-0, 0, -0))).toBe(0);
    expect(min(Float64Array.of(0, -0, 0))).toBe(-0);
    expect(max(new Float64Array(0))).toBe(Number.NEGATIVE_INFINITY);
    expect(min(new Float64Array(0))).toBe(Number.POSITIVE_INFINITY);
    expect(max(Float64Array.of(1, 9, 2, 9, 3), 0, 3, 2)).toBe(3);
    expect(min(Float64Array.of(3, -9, 2, -9, 1), 0, 3, 2)).toBe(1);
    expect(max(Float64Array.of(9, 1, 3, 2), 1)).toBe(3);
    expect(min(Float64Array.of(-9, 1, 3, 2), 2)).toBe(2);
  });

  test('along an axis agree with the 1-D ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.func(awkward),
        (outer, n, inner, value) => {
          const x = Float64Array.from({ length: outer * n * inner }, (_, i) => value(i));
          const highs = new Float64Array(outer * inner);
          const lows = new Float64Array(outer * inner);
          maxAxis(highs, x, outer, n, inner);
          minAxis(lows, x, outer, n, inner);
          for (let o = 0; o < outer; o++) {
            for (let c = 0; c < inner; c++) {
              const line = Array.from({ length: n }, (_, i) => x[(o * n + i) * inner + c]!);
              if (!Object.is(highs[o * inner + c], Math.max(...line))) return false;
              if (!Object.is(lows[o * inner + c], Math.min(...line))) return false;
            }
          }
          return true;
        },
      ),
    );
  });
});

describe('norm2', () => {
  test('is √Σx², also where the squares leave the range of doubles', () => {
    expect(norm2(Float64Array.of(3, 4))).toBe(5);
    expect(norm2(Float64Array.of(3e200, 4e200))).toBeCloseTo(5e200, -188);
    expect(norm2(Float64Array.of(3 * 2 ** -1070, -4 * 2 ** -1070))).toBe(5 * 2 ** -1070);
    expect(norm2(Float64Array.of(3 * 2 ** 1020, 4 * 2 ** 1020))).toBe(5 * 2 ** 1020);
    expect(norm2(new Float64Array(5))).toBe(0);
    expect(norm2(new Float64Array(0))).toBe(0);
    expect(norm2(Float64Array.of(1, Number.NEGATIVE_INFINITY))).toBe(Number.POSITIVE_INFINITY);
    expect(norm2(Float64Array.of(Number.POSITIVE_INFINITY, NaN))).toBeNaN();
    expect(norm2(Float64Array.of(0, 3, 9, 4), 1, 2, 2)).toBe(5);
  });

  test('does not depend on a power-of-two scale', () => {
    fc.assert(
      fc.property(vector(20, fc.double({ min: 1, max: 4, noNaN: true })), (x) => {
        const norms = [2 ** 700, 2 ** -700, 2 ** 1000, 2 ** -1000].map(
          (scale) => norm2(x.map((value) => value * scale)) / scale,
        );
        return sameBits(norms, new Array(4).fill(norm2(x)));
      }),
    );
  });
});

describe.each([
  ['in the memory', true, (values: Float64Array) => inMemory(values)],
  ['in the memory, without SIMD', false, (values: Float64Array) => inMemory(values)],
  ['outside of it', true, (values: Float64Array) => values],
] as const)('of some elements, %s', (_, on, make) => {
  const x = make(noisy(3400, 5));
  beforeEach(() => useSimd(on));
  afterEach(() => useSimd(true));

  test.each([
    [0, 3400, 1],
    [7, 1100, 1],
    [0, 1100, 3],
    [5, 513, 2],
    [3, 9, 0],
    [3399, 1, 1],
    [3400, 0, 1],
  ])('from %d, %d of them, in steps of %d', (offset, n, stride) => {
    const picked = Array.from({ length: n }, (_, i) => x[offset + i * stride]!);
    expect(sum(x, offset, n, stride)).toBe(documentedSum(picked));
    expect(norm2(x, offset, n, stride)).toBe(
      Math.sqrt(documentedSum(picked.map((value) => value * value))),
    );
    expect(max(x, offset, n, stride)).toBe(Math.max(...picked));
    expect(min(x, offset, n, stride)).toBe(Math.min(...picked));
  });

  test('all from one on, where no number is said', () => {
    const rest = Array.from(x.subarray(3000));
    expect(sum(x, 3000)).toBe(documentedSum(rest));
    expect(norm2(x, 3000)).toBe(Math.sqrt(documentedSum(rest.map((value) => value * value))));
    expect(max(x, 3000)).toBe(Math.max(...rest));
    expect(min(x, 3000)).toBe(Math.min(...rest));
  });

  test('far behind the beginning', () => {
    const far = 2_000_000;
    const long = make(new Float64Array(far + 2));
    long.set([3, 4], far);
    const ends = [sum, norm2, max, min].map((f) => f(long, far));
    expect(ends).toEqual([7, 5, 4, 3]);
    release(long);
  });

  test('more than there are', () => {
    for (const [name, f] of Object.entries({ sum, norm2, max, min })) {
      expect(() => f(x, 1, 3400)).toThrow(
        `${name}: x needs offset + (n − 1)·stride + 1 = 3401 elements, but has 3400`,
      );
    }
  });

  test('norm2 is scaled by the largest of them, wherever that stands', () => {
    const of = (...values: number[]) => norm2(make(Float64Array.from(values)));
    expect(of(0.3, 0.4)).toBe(0.5);
    expect(of(3000, 4000)).toBe(5000);
    for (const tiny of [2 ** -1000, 2 ** -500]) {
      expect(of(tiny, 0, 0)).toBe(tiny);
      expect(of(0, tiny, 0)).toBe(tiny);
      expect(of(0, 0, tiny)).toBe(tiny);
      expect(norm2(make(Float64Array.of(9, 0, 9, 0, 9, tiny)), 1, 3, 2)).toBe(tiny);
    }
    expect(of(2 ** 900, 3)).toBe(2 ** 900);
    expect(of(0.5, 2 ** 900)).toBe(2 ** 900);
    expect(of(2 ** 900, 0.5)).toBe(2 ** 900);
    expect(of(3, 2 ** 900)).toBe(2 ** 900);
    expect(of(-Infinity, 2 ** 900)).toBe(Infinity);
    expect(of(NaN, 2 ** 900)).toBeNaN();
    expect(of(NaN, Infinity)).toBeNaN();
    expect(of(0, -0)).toBe(0);
  });

  test('columns are added in the order of sum, over many blocks', () => {
    for (const n of [511, 513, 1030, 2100, 4700]) {
      const columns = 3;
      const y = make(noisy(n * columns, n));
      const out = make(new Float64Array(columns));
      sumAxis(out, y, 1, n, columns);
      for (let c = 0; c < columns; c++) {
        expect(out[c]).toBe(
          documentedSum(Array.from({ length: n }, (_, i) => y[i * columns + c]!)),
        );
      }
    }
  });
});
