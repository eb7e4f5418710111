import { beforeAll, describe, expect, test } from 'vitest';
import * as optimizers from '../../../src/linalg/kernels/optimizers.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, seams, twins } from '../support/twins.js';

beforeAll(requireSimd);

/** For each rule how many averages it keeps, and numbers of the kind that it is told. */
const told: Record<keyof typeof optimizers, readonly [number, readonly number[]]> = {
  gradientDescentStep: [0, [0.01]],
  momentumStep: [1, [0.1, 0.9, 0.1]],
  adaptivityStep: [1, [0.001, 0.9, 0.1, 1e-8]],
  rmspropStep: [1, [0.001, 0.9, 0.1, 1e-8]],
  rmspropMomentumStep: [2, [0.001, 0.9, 0.1, 1e-8, 0.5]],
  adamStep: [2, [0.001, 0.9, 0.1, 0.999, 0.001, 1e-8, 0.9999]],
};

describe.each(Object.entries(optimizers))('%s', (name, rule) => {
  const [count, numbers] = told[name as keyof typeof optimizers];

  test('in the memory and outside of it gives the same bits, step after step, in portions', () => {
    for (const [seed, n] of seams.filter((length) => length < 2000).entries()) {
      for (const share of [0, 0.1]) {
        const w = twins(n, seed, share);
        const g = twins(n, seed + 1, share);
        // Averages of squares are not negative; one that is shows as NaN in both.
        const averages = Array.from({ length: count }, (_, k) => twins(n, seed + 2 + k, share));
        for (const { inside, outside } of averages) {
          for (const x of [inside, outside]) for (let i = 0; i < n; i++) x[i] = Math.abs(x[i]!);
        }
        const given = twins(numbers.length, 0, 0, 1);
        for (const x of [given.inside, given.outside]) x.set(numbers);

        const inside = averages.map((each) => each.inside);
        const outside = averages.map((each) => each.outside);
        const fast = rule(w.inside, g.inside, inside, given.inside);
        const plain = rule(w.outside, g.outside, outside, given.outside);
        if (n > 0) expect(fast.task?.kernel).toBe(name);
        expect(plain.task).toBeUndefined();
        for (let step = 0; step < 3; step++) {
          // Numbers are read anew at every step.
          for (const x of [given.inside, given.outside]) x[0] = numbers[0]! / (step + 1);
          const middle = Math.floor((n * (step + 1)) / 5);
          fast(0, middle);
          fast(middle, n);
          plain(0, n);
        }
        expect(sameBits(w.inside, w.outside), `w, n = ${n}`).toBe(true);
        for (const [k, average] of inside.entries()) {
          expect(sameBits(average, outside[k]!), `average ${k}, n = ${n}`).toBe(true);
        }
      }
    }
  });
});
