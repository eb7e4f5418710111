/** What sparse matrices and their products refuse, and how much of their arrays they look at. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressOf,
  allocate,
  allocateIntegers,
  Csr,
  sparseRowsTimesDense,
  sparseRowsTransposeTimesDense,
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
  useSimd,
  useThreads,
} from '../../src/linalg/index.js';
import type { Kernels } from '../../src/linalg/simd/index.js';
import type { CompressedRows } from '../../src/linalg/sparse/compressed.js';
import { noisy, sameBits } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';
import { requireSimd } from './support/twins.js';

beforeAll(requireSimd);
afterAll(() => useThreads(1));

const make = (
  rows: number,
  columns: number,
  rowStart: number[],
  columnIndex: number[],
  count = columnIndex.length,
): Csr =>
  new Csr(
    rows,
    columns,
    Int32Array.from(rowStart),
    Int32Array.from(columnIndex),
    new Float64Array(count).fill(1),
  );

describe('the arrays of a Csr are refused where', () => {
  test.each<[string, () => unknown, string]>([
    [
      'rows are no number',
      () => make(1.5, 3, [0, 1], [0]),
      'Csr: rows is a whole number ≥ 0, not 1.5',
    ],
    [
      'columns are no number',
      () => make(1, -1, [0, 0], []),
      'Csr: columns is a whole number ≥ 0, not -1',
    ],
    [
      'a value has no column',
      () => make(1, 3, [0, 2], [0], 2),
      'Csr: columnIndex needs the length of values = 2 elements, but has 1',
    ],
    [
      'the first row does not begin at the beginning',
      () => make(2, 3, [1, 2, 3], [0, 1, 2]),
      'Csr: rowStart runs from 0 to the number of entries, 3, not from 1 to 3',
    ],
    [
      'the first row ends before it begins',
      () => make(2, 3, [0, -1, 3], [0, 1, 2]),
      'Csr: rowStart does not ascend: row 0 starts at 0 and ends at -1',
    ],
    [
      'a later row has a column twice',
      () => make(2, 3, [0, 1, 3], [0, 2, 2]),
      'Csr: the columns of a row ascend within 0 … 2, but row 1 has 2 after 2',
    ],
    [
      'the first column comes twice',
      () => make(1, 3, [0, 2], [0, 0]),
      'Csr: the columns of a row ascend within 0 … 2, but row 0 has 0 after 0',
    ],
    [
      'triplets have no rows',
      () => Csr.fromTriplets(-1, 2, [], [], []),
      'Csr.fromTriplets: rows is a whole number ≥ 0, not -1',
    ],
    [
      'triplets have no columns',
      () => Csr.fromTriplets(2, 0.5, [], [], []),
      'Csr.fromTriplets: columns is a whole number ≥ 0, not 0.5',
    ],
    [
      'a triplet has no row',
      () => Csr.fromTriplets(2, 2, [0], [0, 1], [1, 2]),
      'Csr.fromTriplets: rowIndex needs the length of values = 2 elements, but has 1',
    ],
    [
      'the first triplet lies outside',
      () => Csr.fromTriplets(2, 2, [2, 0], [0, 1], [1, 2]),
      'Csr.fromTriplets: row is a whole number from 0 to 1, not 2 (entry 0)',
    ],
    [
      'a triplet lies right of the matrix',
      () => Csr.fromTriplets(2, 2, [0, 1], [0, 2], [1, 2]),
      'Csr.fromTriplets: column is a whole number from 0 to 1, not 2 (entry 1)',
    ],
    [
      'a dense matrix has no rows',
      () => Csr.fromDense(-1, -1, new Float64Array(1)),
      'Csr.fromDense: rows is a whole number ≥ 0, not -1',
    ],
    [
      'a dense matrix has half a column',
      () => Csr.fromDense(2, 0.5, new Float64Array(1)),
      'Csr.fromDense: columns is a whole number ≥ 0, not 0.5',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new RangeError(message));
  });

  test('an entry is asked for that is none', () => {
    const a = make(2, 3, [0, 1, 2], [0, 2]);
    for (const wrong of [-1, 2, 0.5, Number.NaN]) {
      const message = `row is a whole number from 0 to 1, not ${wrong}`;
      expect(() => a.at(wrong, 0)).toThrow(new RangeError(`Csr.at: ${message}`));
      expect(() => a.row(wrong)).toThrow(new RangeError(`Csr.row: ${message}`));
    }
    for (const wrong of [-1, 3, 1.5]) {
      const message = `Csr.at: column is a whole number from 0 to 2, not ${wrong}`;
      expect(() => a.at(0, wrong)).toThrow(new RangeError(message));
    }
  });

  test('factors do not fit', () => {
    const a = make(2, 3, [0, 1, 2], [0, 2]);
    expect(() => a.scaleRows(new Float64Array(3))).toThrow(
      'Csr.scaleRows: factors needs rows = 2 elements, but has 3',
    );
    expect(() => a.scaleColumns(new Float64Array(4))).toThrow(
      'Csr.scaleColumns: factors needs columns = 3 elements, but has 4',
    );
  });
});

describe('a Csr', () => {
  test('of many entries', () => {
    const rows = Array.from({ length: 1000 }, (_, e) => e);
    const a = Csr.fromTriplets(1000, 1000, rows, rows, rows);
    expect(a.nonZeros).toBe(1000);
  });

  test('asks a function for every entry once, with its place', () => {
    const a = make(3, 3, [0, 2, 2, 3], [0, 2, 1]);
    const asked: number[][] = [];
    a.map((value, row, column) => {
      asked.push([value, row, column]);
      return value;
    });
    expect(asked).toEqual([
      [1, 0, 0],
      [1, 0, 2],
      [1, 2, 1],
    ]);
  });

  test('is not symmetric because its rows are as long as its columns', () => {
    expect(make(3, 3, [0, 1, 2, 3], [1, 2, 0]).isSymmetric()).toBe(false);
    expect(make(3, 3, [0, 1, 2, 3], [2, 1, 0]).isSymmetric()).toBe(true);
    // Entries alike, and as many in each row as in the column of its number but for two.
    expect(make(2, 2, [0, 2, 2], [0, 1]).isSymmetric()).toBe(false);
    expect(make(2, 2, [0, 1, 2], [1, 1]).isSymmetric()).toBe(false);
  });

  test('keeps the arrays that lie in the memory, and copies others', () => {
    const [rowStart, columnIndex] = [allocateIntegers(2), allocateIntegers(1)];
    rowStart.set([0, 1]);
    columnIndex.set([0]);
    const values = allocate(1).fill(2);
    const a = new Csr(1, 1, rowStart, columnIndex, values);
    expect(a.rowStart).toBe(rowStart);
    expect(a.columnIndex).toBe(columnIndex);
    expect(a.values).toBe(values);
    const b = new Csr(1, 1, Int32Array.of(0, 1), Int32Array.of(0), Float64Array.of(2));
    expect(addressOf(b.rowStart)).toBeGreaterThan(0);
    expect(addressOf(b.columnIndex)).toBeGreaterThan(0);
  });
});

const [rows, columns, k] = [7, 5, 3];
const dense = noisy(rows * columns, 1).map((value, p) => (p % 3 === 0 || p > 29 ? 0 : value));
const csr = Csr.fromDense(rows, columns, dense);
const chosen = Float64Array.of(6, 2, 2, 0);

interface Product {
  /** Lengths of the result, and of the factor. */
  readonly out: number;
  readonly x: number;
  /** What it needs, in words. */
  readonly needs: readonly [out: string, x: string];
  readonly twin: keyof Kernels;
  run(out: Float64Array, a: CompressedRows, x: Float64Array, k?: number, rows?: Float64Array): void;
  /** Bound, in pieces: how many there are. */
  readonly pieces?: number;
  on(
    out: Float64Array,
    a: CompressedRows,
    x: Float64Array,
    k?: number,
    rows?: Float64Array,
  ): (from: number, to: number) => void;
  /** Terms of a sum: element i of the result, out of those of the factor. */
  readonly factor: (i: number, j: number) => number;
}

const at = (i: number, j: number): number => dense[i * columns + j]!;
const row = (i: number): number => Math.floor(i / k);
/** Whether an element of a result is in the same column as one of the factor; if so, the entry that joins them. */
const ofOne = (i: number, j: number, entry: (i: number, j: number) => number): number =>
  i % k === j % k ? entry(row(i), row(j)) : 0;

const products: Record<string, Product> = {
  sparseTimesVector: {
    out: rows,
    x: columns,
    needs: ['rows = 7', 'columns = 5'],
    twin: 'sparseTimesVector',
    run: (out, a, x) => sparseTimesVector(out, a, x),
    pieces: rows,
    on: (out, a, x) => sparseTimesVector.on(out, a, x),
    factor: at,
  },
  sparseTransposeTimesVector: {
    out: columns,
    x: rows,
    needs: ['columns = 5', 'rows = 7'],
    twin: 'sparseTransposeTimesVector',
    run: (out, a, x) => sparseTransposeTimesVector(out, a, x),
    on: (out, a, x) => sparseTransposeTimesVector.on(out, a, x),
    factor: (i, j) => at(j, i),
  },
  sparseTimesDense: {
    out: rows * k,
    x: columns * k,
    needs: ['rows·k = 21', 'columns·k = 15'],
    twin: 'sparseTimesDense',
    run: (out, a, x, width = k) => sparseTimesDense(out, a, x, width),
    pieces: rows,
    on: (out, a, x, width = k) => sparseTimesDense.on(out, a, x, width),
    factor: (i, j) => ofOne(i, j, at),
  },
  sparseTransposeTimesDense: {
    out: columns * k,
    x: rows * k,
    needs: ['columns·k = 15', 'rows·k = 21'],
    twin: 'sparseTransposeTimesDense',
    run: (out, a, x, width = k) => sparseTransposeTimesDense(out, a, x, width),
    on: (out, a, x, width = k) => sparseTransposeTimesDense.on(out, a, x, width),
    factor: (i, j) => ofOne(i, j, (i, j) => at(j, i)),
  },
  sparseRowsTimesDense: {
    out: chosen.length * k,
    x: columns * k,
    needs: ['rows.length·k = 12', 'columns·k = 15'],
    twin: 'sparseTimesDense',
    run: (out, a, x, width = k, given = chosen) => sparseRowsTimesDense(out, a, given, x, width),
    pieces: chosen.length,
    on: (out, a, x, width = k, given = chosen) => sparseRowsTimesDense.on(out, a, given, x, width),
    factor: (i, j) => ofOne(i, j, (i, j) => at(chosen[i]!, j)),
  },
  sparseRowsTransposeTimesDense: {
    out: columns * k,
    x: chosen.length * k,
    needs: ['columns·k = 15', 'rows.length·k = 12'],
    twin: 'sparseTransposeTimesDense',
    run: (out, a, x, width = k, given = chosen) =>
      sparseRowsTransposeTimesDense(out, a, given, x, width),
    on: (out, a, x, width = k, given = chosen) =>
      sparseRowsTransposeTimesDense.on(out, a, given, x, width),
    factor: (i, j) => ofOne(i, j, (i, j) => at(chosen[j]!, i)),
  },
};

describe.each(Object.entries(products))('%s', (name, product) => {
  const { out: size, x: length, needs, twin, run, on, pieces = 1, factor } = product;
  const inside = (values: ArrayLike<number>): Float64Array => {
    const array = allocate(values.length);
    array.set(values);
    return array;
  };
  const x = noisy(length, 3);
  const truth = Float64Array.from({ length: size }, (_, i) => {
    let s = 0;
    for (let j = 0; j < length; j++) s += factor(i, j) * x[j]!;
    return s;
  });

  test('by its twin where all lies in the memory, by the loop elsewhere and without SIMD', () => {
    for (const [place, from, calls] of [
      [inside, inside, name.includes('Rows') ? chosen.length : 1],
      [inside, Float64Array.from, 0],
      [Float64Array.from, inside, 0],
    ] as const) {
      const out = place.call(Float64Array, new Float64Array(size).fill(7));
      const factor = from.call(Float64Array, x);
      expect(callsOf(twin, () => run(out, csr, factor))).toHaveLength(calls);
      expect(sameBits(out, truth)).toBe(true);
    }
    useSimd(false);
    try {
      const out = inside(new Float64Array(size).fill(7));
      run(out, csr, inside(x));
      expect(sameBits(out, truth)).toBe(true);
    } finally {
      useSimd(true);
    }
  });

  test('in pieces, each of which is its own', () => {
    for (const place of [inside, Float64Array.from]) {
      const out = place.call(Float64Array, new Float64Array(size).fill(7));
      const stretch = on(out, csr, place.call(Float64Array, x));
      const [from, to] = pieces === 1 ? [0, 1] : [2, 3];
      stretch(from, to);
      const each = size / pieces;
      const expected = truth.map((value, i) => (i >= from * each && i < to * each ? value : 7));
      expect(sameBits(out, expected)).toBe(true);
      stretch(to, pieces);
      stretch(0, from);
      expect(sameBits(out, truth)).toBe(true);
    }
  });

  test('refuses what does not fit', () => {
    for (const make of [allocate, (length: number) => new Float64Array(length)]) {
      const [out, factor] = [make(size).fill(7), make(length)];
      expect(() => run(make(size + 1), csr, factor)).toThrow(
        new RangeError(`${name}: out needs ${needs[0]} elements, but has ${size + 1}`),
      );
      expect(() => run(out, csr, make(length + 1))).toThrow(
        new RangeError(`${name}: x needs ${needs[1]} elements, but has ${length + 1}`),
      );
      const apart = (what: string): RangeError =>
        new RangeError(`${name}: out and ${what} share memory; give out a buffer of its own`);
      const both = make(size + length);
      expect(() => run(both.subarray(0, size), csr, both.subarray(size - 1, -1))).toThrow(
        apart('x'),
      );
      if (name.endsWith('Dense')) {
        expect(() => run(out, csr, factor, -1)).toThrow(
          new RangeError(`${name}: k is a whole number ≥ 0, not -1`),
        );
      }
      expect(out.every((value) => value === 7)).toBe(true);
    }
  });

  test('refuses to write over the matrix', () => {
    const numbers = Math.max(csr.values.length, size);
    for (const [what, at] of [
      ['the values of A', 'values'],
      ['the columns of A', 'columnIndex'],
      ['the row starts of A', 'rowStart'],
    ] as const) {
      const out = new Float64Array(numbers + 8);
      const place =
        at === 'values'
          ? new Float64Array(out.buffer, 0, csr.values.length)
          : new Int32Array(out.buffer, 0, csr[at].length);
      place.set(csr[at]);
      const { rowStart, columnIndex, values } = csr;
      const a = { rows, columns, rowStart, columnIndex, values, [at]: place };
      expect(() => run(out.subarray(0, size), a, x)).toThrow(
        new RangeError(`${name}: out and ${what} share memory; give out a buffer of its own`),
      );
      expect([...place]).toEqual([...csr[at]]);
    }
    if (!name.includes('Rows')) return;
    const both = allocate(size + chosen.length);
    const own = both.subarray(size - 1, -1);
    own.set(chosen);
    expect(() => run(both.subarray(0, size), csr, inside(x), k, own)).toThrow(
      new RangeError(`${name}: out and rows share memory; give out a buffer of its own`),
    );
    expect(() =>
      run(both.subarray(0, size), csr, inside(x), k, Float64Array.of(0, 1, 7, 2)),
    ).toThrow(new RangeError(`${name}: rows holds whole numbers from 0 to 6, not 7 (at 2)`));
  });

  test('looks through a matrix once', () => {
    let looks = 0;
    const { rowStart, columnIndex, values } = csr;
    const a: CompressedRows = {
      rows,
      columns,
      rowStart,
      values,
      get columnIndex() {
        looks++;
        return columnIndex;
      },
    };
    const [out, factor] = [inside(new Float64Array(size)), inside(x)];
    on(out, a, factor);
    const first = looks;
    on(out, a, factor);
    expect(looks - first).toBeLessThan(first - rows);
  });
});

test('a product with many entries is shared by threads, at a nanosecond for each and column', async () => {
  const n = 64;
  /** A matrix [64, 1000] with so many entries in each row. */
  const matrix = (each: number): Csr => {
    const start = Array.from({ length: n + 1 }, (_, i) => i * each);
    return make(
      n,
      1000,
      start,
      Array.from({ length: n * each }, (_, p) => p % each),
    );
  };
  await useThreads(2);
  const portions = (each: number, k: number): number[] => {
    const a = matrix(each);
    const [x, out] = [allocate(1000 * k).fill(1), allocate(n * k)];
    const calls =
      k === 1
        ? callsOf('sparseTimesVector', () => sparseTimesVector(out, a, x))
        : callsOf('sparseTimesDense', () => sparseTimesDense(out, a, x, k));
    expect(out.every((sum) => sum === each)).toBe(true);
    return calls.map((call) => call.at(-1)! - call.at(-2)!);
  };
  for (const [each, k] of [
    [468, 1],
    [156, 3],
  ] as const) {
    // 64 · 468 = 29952, and 64 more for each entry more.
    expect(portions(each, k)).toEqual([n]);
    for (const portion of portions(each + 1, k)) expect(portion).toBeLessThan(n);
  }
});
