import type { Worker } from 'node:worker_threads';
import { afterAll, expect, test, vi } from 'vitest';
import {
  allocate,
  elementwise,
  memoryUsage,
  share,
  threads,
  useThreads,
} from '../../src/linalg/index.js';
import { stretchOf } from '../../src/linalg/stretch.js';

/** All workers that were started here. */
const workers = vi.hoisted((): Worker[] => []);
vi.mock('node:worker_threads', async (original) => {
  const module = await original<typeof import('node:worker_threads')>();
  class Watched extends module.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.push(this);
    }
  }
  return { ...module, Worker: Watched };
});

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

test('what no worker knows, and what is begun in the middle of another, is done by this thread alone', async () => {
  await useThreads(2);
  const seen: number[] = [];
  const unknown = stretchOf((from, to) => seen.push(from, to), {
    kernel: 'none of that name',
    given: [],
    arrays: [],
  });
  share(unknown, n, 1e3);
  expect(seen).toEqual([0, n]);

  const [x, y, z] = [allocate(n).fill(9), allocate(n).fill(-1), allocate(n).fill(-1)];
  const inner = elementwise.sqrt.on(z, x);
  const outer = elementwise.sqrt.on(y, x);
  let here = 0;
  const nested = stretchOf((from, to) => {
    here++;
    share(inner, n, 1e3);
    outer(from, to);
  }, outer.task!);
  // The worker may be so fast that nothing is left to this thread.
  while (here === 0) share(nested, n, 1e3);
  expect([y, z].every((array) => array.every((value) => value === 3))).toBe(true);
});

test('a kernel that traps in a worker alone is an error too', async () => {
  await useThreads(2);
  const { task } = elementwise.exp.on(allocate(8), allocate(8));
  // This thread's part does nothing; the worker's lies in the last 16 MiB below 4 GiB, which the memory never reaches.
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const rest = (): void => {
    Atomics.wait(pause, 0, 0, 1);
  };
  const broken = stretchOf(rest, { ...task!, given: task!.given.map(() => 2 ** 32 - 2 ** 24) });
  const tries = (): void => {
    // Should the worker be late, this thread does all of it.
    for (let i = 0; i < 1000; i++) share(broken, n, 1e3);
  };
  expect(tries).toThrow('exp failed in a worker thread; its arguments do not fit the memory');
  expect(threads()).toBe(2);
  works();
});

test('a worker that gives no sign is not waited for for ever', async () => {
  await useThreads(2);
  const { load } = Atomics;
  const loads = vi.spyOn(Atomics, 'load').mockImplementation(() => 0 as never);
  const waits = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
  try {
    expect(works).toThrow('sqrt: a worker thread gives no sign; useThreads(1) goes on without');
  } finally {
    loads.mockRestore();
    waits.mockRestore();
  }
  expect(Atomics.load).toBe(load);
  expect(await useThreads(1)).toBe(1);
  works();
});

test('a worker that dies is missed: what follows goes without threads', async () => {
  await useThreads(3);
  const { used } = memoryUsage();
  await workers.at(-1)!.terminate();
  await vi.waitFor(() => expect(threads()).toBe(1));
  await vi.waitFor(() => expect(memoryUsage().used).toBeLessThan(used - 2 * 2 ** 20));
  works();
  expect(await useThreads(2)).toBe(2);
  works();
});
