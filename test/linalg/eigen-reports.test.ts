import { describe, expect, test } from 'vitest';
import { blockPowerIteration } from '../../src/linalg/eigen/block-power.js';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import {
  checkTolerance,
  finish,
  polished,
  rankOf,
  reportPairs,
  residualLimit,
} from '../../src/linalg/eigen/eigenpairs.js';
import { lanczos } from '../../src/linalg/eigen/lanczos.js';
import type { LinearOperator } from '../../src/linalg/eigen/linear-operator.js';
import { powerIteration } from '../../src/linalg/eigen/power-iteration.js';
import { truncatedSvd } from '../../src/linalg/eigen/truncated-svd.js';
import { noisy } from './support/arbitrary.js';
import { promise, secondDifferences } from './support/matrices.js';

const { a, n, values } = secondDifferences(90);
const operator = denseOperator(a, n, n);
const k = 3;

/** What it yields first. */
function started<T>(iteration: Generator<T, unknown>): T {
  const { value, done } = iteration.next();
  if (done) throw new Error('ended at once');
  return value;
}

interface Progress {
  readonly products: number;
  readonly converged: number;
}
interface Report {
  readonly values: Float64Array;
  readonly converged: number;
  readonly products: number;
  readonly reason: string;
}
type Solver = (a: LinearOperator, options: { maxProducts?: number }) => Generator<Progress, Report>;

const solvers: Record<string, Solver> = {
  blockPowerIteration: (a, options) => blockPowerIteration(a, k, { ...options, blockSize: 40 }),
  lanczos: (a, options) => lanczos(a, k, options),
  truncatedSvd: (a, options) => truncatedSvd(a, k, options),
};

describe('reportPairs', () => {
  const diagonal = denseOperator(Float64Array.of(1, 0, 0, 0, -5, 0, 0, 0, 3), 3, 3);
  const unit = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

  test('puts pairs in order, with their vectors and residuals, and what a residual may be', () => {
    const report = reportPairs(diagonal, unit, 3, 'magnitude', 2 ** -30, 4, '');
    expect([...report.values]).toEqual([-5, 3, 1]);
    expect([...report.vectors]).toEqual([0, 0, 1, 1, 0, 0, 0, 1, 0]);
    expect([...report.residuals]).toEqual([0, 0, 0]);
    expect(report.limit).toBe(3 * 2 ** -30);
    expect(report.products).toBe(7);
    expect(report.converged).toBe(3);
    const algebraic = reportPairs(diagonal, unit, 3, 'algebraic', 2 ** -30, 4, '');
    expect([...algebraic.values]).toEqual([3, 1, -5]);
    // (1, 1)/√2 has the Rayleigh quotient (1 − 5)/2, and is 3 away from any eigenvector.
    const mixed = Float64Array.of(0, 0, 1, Math.SQRT1_2, Math.SQRT1_2, 0);
    const two = reportPairs(diagonal, mixed, 2, 'algebraic', 2 ** -30, 0, '');
    expect(two.values[0]).toBeCloseTo(3, 14);
    expect(two.values[1]).toBeCloseTo(-2, 14);
    expect(two.residuals[1]).toBeCloseTo(3, 14);
    expect(two.reason).toBe('1 of 2 residuals, measured at the end, are above the limit');
  });

  test('a residual of exactly what it may be has converged', () => {
    const swap = denseOperator(Float64Array.of(0, 3, 3, 0), 2, 2);
    const { residuals, converged } = reportPairs(
      swap,
      Float64Array.of(1, 0),
      1,
      'magnitude',
      1,
      0,
      '',
    );
    expect([...residuals]).toEqual([3]);
    expect(converged).toBe(1);
  });

  test('magnitudes that agree within the limit: the positive one outranks the other', () => {
    expect(rankOf(-3, 'magnitude', 0.5)).toBe(3);
    expect(rankOf(3, 'magnitude', 0.5)).toBe(3.5);
    expect(rankOf(0.25, 'magnitude', 0.5)).toBe(0.75);
    expect(rankOf(-3, 'algebraic', 0.5)).toBe(-3);
  });

  test('a tolerance lies in [0, 1)', () => {
    for (const tolerance of [0, 0.5, 1 - 2 ** -53]) checkTolerance('solver', tolerance);
    for (const tolerance of [-(2 ** -60), 1, 2, NaN]) {
      expect(() => checkTolerance('solver', tolerance)).toThrow(
        `solver: tolerance lies in [0, 1), but is ${tolerance}`,
      );
    }
  });

  test('a residual may be ten units of rounding for each row, of the largest column', () => {
    expect(residualLimit(diagonal)).toBe(10 * 3 * 2 ** -52 * 5);
  });

  test('vectors that are orthonormal to δ are so to δ² in the report', () => {
    const rough = Float64Array.of(1 + 1e-5, 2e-5, 0, -1e-5, 1, 3e-5);
    const rows = polished(rough, 2, 3);
    const product = (i: number, j: number) =>
      [0, 1, 2].reduce((s, l) => s + rows[i * 3 + l]! * rows[j * 3 + l]!, 0);
    expect(Math.abs(product(0, 0) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(product(1, 1) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(product(0, 1))).toBeLessThan(1e-9);
  });
});

test('of no pairs there is nothing to be done', () => {
  const none = { values: new Float64Array(0), converged: 0, products: 0, reason: '' };
  for (const found of [
    finish(powerIteration(operator, 0)),
    finish(blockPowerIteration(operator, 0)),
    finish(lanczos(operator, 0)),
    finish(truncatedSvd(operator, 0)),
    finish(truncatedSvd(denseOperator(noisy(6, 1), 2, 3), 0)),
  ]) {
    expect(found).toMatchObject(none);
  }
});

test('the seed is 1 where none is given', () => {
  const begin: ((seed: { seed?: number }) => Float64Array)[] = [
    (seed) => started(powerIteration(operator, k, seed)).pairs().vectors,
    (seed) => started(blockPowerIteration(operator, k, seed)).pairs().vectors,
    (seed) => started(lanczos(operator, k, seed)).pairs().vectors,
    (seed) => started(truncatedSvd(operator, k, seed)).triplets().v,
  ];
  for (const vectors of begin) {
    expect([...vectors({})]).toEqual([...vectors({ seed: 1 })]);
    expect([...vectors({})]).not.toEqual([...vectors({ seed: 2 })]);
  }
});

describe.each(Object.entries(solvers))('%s', (_, solve) => {
  test('out of products when all have just converged, it has nothing to explain', () => {
    let enough = 0;
    const iteration = solve(operator, {});
    for (let step = iteration.next(); enough === 0; step = iteration.next()) {
      // What the report is measured with comes on top.
      if (step.done) enough = step.value.products - k;
      else if (step.value.converged === k) enough = step.value.products;
    }
    const last = finish(solve(operator, { maxProducts: enough }));
    expect(last.products).toBe(enough + k);
    expect(last.converged).toBe(k);
    expect(last.reason).toBe('');
    for (let j = 0; j < k; j++) {
      expect(Math.abs(last.values[j]! - values[j]!)).toBeLessThanOrEqual(promise(a, n));
    }
    const early = finish(solve(operator, { maxProducts: 1 }));
    expect(early.converged).toBe(0);
    expect(early.reason).toMatch(
      /^0 of 3 pairs converged within 1 products; the largest residual is \d.*, the limit \d.*e-1\d$/,
    );
  });

  test('an operator whose products say one thing now and another later is found out', () => {
    let calls = 0;
    const fickle: LinearOperator = {
      ...operator,
      norm1: operator.norm1,
      apply: (out, x, count) => {
        operator.apply(out, x, count);
        // The pairs are measured by one more product, of exactly them.
        if (count !== k) return;
        calls++;
        for (let i = 0; i < out.length; i++) out[i]! += 1e-3;
      },
    };
    const found = finish(solve(fickle, {}));
    expect(calls).toBe(1);
    expect(found.converged).toBe(0);
    expect(found.reason).toBe('3 of 3 residuals, measured at the end, are above the limit');
  });
});

test.each([
  [31, 2],
  [32, 8],
])('for %d pairs a block has %d vectors', (count, width) => {
  const x = denseOperator(noisy(90 * 80, 3), 90, 80);
  for (const iteration of [lanczos(denseOperator(a, n, n), count), truncatedSvd(x, count)]) {
    const { value } = iteration.next();
    expect((value as Progress).products).toBe(width);
    iteration.return(undefined as never);
  }
});
