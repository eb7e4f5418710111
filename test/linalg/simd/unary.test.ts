import { beforeAll, expect, test } from 'vitest';
import {
  absolute,
  negate,
  reciprocal,
  relu,
  sign,
  sqrt,
  square,
} from '../../../src/linalg/kernels/elementwise.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, results, seams, twins } from '../support/twins.js';

beforeAll(requireSimd);

/** What each is, one number at a time. */
const definitions = {
  negate: [negate, (x: number) => -x],
  absolute: [absolute, Math.abs],
  sign: [sign, Math.sign],
  square: [square, (x: number) => x * x],
  sqrt: [sqrt, Math.sqrt],
  reciprocal: [reciprocal, (x: number) => 1 / x],
  relu: [relu, (x: number) => (x <= 0 ? 0 : x)],
} as const;

test.each(Object.entries(definitions))(
  '%s: loop and twin are the definition',
  (name, [kernel, f]) => {
    for (const [seed, n] of seams.filter((length) => length < 2000).entries()) {
      for (const share of [0, 0.3]) {
        const x = twins(n, seed, share);
        const y = results(n);
        kernel(y.inside, x.inside);
        kernel(y.outside, x.outside);
        const expected = x.outside.map((value) => f(value));
        expect(sameBits(y.outside, expected), `n = ${n}`).toBe(true);
        expect(sameBits(y.inside, expected), `n = ${n}`).toBe(true);
        const stretch = kernel.on(x.inside, x.inside);
        if (n > 0) expect(stretch.task?.kernel).toBe(name);
        stretch(Math.floor(n / 3), n);
        stretch(0, Math.floor(n / 3));
        expect(sameBits(x.inside, expected)).toBe(true);
      }
    }
  },
);

test('a result that shares a part of its memory with x is refused', () => {
  for (const x of Object.values(twins(9, 1, 0, 0))) {
    const before = x.slice();
    expect(() => square(x.subarray(1), x.subarray(0, 8))).toThrow(
      'square: the result and x share a part of their memory; they are one array, or apart',
    );
    expect(() => square(x.subarray(0, 8), x)).toThrow(
      'square: x needs the length of y = 8 elements, but has 9',
    );
    expect(sameBits(x, before)).toBe(true);
  }
});
