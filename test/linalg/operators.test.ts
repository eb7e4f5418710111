import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import type { LinearOperator } from '../../src/linalg/eigen/linear-operator.js';
import {
  centredOperator,
  columnMeans,
  gramOperator,
  sparseOperator,
  transposedOperator,
} from '../../src/linalg/eigen/operators.js';
import { transposed } from '../../src/linalg/kernels/transposed.js';
import { allocate, inMemory } from '../../src/linalg/memory.js';
import { Csr } from '../../src/linalg/sparse/sparse.js';
import { dyadic, noise, noisy, sameBits, vector } from './support/arbitrary.js';
import { norm1 } from './support/matrices.js';

/** What an operator is, written out: its products with the unit vectors, all at once. */
const written = (a: LinearOperator): Float64Array => {
  const identity = new Float64Array(a.columns * a.columns);
  for (let j = 0; j < a.columns; j++) identity[j * a.columns + j] = 1;
  const out = new Float64Array(a.rows * a.columns).fill(NaN);
  a.apply(out, identity, a.columns);
  return out;
};

const writtenTransposed = (a: LinearOperator): Float64Array => {
  const identity = new Float64Array(a.rows * a.rows);
  for (let i = 0; i < a.rows; i++) identity[i * a.rows + i] = 1;
  const out = new Float64Array(a.columns * a.rows).fill(NaN);
  a.applyTransposed(out, identity, a.rows);
  return out;
};

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      a: vector(rows * columns, dyadic),
    }),
  );

const plus0 = (x: Float64Array): Float64Array => x.map((value) => value + 0);

describe('operators', () => {
  test('are the matrices they stand for, both ways round', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, a }) => {
        const dense = denseOperator(a, rows, columns);
        const sparse = sparseOperator(Csr.fromDense(rows, columns, a));
        const mirrored = transposed(a, rows, columns);
        for (const operator of [dense, sparse]) {
          if (!sameBits(plus0(written(operator)), plus0(a))) return false;
          if (!sameBits(plus0(writtenTransposed(operator)), plus0(mirrored))) return false;
          if (!sameBits(plus0(written(transposedOperator(operator))), plus0(mirrored)))
            return false;
          if (operator.norm1 !== norm1(a, rows, columns)) return false;
          if (operator.symmetric !== (rows === columns && sameBits(plus0(a), plus0(mirrored))))
            return false;
        }
        return true;
      }),
    );
  });

  test('centred twice, by means given, it is what is left: its Gram matrix too', () => {
    const means = fc.tuple(vector(6, dyadic), vector(6, dyadic));
    fc.assert(
      fc.property(matrix, means, ({ rows, columns, a }, [m1, m2]) => {
        const [first, second] = [m1.subarray(0, columns), m2.subarray(0, columns)];
        const twice = centredOperator(
          centredOperator(denseOperator(a, rows, columns), first),
          second,
        );
        const rest = a.map((value, p) => value - first[p % columns]! - second[p % columns]!);
        const out = new Float64Array(columns * columns);
        twice.gram!(out);
        const expected = out.map((_, p) => {
          const [i, j] = [Math.floor(p / columns), p % columns];
          let s = 0;
          for (let r = 0; r < rows; r++) s += rest[r * columns + i]! * rest[r * columns + j]!;
          return s;
        });
        return (
          sameBits(plus0(out), plus0(expected)) && sameBits(plus0(written(twice)), plus0(rest))
        );
      }),
    );
  });

  test('gramOperator is XᵀX', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, a }) => {
        const gram = gramOperator(denseOperator(a, rows, columns));
        const expected = Float64Array.from({ length: columns * columns }, (_, p) => {
          let s = 0;
          for (let i = 0; i < rows; i++) {
            s += a[i * columns + Math.floor(p / columns)]! * a[i * columns + (p % columns)]!;
          }
          return s;
        });
        return (
          gram.symmetric &&
          sameBits(plus0(written(gram)), plus0(expected)) &&
          sameBits(plus0(writtenTransposed(gram)), plus0(expected))
        );
      }),
    );
  });

  test('XᵀX is the same written out as composed, with means and without', () => {
    // 300 rows and 70 columns are more than one panel and block; of multiples of 1/8 all sums are exact.
    const [rows, columns] = [300, 70];
    const next = noise(3);
    const a = Float64Array.from({ length: rows * columns }, () => Math.round(16 * next()) / 8);
    const dense = denseOperator(a, rows, columns);
    const means = Float64Array.from({ length: columns }, (_, j) => (j % 5) / 2 - 1);
    for (const x of [dense, centredOperator(dense, means)]) {
      const { gram, ...bare } = x;
      expect(gram).toBeDefined();
      const composed = gramOperator(bare);
      expect(sameBits(plus0(written(gramOperator(x))), plus0(written(composed)))).toBe(true);
      expect(gramOperator(x).norm1).toBe(norm1(written(composed), columns, columns));
    }
    expect(() => dense.gram!(new Float64Array(9))).toThrow('gram: out needs columns² = 4900');
    expect(() => dense.gram!(new Float64Array(4900), new Float64Array(4))).toThrow('means needs');
  });

  test('do not mind where their arguments lie, but out and x must not overlap', () => {
    const a = noisy(12, 5);
    const x = denseOperator(a, 3, 4);
    const far = new Float64Array(3);
    const near = allocate(3);
    const v = noisy(4, 6);
    x.apply(far, v, 1);
    x.apply(near, inMemory(v), 1);
    expect(sameBits(far, near)).toBe(true);
    const both = new Float64Array(7);
    expect(() => x.apply(both.subarray(0, 3), both.subarray(2, 6), 1)).toThrow('share memory');
    expect([...both]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(() => x.apply(far, v, 0.5)).toThrow('k is a whole number ≥ 0, not 0.5');
  });

  test('centredOperator is X − 1μᵀ', () => {
    // With 4 rows the means of multiples of 1/8 are exact.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.func(dyadic), (columns, entry) => {
        const a = Float64Array.from({ length: 4 * columns }, (_, p) => entry(p));
        const means = Array.from({ length: columns }, (_, j) =>
          [0, 1, 2, 3].reduce((s, i) => s + a[i * columns + j]! / 4, 0),
        );
        const expected = a.map((value, p) => value - means[p % columns]!);
        const dense = denseOperator(a, 4, columns);
        const centred = centredOperator(dense);
        const elsewhere = centredOperator(dense, new Float64Array(columns).fill(1));
        return (
          sameBits(
            [...columnMeans(dense)].map((x) => x + 0),
            means.map((x) => x + 0),
          ) &&
          sameBits(plus0(written(centred)), plus0(expected)) &&
          sameBits(plus0(writtenTransposed(centred)), plus0(transposed(expected, 4, columns))) &&
          sameBits(plus0(written(elsewhere)), plus0(a.map((value) => value - 1)))
        );
      }),
    );
  });

  test('a transpose is turned round both ways; what is symmetric is its own', () => {
    const a = denseOperator(Float64Array.of(1, 2, 3, 4, 5, 7), 2, 3);
    const turned = transposedOperator(a);
    expect([turned.rows, turned.columns, turned.symmetric]).toEqual([3, 2, false]);
    expect([...writtenTransposed(turned)]).toEqual([1, 2, 3, 4, 5, 7]);
    expect(turned.norm1).toBe(16); // ‖Aᵀ‖₁: the largest row of A
    const mirror = denseOperator(Float64Array.of(1, 2, 2, 1), 2, 2);
    expect(transposedOperator(mirror)).toBe(mirror);
    expect(centredOperator(mirror).symmetric).toBe(false);
  });

  test.each([
    ['more rows than columns', 3, 2, 1],
    ['as many', 2, 2, 1],
    ['fewer', 2, 3, 0],
    ['columns enough to be written out', 2000, 1024, 1],
    ['and one more', 2000, 1025, 0],
  ])('XᵀX is written out once, or not at all: %s', (_, rows, columns, times) => {
    let written = 0;
    const x: LinearOperator = {
      ...{ rows, columns, symmetric: false, norm1: 0 },
      apply: (out) => out.fill(0),
      applyTransposed: (out) => out.fill(0),
      gram: (out) => {
        written++;
        out.fill(0);
      },
    };
    const gram = gramOperator(x);
    expect(written).toBe(0);
    const out = new Float64Array(columns).fill(NaN);
    for (let product = 0; product < 3; product++) gram.apply(out, new Float64Array(columns), 1);
    expect(written).toBe(times);
    expect(out.every((value) => value === 0)).toBe(true);
  });

  test('a norm is estimated when it is asked for, and once', () => {
    let products = 0;
    const x = denseOperator(Float64Array.of(1, 5, 3, 1), 2, 2);
    const counted: LinearOperator = {
      ...x,
      norm1: NaN,
      apply: (out, v, k) => {
        products++;
        x.apply(out, v, k);
      },
    };
    const centred = centredOperator(counted);
    expect(products).toBe(0);
    for (let time = 0; time < 2; time++) expect(centred.norm1).toBe(4); // of [[−1, 2], [1, −2]]
    expect(products).toBe(1);
  });

  test('means are those of rows that are there', () => {
    expect([...columnMeans(denseOperator(Float64Array.of(3, -1), 1, 2))]).toEqual([3, -1]);
    expect(() => columnMeans(denseOperator(new Float64Array(0), 0, 2))).toThrow(
      'columnMeans: rows is a whole number ≥ 1, not 0',
    );
  });

  test('say what is wrong', () => {
    expect(() => denseOperator(new Float64Array(5), 2, 3)).toThrow(
      'denseOperator: a needs rows·columns = 6',
    );
    const x = denseOperator(noisy(6, 1), 2, 3);
    expect(() => centredOperator(x, new Float64Array(2))).toThrow('means needs columns = 3');
    expect(() => x.apply(new Float64Array(4), new Float64Array(4), 2)).toThrow(RangeError);
  });
});
