import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type GramOptions, gram } from '../../src/linalg/matmul/gram.js';
import { matmulTextbook } from '../../src/linalg/matmul/matmul.js';
import { allocate } from '../../src/linalg/memory.js';
import { sameBits } from './support/arbitrary.js';
import { requireSimd, results, twins } from './support/twins.js';

beforeAll(requireSimd);

/** The whole product by the textbook loop. */
function textbook(x: Float64Array, rows: number, columns: number, ofRows: boolean): Float64Array {
  const [n, k] = ofRows ? [rows, columns] : [columns, rows];
  const out = new Float64Array(n * n);
  matmulTextbook(out, x, x.slice(), n, n, k, { transposeA: !ofRows, transposeB: ofRows });
  return out;
}

function expectSame(
  rows: number,
  columns: number,
  options: GramOptions,
  awkward: number,
  cuts: readonly number[],
): void {
  const x = twins(rows * columns, rows + columns, awkward);
  const { ofRows = false } = options;
  const truth = textbook(x.outside, rows, columns, ofRows);
  const out = results(truth.length);
  for (const [goal, from] of [
    [out.inside, x.inside],
    [out.outside, x.outside],
  ] as const) {
    const pieces = gram.pieces(rows, columns, options);
    const stretch = gram.on(goal, from, rows, columns, options);
    const ends = [...cuts.map((cut) => cut % (pieces + 1)), pieces].sort((a, b) => a - b);
    // The last portion first: no piece waits for another.
    for (let i = ends.length - 1; i >= 0; i--) stretch(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
    const what = `${rows} × ${columns}, ${ends}, ${goal === out.inside ? 'inside' : 'outside'}`;
    expect(sameBits(goal, truth), what).toBe(true);
    goal.fill(7);
    gram(goal, from, rows, columns, options);
    expect(sameBits(goal, truth), `${what}, whole`).toBe(true);
  }
}

describe('gram', () => {
  const side = fc.integer({ min: 0, max: 40 });

  test('has the bits of the whole product, in portions too', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.boolean(),
        fc.constantFrom(0, 0.02, 0.3),
        fc.array(fc.nat(11), { maxLength: 3 }),
        (rows, columns, ofRows, awkward, cuts) =>
          expectSame(rows, columns, { ofRows }, awkward, cuts),
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    [300, 70],
    [20, 257],
    [513, 130],
    [600, 13],
    [3, 530],
  ])('has them across the seams of blocks: %i × %i', (rows, columns) => {
    for (const ofRows of [false, true]) expectSame(rows, columns, { ofRows }, 0, [1, 9]);
  });

  test('names what is wrong, and writes nothing', () => {
    const x = allocate(12).fill(1);
    const out = allocate(16).fill(7);
    expect(() => gram(out, x, 3, 5)).toThrow(
      'gram: x needs rows·columns = 15 elements, but has 12',
    );
    expect(() => gram(out, x, 4, 3)).toThrow('gram: out needs columns² = 9 elements, but has 16');
    expect(() => gram(out, x, 3, 4, { ofRows: true })).toThrow('gram: out needs rows² = 9');
    expect(() => gram(out, x, -3, -4)).toThrow('gram: rows is a whole number ≥ 0, not -3');
    expect(() => gram(x.subarray(0, 9), x, 4, 3)).toThrow('gram: out and x share memory');
    expect([...out]).toEqual(Array(16).fill(7));
  });
});
