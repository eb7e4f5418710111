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
});
