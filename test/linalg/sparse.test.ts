import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matmulTextbook } from '../../src/linalg/matmul/matmul.js';
import { Csr } from '../../src/linalg/sparse/sparse.js';
import {
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
} from '../../src/linalg/sparse/sparse-kernels.js';
import { dyadic, noise, sameBits } from './support/arbitrary.js';

/** Entries of a small matrix, duplicates likely, values that add up exactly. */
const triplets = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      entries: fc.array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1), dyadic), { maxLength: 60 }),
    }),
  );

const build = (rows: number, columns: number, entries: readonly (readonly number[])[]): Csr =>
  Csr.fromTriplets(
    rows,
    columns,
    entries.map((e) => e[0]!),
    entries.map((e) => e[1]!),
    entries.map((e) => e[2]!),
  );

/** A random rows × columns matrix in which about a third of the entries are there. */
function randomDense(rows: number, columns: number, next: () => number): Float64Array {
  return Float64Array.from({ length: rows * columns }, () => (next() < -0.3 ? next() : 0));
}

describe('Csr', () => {
  test('from triplets is the matrix that adds them up, columns ascending', () => {
    fc.assert(
      fc.property(triplets, ({ rows, columns, entries }) => {
        const dense = new Float64Array(rows * columns);
        for (const [i, j, value] of entries) dense[i * columns + j]! += value;
        const a = build(rows, columns, entries);
        for (let i = 0; i < rows; i++) {
          const row = a.row(i);
          for (let p = 1; p < row.columns.length; p++) {
            if (row.columns[p]! <= row.columns[p - 1]!) return false;
          }
          for (let j = 0; j < columns; j++) {
            if (a.at(i, j) !== dense[i * columns + j]!) return false;
          }
        }
        return sameBits(
          a.toDense().map((v) => v + 0),
          dense.map((v) => v + 0),
        );
      }),
    );
  });

  test('adds duplicates in the order they come', () => {
    const entry = (values: number[]): number =>
      build(
        1,
        1,
        values.map((value) => [0, 0, value]),
      ).at(0, 0);
    expect(entry([1e16, 1, -1e16])).toBe(0);
    expect(entry([1e16, -1e16, 1])).toBe(1);
  });

  test('goes to dense and back; leaves zeros out and NaN in', () => {
    fc.assert(
      fc.property(triplets, ({ rows, columns, entries }) => {
        const dense = build(rows, columns, entries).toDense();
        const a = Csr.fromDense(rows, columns, dense);
        return a.nonZeros === dense.filter((v) => v !== 0).length && sameBits(a.toDense(), dense);
      }),
    );
    expect([...Csr.fromDense(1, 4, Float64Array.of(0, NaN, -0, 2)).columnIndex]).toEqual([1, 3]);
  });

  test('transpose mirrors every entry, twice gives the same arrays', () => {
    fc.assert(
      fc.property(triplets, ({ rows, columns, entries }) => {
        const a = build(rows, columns, entries);
        const t = a.transpose();
        const back = t.transpose();
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) if (t.at(j, i) !== a.at(i, j)) return false;
        }
        return (
          t.rows === columns &&
          sameBits(back.rowStart, a.rowStart) &&
          sameBits(back.columnIndex, a.columnIndex) &&
          sameBits(back.values, a.values)
        );
      }),
    );
  });

  test('row and column sums, scaling, map', () => {
    const a = Csr.fromDense(2, 3, Float64Array.of(1, 0, 2, 0, 3, 4));
    expect([...a.rowSums()]).toEqual([3, 7]);
    expect([...a.columnSums()]).toEqual([1, 3, 6]);
    expect([...a.scaleRows(Float64Array.of(10, 100)).toDense()]).toEqual([10, 0, 20, 0, 300, 400]);
    expect([...a.scaleColumns(Float64Array.of(2, 3, 4)).toDense()]).toEqual([2, 0, 8, 0, 9, 16]);
    const shifted = a.map((value, i, j) => value - 2 + (i === 1 && j === 1 ? 5 : 0));
    expect([...shifted.toDense()]).toEqual([-1, 0, 0, 0, 6, 2]);
    expect(shifted.nonZeros).toBe(3);
    expect([...a.toDense()]).toEqual([1, 0, 2, 0, 3, 4]);
  });

  test('knows whether it is symmetric, stored zeros or not', () => {
    expect(
      build(2, 2, [
        [0, 1, 3],
        [1, 0, 3],
        [0, 0, 1],
      ]).isSymmetric(),
    ).toBe(true);
    expect(
      build(2, 2, [
        [0, 1, 3],
        [1, 0, 3.5],
      ]).isSymmetric(),
    ).toBe(false);
    expect(build(2, 2, [[0, 1, 0]]).isSymmetric()).toBe(true);
    expect(build(2, 2, [[0, 1, 1]]).isSymmetric()).toBe(false);
    expect(build(2, 3, []).isSymmetric()).toBe(false);
  });

  test('says what is wrong with what it is given', () => {
    const make = (start: number[], columns: number[]): Csr =>
      new Csr(
        2,
        3,
        Int32Array.from(start),
        Int32Array.from(columns),
        new Float64Array(columns.length),
      );
    expect(make([0, 1, 3], [2, 0, 1]).nonZeros).toBe(3);
    expect(() => make([0, 3], [0, 1, 2])).toThrow(
      'Csr: rowStart needs rows + 1 = 3 elements, but has 2',
    );
    expect(() => make([0, 1, 2], [0, 1, 2])).toThrow(
      'rowStart runs from 0 to the number of entries, 3',
    );
    expect(() => make([0, 4, 3], [0, 1, 2])).toThrow('rowStart does not ascend: row 1');
    expect(() => make([0, 2, 3], [1, 1, 2])).toThrow('row 0 has 1 after 1');
    expect(() => make([0, 2, 3], [1, 3, 2])).toThrow(
      'ascend within 0 … 2, but row 0 has 3 after 1',
    );
    expect(() => make([0, 2, 3], [-1, 3, 2])).toThrow('row 0 has -1 to begin with');
    expect(() =>
      build(2, 2, [
        [0, 1, 1],
        [2, 0, 1],
      ]),
    ).toThrow('Csr.fromTriplets: row is a whole number from 0 to 1, not 2 (entry 1)');
    expect(() => Csr.fromTriplets(1, 1, [0], [0, 0], [1])).toThrow('columnIndex needs');
    expect(() => Csr.fromTriplets(1.5, 1, [], [], [])).toThrow('rows is a whole number');
    expect(() => Csr.fromDense(2, 2, new Float64Array(3))).toThrow('rows·columns = 4');
    expect(() => build(2, 2, []).row(2)).toThrow(
      'Csr.row: row is a whole number from 0 to 1, not 2',
    );
  });
});

describe('products with a sparse matrix', () => {
  // With finite inputs a struck zero only ever adds ±0 to a running sum that is not −0, so the textbook
  // product of the dense matrix has the same bits.
  test('have the bits of the dense textbook product', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 7, max: 40 })),
        fc.integer(),
        (rows, columns, k, seed) => {
          const next = noise(seed);
          const dense = randomDense(rows, columns, next);
          const a = Csr.fromDense(rows, columns, dense);
          const right = Float64Array.from({ length: columns * k }, next);
          const left = Float64Array.from({ length: rows * k }, next);
          const [out, expected] = [new Float64Array(rows * k), new Float64Array(rows * k)];
          sparseTimesDense(out.fill(NaN), a, right, k);
          matmulTextbook(expected, dense, right, rows, k, columns);
          const [outT, expectedT] = [new Float64Array(columns * k), new Float64Array(columns * k)];
          sparseTransposeTimesDense(outT.fill(NaN), a, left, k);
          matmulTextbook(expectedT, dense, left, columns, k, rows, { transposeA: true });
          return sameBits(out, expected) && sameBits(outT, expectedT);
        },
      ),
    );
  });

  test('with a vector are those with one column', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer(),
        (rows, columns, seed) => {
          const next = noise(seed);
          const a = Csr.fromDense(rows, columns, randomDense(rows, columns, next));
          const x = Float64Array.from({ length: columns }, next);
          const y = Float64Array.from({ length: rows }, next);
          const [out, expected] = [new Float64Array(rows), new Float64Array(rows)];
          sparseTimesVector(out, a, x);
          sparseTimesDense(expected, a, x, 1);
          const [outT, expectedT] = [new Float64Array(columns), new Float64Array(columns)];
          sparseTransposeTimesVector(outT, a, y);
          sparseTransposeTimesDense(expectedT, a, y, 1);
          return sameBits(out, expected) && sameBits(outT, expectedT);
        },
      ),
    );
  });

  test('add for ascending columns, and leave 0·∞ out', () => {
    const out = new Float64Array(1);
    sparseTimesVector(
      out,
      Csr.fromDense(1, 3, Float64Array.of(1e16, 1, -1e16)),
      Float64Array.of(1, 1, 1),
    );
    expect(out[0]).toBe(0);
    const infinite = Float64Array.of(Number.POSITIVE_INFINITY, 2);
    sparseTimesVector(out, Csr.fromDense(1, 2, Float64Array.of(0, 3)), infinite);
    expect(out[0]).toBe(6);
  });

  test('a matrix has no more entries than 32 bits count', () => {
    const many = { length: 2 ** 31 };
    expect(() => Csr.fromTriplets(1, 1, many, many, many)).toThrow(
      'Csr.fromTriplets: a matrix holds fewer than 2³¹ entries, not 2147483648',
    );
  });

  test('name kernel, argument and size, and write nothing', () => {
    const a = Csr.fromDense(2, 3, new Float64Array(6).fill(1));
    const out = new Float64Array(4).fill(7);
    expect(() => sparseTimesVector(out, a, new Float64Array(3))).toThrow(
      'sparseTimesVector: out needs rows = 2 elements, but has 4',
    );
    expect(() => sparseTimesDense(out, a, new Float64Array(5), 2)).toThrow('x needs columns·k = 6');
    expect(() => sparseTimesDense(out, a, new Float64Array(6), -2)).toThrow('k is a whole number');
    expect(() => sparseTransposeTimesVector(out, a, new Float64Array(3))).toThrow(
      'x needs rows = 2',
    );
    expect(() => sparseTransposeTimesDense(out, a, out, 2)).toThrow('out needs columns·k = 6');
    expect([...out]).toEqual([7, 7, 7, 7]);
  });
});
