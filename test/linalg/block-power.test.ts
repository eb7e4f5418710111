import { describe, expect, test } from 'vitest';
import { type BlockPowerOptions, blockPowerIteration } from '../../src/linalg/eigen/block-power.js';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
import type { LinearOperator } from '../../src/linalg/eigen/linear-operator.js';
import { Random } from '../../src/linalg/random/random-stream.js';
import { noise } from './support/arbitrary.js';
import { blockPower, check, halves, power, repeat } from './support/eigen.js';
import {
  orthogonalityError,
  promise,
  residual,
  secondDifferences,
  withSpectrum,
} from './support/matrices.js';

describe('blockPowerIteration', () => {
  test('goes on in a random direction, the next of its stream, where AV is in the span of V', () => {
    const n = 5;
    const seen: number[][] = [];
    const zero = denseOperator(new Float64Array(n * n), n, n);
    const watched: LinearOperator = {
      ...zero,
      norm1: 0,
      apply: (out, x, k) => {
        seen.push([...x]);
        zero.apply(out, x, k);
      },
    };
    finish(blockPowerIteration(watched, 1, { blockSize: 1, seed: 9 }));
    const random = new Random(9, 'block power iteration');
    const [first, second] = [0, 1].map(() => Array.from({ length: n }, () => random.normal()));
    const unit = (x: readonly number[]) => x.map((value) => value / Math.hypot(...x));
    const u = unit(first!);
    const along = u.reduce((s, value, i) => s + value * second![i]!, 0);
    for (const [at, expected] of [u, unit(second!.map((x, i) => x - along * u[i]!))].entries()) {
      for (const [i, value] of expected.entries()) expect(seen[at]![i]).toBeCloseTo(value, 14);
    }
  });

  test('reports how far the block is from eigenvectors', () => {
    const { a, n } = withSpectrum(halves(40), 4);
    const first = blockPowerIteration(denseOperator(a, n, n), 3, { blockSize: 4 }).next();
    if (first.done) throw new Error('ended at once');
    expect(first.value.residual / Math.max(...first.value.pairs().residuals)).toBeCloseTo(1, 12);
    expect(first.value.products).toBe(4);
  });

  test('goes on when those products show that it had not arrived', () => {
    const { a, n } = withSpectrum(halves(40), 5);
    const operator = denseOperator(a, n, n);
    let faulty = false;
    const fickle: LinearOperator = {
      ...operator,
      norm1: operator.norm1,
      apply: (out, x, k) => {
        operator.apply(out, x, k);
        if (faulty) for (let p = 0; p < out.length; p++) out[p]! += 1e-3 * Math.sin(p);
        faulty = false;
      },
    };
    const iteration = blockPowerIteration(fickle, 2, { blockSize: 4 });
    const step = () => {
      const { value, done } = iteration.next();
      return done ? 'ended' : value.converged;
    };
    while (step() !== 2);
    faulty = true;
    expect([step(), step(), step()]).toEqual([0, 0, 0]);
  });

  test('ends with products of all vectors, orthonormal to the last digit, not with what rotations made of old ones', () => {
    const { a, n } = secondDifferences(60);
    const operator = denseOperator(a, n, n);
    let last = new Float64Array(0);
    const watched: LinearOperator = {
      ...operator,
      norm1: operator.norm1,
      apply: (out, x, k) => {
        if (k === 7) last = x.slice();
        operator.apply(out, x, k);
      },
    };
    const pairs = finish(blockPowerIteration(watched, 2, { blockSize: 7 }));
    expect(pairs.converged).toBe(2);
    expect(pairs.products).toBeGreaterThan(500);
    expect(orthogonalityError(last, n, 7)).toBeLessThan(4 * 2 ** -52);
    // What is returned lies in their span.
    for (let j = 0; j < 2; j++) {
      let rest = 1;
      for (let l = 0; l < 7; l++) {
        let along = 0;
        for (let i = 0; i < n; i++) along += last[i * 7 + l]! * pairs.vectors[i * 2 + j]!;
        rest -= along * along;
      }
      expect(Math.abs(rest)).toBeLessThan(1e-13);
    }
  });

  test('by algebraic value', () => {
    const values = [-9, 7, -5, 3, 1, 0.5, -0.5, 0.1, ...repeat(0, 20)];
    const { a, n } = withSpectrum(values, 2);
    const pairs = blockPower({ which: 'algebraic' })(a, n, 4);
    for (const [j, value] of [7, 3, 1, 0.5].entries()) {
      expect(Math.abs(pairs.values[j]! - value)).toBeLessThan(promise(a, n));
    }
    // All negative: the largest is the one nearest 0.
    const negative = withSpectrum(
      halves(20).map((x) => -1 - x),
      3,
    );
    const last = blockPower({ which: 'algebraic' })(negative.a, 20, 2);
    expect(last.values[0]).toBeCloseTo(-1 - 2 ** -19, 12);
  });

  test('needs no more products than its steps have vectors', () => {
    // Of 0: a block, a step, which shows that nothing else is there, the block once more; the report takes another k.
    const zero = check(
      blockPower(),
      { a: new Float64Array(1600), n: 40, values: repeat(0, 40) },
      3,
    );
    expect(zero.products).toBe(3 * 11 + 3);
    // 12 vectors and the 6 that the space has room for beside them.
    const known = withSpectrum([9, -7, 6, 4, 3, -1, ...repeat(0.5, 12)], 16);
    expect(check(blockPower({ blockSize: 12 }), known, 4).products).toBe(18 + 4);
    expect(blockPower()(known.a, 18, 0).products).toBe(0);
    // All of them at once, and more of them than columns are combined at a time.
    const n = 345;
    const all = blockPower({ blockSize: n })(new Float64Array(n * n), n, 1);
    expect([all.converged, all.products]).toEqual([1, n + 1]);
  });

  test('says what does not fit', () => {
    const { a, n } = secondDifferences(30);
    const run = (options: BlockPowerOptions) => blockPower(options)(a, n, 6);
    expect(() => run({ blockSize: 5 })).toThrow('blockSize is a whole number ≥ 6, not 5');
    expect(() => run({ blockSize: 8.5 })).toThrow('blockSize is a whole number ≥ 6, not 8.5');
    expect(() => run({ tolerance: 1 })).toThrow('tolerance lies in [0, 1), but is 1');
    expect(() => run({ maxProducts: -1 })).toThrow('maxProducts is a whole number');
  });

  test('a block no wider than what is wanted, up to one as wide as A', () => {
    const known = withSpectrum([9, -7, 6, 4, 3, -1, ...repeat(0.5, 12)], 16);
    for (const blockSize of [4, 5, 8, 9, 10, 17, 18, 40])
      check(blockPower({ blockSize }), known, 4);
  });

  test('a block that holds vectors of a repeated eigenvalue at once is not taken for an answer', () => {
    for (let seed = 1; seed <= 5; seed++) {
      check(blockPower({ seed }), withSpectrum([0.5, ...repeat(-0.2, 40)], seed), 1);
      check(blockPower({ seed }), withSpectrum([0.5, -0.4, 0.3, ...repeat(-0.2, 40)], seed), 2);
    }
  });

  test('the tolerance is relative to |λ₁|, and fewer products suffice for it', () => {
    const values = Array.from({ length: 80 }, (_, j) => 50 / (1 + j));
    const { a, n } = withSpectrum(values, 15);
    const [strict, loose] = [blockPower()(a, n, 5), blockPower({ tolerance: 1e-3 })(a, n, 5)];
    expect(loose.converged).toBe(5);
    expect(loose.products).toBeLessThan(strict.products);
    expect(loose.limit / (3 * 1e-3 * 50)).toBeCloseTo(1, 5);
    for (let j = 0; j < 5; j++) expect(residual(a, n, loose, j)).toBeLessThan(3 * 1e-3 * 50);
  });

  test('out of products, it reports the pairs as they are', () => {
    const { a, n } = secondDifferences(100);
    const pairs = blockPower({ maxProducts: 60 })(a, n, 4);
    expect(pairs.converged).toBeLessThan(4);
    expect(pairs.values).toHaveLength(4);
    expect(pairs.reason).toMatch(
      /of 4 pairs converged within 60 products; the largest residual is/,
    );
    for (let j = 0; j < 4; j++) {
      expect(residual(a, n, pairs, j)).toBeCloseTo(pairs.residuals[j]!, 12);
    }
  });

  test('can be watched and stopped, and asked for the pairs when it has ended', () => {
    const { a, n } = secondDifferences(60);
    const iteration = blockPowerIteration(denseOperator(a, n, n), 6, { maxProducts: 200 });
    const first = iteration.next();
    if (first.done) throw new Error('ended at once');
    const now = first.value.pairs();
    expect(now.values).toHaveLength(6);
    expect(now.reason).toBe('the iteration was stopped');
    expect(orthogonalityError(now.vectors, n, 6)).toBeLessThan(1e-13);
    const last = finish(iteration);
    expect(first.value.pairs()).toBe(last);
  });

  test('pairs that differ little come together: λ₁/λ₂ does not matter, λ₁/λ₁₀ does', () => {
    const { a, n } = withSpectrum([1, 1 - 1e-6, 1 - 2e-6, ...repeat(0.5, 40)], 11);
    const pairs = blockPower()(a, n, 2);
    expect(pairs.converged).toBe(2);
    expect(pairs.products).toBeLessThan(400);
    expect(Math.abs(pairs.values[1]! - (1 - 1e-6))).toBeLessThan(promise(a, n));
    expect(power(a, n, 2).converged).toBe(0);
  });

  test('spectra of few, much repeated values, blocks of every size', () => {
    for (let seed = 0; seed < 60; seed++) {
      const next = noise(seed);
      const whole = (below: number): number => Math.floor(((next() + 1) / 2) * below);
      const levels = Array.from({ length: 1 + whole(6) }, () => [0, 1, -1, 8, -200][whole(5)]!);
      const values = Array.from({ length: 2 + whole(35) }, () => {
        const level = levels[whole(levels.length)]!;
        return whole(5) === 0 ? -level : level;
      });
      const known = withSpectrum(values, seed);
      const k = 1 + whole(Math.min(known.n, 12));
      check(blockPower({ blockSize: k + whole(5), seed }), known, k);
    }
  });
});
