import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  allocate,
  decayOf,
  finiteIn,
  gatherRows,
  scatterRows,
  simd,
  useSimd,
  zeroIn,
} from '../../src/linalg/index.js';
import { awkward, sameBits, vector } from './support/arbitrary.js';

afterEach(() => useSimd(true));

const inMemory = (values: ArrayLike<number>): Float64Array => {
  const array = allocate(values.length);
  array.set(values);
  return array;
};

/** A matrix, rows that are gathered from it or added to it, and the numbers of those. */
const rowCase = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), width: fc.nat(21), count: fc.nat(9) })
  .chain(({ rows, width, count }) =>
    fc.record({
      width: fc.constant(width),
      x: vector(rows * width),
      given: vector(count * width),
      index: fc.array(fc.nat(rows - 1), { minLength: count, maxLength: count }),
      cut: fc.nat(count),
    }),
  );

test('the kernels run here', () => {
  expect(simd()).toBeDefined();
});

test.each([
  ['WebAssembly', true, inMemory],
  ['plain, in the memory', false, inMemory],
  ['arrays of a user', true, (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: gatherRows is y[i] = x[index[i]], in portions too', (_, on, make) => {
  useSimd(on);
  fc.assert(
    fc.property(rowCase, ({ width, x, index, cut }) => {
      const y = make(new Float64Array(index.length * width).fill(7));
      const run = gatherRows(y, make(x), make(Float64Array.from(index)), width);
      run(cut, index.length);
      expect(y.subarray(0, cut * width).every((value) => value === 7)).toBe(true);
      run(0, cut);
      const expected = index.flatMap((row) => [...x.subarray(row * width, (row + 1) * width)]);
      expect(sameBits(y, expected)).toBe(true);
    }),
  );
});

test.each([
  ['WebAssembly', true, inMemory],
  ['plain, in the memory', false, inMemory],
  ['arrays of a user', true, (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: scatterRows is y[index[i]] += x[i], i ascending', (_, on, make) => {
  useSimd(on);
  fc.assert(
    fc.property(rowCase, ({ width, x, given, index, cut }) => {
      const y = make(x);
      const run = scatterRows(y, make(given), make(Float64Array.from(index)), width);
      run(0, cut);
      run(cut, index.length);
      const expected = [...x];
      for (let i = 0; i < index.length; i++) {
        for (let c = 0; c < width; c++) {
          expected[index[i]! * width + c]! += given[i * width + c]!;
        }
      }
      expect(sameBits(y, expected)).toBe(true);
    }),
  );
});

test.each([
  ['WebAssembly', true, inMemory],
  ['plain, in the memory', false, inMemory],
  ['arrays of a user', true, (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: decay multiplies so many times, rounding each time', (_, on, make) => {
  useSimd(on);
  const factor = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(0, 0.5, 0.9, 0.999, 1),
  );
  const element = fc.oneof(awkward, fc.constantFrom(5e-324, 3e-323, 2.3e-308));
  fc.assert(
    fc.property(
      fc.nat(19).chain((length) => fc.tuple(vector(length, element), fc.nat(length))),
      factor,
      fc.nat(60),
      ([x, from], f, times) => {
        const decayed = make(x);
        decayOf(decayed)(from, x.length, f, times);
        const expected = x.slice();
        for (let t = 0; t < times; t++) {
          for (let i = from; i < x.length; i++) expected[i] = f * expected[i]!;
        }
        expect(sameBits(decayed, expected)).toBe(true);
      },
    ),
  );
});

test.each([
  ['WebAssembly', inMemory],
  ['loop', (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: decay by a factor that is not ≥ 0 is refused', (_, make) => {
  for (const f of [-1, -0.5, -0, Number.NaN]) {
    const x = make([3, -0]);
    expect(() => decayOf(x)(0, 2, f, 35)).toThrow(/^decay: f is .*; it is a number ≥ 0/);
    expect(sameBits(x, [3, -0])).toBe(true);
  }
});

test.each([
  [1.5, 35],
  [Number.POSITIVE_INFINITY, 9],
])('what grows by %d has the same bits by WebAssembly and by a loop', (f, times) => {
  const values = [3, -0, 0, 5e-324, -1e-320, 1e300, Number.POSITIVE_INFINITY];
  const [a, b] = [inMemory(values), Float64Array.from(values)];
  for (const x of [a, b]) decayOf(x)(0, x.length, f, times);
  expect(sameBits(a, b)).toBe(true);
});

test.each([true, false])('decay comes to rest (SIMD %s)', (on) => {
  useSimd(on);
  const f = 0.9;
  let steps = 0;
  let rest = 1;
  for (; f * rest !== rest; steps++) rest *= f;
  expect(rest).toBeGreaterThan(0); // below the normal numbers 0.9·x rounds to x
  for (const times of [steps - 1, steps, steps + 1, 2 ** 31 - 1]) {
    const x = inMemory([1, 0, 1, -0, 1, 1, 1, 1, 1]);
    decayOf(x)(0, 9, f, times);
    const last = times < steps ? x[0]! * f : x[0]!;
    expect(last).toBe(rest);
    expect(x[0] === rest).toBe(times >= steps);
    expect(
      sameBits(
        x,
        [1, 0, 1, -0, 1, 1, 1, 1, 1].map((one) => one * x[0]!),
      ),
    ).toBe(true);
  }
});

test.each([
  ['WebAssembly', true, inMemory],
  ['plain, in the memory', false, inMemory],
  ['arrays of a user', true, (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: finiteIn finds what is not finite, wherever it stands', (_, on, make) => {
  useSimd(on);
  const element = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
  );
  const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  fc.assert(
    fc.property(
      fc.array(element, { maxLength: 40 }),
      fc.option(fc.tuple(fc.nat(39), odd)),
      fc.nat(40),
      fc.nat(40),
      (values, bad, a, b) => {
        const [from, to] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
        if (bad && bad[0] < values.length) values[bad[0]] = bad[1];
        const part = values.slice(from, to);
        expect(finiteIn(make(values))(from, to)).toBe(part.every((x) => Number.isFinite(x)));
      },
    ),
  );
});

test.each([
  ['WebAssembly', true, inMemory],
  ['plain, in the memory', false, inMemory],
  ['arrays of a user', true, (values: ArrayLike<number>) => Float64Array.from(values)],
] as const)('%s: zeroIn finds what is not +0, wherever it stands', (_, on, make) => {
  useSimd(on);
  const odd = fc.constantFrom(-0, 5e-324, -5e-324, 1, Number.NaN, Number.POSITIVE_INFINITY);
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.option(fc.tuple(fc.nat(39), odd)),
      fc.nat(40),
      fc.nat(40),
      (length, bad, a, b) => {
        const values = new Float64Array(length);
        const [from, to] = [Math.min(a, b, length), Math.min(Math.max(a, b), length)];
        if (bad && bad[0] < length) values[bad[0]] = bad[1];
        const expected = values.subarray(from, to).every((x) => Object.is(x, 0));
        expect(zeroIn(make(values))(from, to)).toBe(expected);
      },
    ),
  );
});
