import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type MatmulOptions,
  matmul,
  matmulLoopOrder,
  matmulTextbook,
  matmulTiled,
} from '../../../src/linalg/matmul/matmul.js';
import { addressOf, allocate, release } from '../../../src/linalg/memory.js';
import { useSimd } from '../../../src/linalg/simd/index.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, type Twins, twins } from '../support/twins.js';

beforeAll(requireSimd);

interface Case {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly options: MatmulOptions;
  readonly a: Twins;
  readonly b: Twins;
  readonly c: Twins;
}

const everyOption: readonly MatmulOptions[] = Array.from({ length: 8 }, (_, bits) => ({
  transposeA: (bits & 1) > 0,
  transposeB: (bits & 2) > 0,
  accumulate: (bits & 4) > 0,
}));

/** Operands of a stack of products, each in a block of its own that it does not begin with. */
function operands(
  [m, n, k]: readonly number[],
  options: MatmulOptions,
  seed: number,
  awkward: number,
  count = 1,
): Case {
  const [a, b, c] = [m! * k!, k! * n!, m! * n!].map((length, i) =>
    twins(count * length, seed + i, awkward),
  ) as [Twins, Twins, Twins];
  return { m: m!, n: n!, k: k!, options, a, b, c };
}

function expected({ m, n, k, options, a, b, c }: Case): Float64Array {
  const out = c.outside.slice();
  matmulTextbook(out, a.outside, b.outside, m, n, k, options);
  return out;
}

/** Every way to multiply, in the memory and outside of it, has the bits of the textbook loop. */
function expectSame(given: Case): void {
  const { m, n, k, options, a, b, c } = given;
  const truth = expected(given);
  const what = `${m} × ${n} × ${k} ${JSON.stringify(options)}`;
  for (const multiply of [matmulLoopOrder, matmulTiled, matmul]) {
    const out = c.outside.slice();
    multiply(out, a.outside, b.outside, m, n, k, options);
    expect(sameBits(out, truth), `${what}, outside: ${multiply.name}`).toBe(true);
  }
  const before = c.inside.slice();
  matmul(c.inside, a.inside, b.inside, m, n, k, options);
  expect(sameBits(c.inside, truth), `${what}, inside`).toBe(true);
  c.inside.set(before);
}

/** The same bits, of rows in portions: of a plain product, and of one in WebAssembly. */
function expectSameInPortions(given: Case, cuts: readonly number[], count = 1): void {
  const { m, n, k, options, a, b, c } = given;
  const size = { a: m * k, b: k * n, c: m * n };
  const truth = c.outside.slice();
  for (let part = 0; part < count; part++) {
    const of = (x: Float64Array, length: number) => x.subarray(part * length, (part + 1) * length);
    const [left, right] = [of(a.outside, size.a), of(b.outside, size.b)];
    matmulTextbook(of(truth, size.c), left, right, m, n, k, options);
  }
  const rows = count * m;
  const ends = [...cuts.map((cut) => cut % (rows + 1)), rows].sort((x, y) => x - y);
  for (const [out, x, y] of [
    [c.inside, a.inside, b.inside],
    [c.outside, a.outside, b.outside],
  ] as const) {
    const stretch = matmul.on(out, x, y, m, n, k, options);
    if (x.length * y.length > 0) expect(stretch.task !== undefined).toBe(out === c.inside);
    ends.forEach((end, i) => {
      stretch(i === 0 ? 0 : ends[i - 1]!, end);
    });
    expect(sameBits(out, truth), `${m} × ${n} × ${k} × ${count}, ${ends}`).toBe(true);
  }
}

describe('a product has the bits of the textbook loop,', () => {
  const side = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 40 }));

  test('at every small shape, subnormals, signed zeros, infinities and NaN included', () => {
    const shape = fc.tuple(side, side, side);
    const option = fc.constantFrom(...everyOption);
    fc.assert(
      fc.property(shape, option, fc.nat(), fc.constantFrom(0, 0.02, 0.3), (mnk, o, seed, awkward) =>
        expectSame(operands(mnk, o, seed % 1e6, awkward)),
      ),
      { numRuns: 500 },
    );
  });

  // Tiles are 4 × 4, blocks 256 × 256, sums that wait elsewhere 64 × 256 or 1024 × 16, sums of a vector 2048; few rows are 12.
  test.each([
    [3, 257, 131],
    [2, 300, 256],
    [5, 6, 385],
    [12, 17, 257],
    [13, 16, 258],
    [13, 18, 255],
    [64, 33, 257],
    [65, 257, 513],
    [67, 256, 300],
    [6, 1030, 40],
    [2049, 3, 5],
    [1, 2050, 19],
    [2050, 1, 21],
    [4, 5, 1100],
    [130, 66, 70],
  ])('across the seams of blocks: %i × %i × %i', (m, n, k) => {
    everyOption.forEach((options, i) => {
      expectSame(operands([m, n, k], options, m + n + k + i, i % 2 === 0 ? 0 : 0.01));
    });
  });

  test('of rows in portions, and of a stack of products', () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 20 }), side, side);
    const option = fc.constantFrom(...everyOption);
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 0, max: 4 }),
        option,
        fc.array(fc.nat(80), { maxLength: 4 }),
        (mnk, count, o, cuts) =>
          expectSameInPortions(operands(mnk, o, mnk[0], 0.02, count), cuts, count),
      ),
      { numRuns: 300 },
    );
    expectSameInPortions(operands([150, 270, 300], { accumulate: true }, 1, 0), [3, 77, 90]);
    expectSameInPortions(operands([150, 70, 270], { transposeA: true }, 2, 0), [1, 2, 149]);
  });

  test('where the operands are parts of one block', () => {
    const block = allocate(42);
    block.set(twins(42, 1).outside);
    const [a, b, c] = [block.subarray(1, 7), block.subarray(7, 19), block.subarray(19, 27)];
    const truth = new Float64Array(8);
    matmulTextbook(truth, a.slice(), b.slice(), 2, 4, 3);
    const around = [block[18], block[27]];
    matmul(c, a, b, 2, 4, 3);
    expect(sameBits(c, truth)).toBe(true);
    expect([block[18], block[27]]).toEqual(around);
  });

  test('at addresses that a signed number of 32 bits does not reach', () => {
    // Pages that nobody touches cost nothing.
    const below = allocate(2 ** 28);
    const shapes = [
      [5, 7, 6],
      [1, 9, 5],
      [9, 1, 5],
      [20, 30, 40],
    ];
    for (const shape of shapes) {
      const given = operands(shape, { transposeB: true, accumulate: true }, 1, 0.02);
      expect(addressOf(given.c.inside)).toBeGreaterThan(2 ** 31);
      expectSame(given);
    }
    release(below);
  });

  test('with SIMD switched off', () => {
    const given = operands([20, 21, 22], { accumulate: true }, 3, 0.02);
    useSimd(false);
    try {
      expectSame(given);
    } finally {
      useSimd(true);
    }
  });
});

describe('a product refuses, before it writes,', () => {
  const refusal = (
    out: Float64Array,
    a: Float64Array,
    b: Float64Array,
    [m, n, k]: readonly [number, number, number],
  ): string => {
    const numbers = () => Array.from({ length: out.length }, (_, i) => out[i]);
    const before = numbers();
    let message = '';
    try {
      matmul(out, a, b, m, n, k);
    } catch (error) {
      message = (error as Error).message;
    }
    if (message !== '') expect(numbers()).toEqual(before);
    return message;
  };
  const matrix = (length: number): Float64Array => allocate(length).fill(1);

  test('an output that shares memory with an input, though each block has a buffer of its own', () => {
    const block = matrix(20);
    const other = matrix(4);
    for (const shift of [0, 1, 3]) {
      const [x, y] = [block.subarray(4, 8), block.subarray(4 + shift, 8 + shift)];
      expect(refusal(x, y, other, [2, 2, 2])).toContain('matmul: out and a share memory');
      expect(refusal(y, other, x, [2, 2, 2])).toContain('matmul: out and b share memory');
    }
    expect(
      refusal(block.subarray(4, 8), block.subarray(0, 4), block.subarray(8, 12), [2, 2, 2]),
    ).toBe('');
    const own = new Float64Array(8);
    expect(refusal(own.subarray(3, 7), own.subarray(0, 4), other, [2, 2, 2])).toContain('share');
    const same = matrix(4);
    expect(refusal(other, same, same, [2, 2, 2])).toBe('');
  });

  test('wrong lengths and sizes', () => {
    const [c, a, b] = [matrix(6), matrix(8), matrix(12)];
    expect(refusal(c, a, b, [2, 3, 5])).toBe('matmul: a needs m·k = 10 elements, but has 8');
    expect(refusal(c, a, a, [2, 3, 4])).toBe('matmul: b needs k·n = 12 elements, but has 8');
    expect(refusal(a, c, b, [2, 3, 3])).toBe('matmul: out needs m·n = 6 elements, but has 8');
    expect(refusal(c, a, b, [-2, -3, -4])).toBe('matmul: m is a whole number ≥ 0, not -2');
    // Lengths alone would fit these.
    expect(refusal(matrix(3), matrix(2), matrix(6), [0.5, 6, 4])).toContain('m is a whole number');
    expect(refusal(matrix(3), matrix(8), matrix(6), [2, 1.5, 4])).toContain('n is a whole number');
    expect(refusal(c, matrix(5), matrix(7.5 * 2), [2, 3, 2.5])).toContain('k is a whole number');
    expect(refusal(c, a, b, [Number.NaN, 3, 4])).toContain('m is a whole number');
  });

  test('a buffer that was detached or has shrunk', () => {
    const [a, b] = [new Float64Array(4), new Float64Array(4)];
    structuredClone(a.buffer, { transfer: [a.buffer] });
    expect(refusal(new Float64Array(4), a, b, [2, 2, 2])).toContain('a needs m·k = 4 elements');
    expect(refusal(a, b, b, [2, 2, 2])).toContain('out needs m·n = 4 elements, but has 0');
    const buffer: ArrayBuffer & { resize(bytes: number): void } = Reflect.construct(ArrayBuffer, [
      32,
      { maxByteLength: 64 },
    ]);
    const shrinking = new Float64Array(buffer);
    buffer.resize(24);
    expect(refusal(shrinking, b, b, [2, 2, 2])).toContain('out needs m·n = 4 elements, but has 3');
  });

  test('nothing of what is right: a released block can be had again', () => {
    const c = matrix(4);
    const [a, b] = [matrix(4), matrix(4)];
    release(a);
    const again = matrix(4);
    expect(refusal(c, again, b, [2, 2, 2])).toBe('');
    expect([...c]).toEqual([2, 2, 2, 2]);
  });
});
