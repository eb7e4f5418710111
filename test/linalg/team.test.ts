import { afterAll, expect, test } from 'vitest';
import {
  allocate,
  elementwise,
  memoryUsage,
  share,
  threads,
  useThreads,
} from '../../src/linalg/index.js';

afterAll(() => useThreads(1));

const n = 100_000;

/** y = √x by all threads, right at every place. */
function works(): void {
  const x = allocate(n).map((_, i) => i);
  const [from, y] = [allocate(n), allocate(n).fill(-1)];
  from.set(x);
  share(elementwise.sqrt.on(y, from), n, 1e3);
  expect(y.every((value, i) => value === Math.sqrt(i))).toBe(true);
}

test('changes that do not wait for each other are made one after the other', async () => {
  const counts = [2, 4, 1, 3];
  expect(await Promise.all(counts.map((count) => useThreads(count)))).toEqual(counts);
  expect(threads()).toBe(3);
  works();
});

test('a kernel that traps is an error, and the threads go on', async () => {
  await useThreads(3);
  const [x, y] = [allocate(n).fill(1), allocate(n)];
  // Far more than there is, beyond the end of the memory.
  expect(() => share(elementwise.exp.on(y, x), 600_000_000, 3)).toThrow('out of bounds');
  expect(threads()).toBe(3);
  works();
});

test('what threads need comes from the memory and goes back to it', async () => {
  await useThreads(1);
  await useThreads(2);
  await useThreads(1);
  const { used } = memoryUsage();
  await useThreads(3);
  expect(memoryUsage().used).toBeGreaterThan(used + 2 * 2 ** 20);
  await useThreads(1);
  expect(memoryUsage().used).toBe(used);
});
