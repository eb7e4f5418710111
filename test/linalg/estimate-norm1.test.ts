import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { estimateNorm1 } from '../../src/linalg/eigen/linear-operator.js';
import { gramOperator, sparseOperator } from '../../src/linalg/eigen/operators.js';
import { Csr } from '../../src/linalg/sparse/sparse.js';
import { dyadic, noise, vector } from './support/arbitrary.js';
import { norm1 } from './support/matrices.js';

/** Entries [row, column, value] of a matrix that is 0 elsewhere. */
type Entries = readonly (readonly [number, number, number])[];

function matrixOf(rows: number, columns: number, entries: Entries): Float64Array {
  const a = new Float64Array(rows * columns);
  for (const [i, j, value] of entries) a[i * columns + j] = value;
  return a;
}

/** The estimate, and how many vectors were multiplied, by A and by Aᵀ. */
function counted(a: Float64Array, rows: number, columns: number) {
  const operator = denseOperator(a, rows, columns);
  let [forward, backward] = [0, 0];
  const estimate = estimateNorm1({
    ...{ rows, columns },
    apply: (out, x, k) => {
      forward += k;
      operator.apply(out, x, k);
    },
    applyTransposed: (out, x, k) => {
      backward += k;
      operator.applyTransposed(out, x, k);
    },
  });
  return { estimate, forward, backward };
}

/**
 * A matrix on which it is known where the climb goes. Column s of `length` has ‖·‖₁ = 8 + s: half of it at row s and,
 * negative, half at row s + 1. Standing there, the next one is the steepest: the row that both share is negative, the
 * one after it is 0 and counts as positive, and of all others the halves cancel. What is left makes the last row
 * positive at the start, from where column 0, whose halves differ by 1, is the steepest.
 */
function chain(length: number, columns: number): Float64Array {
  const entries: [number, number, number][] = [];
  for (let s = 0; s < length; s++) {
    const [upper, lower] = s === 0 ? [4.5, 3.5] : [4 + s / 2, 4 + s / 2];
    entries.push([s, 7 * s + 3, upper], [s + 1, 7 * s + 3, -lower]);
  }
  const isChain = (j: number): boolean => j % 7 === 3 && j < 7 * length;
  for (let j = 0; j < columns; j++) if (!isChain(j)) entries.push([length, j, 0.25]);
  return matrixOf(length + 1, columns, entries);
}

/** Blocks of [[0, 0, 0], [1, 1, −2], [0, 0, 2]]: the climb ends at 1, the alternating vector sees more. */
function hidden(columns: number): Float64Array {
  const entries: [number, number, number][] = [];
  for (let i = 0; i + 3 <= columns; i += 3) {
    entries.push([i + 1, i, 1], [i + 1, i + 1, 1], [i + 1, i + 2, -2], [i + 2, i + 2, 2]);
  }
  return matrixOf(columns, columns, entries);
}

describe('estimateNorm1', () => {
  test('is never above ‖A‖₁ and seldom far below', () => {
    let ratios = 0;
    for (let seed = 0; seed < 60; seed++) {
      const next = noise(seed);
      const [rows, columns] = [
        1 + Math.floor(40 * (next() + 1)),
        65 + Math.floor(20 * (next() + 1)),
      ];
      const a = Float64Array.from({ length: rows * columns }, () => next() ** 3);
      const truth = norm1(a, rows, columns);
      const estimate = estimateNorm1(denseOperator(a, rows, columns));
      expect(estimate).toBeLessThanOrEqual(truth * (1 + 1e-14));
      expect(estimate).toBeGreaterThan(truth / 3);
      ratios += estimate / truth / 60;
    }
    expect(ratios).toBeGreaterThan(0.8);
  });

  test('of few columns is ‖A‖₁', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([rows, columns]) => fc.tuple(fc.constant(rows), vector(rows * columns, dyadic)));
    fc.assert(
      fc.property(matrix, ([rows, a]) => {
        const columns = a.length / rows;
        return estimateNorm1(denseOperator(a, rows, columns)) === norm1(a, rows, columns);
      }),
    );
    expect(counted(hidden(64), 64, 64)).toEqual({ estimate: 4, forward: 64, backward: 0 });
    // One column more and it is estimated: from the mean of all columns, from two of them, from the alternating vector.
    const { estimate, forward, backward } = counted(hidden(65), 65, 65);
    expect(estimate).toBeLessThan(4);
    expect([forward, backward]).toEqual([4, 2]);
  });

  test('climbs from column to column while that leads up, at most four times', () => {
    // Of 1, 2, 3 columns it sees that there is no higher one; of 4 and more it does not look further.
    const seen = [1, 2, 3, 4, 5, 8].map((length) => counted(chain(length, 80), length + 1, 80));
    expect(seen.map(({ estimate }) => estimate)).toEqual([8, 9, 10, 11, 11, 11]);
    expect(seen.map(({ forward }) => forward)).toEqual([4, 5, 6, 6, 6, 6]);
    expect(seen.map(({ backward }) => backward)).toEqual([2, 3, 4, 5, 5, 5]);
  });

  test('starts from the mean of all columns, where a row of 0 counts as positive', () => {
    // Were it negative, the second column, of length 5, would be the steepest, and from there no other.
    const [first, second] = [Float64Array.of(2, -1, -1), Float64Array.of(4, 4, 0)];
    const a = new Float64Array(140);
    a.set(first);
    a.set(second, 70);
    expect(estimateNorm1(denseOperator(a, 2, 70))).toBe(6);
  });

  test('tries 1, −(1 + h), 1 + 2h, … 2 as well, with h = 1/(columns − 1)', () => {
    // All of it multiples of h = 1/128: a block that starts at t = i·h becomes 2 + 2t + 5h and 2(1 + t + 2h).
    const [columns, blocks, h] = [129, 43, 1 / 128];
    const ofBlocks = blocks * (4 + 9 * h) + 4 * 3 * h * ((blocks * (blocks - 1)) / 2);
    const length = columns + h * ((columns * (columns - 1)) / 2);
    const estimate = estimateNorm1(denseOperator(hidden(columns), columns, columns));
    expect(estimate).toBe(ofBlocks / length);
    expect(estimate).toBeGreaterThan(1.3);
  });

  test('survives cancellation, zero, NaN and nothing at all', () => {
    // Rows and columns sum to 0, so neither the first vector (all equal) nor its slope shows anything.
    const n = 70;
    const cycle = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      cycle[i * n + i] = 1;
      cycle[i * n + ((i + 1) % n)] = -1;
    }
    expect(estimateNorm1(denseOperator(cycle, n, n))).toBe(2);
    expect(estimateNorm1(denseOperator(new Float64Array(200), 2, 100))).toBe(0);
    for (const [rows, columns] of [
      [0, 0],
      [0, 3],
      [3, 0],
      [0, 100],
      [100, 0],
    ] as const) {
      const none = denseOperator(new Float64Array(0), rows, columns);
      const sparse = sparseOperator(Csr.fromDense(rows, columns, new Float64Array(0)));
      for (const a of [none, sparse, gramOperator(none), gramOperator(sparse)]) {
        expect(estimateNorm1(a)).toBe(0);
      }
    }
    for (const columns of [2, 100]) {
      const a = new Float64Array(2 * columns).fill(1);
      a[1] = NaN;
      expect(estimateNorm1(denseOperator(a, 2, columns))).toBeNaN();
    }
  });

  test('says so when a product overflows on the way, though others do not', () => {
    // Here the mean of the columns is finite, and so is the alternating vector's image: the steepest column's is not.
    const columns = 70;
    let products = 0;
    const apply = (out: Float64Array): void => {
      products++;
      out.fill(products === 2 ? NaN : products);
    };
    const applyTransposed = (out: Float64Array): void => void out.fill(1);
    expect(estimateNorm1({ rows: 1, columns, apply, applyTransposed })).toBeNaN();
  });
});
