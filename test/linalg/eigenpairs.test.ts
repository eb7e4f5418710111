import { describe, expect, test } from 'vitest';
import { type BlockPowerOptions, blockPowerIteration } from '../../src/linalg/block-power.js';
import { type Eigenpairs, finish } from '../../src/linalg/eigenpairs.js';
import { denseOperator, gramOperator, sparseOperator } from '../../src/linalg/operators.js';
import { powerIteration } from '../../src/linalg/power-iteration.js';
import { principalAngles } from '../../src/linalg/principal-angles.js';
import { Csr } from '../../src/linalg/sparse.js';
import { truncatedSvd } from '../../src/linalg/truncated-svd.js';
import { noise, noisy } from './support/arbitrary.js';
import {
  type KnownMatrix,
  orthogonalityError,
  promise,
  residual,
  secondDifferences,
  signsAreFixed,
  withSpectrum,
} from './support/matrices.js';

const power = (a: Float64Array, n: number, k: number): Eigenpairs =>
  finish(powerIteration(denseOperator(a, n, n), k));

/** Small blocks and a small basis, so that a small matrix needs restarts too. */
const block =
  (options: BlockPowerOptions) =>
  (a: Float64Array, n: number, k: number): Eigenpairs =>
    finish(blockPowerIteration(denseOperator(a, n, n), k, options));

const byMagnitude = (values: readonly number[]): number[] =>
  [...values].sort((x, y) => Math.abs(y) - Math.abs(x) || y - x);

/** Residuals, orthogonality, signs, and the eigenvalues themselves, all to what is promised. */
function check(solve: typeof power, { a, n, values }: KnownMatrix, k: number): Eigenpairs {
  const pairs = solve(a, n, k);
  expect(pairs.reason).toBe('');
  expect(pairs.converged).toBe(k);
  expect(pairs.values).toHaveLength(k);
  const allowed = promise(a, n);
  expect(pairs.limit).toBeLessThanOrEqual(allowed * (1 + 1e-14));
  for (const [j, value] of byMagnitude(values).slice(0, k).entries()) {
    // Where magnitudes agree, ±λ may come in any order.
    expect(Math.abs(Math.abs(pairs.values[j]!) - Math.abs(value)), `pair ${j}`).toBeLessThanOrEqual(
      allowed,
    );
    expect(residual(a, n, pairs, j)).toBeLessThanOrEqual(allowed);
    expect(Math.abs(residual(a, n, pairs, j) - pairs.residuals[j]!)).toBeLessThanOrEqual(allowed);
  }
  expect(orthogonalityError(pairs.vectors, n, k)).toBeLessThanOrEqual(Math.max(n, 4) * 2 ** -52);
  expect(signsAreFixed(pairs.vectors, n, k)).toBe(true);
  return pairs;
}

const repeat = (value: number, times: number): number[] => new Array<number>(times).fill(value);

/** 1, 1/2, 1/4, … */
const halves = (n: number): number[] => Array.from({ length: n }, (_, j) => 2 ** -j);

describe.each([
  ['power iteration', power],
  ['block power iteration', block({})],
  ['block power iteration, narrow', block({ blockSize: 1, basisSize: 12 })],
  ['block power iteration, short of memory', block({ blockSize: 2, basisSize: 15 })],
] as const)('%s', (_, solve) => {
  test('a geometric spectrum', () => {
    check(solve, withSpectrum(halves(30), 1), 5);
  });

  test('eigenvalues of both signs', () => {
    check(solve, withSpectrum([-9, 7, -5, 3, 1, 0.5, -0.5, 0.1, ...repeat(0, 20)], 2), 4);
  });

  test('the zero matrix', () => {
    check(solve, { a: new Float64Array(20 * 20), n: 20, values: repeat(0, 20) }, 3);
  });

  test('rank below k', () => {
    check(solve, withSpectrum([5, -2, 1, ...repeat(0, 17)], 3), 6);
    // Of rank 1 exactly: 1·1ᵀ.
    check(solve, { a: new Float64Array(225).fill(1), n: 15, values: [15, ...repeat(0, 14)] }, 4);
  });

  test('repeated eigenvalues, more of them than a block has vectors', () => {
    check(solve, withSpectrum([...repeat(4, 6), ...repeat(2, 3), ...halves(20)], 4), 8);
    check(solve, withSpectrum(repeat(3, 25), 5), 5);
    // One repeated eigenvalue hides behind others that converge first.
    check(solve, withSpectrum([10, 9, 8, ...repeat(5, 7), 1, ...repeat(0, 20)], 6), 8);
  });

  test('pairs ±λ, where the plain iterates swing for ever', () => {
    const { values } = check(solve, withSpectrum([1, -1, 0.5, -0.5, ...repeat(0.1, 16)], 7), 4);
    for (const [j, value] of [1, -1, 0.5, -0.5].entries()) expect(values[j]).toBeCloseTo(value, 12);
    check(solve, withSpectrum([...repeat(1, 12), ...repeat(-1, 12)], 8), 3);
    const swap = new Float64Array(16 * 16);
    for (let i = 0; i < 16; i++) swap[i * 16 + (15 - i)] = 1;
    check(solve, { a: swap, n: 16, values: [...repeat(1, 8), ...repeat(-1, 8)] }, 9);
  });

  test('a graph in two halves: ±m, and 0 for the rest', () => {
    // The complete bipartite graph of 9 and 4 vertices has the eigenvalues ±√36.
    const n = 13;
    const a = Float64Array.from({ length: n * n }, (_, p) =>
      Math.floor(p / n) < 9 === p % n < 9 ? 0 : 1,
    );
    check(solve, { a, n, values: [6, ...repeat(0, 11), -6] }, 4);
  });

  test('a matrix that is diagonal, where nothing leaks from one direction to another', () => {
    const values = [1, 8, 2, 0.5, -6, 0.1, 0.2, 0.3, 0.4, 3, 0, 0, 0, 0, 0];
    const a = new Float64Array(225);
    for (const [i, value] of values.entries()) a[i * 15 + i] = value;
    const pairs = check(solve, { a, n: 15, values }, 3);
    expect(pairs.vectors[1 * 3 + 0]).toBeCloseTo(1, 12);
    expect(pairs.vectors[4 * 3 + 1]).toBeCloseTo(1, 12);
  });

  test('every pair of a small matrix, and none of it', () => {
    check(solve, withSpectrum([3, -2, 1], 9), 3);
    check(solve, { a: Float64Array.of(-7), n: 1, values: [-7] }, 1);
    check(solve, withSpectrum([3, -2, 1], 9), 0);
    check(solve, { a: new Float64Array(0), n: 0, values: [] }, 0);
  });

  test('very large and very small numbers', () => {
    for (const scale of [2 ** -960, 2 ** -400, 2 ** 400, 2 ** 990]) {
      const scaled: typeof power = (a, n, k) => {
        const pairs = solve(
          a.map((x) => x * scale),
          n,
          k,
        );
        const [values, residuals] = [pairs.values, pairs.residuals].map((x) =>
          x.map((v) => v / scale),
        );
        return { ...pairs, values: values!, residuals: residuals!, limit: pairs.limit / scale };
      };
      check(scaled, withSpectrum(halves(20), 10), 3);
    }
  });

  test('does not take an eigenvalue that stands still for one that has converged', () => {
    // 1 and 1 − 10⁻⁶: after some fourteen steps λ no longer changes, with v far from either vector.
    const { a, n } = withSpectrum([1, 1 - 1e-6, 0.5, 0.25, ...repeat(0.1, 16)], 11);
    const pairs = solve(a, n, 1);
    if (pairs.converged === 1) {
      expect(residual(a, n, pairs, 0)).toBeLessThanOrEqual(promise(a, n));
      expect(Math.abs(pairs.values[0]! - 1)).toBeLessThan(1e-12);
    } else {
      // Then it says so, and its account is true.
      expect(pairs.reason).not.toBe('');
      expect(pairs.residuals[0]).toBeGreaterThan(pairs.limit);
      expect(residual(a, n, pairs, 0)).toBeCloseTo(pairs.residuals[0]!, 10);
    }
  });

  test('the same bits every time', () => {
    const { a, n } = withSpectrum(halves(20), 12);
    expect([...solve(a, n, 4).vectors]).toEqual([...solve(a, n, 4).vectors]);
  });

  test('refuses what is not symmetric, not finite, or asks for too much', () => {
    expect(() => solve(Float64Array.of(1, 2, 3, 4), 2, 1)).toThrow('A [2, 2] is not symmetric');
    expect(() => solve(Float64Array.of(1, NaN, NaN, 4), 2, 1)).toThrow('‖A‖₁ is NaN');
    expect(() => solve(Float64Array.of(1, 2, 2, 4), 2, 3)).toThrow(
      'a 2 × 2 matrix has no 3 eigenpairs',
    );
    expect(() => solve(Float64Array.of(1, 2, 2, 4), 2, 1.5)).toThrow('k is a whole number');
  });
});

describe('powerIteration', () => {
  test('a start orthogonal to the answer does not keep it from being found', () => {
    const a = new Float64Array(100);
    for (let i = 0; i < 10; i++) a[i * 10 + i] = 10 - i;
    const start = new Float64Array(10);
    start[4] = 1; // an eigenvector, of 6
    const pairs = finish(powerIteration(denseOperator(a, 10, 10), 1, { start }));
    expect(pairs.values[0]).toBeCloseTo(10, 12);
    expect(() =>
      finish(powerIteration(denseOperator(a, 10, 10), 1, { start: new Float64Array(10) })),
    ).toThrow('no direction');
  });

  test('a good start saves steps', () => {
    const { a, n } = secondDifferences(12);
    const operator = denseOperator(a, n, n);
    const start = Float64Array.from({ length: n }, (_, i) =>
      Math.sin(((i + 1) * n * Math.PI) / (n + 1)),
    );
    const without = finish(powerIteration(operator, 1)).products;
    expect(finish(powerIteration(operator, 1, { start })).products).toBeLessThan(without);
  });

  test('reports which pairs converged, how far the next one is, and why', () => {
    const { a, n } = withSpectrum([4, 2, 1, 1 - 1e-9, 0.5, ...repeat(0.1, 10)], 13);
    const pairs = finish(powerIteration(denseOperator(a, n, n), 5, { maxProducts: 200 }));
    expect(pairs.converged).toBe(2);
    expect(pairs.values).toHaveLength(3);
    expect(pairs.reason).toMatch(
      /^pair 3 of 5 has a residual of .* after 200 products, above the limit/,
    );
    expect(pairs.residuals[2]).toBeGreaterThan(pairs.limit);
    expect(residual(a, n, pairs, 2) / pairs.residuals[2]!).toBeCloseTo(1, 3);
  });

  test('can be watched and stopped', () => {
    const { a, n } = withSpectrum(halves(20), 14);
    const seen: number[] = [];
    for (const { products, converged, pairs } of powerIteration(denseOperator(a, n, n), 3)) {
      seen.push(products);
      if (converged === 1) {
        const now = pairs();
        expect(now.values).toHaveLength(2);
        expect(now.residuals[0]).toBeLessThanOrEqual(now.limit);
        break;
      }
    }
    expect(seen[0]).toBe(1);
    expect(seen.every((products, i) => i === 0 || products > seen[i - 1]!)).toBe(true);
  });
});

describe('blockPowerIteration', () => {
  test('by algebraic value', () => {
    const values = [-9, 7, -5, 3, 1, 0.5, -0.5, 0.1, ...repeat(0, 20)];
    const { a, n } = withSpectrum(values, 2);
    for (const options of [{}, { blockSize: 1, basisSize: 12 }]) {
      const pairs = block({ ...options, which: 'algebraic' })(a, n, 4);
      for (const [j, value] of [7, 3, 1, 0.5].entries()) {
        expect(Math.abs(pairs.values[j]! - value)).toBeLessThan(promise(a, n));
      }
    }
    // All negative: the largest is the one nearest 0.
    const negative = withSpectrum(
      halves(20).map((x) => -1 - x),
      3,
    );
    const pairs = block({ which: 'algebraic' })(negative.a, 20, 2);
    expect(pairs.values[0]).toBeCloseTo(-1 - 2 ** -19, 12);
  });

  test('a large sparse matrix by its closed form: second differences, 3,000 wide', () => {
    const n = 3000;
    const entries: [number, number, number][] = [];
    for (let i = 0; i < n; i++) {
      entries.push([i, i, 2 + 3 * Math.exp(-i / 20)]);
      if (i > 0) entries.push([i, i - 1, -1], [i - 1, i, -1]);
    }
    const [rows, columns, values] = [0, 1, 2].map((c) => entries.map((e) => e[c]!));
    const a = sparseOperator(Csr.fromTriplets(n, n, rows!, columns!, values!));
    const pairs = finish(blockPowerIteration(a, 6));
    expect(pairs.converged).toBe(6);
    expect(orthogonalityError(pairs.vectors, n, 6)).toBeLessThan(1e-13);
    // Below the top, the number of eigenvalues above x is what Sturm's sequence counts.
    const above = (x: number): number => {
      let count = 0;
      let q = 1;
      for (let i = 0; i < n; i++) {
        q = 2 + 3 * Math.exp(-i / 20) - x - (i > 0 ? 1 / q : 0);
        if (q > 0) count++;
      }
      return count;
    };
    for (const [j, value] of pairs.values.entries()) {
      expect(above(value + 1e-9)).toBe(j);
      expect(above(value - 1e-9)).toBe(j + 1);
    }
  });

  test('the tolerance is relative to |λ₁|, and fewer products suffice for it', () => {
    const { a, n } = withSpectrum(
      Array.from({ length: 80 }, (_, j) => 50 / (1 + j)),
      15,
    );
    const strict = block({ basisSize: 20 })(a, n, 5);
    const loose = block({ basisSize: 20, tolerance: 1e-3 })(a, n, 5);
    expect(loose.converged).toBe(5);
    expect(loose.products).toBeLessThan(strict.products);
    for (let j = 0; j < 5; j++) expect(residual(a, n, loose, j)).toBeLessThan(3 * 1e-3 * 50);
  });

  test('finds what the power iteration finds', () => {
    const { a, n } = withSpectrum([9, -7, 6, 4, 3, -1, ...repeat(0.5, 20)], 16);
    const [one, other] = [power(a, n, 5), block({})(a, n, 5)];
    for (const angle of principalAngles(one.vectors, other.vectors, n, 5, 5)) {
      expect(angle).toBeLessThan(1e-12);
    }
    for (let p = 0; p < n * 5; p++)
      expect(Math.abs(one.vectors[p]! - other.vectors[p]!)).toBeLessThan(1e-11);
  });

  test('out of products, it reports the pairs as they are', () => {
    const { a, n } = secondDifferences(100);
    const pairs = block({ maxProducts: 60, basisSize: 20 })(a, n, 4);
    expect(pairs.converged).toBeLessThan(4);
    expect(pairs.values).toHaveLength(4);
    expect(pairs.reason).toMatch(
      /of 4 pairs converged within 60 products; the largest residual is/,
    );
    for (let j = 0; j < 4; j++) {
      expect(residual(a, n, pairs, j)).toBeCloseTo(pairs.residuals[j]!, 12);
    }
  });

  test('can be watched and stopped', () => {
    const { a, n } = secondDifferences(60);
    for (const { products, pairs } of blockPowerIteration(denseOperator(a, n, n), 6)) {
      const now = pairs();
      expect(now.values).toHaveLength(Math.min(6, products));
      expect(now.reason).toBe(now.converged === 6 ? '' : 'the iteration was stopped');
      expect(orthogonalityError(now.vectors, n, now.values.length)).toBeLessThan(1e-13);
      if (products > 30) break;
    }
  });

  test('spectra of few, much repeated values, blocks and bases of every size', () => {
    for (let seed = 0; seed < 120; seed++) {
      const next = noise(seed);
      const whole = (below: number): number => Math.floor(((next() + 1) / 2) * below);
      const levels = Array.from(
        { length: 1 + whole(6) },
        () => [0, 1, -1, 8 * next(), 200 * next()][whole(5)]!,
      );
      const values = Array.from({ length: 2 + whole(35) }, () => {
        const level = levels[whole(levels.length)]!;
        return whole(7) === 0 ? next() : whole(5) === 0 ? -level : level;
      });
      const known = withSpectrum(values, seed);
      const { n } = known;
      const k = 1 + whole(Math.min(n, 12));
      const blockSize = Math.min(n, 1 + whole(4));
      const basisSize = Math.min(n, k + 3 * blockSize + whole(10));
      check(block({ blockSize, basisSize, seed, maxProducts: 3000 }), known, k);
    }
  });

  test.each([
    [
      'more copies than two probes bring up, while the last pair stays the same',
      [...repeat(1, 10), ...repeat(0, 8), -0.7, -0.86, -0.97, ...repeat(-1, 6)],
      { k: 11, blockSize: 1, basisSize: 17 },
    ],
    [
      'copies that come one at a time',
      [...repeat(1.52, 9), 1.13, 1, 1, 0.6, 0.5, 0.1, ...repeat(-1, 6), -1.52, -1.53, -2],
      { k: 9, blockSize: 1, basisSize: 12 },
    ],
    [
      'what is missing lies so close to what was found that a probe takes its time to tell',
      [2.63, ...repeat(1.1706, 13), 1.1642, ...repeat(1, 4), ...repeat(0, 9), ...repeat(-1.2, 8)],
      { k: 5, blockSize: 3, basisSize: 14 },
    ],
    [
      'copies that have converged and copies that have not, equal to the last digit',
      [...repeat(192.3, 12), 2.3, 1.5, 1.4, 1, ...repeat(-1, 11), -192.3, -192.3],
      { k: 3, blockSize: 3, basisSize: 17 },
    ],
  ])('repeated values: %s', (_, values, { k, blockSize, basisSize }) => {
    for (let seed = 1; seed <= 12; seed++) {
      const { a, n, values: sorted } = withSpectrum(values, seed);
      const pairs = block({ which: 'algebraic', blockSize, basisSize, seed, maxProducts: 5000 })(
        a,
        n,
        k,
      );
      expect(pairs.reason).toBe('');
      for (let j = 0; j < k; j++) {
        expect(Math.abs(pairs.values[j]! - sorted[j]!), `pair ${j}`).toBeLessThan(promise(a, n));
        expect(residual(a, n, pairs, j)).toBeLessThan(promise(a, n));
      }
    }
  });

  test('says what does not fit', () => {
    const { a, n } = secondDifferences(60);
    const run = (options: BlockPowerOptions) => block(options)(a, n, 6);
    expect(() => run({ blockSize: 0 })).toThrow('blockSize is a whole number ≥ 1');
    expect(() => run({ tolerance: -1 })).toThrow('tolerance lies in [0, 1), but is -1');
    expect(() => run({ maxProducts: 0.5 })).toThrow('maxProducts is a whole number');
    expect(() => run({ blockSize: 4, basisSize: 13 })).toThrow('basisSize is a whole number ≥ 18');
  });

  test('the eigenpairs of XᵀX are the notes’ sanity check', () => {
    const x = noisy(40 * 7, 17);
    const gram = gramOperator(denseOperator(x, 40, 7));
    const { values, vectors } = finish(blockPowerIteration(gram, 7));
    // XᵀX = Σ λᵢ v⁽ⁱ⁾v⁽ⁱ⁾ᵀ.
    for (let i = 0; i < 7; i++) {
      for (let j = 0; j < 7; j++) {
        let s = 0;
        for (let l = 0; l < 40; l++) s += x[l * 7 + i]! * x[l * 7 + j]!;
        for (let l = 0; l < 7; l++) s -= values[l]! * vectors[i * 7 + l]! * vectors[j * 7 + l]!;
        expect(Math.abs(s)).toBeLessThan(1e-12);
      }
    }
  });
});

describe('truncatedSvd', () => {
  /** UΣVᵀ with U [m, k], V [n, k] from the eigenvectors of made-up symmetric matrices. */
  const known = (m: number, n: number, sigma: readonly number[]): Float64Array => {
    const k = sigma.length;
    const left = block({})(withSpectrum(halves(m), 20).a, m, k).vectors;
    const right = block({})(withSpectrum(halves(n), 21).a, n, k).vectors;
    return Float64Array.from({ length: m * n }, (_, p) =>
      sigma.reduce(
        (s, σ, j) => s + σ * left[Math.floor(p / n) * k + j]! * right[(p % n) * k + j]!,
        0,
      ),
    );
  };

  test.each([
    [30, 12],
    [12, 30],
    [15, 15],
  ])('finds singular values and both sides of a %i × %i matrix', (m, n) => {
    const sigma = [8, 5, 5, 2, 1e-3, 1e-5];
    const a = known(m, n, sigma);
    const { u, values, v, residuals, reason } = finish(truncatedSvd(denseOperator(a, m, n), 6));
    expect(reason).toBe('');
    expect(orthogonalityError(u, m, 6)).toBeLessThan(1e-13);
    expect(orthogonalityError(v, n, 6)).toBeLessThan(1e-13);
    for (const [j, σ] of sigma.entries()) {
      expect(Math.abs(values[j]! - σ)).toBeLessThan(1e-10);
      let squares = 0;
      for (let i = 0; i < m; i++) {
        let s = -values[j]! * u[i * 6 + j]!;
        for (let l = 0; l < n; l++) s += a[i * n + l]! * v[l * 6 + j]!;
        squares += s * s;
      }
      // Through the squares, Av = σu or Aᵀu = σv is met to (rounding of σ₁²)/σ only.
      expect(Math.sqrt(squares)).toBeLessThan(residuals[j]! + 1e-13);
      expect(residuals[j]).toBeLessThan(1e-12 + 1e-13 / σ);
    }
    expect(signsAreFixed(m < n ? u : v, Math.min(m, n), 6)).toBe(true);
  });

  test('of rank below k ends in zeros, with orthonormal vectors all the same', () => {
    const a = known(20, 9, [3, 1]);
    const { u, values, v } = finish(truncatedSvd(denseOperator(a, 20, 9), 5));
    expect(values[1]).toBeCloseTo(1, 13);
    for (const value of values.subarray(2)) expect(value).toBeLessThan(1e-13);
    expect(orthogonalityError(u, 20, 5)).toBeLessThan(1e-13);
    expect(orthogonalityError(v, 9, 5)).toBeLessThan(1e-13);
  });

  test('says what does not fit', () => {
    const a = denseOperator(noisy(12, 1), 3, 4);
    expect(() => finish(truncatedSvd(a, 4))).toThrow('a 3 × 4 matrix has no 4 singular values');
  });
});
