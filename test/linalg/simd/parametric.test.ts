import { beforeAll, expect, test } from 'vitest';
import * as parametric from '../../../src/linalg/kernels/parametric.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, results, seams, twins } from '../support/twins.js';

beforeAll(requireSimd);

const numbers = [
  [0.01, 0],
  [-0.5, 0.25],
  [-0, 0],
  [3, -2],
] as const;

test.each(Object.entries(parametric))('%s: the twin gives the bits of the loop', (name, kernel) => {
  for (const [seed, n] of seams.filter((length) => length < 2000).entries()) {
    for (const [p, q] of numbers) {
      const x = twins(n, seed, 0.2);
      const [y, parts] = [results(n), results(n)];
      kernel(y.inside, x.inside, p, q, 0, n);
      kernel(y.outside, x.outside, p, q, 0, n);
      const middle = Math.floor(n / 3);
      const stretch = kernel.on(parts.inside, x.inside, p, q);
      if (n > 0) expect(stretch.task?.kernel).toBe(name);
      stretch(middle, n);
      kernel.on(parts.outside, x.outside, p, q)(middle, n);
      expect(parts.inside.subarray(0, middle).every((value) => value === 1234)).toBe(true);
      stretch(0, middle);
      expect(sameBits(y.inside, y.outside), `n = ${n}`).toBe(true);
      expect(sameBits(parts.inside, y.outside)).toBe(true);
      expect(sameBits(parts.outside.subarray(middle), y.outside.subarray(middle))).toBe(true);
    }
  }
});

test('what they compute', () => {
  const x = Float64Array.of(-2, -0, 0, 3, Number.NaN);
  const of = (kernel: parametric.ParametricKernel, p: number, q: number): number[] => {
    const y = new Float64Array(x.length);
    kernel(y, x, p, q, 0, x.length);
    return [...y];
  };
  expect(of(parametric.leakyRelu, 0.5, 0)).toEqual([-1, -0, 0, 3, Number.NaN]);
  expect(of(parametric.clamp, -1, 2)).toEqual([-1, -0, 0, 2, Number.NaN]);
  expect(of(parametric.rescale, 4, 2)).toEqual([-1, -0, 0, 1.5, Number.NaN]);
});
