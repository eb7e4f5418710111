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

test('kernels that are there when the memory is full: numbers in the code, copies and threads do without', async () => {
  vi.resetModules();
  const library = await import('../../../src/linalg/index.js');
  const { addressOf, allocate, elementwise, exp, matmul, memoryUsage, release, simd } = library;
  const [x, y] = [allocate(1000), allocate(1000)];
  for (const [i] of x.entries()) x[i] = (i - 500) / 40;
  const n = 40;
  const a = Float64Array.from({ length: n * n }, (_, p) => (p * 7919) % 101);
  const expected = new Float64Array(n * n);
  matmul(expected, a, a.slice(), n, n, n);
  elementwise.negate.on(y, x)(0, 1);
  expect(simd()).toBeDefined();

  const blocks: Float64Array[] = [];
  for (let length = 2 ** 27; length >= 8; length /= 2) {
    for (let full = false; !full; ) {
      const block = allocate(length);
      full = addressOf(block) < 0;
      if (!full) blocks.push(block);
    }
  }
  const { reserved, used } = memoryUsage();
  expect(used).toBe(reserved - 64);
  // Assembled only now, with no room for the numbers that it works with.
  elementwise.exp.on(y, x)(0, x.length);
  expect(y.every((value, i) => Object.is(value, exp(x[i]!)))).toBe(true);
  const product = new Float64Array(n * n);
  matmul(product, a, a.slice(), n, n, n);
  expect(product).toEqual(expected);
  expect(await library.useThreads(2)).toBe(1);
  expect(memoryUsage().used).toBe(used);
  for (const block of blocks) release(block);
  matmul(product.fill(0), a, a.slice(), n, n, n);
  expect(product).toEqual(expected);
});
