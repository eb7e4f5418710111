import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../../src/linalg/memory.js';
import { Csr } from '../../../src/linalg/sparse/sparse.js';
import {
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
} from '../../../src/linalg/sparse/sparse-kernels.js';
import {
  sparseRowsTimesDense,
  sparseRowsTransposeTimesDense,
} from '../../../src/linalg/sparse/sparse-rows.js';
import { noise, sameBits } from '../support/arbitrary.js';
import { requireSimd, results, type Twins, twins } from '../support/twins.js';

beforeAll(requireSimd);

/** Rows of very different lengths, some of them empty. */
function matrix(rows: number, columns: number, seed: number): Csr {
  const next = noise(seed);
  const dense = twins(rows * columns, seed, 0.05).outside;
  for (let i = 0; i < rows; i++) {
    const share = next();
    for (let j = 0; j < columns; j++) if (next() > share) dense[i * columns + j] = 0;
  }
  return Csr.fromDense(rows, columns, dense);
}

interface Case {
  readonly a: Csr;
  readonly k: number;
  readonly seed: number;
  /** Some rows of a, in any order, some of them more than once. */
  readonly chosen: Float64Array;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rows: fc.integer({ min: 1, max: 20 }),
    columns: fc.integer({ min: 1, max: 40 }),
    k: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(31, 32, 33, 50)),
    seed: fc.nat(1000),
  })
  .chain(({ rows, columns, ...rest }) =>
    fc.array(fc.nat(rows - 1), { maxLength: 12 }).map((chosen) => ({
      ...rest,
      a: matrix(rows, columns, rest.seed),
      chosen: Float64Array.from(chosen),
    })),
  );

/** A · B of dense matrices in the order of the sparse one: terms that are not stored take no part. */
function definition(a: Csr, x: Float64Array, k: number): Float64Array {
  const y = new Float64Array(a.rows * k);
  for (let i = 0; i < a.rows; i++) {
    const { columns, values } = a.row(i);
    for (let c = 0; c < k; c++) {
      let s = 0;
      for (const [p, j] of columns.entries()) s += values[p]! * x[j * k + c]!;
      y[i * k + c] = s;
    }
  }
  return y;
}

function rowsOf(a: Csr, chosen: Float64Array): Csr {
  const dense = a.toDense();
  const picked = Array.from(chosen, (row) =>
    dense.subarray(row * a.columns, (row + 1) * a.columns),
  );
  const all = new Float64Array(chosen.length * a.columns);
  for (const [i, row] of picked.entries()) all.set(row, i * a.columns);
  return Csr.fromDense(chosen.length, a.columns, all);
}

/** Whether both ways give what the definition gives. */
function agrees(
  run: (out: Float64Array, x: Float64Array) => void,
  x: Twins,
  expected: Float64Array,
): boolean {
  const out = results(expected.length);
  run(out.inside, x.inside);
  run(out.outside, x.outside);
  return sameBits(out.inside, expected) && sameBits(out.outside, expected);
}

describe('in the memory and outside of it, the definition bit for bit:', () => {
  const check = (predicate: (given: Case) => boolean): void =>
    fc.assert(fc.property(cases, predicate), { numRuns: 60 });

  test('A·x, whole and in portions', () =>
    check(({ a, seed }) => {
      const x = twins(a.columns, seed, 0.05);
      const expected = definition(a, x.outside, 1);
      const out = results(a.rows).inside;
      const stretch = sparseTimesVector.on(out, a, x.inside);
      if (a.nonZeros > 0) expect(stretch.task?.kernel).toBe('sparseTimesVector');
      const middle = seed % (a.rows + 1);
      stretch(middle, a.rows);
      stretch(0, middle);
      return sameBits(out, expected) && agrees((y, z) => sparseTimesVector(y, a, z), x, expected);
    }));

  test('Aᵀ·x', () =>
    check(({ a, seed }) => {
      const x = twins(a.rows, seed, 0.05);
      const expected = definition(a.transpose(), x.outside, 1);
      return agrees((y, z) => sparseTransposeTimesVector(y, a, z), x, expected);
    }));

  test('A·X, whole and in portions', () =>
    check(({ a, k, seed }) => {
      const x = twins(a.columns * k, seed, 0.05);
      const expected = definition(a, x.outside, k);
      const out = results(a.rows * k).inside;
      const stretch = sparseTimesDense.on(out, a, x.inside, k);
      if (a.nonZeros > 0) expect(stretch.task?.kernel).toBe('sparseTimesDense');
      const middle = seed % (a.rows + 1);
      stretch(middle, a.rows);
      stretch(0, middle);
      return sameBits(out, expected) && agrees((y, z) => sparseTimesDense(y, a, z, k), x, expected);
    }));

  test('Aᵀ·X', () =>
    check(({ a, k, seed }) => {
      const x = twins(a.rows * k, seed, 0.05);
      const expected = definition(a.transpose(), x.outside, k);
      return agrees((y, z) => sparseTransposeTimesDense(y, a, z, k), x, expected);
    }));

  test('A[rows]·X', () =>
    check(({ a, k, seed, chosen }) => {
      const x = twins(a.columns * k, seed, 0.05);
      const expected = definition(rowsOf(a, chosen), x.outside, k);
      return agrees((y, z) => sparseRowsTimesDense(y, a, chosen, z, k), x, expected);
    }));

  test('A[rows]ᵀ·X', () =>
    check(({ a, k, seed, chosen }) => {
      const x = twins(chosen.length * k, seed, 0.05);
      const expected = definition(rowsOf(a, chosen).transpose(), x.outside, k);
      return agrees((y, z) => sparseRowsTransposeTimesDense(y, a, chosen, z, k), x, expected);
    }));
});

describe('a Csr', () => {
  const rowStart = Int32Array.of(0, 1);
  const columnIndex = Int32Array.of(0);

  test('lies in the memory, however it was made', () => {
    const own = new Csr(1, 1, rowStart, columnIndex, Float64Array.of(2));
    const again = new Csr(1, 1, own.rowStart, own.columnIndex, own.values);
    const others = [own.transpose(), own.map((value) => value), own.scaleRows(Float64Array.of(2))];
    for (const each of [own, ...others]) {
      for (const array of [each.rowStart, each.columnIndex, each.values]) {
        expect(addressOf(array)).toBeGreaterThan(0);
      }
    }
    expect(again.values).toBe(own.values);
    expect(again.columnIndex).toBe(own.columnIndex);
  });

  test('does not change with the arrays that it was made from', () => {
    const values = Float64Array.of(2);
    const own = new Csr(1, 1, rowStart, columnIndex, values);
    values[0] = 3;
    expect(own.at(0, 0)).toBe(2);
  });
});

test('a matrix that leads out of itself is refused', () => {
  const { rowStart, columnIndex, values } = matrix(3, 4, 1);
  const [out, x] = [results(3).inside, twins(3, 1).inside];
  const wrong = { rows: 3, columns: 3, rowStart, columnIndex, values };
  expect(columnIndex).toContain(3);
  expect(() => sparseTimesVector(out, wrong, x)).toThrow(/columns of a row ascend within 0 … 2/);
  expect([...out]).toEqual([1234, 1234, 1234]);
});

test('what does not fit is said, and nothing written', () => {
  const a = matrix(3, 4, 1);
  const out = results(3).inside;
  const x = twins(4, 1).inside;
  expect(() => sparseTimesVector(out, a, x.subarray(1))).toThrow(
    'sparseTimesVector: x needs columns = 4 elements, but has 3',
  );
  expect(() => sparseTimesDense(out, a, x, 1.5)).toThrow(
    'sparseTimesDense: k is a whole number ≥ 0, not 1.5',
  );
  expect(() => sparseTimesDense(out, a, x, -1)).toThrow('k is a whole number ≥ 0, not -1');
  const shared = twins(6, 1, 0, 0).inside;
  expect(() => sparseTimesVector(shared.subarray(0, 3), a, shared.subarray(2))).toThrow(
    'sparseTimesVector: out and x share memory; give out a buffer of its own',
  );
  expect([...out]).toEqual([1234, 1234, 1234]);
});
