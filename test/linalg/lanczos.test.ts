import { describe, expect, test } from 'vitest';
import { blockPowerIteration } from '../../src/linalg/eigen/block-power.js';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
import { type LanczosOptions, lanczos } from '../../src/linalg/eigen/lanczos.js';
import { gramOperator, sparseOperator } from '../../src/linalg/eigen/operators.js';
import { powerIteration } from '../../src/linalg/eigen/power-iteration.js';
import { principalAngles } from '../../src/linalg/eigen/principal-angles.js';
import { truncatedSvd } from '../../src/linalg/eigen/truncated-svd.js';
import { allocate, inMemory, memoryUsage, release } from '../../src/linalg/memory.js';
import { useSimd } from '../../src/linalg/simd/index.js';
import { Csr } from '../../src/linalg/sparse/sparse.js';
import { noise, noisy, sameBits } from './support/arbitrary.js';
import { check, halves, lanczosWith, power, repeat } from './support/eigen.js';
import {
  orthogonalityError,
  promise,
  residual,
  secondDifferences,
  withSpectrum,
} from './support/matrices.js';

describe('lanczos', () => {
  test('by algebraic value', () => {
    const values = [-9, 7, -5, 3, 1, 0.5, -0.5, 0.1, ...repeat(0, 20)];
    const { a, n } = withSpectrum(values, 2);
    for (const options of [{}, { blockSize: 1, basisSize: 12 }]) {
      const pairs = lanczosWith({ ...options, which: 'algebraic' })(a, n, 4);
      for (const [j, value] of [7, 3, 1, 0.5].entries()) {
        expect(Math.abs(pairs.values[j]! - value)).toBeLessThan(promise(a, n));
      }
    }
    // All negative: the largest is the one nearest 0.
    const negative = withSpectrum(
      halves(20).map((x) => -1 - x),
      3,
    );
    const pairs = lanczosWith({ which: 'algebraic' })(negative.a, 20, 2);
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
    const pairs = finish(lanczos(a, 6));
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

  test('the largest of −1, 2, −1, by their closed form, values and vectors', () => {
    const known = secondDifferences(400);
    const { n } = known;
    for (const options of [{}, { blockSize: 1, basisSize: 30 }, { blockSize: 4 }]) {
      const pairs = check(lanczosWith(options), known, 6);
      for (let j = 0; j < 6; j++) {
        // The vector of 2 + 2cos(jπ/(n+1)) is (−1)ⁱ sin(ijπ/(n+1)).
        let along = 0;
        for (let i = 1; i <= n; i++) {
          const sine = Math.sin((i * (j + 1) * Math.PI) / (n + 1)) * Math.sqrt(2 / (n + 1));
          along += (i % 2 === 0 ? 1 : -1) * sine * pairs.vectors[(i - 1) * 6 + j]!;
        }
        expect(1 - Math.abs(along)).toBeLessThan(1e-12);
      }
    }
  });

  test('two that agree to 14 digits: a Wilkinson matrix', () => {
    // |i − 10| on the diagonal, 1 beside it: the two largest of W₂₁⁺ (Wilkinson 1965, p. 309).
    const n = 21;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      a[i * n + i] = Math.abs(i - 10);
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = 1;
    }
    for (const solve of [lanczosWith(), lanczosWith({ blockSize: 1, basisSize: 8 })]) {
      const { values } = solve(a, n, 4);
      for (const [j, value] of [
        10.746194182903393, 10.746194182903322, 9.210678647361332, 9.210678647304919,
      ].entries()) {
        expect(Math.abs(values[j]! - value)).toBeLessThan(1e-12);
      }
    }
  });

  test('clusters: 1, 1 − 10⁻⁶, 1 − 2·10⁻⁶, …', () => {
    const cluster = Array.from({ length: 8 }, (_, j) => 1 - j * 1e-6);
    for (const options of [{}, { blockSize: 1 }, { blockSize: 3, basisSize: 16 }]) {
      check(lanczosWith(options), withSpectrum([...cluster, ...halves(50).slice(1)], 21), 5);
    }
  });

  test('a block that holds vectors of a repeated eigenvalue at once is not taken for an answer', () => {
    // Three vectors, of which two dimensions lie in the eigenspace of −0.2 from the start.
    for (let seed = 1; seed <= 5; seed++) {
      check(lanczosWith({ blockSize: 3, seed }), withSpectrum([0.5, ...repeat(-0.2, 8)], seed), 1);
      check(lanczosWith({ blockSize: 2, seed }), withSpectrum([1.2, -1, -1, -1], seed), 1);
      check(lanczosWith({ blockSize: 4, seed }), withSpectrum([3, 3, ...repeat(-1, 30)], seed), 1);
    }
  });

  test('more copies than the block has vectors, in a space too large to be spanned', () => {
    const values = [...repeat(3, 7), 2, ...repeat(1.5, 5), ...halves(70)];
    for (const options of [{}, { blockSize: 1 }, { blockSize: 1, basisSize: 24 }]) {
      check(lanczosWith(options), withSpectrum(values, 22), 12);
    }
    check(
      lanczosWith({ blockSize: 1 }),
      withSpectrum([...repeat(1, 40), ...repeat(-1, 40)], 23),
      9,
    );
  });

  test('the tolerance is relative to |λ₁|, and fewer products suffice for it', () => {
    const { a, n } = withSpectrum(
      Array.from({ length: 80 }, (_, j) => 50 / (1 + j)),
      15,
    );
    const strict = lanczosWith({ basisSize: 20 })(a, n, 5);
    const loose = lanczosWith({ basisSize: 20, tolerance: 1e-3 })(a, n, 5);
    expect(loose.converged).toBe(5);
    expect(loose.products).toBeLessThan(strict.products);
    for (let j = 0; j < 5; j++) expect(residual(a, n, loose, j)).toBeLessThan(3 * 1e-3 * 50);
  });

  test('finds what the power iteration finds', () => {
    const { a, n } = withSpectrum([9, -7, 6, 4, 3, -1, ...repeat(0.5, 20)], 16);
    const [one, other] = [power(a, n, 5), lanczosWith({})(a, n, 5)];
    for (const angle of principalAngles(one.vectors, other.vectors, n, 5, 5)) {
      expect(angle).toBeLessThan(1e-12);
    }
    for (let p = 0; p < n * 5; p++)
      expect(Math.abs(one.vectors[p]! - other.vectors[p]!)).toBeLessThan(1e-11);
  });

  test('out of products, it reports the pairs as they are', () => {
    const { a, n } = secondDifferences(100);
    const pairs = lanczosWith({ maxProducts: 60, basisSize: 20 })(a, n, 4);
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
    for (const { products, pairs } of lanczos(denseOperator(a, n, n), 6)) {
      const now = pairs();
      expect(now.values).toHaveLength(Math.min(6, products));
      expect(now.reason).toBe(now.converged === 6 ? '' : 'the iteration was stopped');
      expect(orthogonalityError(now.vectors, n, now.values.length)).toBeLessThan(1e-13);
      if (products > 30) break;
    }
    const iteration = lanczos(denseOperator(a, n, n), 2);
    const first = iteration.next();
    if (first.done) throw new Error('ended at once');
    const last = finish(iteration);
    expect(first.value.pairs()).toBe(last);
  });

  test('the same bits with WebAssembly and without, as all three solvers and the SVD', () => {
    const x = noisy(90 * 70, 24);
    const points = denseOperator(x, 90, 70);
    const { a, n } = withSpectrum(halves(37), 25);
    const results = [true, false].map((on) => {
      useSimd(on);
      const symmetric = denseOperator(a, n, n);
      const svd = finish(truncatedSvd(points, 4));
      return [
        finish(lanczos(gramOperator(points), 5)).vectors,
        finish(lanczos(symmetric, 3)).vectors,
        finish(blockPowerIteration(symmetric, 3)).vectors,
        finish(powerIteration(symmetric, 2)).vectors,
        svd.u,
        svd.values,
      ];
    });
    useSimd(true);
    for (const [i, fast] of results[0]!.entries()) {
      expect(sameBits(fast, results[1]![i]!), `result ${i}`).toBe(true);
    }
  });

  test('gives its memory back', () => {
    const { a, n } = secondDifferences(200);
    const operator = denseOperator(inMemory(a), n, n);
    const run = () => {
      finish(lanczos(operator, 3));
      finish(powerIteration(operator, 1, { maxProducts: 50 }));
      finish(blockPowerIteration(operator, 2, { maxProducts: 50 }));
      finish(truncatedSvd(operator, 2));
      return memoryUsage().used;
    };
    const used = run();
    expect(run()).toBe(used);
  });

  test('does not mind what its memory held before', () => {
    const { a, n } = withSpectrum(halves(40), 8);
    const operator = denseOperator(inMemory(a), n, n);
    const run = () => [
      finish(lanczos(operator, 3)).vectors,
      finish(blockPowerIteration(operator, 3)).vectors,
      finish(truncatedSvd(operator, 3)).v,
    ];
    const before = run();
    release(allocate(2 ** 17).fill(NaN));
    expect(run()).toEqual(before);
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
      check(lanczosWith({ blockSize, basisSize, seed, maxProducts: 3000 }), known, k);
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
      const pairs = lanczosWith({
        which: 'algebraic',
        blockSize,
        basisSize,
        seed,
        maxProducts: 5000,
      })(a, n, k);
      expect(pairs.reason).toBe('');
      for (let j = 0; j < k; j++) {
        expect(Math.abs(pairs.values[j]! - sorted[j]!), `pair ${j}`).toBeLessThan(promise(a, n));
        expect(residual(a, n, pairs, j)).toBeLessThan(promise(a, n));
      }
    }
  });

  test('says what does not fit', () => {
    const { a, n } = secondDifferences(60);
    const run = (options: LanczosOptions) => lanczosWith(options)(a, n, 6);
    expect(() => run({ blockSize: 0 })).toThrow('blockSize is a whole number ≥ 1');
    expect(() => run({ tolerance: -1 })).toThrow('tolerance lies in [0, 1), but is -1');
    expect(() => run({ maxProducts: 0.5 })).toThrow('maxProducts is a whole number');
    expect(() => run({ blockSize: 4, basisSize: 13 })).toThrow('basisSize is a whole number ≥ 18');
  });

  test('the eigenpairs of XᵀX are the notes’ sanity check', () => {
    const x = noisy(40 * 7, 17);
    const gram = gramOperator(denseOperator(x, 40, 7));
    const { values, vectors } = finish(lanczos(gram, 7));
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
