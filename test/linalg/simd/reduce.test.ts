import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { max, maxAxis, min, minAxis } from '../../../src/linalg/kernels/extrema.js';
import { norm2, sum, sumAxis } from '../../../src/linalg/kernels/reduce.js';
import { useSimd } from '../../../src/linalg/simd/index.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, results, seams, twins } from '../support/twins.js';

beforeAll(requireSimd);

const shares = [0, 0.02, 0.5];

describe('in the memory and outside of it, bit for bit:', () => {
  test.each(Object.entries({ sum, norm2, max, min }))('%s', (_, reduce) => {
    for (const [seed, n] of seams.entries()) {
      for (const share of shares) {
        const { inside, outside } = twins(n, seed, share);
        expect(reduce(inside), `n = ${n}`).toBe(reduce(outside));
        const [from, length] = [Math.floor(n / 3), Math.floor(n / 2)];
        expect(reduce(inside, from, length)).toBe(reduce(outside, from, length));
      }
    }
  });

  test('norm2 where squares leave the range of doubles', () => {
    for (const scale of [2 ** -1060, 2 ** -600, 2 ** 600, 2 ** 1020]) {
      const { inside, outside } = twins(700, 3);
      for (const x of [inside, outside]) for (let i = 0; i < x.length; i++) x[i]! *= scale;
      expect(norm2(inside)).toBe(norm2(outside));
      expect(norm2(inside)).toBeGreaterThan(0);
    }
  });

  test.each(Object.entries({ sumAxis, maxAxis, minAxis }))('%s, whole and in pieces', (_, axis) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom(0, 1, 2, 7, 8, 9, 13, 511, 512, 513, 1100, 1600),
        fc.constantFrom(0, 1, 2, 3, 5, 8, 15, 16, 17, 33, 42),
        fc.constantFrom(...shares),
        fc.nat(1000),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (outer, n, inner, share, seed, widths) => {
          const x = twins(outer * n * inner, seed, share);
          const out = results(outer * inner);
          axis(out.inside, x.inside, outer, n, inner);
          axis(out.outside, x.outside, outer, n, inner);
          const again = results(outer * inner).inside;
          const stretch = axis.on(again, x.inside, outer, n, inner);
          if (x.inside.length > 0) expect(stretch.task).toBeDefined();
          let from = 0;
          for (const width of widths) {
            const to = Math.min(from + width, again.length);
            stretch(from, to);
            from = to;
          }
          stretch(from, again.length);
          return sameBits(out.inside, out.outside) && sameBits(again, out.outside);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('pieces leave the rest of the result alone', () => {
    for (const inner of [1, 5, 40]) {
      const out = results(2 * inner).inside;
      const stretch = sumAxis.on(out, twins(2 * 9 * inner, 1).inside, 2, 9, inner);
      stretch(1, 2);
      expect(out.filter((value) => value !== 1234)).toHaveLength(1);
    }
  });
});

test('switched off, the plain loops run', () => {
  useSimd(false);
  const { inside } = twins(100, 1);
  expect(sumAxis.on(results(1).inside, inside, 1, 100, 1).task).toBeUndefined();
  useSimd(true);
  expect(sumAxis.on(results(1).inside, inside, 1, 100, 1).task).toBeDefined();
});

test('a result that shares memory with the input is refused, and nothing written', () => {
  const x = twins(12, 1, 0, 0).inside;
  const before = x.slice();
  expect(() => sumAxis(x.subarray(4, 8), x, 4, 3, 1)).toThrow(
    'sumAxis: out and x share memory; give out a buffer of its own',
  );
  expect(sameBits(x, before)).toBe(true);
});
