import { afterAll, describe, expect, test } from 'vitest';
import { allocate, elementwise, share, threads, useThreads } from '../../src/linalg/index.js';
import { sameBits } from './support/arbitrary.js';

afterAll(() => useThreads(1));

/** Numbers of every size and sign, here and there what is out of the ordinary. */
function numbers(length: number): Float64Array {
  const x = allocate(length);
  const special = [0, -0, Number.NaN, Infinity, -Infinity, 5e-324, -2e-308, 1e308, 800, -800];
  for (let i = 0; i < length; i++) {
    x[i] = i % 97 === 0 ? special[(i / 97) % special.length]! : (((i * 7919) % 2003) - 1001) / 37;
  }
  return x;
}

describe('any number of threads gives the bits of one', () => {
  const lengths = [0, 1, 7, 8, 100, 4095, 100_003];
  const x = numbers(100_003);
  const z = x.slice();
  const one = new Map<string, Float64Array>();
  const unary = ['relu', 'exp', 'tanh', 'log', 'sqrt', 'sin'] as const;

  test.each([1, 2, 3, 4])('%d', async (count) => {
    expect(await useThreads(count)).toBe(count);
    expect(threads()).toBe(count);
    for (const length of lengths) {
      for (const name of unary) {
        const y = allocate(length).fill(-1);
        // A cost that makes every length worth sharing.
        share(elementwise[name].on(y, x.subarray(0, length)), length, 1e6);
        const key = `${name} ${length}`;
        if (count === 1) {
          const expected = new Float64Array(length);
          elementwise[name].loop(expected, z, 0, length);
          one.set(key, expected);
        }
        expect(sameBits(y, one.get(key)!), key).toBe(true);
      }
    }
  });
});

test('an array of the user is worked on by one thread', async () => {
  await useThreads(2);
  const y = new Float64Array(1000);
  share(
    elementwise.square.on(
      y,
      Float64Array.from({ length: 1000 }, (_, i) => i),
    ),
    1000,
    1e6,
  );
  expect(y.every((value, i) => value === i * i)).toBe(true);
});

test.each([0, -1, 1.5, 65, Number.NaN])('%d threads', async (count) => {
  await expect(useThreads(count)).rejects.toThrow(
    `useThreads: the number of threads is a whole number from 1 to 64, not ${count}`,
  );
});
