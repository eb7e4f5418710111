import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.resetModules());

test('kernels that find no room to work in: the plain loops run, with one thread', async () => {
  vi.resetModules();
  const library = await import('../../../src/linalg/index.js');
  const { addressOf, allocate, elementwise, exp, matmul, memoryUsage, release, simd } = library;
  const [x, y] = [allocate(8).fill(2), allocate(8)];
  // All but half a MiB: nothing is written, so the machine needs no such memory.
  const blocks = [1, 1, 1].map(() => allocate(2 ** 27));
  const rest = 2 ** 32 - 2 ** 16 - memoryUsage().used;
  blocks.push(allocate(Math.floor(rest / 8 - 2 ** 16)));
  for (const block of blocks) expect(addressOf(block)).toBeGreaterThan(0);
  const late = allocate(4);
  expect(addressOf(late)).toBeGreaterThan(0);

  expect(simd()).toBe(undefined);
  elementwise.exp(y, x);
  expect(y.every((value) => value === exp(2))).toBe(true);
  matmul(late, x.subarray(0, 4), x.subarray(4), 2, 2, 2);
  expect([...late]).toEqual([8, 8, 8, 8]);
  expect(await library.useThreads(2)).toBe(1);
  for (const block of blocks) release(block);
});
