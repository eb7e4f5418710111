import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  multiplyBy,
  type Padded,
  padded,
  paddedLength,
  rotateRows,
  takeOff,
} from '../../src/linalg/eigen/padded.js';
import { symmetricEigen } from '../../src/linalg/eigen/symmetric-eigen.js';
import { allocate } from '../../src/linalg/memory.js';
import { simd, useSimd } from '../../src/linalg/simd/index.js';
import { dyadic, noise, noisy, sameBits, vector } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';

afterEach(() => useSimd(true));

/** An n × n matrix, two vectors that begin at `first`, and where they do. */
const cases = (element: fc.Arbitrary<number>) =>
  fc.integer({ min: 1, max: 27 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      first: fc.nat(n - 1),
      a: vector(n * n, element),
      x: vector(n, element),
      y: vector(n, element),
    }),
  );

const matrix = (a: Float64Array, n: number): Padded => {
  const out = padded(n);
  for (let i = 0; i < n; i++) out.data.set(a.subarray(i * n, (i + 1) * n), i * out.stride);
  return out;
};

/** The vector with zeros before `first` and behind n. */
const fromFirst = (x: Float64Array, first: number): Float64Array => {
  const out = allocate(paddedLength(x.length)).fill(0);
  out.set(x.subarray(first), first);
  return out;
};

/** What f makes, with the kernels and without: the same. */
function both(f: () => Float64Array): Float64Array {
  useSimd(true);
  expect(simd()).toBeDefined();
  const fast = f();
  useSimd(false);
  const plain = f();
  expect(sameBits(fast, plain)).toBe(true);
  return fast;
}

test('multiplyBy: A·u on the rows and columns from `first` on', () => {
  fc.assert(
    fc.property(cases(dyadic), ({ n, first, a, x }) => {
      const p = both(() => {
        const out = allocate(n).fill(7);
        multiplyBy(out, matrix(a, n), fromFirst(x, first), first);
        return out;
      });
      for (let i = 0; i < n; i++) {
        let s = i < first ? 7 : 0;
        for (let j = first; i >= first && j < n; j++) s += a[i * n + j]! * x[j]!;
        if (p[i] !== s) return false;
      }
      return true;
    }),
  );
});

test('takeOff: A − 2xyᵀ there', () => {
  fc.assert(
    fc.property(cases(dyadic), ({ n, first, a, x, y }) => {
      const out = both(() => {
        const A = matrix(a, n);
        takeOff(A, fromFirst(x, first), fromFirst(y, first), first);
        return A.data;
      });
      const stride = paddedLength(n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < stride; j++) {
          const old = j < n ? a[i * n + j]! : 0;
          const inside = i >= first && j >= first && j < n;
          if (out[i * stride + j] !== (inside ? old - 2 * x[i]! * y[j]! : old)) return false;
        }
      }
      return true;
    }),
  );
});

test('rotateRows: one rotation after the other', () => {
  fc.assert(
    fc.property(cases(fc.double({ min: -1, max: 1, noNaN: true })), ({ n, first, a, x, y }) => {
      const [cosines, sines] = [fromFirst(x, 0), fromFirst(y, 0)];
      const out = both(() => {
        const A = matrix(a, n);
        rotateRows(A, cosines, sines, first, n - 1);
        return A.data;
      });
      const expected = matrix(a, n).data;
      const stride = paddedLength(n);
      for (let k = first; k < n - 1; k++) {
        for (let j = 0; j < stride; j++) {
          const p = expected[k * stride + j]!;
          const q = expected[(k + 1) * stride + j]!;
          expected[k * stride + j] = x[k]! * p + y[k]! * q;
          expected[(k + 1) * stride + j] = x[k]! * q - y[k]! * p;
        }
      }
      return sameBits(out, expected);
    }),
  );
});

test('in the memory it is the kernels that are called, on what lies behind `first`', () => {
  const [n, first] = [11, 9];
  const A = padded(n);
  const [p, x, y] = [allocate(16), allocate(16).fill(0), allocate(16).fill(0)];
  const addresses = [A.data, p, x, y].map(({ byteOffset }) => byteOffset);
  const [a, pAt, xAt, yAt] = addresses as [number, number, number, number];
  // Rows of 16 numbers of 8 bytes; 9 begins in the eight that begin at 8.
  const corner = a + 8 * (9 * 16 + 8);
  expect(callsOf('multiplyBy', () => multiplyBy(p, A, x, first))).toEqual([
    [pAt + 8 * 9, corner, 16, 2, xAt + 8 * 8, 8],
  ]);
  expect(callsOf('takeOff', () => takeOff(A, x, y, first))).toEqual([
    [corner, 16, xAt + 8 * 9, 2, yAt + 8 * 8, 8],
  ]);
  expect(callsOf('rotateRows', () => rotateRows(A, x, y, 3, 10))).toEqual([
    [a + 8 * 3 * 16, 16, xAt + 8 * 3, yAt + 8 * 3, 7],
  ]);
});

test('arrays of a user are taken all the same', () => {
  fc.assert(
    fc.property(cases(dyadic), ({ n, first, a, x, y }) => {
      const run = (own: (array: Float64Array) => Float64Array): Float64Array[] => {
        const [A, B] = [matrix(a, n), matrix(a, n)];
        const [u, v] = [fromFirst(x, first), own(fromFirst(y, first))];
        const p = own(allocate(n).fill(7));
        multiplyBy(p, A, u, first);
        takeOff(A, u, v, first);
        rotateRows(B, u, v, first, n - 1);
        return [p, A.data, B.data];
      };
      const [inside, outside] = [run((array) => array), run((array) => Float64Array.from(array))];
      return inside.every((array, i) => sameBits(array, outside[i]!));
    }),
  );
});

test('the twins round alike, and so does all that is built on them', () => {
  for (const n of [1, 5, 8, 9, 31, 64, 65]) {
    const a = noisy(n * n, n);
    const u = fromFirst(Float64Array.from({ length: n }, noise(2)), 0);
    both(() => {
      const p = allocate(n);
      multiplyBy(p, matrix(a, n), u, 0);
      return p;
    });
    both(() => symmetricEigen(a, n).vectors);
    both(() => symmetricEigen(a, n).values);
  }
});
