import { afterEach, describe, expect, test, vi } from 'vitest';
import { simd, useSimd } from '../../../src/linalg/index.js';
import { allModules } from '../../../src/linalg/simd/index.js';

afterEach(() => {
  useSimd(true);
  vi.resetModules();
  vi.doUnmock('../../../src/linalg/simd/webassembly.js');
});

describe('kernels are assembled when they are first asked for', () => {
  test('every name is a function of its module', () => {
    const kernels: Readonly<Record<string, unknown>> = { ...simd()! };
    expect(Object.keys(kernels).length).toBeGreaterThan(50);
    for (const [name, kernel] of Object.entries(kernels)) {
      expect(kernel, name).toBeTypeOf('function');
    }
    expect(
      allModules()
        .flatMap(({ names }) => names)
        .sort(),
    ).toEqual(Object.keys(kernels).sort());
  });

  test('switched off there are none', () => {
    useSimd(false);
    expect(simd()).toBe(undefined);
    expect(allModules()).toEqual([]);
  });
});

/** The library anew, in an engine whose WebAssembly is another one. */
async function libraryIn(webAssembly: object | undefined) {
  vi.resetModules();
  vi.doMock('../../../src/linalg/simd/webassembly.js', () => ({ webAssembly }));
  return import('../../../src/linalg/index.js');
}

const api = (globalThis as never as { WebAssembly: { Memory: new (limits: object) => object } })
  .WebAssembly;

describe('an engine that lacks something', () => {
  const sum = 3 * 4 + 5 * 6;

  test('no WebAssembly: ordinary arrays, plain loops', async () => {
    const library = await libraryIn(undefined);
    const { simd, allocate, addressOf, gram, matmul, memoryUsage, useThreads } = library;
    expect(simd()).toBe(undefined);
    const [a, b, c] = [Float64Array.of(3, 5), Float64Array.of(4, 6), allocate(1)];
    expect(addressOf(c)).toBe(-1);
    matmul(c, a, b, 1, 1, 2);
    expect(c[0]).toBe(sum);
    gram(c, a, 2, 1);
    expect(c[0]).toBe(3 * 3 + 5 * 5);
    expect(memoryUsage()).toEqual({ reserved: 0, used: 0 });
    expect(await useThreads(4)).toBe(1);
  });

  test('no SIMD, or no leave to compile: arrays in the memory, plain loops', async () => {
    class Module {
      constructor() {
        throw new Error('invalid opcode 0xfd');
      }
    }
    const { simd, allocate, addressOf, matmul } = await libraryIn({ ...methodsOf(api), Module });
    expect(simd()).toBe(undefined);
    const [a, b, c] = [allocate(2), allocate(2), allocate(1)];
    a.set([3, 5]);
    b.set([4, 6]);
    expect(addressOf(c)).toBeGreaterThan(0);
    matmul(c, a, b, 1, 1, 2);
    expect(c[0]).toBe(sum);
  });

  test('no shared memory: SIMD on a memory that does not grow, one thread, ordinary arrays when it is full', async () => {
    class Memory extends api.Memory {
      constructor(limits: { shared?: boolean }) {
        if (limits.shared) throw new TypeError('no SharedArrayBuffer here');
        super(limits);
      }
    }
    const library = await libraryIn({ ...methodsOf(api), Memory });
    const { simd, allocate, addressOf, matmul, memoryUsage, release, useThreads } = library;
    expect(simd()).toBeTypeOf('object');
    const [a, b, c] = [allocate(2), allocate(2), allocate(1)];
    a.set([3, 5]);
    b.set([4, 6]);
    expect(addressOf(c)).toBeGreaterThan(0);
    matmul(c, a, b, 1, 1, 2);
    expect(c[0]).toBe(sum);
    expect(await useThreads(4)).toBe(1);

    const { reserved, used } = memoryUsage();
    const large = allocate(reserved / 8);
    expect(addressOf(large)).toBe(-1);
    expect(large.length).toBe(reserved / 8);
    const block = allocate(1000);
    expect(memoryUsage().used).toBe(used + 8000);
    release(block.subarray(10));
    expect(memoryUsage()).toEqual({ reserved, used });
  });
});

/** The functions and classes of WebAssembly, which a spread would leave out. */
function methodsOf(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.getOwnPropertyNames(object).map((name) => [
      name,
      (object as Record<string, unknown>)[name],
    ]),
  );
}
