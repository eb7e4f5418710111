import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  addressOf,
  allocate,
  allocateIntegers,
  inMemory,
  memory,
  memoryUsage,
  release,
} from '../../src/linalg/memory.js';
import { Spans } from '../../src/linalg/spans.js';

describe('free parts of an address space', () => {
  test('never hand out an address twice, and come back whole', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });
    const choices = fc.infiniteStream(fc.nat(1000));
    fc.assert(
      fc.property(lengths, choices, (wanted, choice) => {
        const size = 300;
        const spans = new Spans();
        spans.give(100, size);
        const owner = new Int32Array(100 + size).fill(-1);
        const held: { start: number; length: number }[] = [];
        const giveBack = (i: number): void => {
          const [{ start, length }] = held.splice(i, 1) as [{ start: number; length: number }];
          owner.fill(-1, start, start + length);
          spans.give(start, length);
        };
        for (const [i, length] of wanted.entries()) {
          const start = spans.take(length);
          if (start < 0) {
            // Nowhere are so many free addresses in a row.
            let run = 0;
            for (let p = 100; p < 100 + size; p++) {
              run = owner[p]! < 0 ? run + 1 : 0;
              expect(run).toBeLessThan(length);
            }
          } else {
            expect(owner.subarray(start, start + length).every((id) => id < 0)).toBe(true);
            owner.fill(i, start, start + length);
            held.push({ start, length });
          }
          const pick = choice.next().value;
          if (held.length > 0 && pick % 2 === 0) giveBack(pick % held.length);
          expect(spans.free).toBe(size - held.reduce((sum, block) => sum + block.length, 0));
        }
        while (held.length > 0) giveBack(0);
        expect(spans.take(size)).toBe(100);
      }),
    );
  });

  test('of several parts the smallest that will do is taken', () => {
    const spans = new Spans();
    spans.give(0, 50);
    spans.give(100, 10);
    spans.give(200, 30);
    expect(spans.take(10)).toBe(100);
    expect(spans.take(20)).toBe(200);
    expect(spans.take(60)).toBe(-1);
  });
});

describe('the memory of all tensors', () => {
  test('arrays begin at a cache line and do not overlap', () => {
    const arrays = [1, 7, 8, 9, 1000, 3].map((length) => allocate(length));
    const ends = arrays.map((x) => addressOf(x) + x.byteLength);
    for (const [i, x] of arrays.entries()) {
      expect(addressOf(x)).toBeGreaterThan(0);
      expect(addressOf(x) % 64).toBe(0);
      for (const [j, y] of arrays.entries()) {
        if (i !== j) expect(ends[i]! <= addressOf(y) || ends[j]! <= addressOf(x)).toBe(true);
      }
    }
    expect(addressOf(allocateIntegers(5)) % 64).toBe(0);
  });

  test('a part of an array has an address, an array of anyone else has none', () => {
    const x = allocate(10);
    expect(addressOf(x.subarray(3))).toBe(addressOf(x) + 24);
    expect(addressOf(new Float64Array(10))).toBe(-1);
    expect(addressOf(new Float64Array(new SharedArrayBuffer(80)))).toBe(-1);
    expect(addressOf(allocate(0))).toBe(-1);
  });

  test('an array of the user comes in as a copy, one of ours as it is', () => {
    const own = Float64Array.of(1, -0, Number.NaN);
    const copy = inMemory(own);
    expect(copy).not.toBe(own);
    expect([...copy]).toEqual([...own]);
    expect(addressOf(copy)).toBeGreaterThan(0);
    expect(inMemory(copy)).toBe(copy);
  });

  test('growth leaves what was there, and the arrays that look at it', () => {
    const x = allocate(100).fill(7);
    const { reserved } = memoryUsage();
    const large = allocate(reserved / 8 + 1);
    expect(memoryUsage().reserved).toBeGreaterThan(reserved);
    large[large.length - 1] = 1;
    expect([...x]).toEqual(new Array(100).fill(7));
    expect(x.byteLength).toBe(800);
    release(large);
  });

  test('what is given back is used again', () => {
    release(allocate(100_000));
    const { reserved, used } = memoryUsage();
    for (let i = 0; i < 1000; i++) release(allocate(100_000));
    expect(memoryUsage()).toEqual({ reserved, used });
  });

  test('giving back twice, or what is not ours, does nothing', () => {
    const x = allocate(8);
    const { used } = memoryUsage();
    release(x);
    release(x);
    release(new Float64Array(8));
    expect(memoryUsage().used).toBe(used - 64);
  });

  test('a block is given back when the last array that looks at it is dropped', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const settle = async (): Promise<number> => {
      for (let i = 0; i < 5; i++) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return memoryUsage().used;
    };
    const before = await settle();
    let parts = Array.from({ length: 50 }, (_, i) => allocate(1000).subarray(i, i + 2));
    for (const [i, part] of parts.entries()) part.fill(i);
    expect((await settle()) - before).toBe(50 * 8000);
    expect(parts.every((part, i) => part[0] === i)).toBe(true);
    parts = [];
    // The engine may still hold the last one it looked at.
    expect((await settle()) - before).toBeLessThanOrEqual(8000);
  });

  test('where the system gives no more memory an ordinary array will do', () => {
    const { memory: own } = memory()!;
    const grow = vi.spyOn(own, 'grow').mockImplementation(() => {
      throw new RangeError('out of memory');
    });
    try {
      const { reserved } = memoryUsage();
      const x = allocate(reserved / 8);
      expect(addressOf(x)).toBe(-1);
      expect(x.length).toBe(reserved / 8);
      // A quarter more of what is there was asked for at first, then no more than is needed.
      const [first, second] = grow.mock.calls.map(([pages]) => pages);
      expect(first).toBeGreaterThanOrEqual(second!);
      expect(second).toBe(reserved / 2 ** 16);
      expect(memoryUsage().reserved).toBe(reserved);
    } finally {
      grow.mockRestore();
    }
  });

  test('when the memory is full an ordinary array will do', () => {
    const arrays: Float64Array[] = [];
    // Nothing is written, so the machine needs no such memory.
    for (let i = 0; i < 5; i++) arrays.push(allocate(2 ** 27));
    expect(addressOf(arrays[0]!)).toBeGreaterThan(0);
    expect(addressOf(arrays[4]!)).toBe(-1);
    for (const x of arrays) release(x);
    expect(memory()!.memory.buffer.byteLength).toBeLessThan(2 ** 32);
  });

  test.each([
    [-1, 'allocate: a length is a whole number ≥ 0, not -1'],
    [1.5, 'allocate: a length is a whole number ≥ 0, not 1.5'],
    [Number.NaN, 'allocate: a length is a whole number ≥ 0, not NaN'],
    [2 ** 50, 'no memory for 1125899906842624 numbers (8589934592 MiB); take a smaller batch'],
  ])('a length of %d', (length, message) => {
    expect(() => allocate(length)).toThrow(message);
  });
});
