import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { symmetricTimesVectors } from '../../src/linalg/eigen/symmetric-product.js';
import { allocate, inMemory } from '../../src/linalg/memory.js';
import { simd, useSimd } from '../../src/linalg/simd/index.js';
import { awkward, dyadic, noisy, sameBits, vector } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
import { exact, exactDot } from './support/exact.js';

afterEach(() => useSimd(true));

/** A·x by the kernel and by plain TypeScript, which must agree; of A what is above the 4 × 4 squares is not there. */
function product(a: Float64Array, x: Float64Array, n: number): Float64Array {
  const lower = a.map((_, p) => {
    const [i, j] = [Math.floor(p / n), p % n];
    return Math.floor(j / 4) > Math.floor(i / 4) ? NaN : at(a, n, i, j);
  });
  const results = [true, false].map((on) => {
    useSimd(on);
    expect(simd() !== undefined).toBe(on);
    const y = allocate(3 * n).fill(7);
    // Three times the same vector: a pair and one more.
    symmetricTimesVectors(y, inMemory(lower), inMemory(Float64Array.of(...x, ...x, ...x)), n, 3);
    const [first, second, third] = [0, 1, 2].map((v) => y.slice(v * n, (v + 1) * n));
    expect(sameBits(first!, second!) && sameBits(first!, third!)).toBe(true);
    return first!;
  });
  expect(sameBits(results[0]!, results[1]!)).toBe(true);
  return results[0]!;
}

const cases = (element: fc.Arbitrary<number>) =>
  fc
    .integer({ min: 0, max: 22 })
    .chain((n) =>
      fc.record({ n: fc.constant(n), a: vector(n * n, element), x: vector(n, element) }),
    );

/** Element (i, j) of the symmetric matrix that has this lower triangle. */
const at = (a: Float64Array, n: number, i: number, j: number): number =>
  a[Math.max(i, j) * n + Math.min(i, j)]!;

test('y = A·x of the lower triangle alone, at every size', () => {
  fc.assert(
    fc.property(cases(dyadic), ({ n, a, x }) => {
      const y = product(a, x, n);
      return y.every((value, i) => {
        let s = 0;
        for (let j = 0; j < n; j++) s += at(a, n, i, j) * x[j]!;
        return value === s;
      });
    }),
  );
});

test('of two vectors each goes with its own', () => {
  const [n, lower, x] = [9, noisy(81, 3), noisy(18, 4)];
  const a = lower.map((_, p) => at(lower, n, Math.floor(p / n), p % n));
  const y = allocate(18);
  symmetricTimesVectors(y, inMemory(a), inMemory(x), n, 2);
  const each = [x.slice(0, n), x.slice(n)].map((v) => product(a, v, n));
  expect(sameBits(y, [...each[0]!, ...each[1]!])).toBe(true);
});

test('the kernels are called for two vectors at a time, and for the last', () => {
  const n = 5;
  const [y, a, x] = [allocate(n * 5), inMemory(noisy(n * n, 1)), inMemory(noisy(n * 5, 2))];
  const calls = (name: 'symmetricTimesTwo' | 'symmetricTimesVector', count: number) =>
    callsOf(name, () => symmetricTimesVectors(y, a, x, n, count));
  const at = (v: number) => [
    y.byteOffset + 8 * v * n,
    a.byteOffset,
    x.byteOffset + 8 * v * n,
    n,
    4,
  ];
  expect(calls('symmetricTimesTwo', 5)).toEqual([at(0), at(2)]);
  expect(calls('symmetricTimesVector', 5)).toEqual([at(4)]);
  expect(calls('symmetricTimesTwo', 4)).toEqual([at(0), at(2)]);
  expect(calls('symmetricTimesVector', 4)).toEqual([]);
});

test('the twins agree on any numbers, NaN and ∞ among them', () => {
  fc.assert(fc.property(cases(awkward), ({ n, a, x }) => product(a, x, n).length === n));
});

test('is as accurate as a dot product of n terms', () => {
  const n = 203;
  const a = noisy(n * n, 1);
  const x = noisy(n, 2);
  const y = product(a, x, n);
  for (let i = 0; i < n; i++) {
    const row = Float64Array.from({ length: n }, (_, j) => at(a, n, i, j));
    const size = row.reduce((s, value, j) => s + Math.abs(value * x[j]!), 0);
    const gap = exact(y[i]!) * 2n ** 1074n - exactDot(row, x);
    const error = Number((gap < 0n ? -gap : gap) >> 1100n) * 2 ** -1048;
    expect(error).toBeLessThan(n * 2 ** -53 * size);
  }
});
