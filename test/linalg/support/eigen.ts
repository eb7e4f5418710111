/** What every eigensolver is held to. */
import { expect } from 'vitest';
import {
  type BlockPowerOptions,
  blockPowerIteration,
} from '../../../src/linalg/eigen/block-power.js';
import { denseOperator } from '../../../src/linalg/eigen/dense-operator.js';
import { type Eigenpairs, finish } from '../../../src/linalg/eigen/eigenpairs.js';
import { type LanczosOptions, lanczos } from '../../../src/linalg/eigen/lanczos.js';
import { powerIteration } from '../../../src/linalg/eigen/power-iteration.js';
import {
  type KnownMatrix,
  orthogonalityError,
  promise,
  residual,
  signsAreFixed,
} from './matrices.js';

/** The first k eigenpairs of a dense symmetric matrix [n, n]. */
export type Solver = (a: Float64Array, n: number, k: number) => Eigenpairs;

export const power: Solver = (a, n, k) => finish(powerIteration(denseOperator(a, n, n), k));

export const blockPower =
  (options: BlockPowerOptions = {}): Solver =>
  (a, n, k) =>
    finish(blockPowerIteration(denseOperator(a, n, n), k, options));

export const lanczosWith =
  (options: LanczosOptions = {}): Solver =>
  (a, n, k) =>
    finish(lanczos(denseOperator(a, n, n), k, options));

const byMagnitude = (values: readonly number[]): number[] =>
  [...values].sort((x, y) => Math.abs(y) - Math.abs(x) || y - x);

/** Residuals, orthogonality, signs, and the eigenvalues themselves, all to what is promised. */
export function check(solve: Solver, { a, n, values }: KnownMatrix, k: number): Eigenpairs {
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

export const repeat = (value: number, times: number): number[] =>
  new Array<number>(times).fill(value);

/** 1, 1/2, 1/4, … */
export const halves = (n: number): number[] => Array.from({ length: n }, (_, j) => 2 ** -j);
