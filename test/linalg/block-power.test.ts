import { describe, expect, test } from 'vitest';
import { type BlockPowerOptions, blockPowerIteration } from '../../src/linalg/eigen/block-power.js';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { finish } from '../../src/linalg/eigen/eigenpairs.js';
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

  test('pairs that differ little come together: λ₁/λ₂ does not matter, λ₁/λ₁₀ does', () => {
    const { a, n } = withSpectrum([1, 1 - 1e-6, 1 - 2e-6, ...repeat(0.5, 40)], 11);
    const pairs = blockPower()(a, n, 2);
    expect(pairs.converged).toBe(2);
    expect(pairs.products).toBeLessThan(400);
    expect(Math.abs(pairs.values[1]! - (1 - 1e-6))).toBeLessThan(promise(a, n));
    expect(power(a, n, 2).converged).toBe(0);
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

  test('the tolerance is relative to |λ₁|, and fewer products suffice for it', () => {
    const values = Array.from({ length: 80 }, (_, j) => 50 / (1 + j));
    const { a, n } = withSpectrum(values, 15);
    const [strict, loose] = [blockPower()(a, n, 5), blockPower({ tolerance: 1e-3 })(a, n, 5)];
    expect(loose.converged).toBe(5);
    expect(loose.products).toBeLessThan(strict.products);
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

  test('says what does not fit', () => {
    const { a, n } = secondDifferences(30);
    const run = (options: BlockPowerOptions) => blockPower(options)(a, n, 6);
    expect(() => run({ blockSize: 5 })).toThrow('blockSize is a whole number ≥ 6, not 5');
    expect(() => run({ blockSize: 8.5 })).toThrow('blockSize is a whole number ≥ 6, not 8.5');
    expect(() => run({ tolerance: 1 })).toThrow('tolerance lies in [0, 1), but is 1');
    expect(() => run({ maxProducts: -1 })).toThrow('maxProducts is a whole number');
  });
});
