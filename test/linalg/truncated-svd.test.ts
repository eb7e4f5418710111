import { describe, expect, test } from 'vitest';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
import { sparseOperator } from '../../src/linalg/eigen/operators.js';
import {
  type SvdOptions,
  type TruncatedSvd,
  truncatedSvd,
} from '../../src/linalg/eigen/truncated-svd.js';
import { transposed } from '../../src/linalg/kernels/transposed.js';
import { Csr } from '../../src/linalg/sparse/sparse.js';
import { noise, noisy } from './support/arbitrary.js';
import { repeat } from './support/eigen.js';
import { norm1, orthogonalityError, signsAreFixed } from './support/matrices.js';

const ε = 2 ** -52;

/** Entry (i, j) of the orthogonal matrix of the cosine transform of n numbers. */
const cosine = (n: number, i: number, j: number): number =>
  Math.sqrt((j === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (i + 0.5) * j) / n);

/** UΣVᵀ [m, n] with the first columns of two cosine transforms for U and V. */
function known(m: number, n: number, sigma: readonly number[]): Float64Array {
  return Float64Array.from({ length: m * n }, (_, p) =>
    sigma.reduce((s, σ, j) => s + σ * cosine(m, Math.floor(p / n), j) * cosine(n, p % n, j), 0),
  );
}

/** The decomposition, held to what is promised of it: by plain loops. */
function check(
  a: Float64Array,
  m: number,
  n: number,
  k: number,
  sigma: readonly number[],
  options: SvdOptions = {},
): TruncatedSvd {
  const found = finish(truncatedSvd(denseOperator(a, m, n), k, options));
  const { u, values, v, residuals, limit, converged, reason } = found;
  expect(reason).toBe('');
  expect(converged).toBe(k);
  const allowed = 30 * Math.max(m, n) * ε * Math.max(norm1(a, m, n), Math.max(0, ...sigma));
  expect(orthogonalityError(u, m, k)).toBeLessThanOrEqual(Math.max(m, 4) * ε);
  expect(orthogonalityError(v, n, k)).toBeLessThanOrEqual(Math.max(n, 4) * ε);
  expect(signsAreFixed(v, n, k)).toBe(true);
  const sorted = [...sigma].sort((x, y) => y - x);
  for (let j = 0; j < k; j++) {
    expect(Math.abs(values[j]! - (sorted[j] ?? 0)), `value ${j}`).toBeLessThanOrEqual(allowed);
    expect(values[j]).toBeGreaterThanOrEqual(0);
    let squares = 0;
    for (let i = 0; i < m; i++) {
      let s = -values[j]! * u[i * k + j]!;
      for (let l = 0; l < n; l++) s += a[i * n + l]! * v[l * k + j]!;
      squares += s * s;
    }
    for (let l = 0; l < n; l++) {
      let s = -values[j]! * v[l * k + j]!;
      for (let i = 0; i < m; i++) s += a[i * n + l]! * u[i * k + j]!;
      squares += s * s;
    }
    expect(Math.sqrt(squares), `triplet ${j}`).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(Math.sqrt(squares), `triplet ${j}`).toBeLessThanOrEqual(allowed);
    expect(Math.abs(Math.sqrt(squares) - residuals[j]!)).toBeLessThanOrEqual(allowed);
  }
  return found;
}

describe('truncatedSvd', () => {
  test.each([
    [30, 12],
    [12, 30],
    [15, 15],
    [200, 100],
    [100, 150],
  ])('finds singular values and both sides of a %i × %i matrix', (m, n) => {
    check(known(m, n, [8, 5, 5, 2, 1e-3, 1e-5]), m, n, 6, [8, 5, 5, 2, 1e-3, 1e-5]);
  });

  test('small singular values come with vectors, far below √ε·σ₁ too', () => {
    const sigma = [1, 0.5, 1e-3, 1e-6, 1e-9, 1e-11];
    for (const [m, n] of [
      [90, 60],
      [60, 90],
    ] as const) {
      const { values, u, v } = check(known(m, n, sigma), m, n, 6, sigma);
      for (const [j, σ] of sigma.entries()) {
        expect(Math.abs(values[j]! - σ)).toBeLessThan(1e-14);
        // A residual r turns the vectors of σ by no more than about r/σ. (σ² would drown from 10⁻⁸ on.)
        let [left, right] = [0, 0];
        for (let i = 0; i < m; i++) left += u[i * 6 + j]! * cosine(m, i, j);
        for (let i = 0; i < n; i++) right += v[i * 6 + j]! * cosine(n, i, j);
        expect(1 - Math.abs(left)).toBeLessThan(1e-13 + (1e-14 / σ) ** 2);
        expect(1 - Math.abs(right)).toBeLessThan(1e-13 + (1e-14 / σ) ** 2);
        expect(left * right).toBeGreaterThan(0);
      }
    }
  });

  test('a closed form: the running sum', () => {
    // 1 on and below the diagonal: σⱼ = 1 / (2 sin((2j − 1)π / (4n + 2))).
    const n = 120;
    const a = Float64Array.from({ length: n * n }, (_, p) => (p % n <= Math.floor(p / n) ? 1 : 0));
    const sigma = Array.from(
      { length: n },
      (_, j) => 0.5 / Math.sin(((2 * j + 1) * Math.PI) / (4 * n + 2)),
    );
    check(a, n, n, 8, sigma);
    check(a, n, n, 8, sigma, { blockSize: 1, basisSize: 20 });
  });

  test('repeated, of rank below k, zero, and all there are', () => {
    check(known(20, 9, [3, 1]), 20, 9, 5, [3, 1]);
    check(known(40, 40, repeat(2, 12)), 40, 40, 7, repeat(2, 12), { basisSize: 20 });
    check(known(25, 60, [4, ...repeat(3, 9), 1]), 25, 60, 8, [4, ...repeat(3, 9), 1]);
    expect([...check(new Float64Array(600), 20, 30, 3, []).values]).toEqual([0, 0, 0]);
    check(known(9, 9, [9, 8, 7, 6, 5, 4, 3, 2, 1]), 9, 9, 9, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    check(Float64Array.of(3, 0, -4), 1, 3, 1, [5]);
    check(Float64Array.of(3, 0, -4), 3, 1, 1, [5]);
    check(Float64Array.of(1, 2), 1, 2, 0, []);
    check(new Float64Array(0), 0, 3, 0, []);
  });

  test('few, much repeated values, blocks and bases of every size', () => {
    for (let seed = 0; seed < 40; seed++) {
      const next = noise(seed);
      const whole = (below: number): number => Math.floor(((next() + 1) / 2) * below);
      const [m, n] = [1 + whole(40), 1 + whole(40)];
      const least = Math.min(m, n);
      const sigma = Array.from({ length: whole(least + 1) }, () => [0, 1, 8, 1e-7, 200][whole(5)]!);
      const k = 1 + whole(Math.min(least, 12));
      const blockSize = Math.min(least, 1 + whole(4));
      const basisSize = Math.min(least, k + 3 * blockSize + whole(10));
      check(known(m, n, sigma), m, n, k, sigma, { blockSize, basisSize, seed });
    }
  });

  test('of a sparse matrix as of a dense one', () => {
    const [m, n] = [300, 200];
    const a = noisy(m * n, 4).map((x) => (Math.abs(x) > 0.9 ? x : 0));
    const rows: number[] = [];
    const columns: number[] = [];
    const entries: number[] = [];
    for (const [p, x] of a.entries()) {
      if (x === 0) continue;
      rows.push(Math.floor(p / n));
      columns.push(p % n);
      entries.push(x);
    }
    const sparse = sparseOperator(Csr.fromTriplets(m, n, rows, columns, entries));
    const one = finish(truncatedSvd(sparse, 5));
    const other = finish(truncatedSvd(denseOperator(a, m, n), 5));
    for (let j = 0; j < 5; j++) {
      expect(Math.abs(one.values[j]! - other.values[j]!)).toBeLessThan(1e-12);
    }
  });

  test('can be watched and stopped; out of products, it says so', () => {
    const a = denseOperator(noisy(80 * 60, 9), 80, 60);
    for (const { products, triplets } of truncatedSvd(a, 6)) {
      const now = triplets();
      expect(now.values).toHaveLength(Math.min(6, products));
      expect(orthogonalityError(now.u, 80, now.values.length)).toBeLessThan(1e-13);
      if (products > 20) break;
    }
    const wide = truncatedSvd(denseOperator(noisy(60 * 80, 9), 60, 80), 6);
    const { value, done } = wide.next();
    if (done) throw new Error('ended at once');
    expect(value.products).toBe(2);
    expect(orthogonalityError(value.triplets().u, 60, 2)).toBeLessThan(1e-13);
    expect(orthogonalityError(value.triplets().v, 80, 2)).toBeLessThan(1e-13);
    const ended = finish(truncatedSvd(a, 6, { maxProducts: 20, basisSize: 12 }));
    expect(ended.converged).toBeLessThan(6);
    expect(ended.reason).toMatch(
      /of 6 pairs converged within 20 products; the largest residual is/,
    );
    expect(Math.max(...ended.residuals)).toBeGreaterThan(ended.limit);
  });

  test('a residual may be ten units of rounding for each row, of the largest column; three times that as reported', () => {
    const a = known(30, 12, [4, 2]);
    const { limit } = finish(truncatedSvd(denseOperator(a, 30, 12), 2));
    expect(limit / (3 * 10 * 30 * ε * norm1(a, 30, 12))).toBeCloseTo(1, 12);
    // Of a wide one, that of its transpose; or the tolerance, if that is more.
    const wide = transposed(a, 30, 12);
    const other = finish(truncatedSvd(denseOperator(wide, 12, 30), 2));
    expect(other.limit / limit).toBeCloseTo(1, 12);
    const loose = finish(truncatedSvd(denseOperator(wide, 12, 30), 2, { tolerance: 1e-3 }));
    expect(loose.limit / (3 * 1e-3 * 4)).toBeCloseTo(1, 6);
  });

  test('reports what the last product shows: in order, with residuals, no value negative', () => {
    // 8, 4, 2, 1, … on the diagonal while it iterates; measured are 1, −6, 3, each with a number beside the diagonal.
    const n = 20;
    const now = new Float64Array(n * n);
    const then = new Float64Array(n * n);
    for (let i = 0; i < n; i++) now[i * n + i] = 2 ** (3 - i);
    for (const [i, value] of [1, -6, 3].entries()) {
      then[i * n + i] = value;
      // The rule is ten units of rounding for each row of a matrix of norm 8; what is reported may be three times that.
      then[(10 + i) * n + i] = [1e-3, 2 * 10 * n * 8 * ε, 0][i]!;
    }
    let products = 0;
    const [before, after] = [denseOperator(now, n, n), denseOperator(then, n, n)];
    const found = finish(
      truncatedSvd(
        {
          ...{ rows: n, columns: n, symmetric: false, norm1: before.norm1 },
          apply: (out, x, k) => {
            products += k;
            (k === 3 ? after : before).apply(out, x, k);
          },
          applyTransposed: (out, x, k) => (k === 3 ? after : before).applyTransposed(out, x, k),
        },
        3,
      ),
    );
    for (const [j, value] of [6, 3, 1].entries()) {
      const at = [1, 2, 0][j]!;
      expect(found.values[j]).toBeCloseTo(value, 12);
      expect(found.residuals[j]).toBeCloseTo([0, 0, 1e-3][j]!, 11);
      expect(found.v[at * 3 + j]).toBeCloseTo(1, 12);
      expect(found.u[at * 3 + j]).toBeCloseTo(j === 0 ? -1 : 1, 12);
    }
    expect(found.products).toBe(products);
    expect(found.converged).toBe(2);
    expect(found.reason).toBe('1 of 3 residuals, measured at the end, are above the limit');
  });

  test('says what does not fit', () => {
    const a = denseOperator(noisy(12, 1), 3, 4);
    const run = (options: SvdOptions) => finish(truncatedSvd(a, 2, options));
    expect(() => finish(truncatedSvd(a, 4))).toThrow('a 3 × 4 matrix has no 4 singular values');
    expect(() => finish(truncatedSvd(a, -1))).toThrow('k is a whole number ≥ 0, not -1');
    expect(() => run({ tolerance: 2 })).toThrow('truncatedSvd: tolerance lies in [0, 1)');
    expect(() => run({ blockSize: 0 })).toThrow('blockSize is a whole number ≥ 1');
    expect(() => run({ basisSize: 2 })).toThrow('basisSize is a whole number ≥ 3');
    const broken = denseOperator(Float64Array.of(1, NaN), 2, 1);
    expect(() => finish(truncatedSvd(broken, 1))).toThrow('‖A‖₁ is NaN');
  });
});
