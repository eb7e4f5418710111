import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as binary from '../../../src/linalg/kernels/binary.js';
import { copying, filling } from '../../../src/linalg/kernels/copy.js';
import type { Stretch } from '../../../src/linalg/stretch.js';
import type { Strided } from '../../../src/linalg/strided.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, results, seams, type Twins, twins } from '../support/twins.js';

beforeAll(requireSimd);

// power has no twin: it goes number by number.
const { select, power: _power, ...kernels } = binary;

/** Runs the pieces 0 … length − 1 in portions of the given widths. */
function inPortions(stretch: Stretch, length: number, widths: readonly number[]): void {
  let from = 0;
  for (const width of widths) {
    const to = Math.min(from + width, length);
    stretch(from, to);
    from = to;
  }
  stretch(from, length);
}

const widths = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 });
const side = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(33, 64, 130));

/** An input as a broadcast reads it: in every row anew or always the same one, moving along or standing still. */
const reading = fc.record({ row: fc.boolean(), step: fc.boolean() });

function input(
  rows: number,
  n: number,
  { row, step }: { row: boolean; step: boolean },
  seed: number,
): { inside: Strided; outside: Strided; at(r: number, i: number): number } {
  const along = step ? n : 1;
  const { inside, outside } = twins(row ? rows * along : along, seed, 0.2);
  const strides = { row: row ? along : 0, step: step ? 1 : 0 };
  return {
    inside: { data: inside, ...strides },
    outside: { data: outside, ...strides },
    at: (r, i) => outside[r * strides.row + i * strides.step]!,
  };
}

describe.each(Object.entries(kernels))('%s', (name, kernel) => {
  test('in the memory and outside of it gives the same bits', () => {
    for (const [seed, n] of seams.entries()) {
      const [a, b] = [twins(n, seed, 0.1), twins(n, seed + 1, 0.1)];
      const y = results(n);
      kernel(y.inside, a.inside, b.inside);
      kernel(y.outside, a.outside, b.outside);
      expect(sameBits(y.inside, y.outside), `n = ${n}`).toBe(true);
    }
  });

  test('broadcast in rows, in portions, is element by element the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        side,
        reading,
        reading,
        fc.nat(99),
        widths,
        (rows, n, first, second, seed, portions) => {
          const a = input(rows, n, first, seed);
          const b = input(rows, n, second, seed + 1);
          const y = results(rows * n);
          const stretch = kernel.onRows(y.inside, n, a.inside, b.inside);
          expect(stretch.task?.kernel).toBe(`${name}Rows`);
          inPortions(stretch, rows * n, portions);
          inPortions(kernel.onRows(y.outside, n, a.outside, b.outside), rows * n, portions);
          const one = new Float64Array(1);
          return y.inside.every((value, k) => {
            const [r, i] = [Math.floor(k / n), k % n];
            kernel(one, Float64Array.of(a.at(r, i)), Float64Array.of(b.at(r, i)));
            return Object.is(value, one[0]) && Object.is(y.outside[k], one[0]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('may write over an input, but not a step beside it', () => {
    const b = twins(7, 2).inside;
    for (const x of Object.values(twins(8, 1, 0, 0))) {
      const expected = new Float64Array(8);
      kernel(expected, x, x);
      const before = x.slice();
      expect(() => kernel(x.subarray(1), x.subarray(0, 7), b)).toThrow(
        `${name}: the result and a share a part of their memory; they are one array, or apart`,
      );
      expect(() => kernel(x.subarray(0, 7), b, x.subarray(1))).toThrow('the result and b');
      expect(() => kernel(x, x.subarray(1), x)).toThrow(
        `${name}: a needs the length of y = 8 elements, but has 7`,
      );
      expect(sameBits(x, before)).toBe(true);
      kernel(x, x, x);
      expect(sameBits(x, expected)).toBe(true);
    }
  });
});

test('select takes a where c is not 0, NaN included, and else b', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      side,
      fc.tuple(reading, reading, reading),
      fc.nat(99),
      widths,
      (rows, n, [first, second, third], seed, portions) => {
        const c = input(rows, n, first, seed);
        const a = input(rows, n, second, seed + 1);
        const b = input(rows, n, third, seed + 2);
        const y = results(rows * n);
        const stretch = select(y.inside, n, c.inside, a.inside, b.inside);
        expect(stretch.task?.kernel).toBe('selectRows');
        inPortions(stretch, rows * n, portions);
        inPortions(select(y.outside, n, c.outside, a.outside, b.outside), rows * n, portions);
        return [y.inside, y.outside].every((each) =>
          each.every((value, k) => {
            const [r, i] = [Math.floor(k / n), k % n];
            return Object.is(value, c.at(r, i) === 0 ? b.at(r, i) : a.at(r, i));
          }),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('copying walks both sides in any steps', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      side,
      fc.constantFrom(1, 2, 3),
      fc.constantFrom(0, 1, 2, 5),
      fc.nat(99),
      widths,
      (rows, n, yStep, xStep, seed, portions) => {
        const [yRow, xRow] = [n * yStep + 2, n * xStep + 1];
        const x = twins(rows * xRow, seed, 0.2);
        const y = results(rows * yRow);
        const expected = y.outside.slice();
        for (let k = 0; k < rows * n; k++) {
          const [r, i] = [Math.floor(k / n), k % n];
          expected[r * yRow + i * yStep] = x.outside[r * xRow + i * xStep]!;
        }
        for (const where of ['inside', 'outside'] as const satisfies (keyof Twins)[]) {
          const to = { data: y[where], row: yRow, step: yStep };
          const stretch = copying(to, { data: x[where], row: xRow, step: xStep }, n);
          inPortions(stretch, rows * n, portions);
        }
        return sameBits(y.inside, expected) && sameBits(y.outside, expected);
      },
    ),
    { numRuns: 80 },
  );
});

test('copying turns a matrix round', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(99),
      widths,
      (rows, columns, seed, portions) => {
        const x = twins(rows * columns, seed, 0.2);
        const y = results(rows * columns);
        const to = { data: y.inside, row: rows, step: 1 };
        const stretch = copying(to, { data: x.inside, row: 1, step: columns }, rows);
        inPortions(stretch, rows * columns, portions);
        return y.inside.every((value, k) =>
          Object.is(value, x.outside[(k % rows) * columns + Math.floor(k / rows)]),
        );
      },
    ),
    { numRuns: 80 },
  );
});

test('of rows without elements there is nothing to do', () => {
  const none = { data: results(1).inside, row: 0, step: 0 };
  const y = results(1).inside;
  kernels.add.onRows(y, 0, none, none)(0, 0);
  select(y, 0, none, none, none)(0, 0);
  copying({ data: y, row: 0, step: 1 }, none, 0)(0, 0);
  expect([...y]).toEqual([1234]);
});

test('filling fills its part and no more', () => {
  for (const n of [0, 1, 2, 3, 4, 5, 17, 100]) {
    for (const y of Object.values(results(n + 2))) {
      filling(y, -0)(1, n + 1);
      expect([...y]).toEqual([1234, ...new Array<number>(n).fill(-0), 1234]);
    }
  }
});
