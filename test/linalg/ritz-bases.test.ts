/** The bases that Lanczos works with, step by step: what Rayleigh and Ritz promise of them, by plain loops. */
import { describe, expect, test } from 'vitest';
import { BidiagonalBasis, type RitzTriplets } from '../../src/linalg/eigen/bidiagonal-basis.js';
import { denseOperator } from '../../src/linalg/eigen/dense-operator.js';
import { KrylovBasis } from '../../src/linalg/eigen/krylov-basis.js';
import type { LinearOperator } from '../../src/linalg/eigen/linear-operator.js';
import type { RitzBasis, RitzPairs } from '../../src/linalg/eigen/ritz.js';
import { memoryUsage } from '../../src/linalg/memory.js';
import { Random } from '../../src/linalg/random/random-stream.js';
import { noisy } from './support/arbitrary.js';
import { repeat } from './support/eigen.js';
import { secondDifferences, withSpectrum } from './support/matrices.js';

type Rows = number[][];

const rowsOf = (x: Float64Array, count: number): Rows =>
  Array.from({ length: count }, (_, j) => [
    ...x.subarray((j * x.length) / count, ((j + 1) * x.length) / count),
  ]);

const dot = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((s, value, i) => s + value * y[i]!, 0);

const lengthOf = (x: readonly number[]): number => Math.sqrt(dot(x, x));

/** y − c·x */
const less = (y: readonly number[], c: number, x: readonly number[]): number[] =>
  y.map((value, i) => value - c * x[i]!);

/** A·x for A [m, n], row-major. */
const times = (a: Float64Array, m: number, x: readonly number[]): number[] =>
  rowsOf(a, m).map((row) => dot(row, x));

const timesTransposed = (a: Float64Array, m: number, x: readonly number[]): number[] =>
  times(
    Float64Array.from(a, (_, p) => a[(p % m) * (a.length / m) + Math.floor(p / m)]!),
    a.length / m,
    x,
  );

function expectOrthonormal(rows: Rows): void {
  for (const [i, x] of rows.entries()) {
    for (const [j, y] of rows.slice(0, i + 1).entries()) {
      expectNear(dot(x, y), i === j ? 1 : 0);
    }
  }
}

function expectNear(x: number, y: number): void {
  if (!(Math.abs(x - y) < 1e-12)) throw new Error(`${x} is not ${y}`);
}

function expectSorted(values: Float64Array, rank: (value: number) => number): void {
  for (let j = 1; j < values.length; j++) {
    // A rotation among equal values leaves them in any order.
    expect(rank(values[j - 1]!) - rank(values[j]!)).toBeGreaterThan(-1e-12);
  }
}

/** Counts what is multiplied. */
function counted(a: LinearOperator): { operator: LinearOperator; widths: number[] } {
  const widths: number[] = [];
  const operator: LinearOperator = {
    ...a,
    norm1: a.norm1,
    apply: (out, x, k) => {
      widths.push(k);
      a.apply(out, x, k);
    },
  };
  return { operator, widths };
}

const algebraic = (value: number): number => value;

/** What is true of the Ritz pairs of any space: V orthonormal, VAVᵀ diagonal, A·v − θ·v as long as it is said to be. */
function checkPairs(a: Float64Array, n: number, basis: KrylovBasis, rank = algebraic): RitzPairs {
  const ritz = basis.ritz(rank, 0);
  expect(ritz.values).toHaveLength(basis.size);
  expect(ritz.residuals).toHaveLength(basis.size);
  expectSorted(ritz.values, rank);
  const vectors = rowsOf(basis.vectors(ritz, basis.size), basis.size);
  expectOrthonormal(vectors);
  for (const [j, v] of vectors.entries()) {
    const image = times(a, n, v);
    for (const [i, other] of vectors.entries()) {
      expectNear(dot(other, image), i === j ? ritz.values[j]! : 0);
    }
    expectNear(lengthOf(less(image, ritz.values[j]!, v)), ritz.residuals[j]!);
  }
  return ritz;
}

describe('KrylovBasis', () => {
  const { a, n } = withSpectrum([-6, 5, 4.5, 3, -3, 2, 1, 0.5, 0.25, -0.1, 0, 0], 5);

  test.each([1, 2, 3, 5])('grown to the full space by blocks of %d', (blockSize) => {
    const { operator, widths } = counted(denseOperator(a, n, n));
    const basis = new KrylovBasis(operator, n, blockSize, new Random(3, 'test'));
    let size = 0;
    while (size < n) {
      expect(basis.complete).toBe(false);
      const width = Math.min(blockSize, n - size);
      expect(basis.nextProducts).toBe(width);
      basis.grow();
      expect(widths).toHaveLength(Math.ceil(size / blockSize) + 1);
      expect(widths.at(-1)).toBe(width);
      size += width;
      expect(basis.size).toBe(size);
      checkPairs(a, n, basis);
      checkPairs(a, n, basis, Math.abs);
    }
    expect(basis.complete).toBe(true);
    expect(basis.nextProducts).toBe(0);
    const { values, residuals } = basis.ritz(algebraic, 0);
    for (const [j, value] of [5, 4.5, 3, 2, 1, 0.5, 0.25, 0, 0, -0.1, -3, -6].entries()) {
      expectNear(values[j]!, value);
      expectNear(residuals[j]!, 0);
    }
    basis.release();
  });

  test.each([
    [1, 7, 4],
    [2, 7, 3],
    [3, 9, 4],
  ])('blocks of %d, room for %d, starting again from the best %d', (blockSize, capacity, kept) => {
    const basis = new KrylovBasis(
      denseOperator(a, n, n),
      capacity,
      blockSize,
      new Random(4, 'test'),
    );
    let [first, last] = [0, 0];
    for (let restart = 0; restart < 40; restart++) {
      while (basis.nextProducts > 0) {
        expect(basis.nextProducts).toBe(blockSize);
        basis.grow();
        if (restart < 3) checkPairs(a, n, basis);
      }
      expect(basis.size + blockSize).toBeGreaterThan(capacity);
      const ritz = basis.ritz(algebraic, 0);
      if (restart === 0) first = ritz.residuals[0]!;
      last = ritz.residuals[0]!;
      const best = basis.vectors(ritz, kept);
      basis.keep(ritz, kept);
      expect(basis.size).toBe(kept);
      expect(best).toHaveLength(kept * n);
      basis.grow();
      if (restart >= 3) continue;
      // What was kept is still there: every vector of it lies in the new space.
      const vectors = rowsOf(basis.vectors(checkPairs(a, n, basis), basis.size), basis.size);
      for (const v of rowsOf(best, kept)) {
        expectNear(lengthOf(vectors.map((w) => dot(v, w))), 1);
      }
    }
    expect(first).toBeGreaterThan(1e-3);
    expect(last).toBeLessThan(1e-10);
    basis.release();
  });

  test('goes on along A·V, so that k steps know A to the power 2k − 1', () => {
    // Gauss: the Ritz values of −1, 2, −1 from one vector match its moments vᵀAᵖv, p < 2k.
    const known = secondDifferences(40);
    const basis = new KrylovBasis(denseOperator(known.a, 40, 40), 12, 1, new Random(5, 'test'));
    basis.grow();
    const start = [...basis.vectors(basis.ritz(algebraic, 0), 1)];
    for (let k = 1; k < 5; k++, basis.grow()) {
      const { values, coefficients } = basis.ritz(algebraic, 0);
      let power = start;
      for (let p = 0; p < 2 * k; p++) {
        const moment = dot(start, power);
        let quadrature = 0;
        for (let j = 0; j < k; j++) quadrature += coefficients[j * k]! ** 2 * values[j]! ** p;
        expect(Math.abs(quadrature / moment - 1)).toBeLessThan(1e-12);
        power = times(known.a, 40, power);
      }
    }
    basis.release();
  });

  test('one vector at a time finds one vector of each eigenvalue; a new block finds another', () => {
    const { a: twins } = withSpectrum([3, 3, 3, 2, 1, 1], 8);
    const basis = new KrylovBasis(denseOperator(twins, 6, 6), 5, 1, new Random(7, 'test'));
    for (let copies = 1; copies <= 3; copies++) {
      while (basis.size < copies + 2) basis.grow();
      const ritz = checkPairs(twins, 6, basis);
      for (const [j, value] of [...repeat(3, copies), 2, 1].entries()) {
        expectNear(ritz.values[j]!, value);
      }
      const before = rowsOf(basis.vectors(ritz, copies), copies);
      basis.keep(ritz, copies);
      basis.drawBlock();
      expect(basis.nextProducts).toBe(1);
      basis.grow();
      const after = basis.ritz(algebraic, 0);
      expect(after.values).toHaveLength(copies + 1);
      const vectors = rowsOf(basis.vectors(after, copies + 1), copies + 1);
      for (const v of before) expectNear(lengthOf(vectors.map((w) => dot(v, w))), 1);
    }
    basis.release();
  });

  test('draws a block of as many vectors as the space has room for, with as many random numbers', () => {
    const random = new Random(8, 'test');
    const basis = new KrylovBasis(denseOperator(a, n, n), n, 5, random);
    expect(random.position).toBe(5 * n);
    basis.grow();
    basis.grow();
    expect(random.position).toBe(5 * n);
    basis.keep(basis.ritz(algebraic, 0), 9);
    basis.drawBlock();
    expect(random.position).toBe(8 * n);
    expect(basis.nextProducts).toBe(3);
    basis.release();
  });

  test('of values within the spread, the vectors with the least residual come first', () => {
    const { a: twins } = withSpectrum([3, 3, 3, 3, 1, 0.5, 0.2, 0.1, 0, -1], 6);
    const basis = new KrylovBasis(denseOperator(twins, 10, 10), 8, 2, new Random(6, 'test'));
    for (let i = 0; i < 4; i++) basis.grow();
    const { values, residuals } = basis.ritz(algebraic, 1e-3);
    let pairs = 0;
    for (let j = 1; j < 8; j++) {
      if (values[j - 1]! - values[j]! > 1e-3) continue;
      pairs++;
      expect(residuals[j - 1]).toBeLessThanOrEqual(residuals[j]! * (1 + 1e-9) + 1e-14);
    }
    expect(pairs).toBeGreaterThan(0);
    basis.release();
  });
});

/** The same of triplets: A·v = σu, UAVᵀ diagonal, Aᵀ·u − σ·v as long as it is said to be. */
function checkTriplets(a: Float64Array, m: number, basis: BidiagonalBasis): RitzTriplets {
  const { size } = basis;
  const ritz = basis.ritz(algebraic, 0);
  expect(ritz.values).toHaveLength(size);
  expectSorted(ritz.values, algebraic);
  const { u, v } = basis.vectors(ritz, size);
  const [left, right] = [rowsOf(u, size), rowsOf(v, size)];
  expectOrthonormal(left);
  expectOrthonormal(right);
  for (let j = 0; j < size; j++) {
    expectNear(lengthOf(less(times(a, m, right[j]!), ritz.values[j]!, left[j]!)), 0);
    const rest = less(timesTransposed(a, m, left[j]!), ritz.values[j]!, right[j]!);
    expectNear(lengthOf(rest), ritz.residuals[j]!);
    for (const other of right) expectNear(dot(other, rest), 0);
  }
  return ritz;
}

describe('BidiagonalBasis', () => {
  const [m, n] = [14, 9];
  const a = noisy(m * n, 7);

  test.each([1, 2, 4])('grown to the full space by blocks of %d', (blockSize) => {
    const { operator, widths } = counted(denseOperator(a, m, n));
    const basis = new BidiagonalBasis(operator, n, blockSize, new Random(3, 'test'));
    let size = 0;
    while (size < n) {
      expect(basis.complete).toBe(false);
      const width = Math.min(blockSize, n - size);
      expect(basis.nextProducts).toBe(width);
      basis.grow();
      expect(widths.at(-1)).toBe(width);
      size += width;
      expect(basis.size).toBe(size);
      checkTriplets(a, m, basis);
    }
    expect(basis.complete).toBe(true);
    expect(basis.nextProducts).toBe(0);
    const { residuals, values } = basis.ritz(algebraic, 0);
    for (const residual of residuals) expectNear(residual, 0);
    // Σσ² is the sum of the squares of all entries.
    expectNear(dot([...values], [...values]), dot([...a], [...a]));
    basis.release();
  });

  test.each([
    [1, 6, 3],
    [2, 7, 3],
    [3, 6, 3],
  ])('blocks of %d, room for %d, starting again from the best %d', (blockSize, capacity, kept) => {
    const basis = new BidiagonalBasis(
      denseOperator(a, m, n),
      capacity,
      blockSize,
      new Random(4, 'test'),
    );
    let [first, last] = [0, 0];
    for (let restart = 0; restart < 60; restart++) {
      while (basis.nextProducts > 0) {
        expect(basis.nextProducts).toBe(blockSize);
        basis.grow();
        if (restart < 3) checkTriplets(a, m, basis);
      }
      expect(basis.size + blockSize).toBeGreaterThan(capacity);
      const ritz = basis.ritz(algebraic, 0);
      if (restart === 0) first = ritz.residuals[0]!;
      last = ritz.residuals[0]!;
      const best = basis.vectors(ritz, kept);
      expect([best.u.length, best.v.length]).toEqual([kept * m, kept * n]);
      basis.keep(ritz, kept);
      expect(basis.size).toBe(kept);
      basis.grow();
      if (restart >= 3) continue;
      const { v } = basis.vectors(checkTriplets(a, m, basis), basis.size);
      for (const old of rowsOf(best.v, kept)) {
        expectNear(lengthOf(rowsOf(v, basis.size).map((row) => dot(old, row))), 1);
      }
    }
    expect(first).toBeGreaterThan(1e-3);
    expect(last).toBeLessThan(1e-10);
    basis.release();
  });
});

describe('within the spread, vectors are turned so that those with the least residual come first', () => {
  const [m, n] = [14, 10];

  /** Sorted, and what the images `(vector j)` have outside of the basis. */
  function checkTurned(residuals: Float64Array, basis: Rows, image: (j: number) => number[]): void {
    for (const [j, residual] of residuals.entries()) {
      expectNear(lengthOf(basis.reduce((x, v) => less(x, dot(v, x), v), image(j))), residual);
      if (j > 0) expect(residual).toBeGreaterThanOrEqual(residuals[j - 1]! - 1e-14);
    }
  }

  test('KrylovBasis', () => {
    const { a } = withSpectrum([3, 3, 2, 1, 0.5, 0.2, 0.1, 0, -1, -2], 9);
    const basis = new KrylovBasis(denseOperator(a, n, n), 6, 2, new Random(6, 'test'));
    for (let i = 0; i < 3; i++) basis.grow();
    const ritz = basis.ritz(algebraic, 100);
    const vectors = rowsOf(basis.vectors(ritz, 6), 6);
    expectOrthonormal(vectors);
    expect(ritz.residuals[5]).toBeGreaterThan(0.01);
    checkTurned(ritz.residuals, vectors, (j) => times(a, n, vectors[j]!));
    basis.release();
  });

  test('BidiagonalBasis', () => {
    const a = noisy(m * n, 8);
    const basis = new BidiagonalBasis(denseOperator(a, m, n), 6, 2, new Random(6, 'test'));
    for (let i = 0; i < 3; i++) basis.grow();
    const ritz = basis.ritz(algebraic, 100);
    const { u, v } = basis.vectors(ritz, 6);
    const [left, right] = [rowsOf(u, 6), rowsOf(v, 6)];
    expectOrthonormal(left);
    expectOrthonormal(right);
    expect(ritz.residuals[5]).toBeGreaterThan(0.01);
    checkTurned(ritz.residuals, right, (j) => timesTransposed(a, m, left[j]!));
    basis.release();
  });
});

test('BidiagonalBasis draws a block of as many vectors as the space has room for', () => {
  const [m, n] = [14, 9];
  const random = new Random(8, 'test');
  const basis = new BidiagonalBasis(denseOperator(noisy(m * n, 7), m, n), n, 4, random);
  expect(random.position).toBe(4 * n);
  basis.grow();
  basis.grow();
  basis.keep(basis.ritz(algebraic, 0), 7);
  basis.drawBlock();
  expect(random.position).toBe(6 * n);
  expect(basis.nextProducts).toBe(2);
  basis.release();
});

test('both give back their memory', () => {
  const { a, n } = secondDifferences(20);
  const operator = denseOperator(a, n, n);
  const bases: ((random: Random) => RitzBasis & { release(): void })[] = [
    (random) => new KrylovBasis(operator, 8, 2, random),
    (random) => new BidiagonalBasis(operator, 8, 2, random) as never,
  ];
  for (const basis of bases) {
    const run = (): number => {
      const used = basis(new Random(1, 'test'));
      used.grow();
      used.ritz(algebraic, 0);
      used.release();
      return memoryUsage().used;
    };
    const before = run();
    expect(run()).toBe(before);
  }
});
