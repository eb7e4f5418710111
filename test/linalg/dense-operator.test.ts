import { describe, expect, test } from 'vitest';
import { denseOperator, sized } from '../../src/linalg/eigen/dense-operator.js';
import { allocate, isInMemory, memoryUsage } from '../../src/linalg/memory.js';
import { noisy } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';

/** Numbers that are their own mirror image: entry (i, j) depends on {i, j} alone. */
const symmetric = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, p) => {
    const [i, j] = [Math.floor(p / n), p % n];
    return 1000 * Math.max(i, j) + Math.min(i, j);
  });

describe('denseOperator', () => {
  test.each([1, 32, 33, 70])('sees each entry that has another across the diagonal: %d', (n) => {
    const a = symmetric(n);
    const isSymmetric = (): boolean => denseOperator(a, n, n).symmetric;
    expect(isSymmetric()).toBe(true);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j += 5) {
        for (const p of [i * n + j, j * n + i]) {
          const old = a[p]!;
          a[p] = -1;
          expect(isSymmetric(), `${i}, ${j}`).toBe(false);
          a[p] = NaN;
          expect(isSymmetric(), `${i}, ${j}`).toBe(false);
          a[p] = old;
        }
      }
      // Whether it holds numbers is another question.
      a[i] = a[i * n] = a[i * n + i] = NaN;
    }
    expect(isSymmetric()).toBe(true);
  });

  test('a symmetric matrix is read by half for up to fifteen vectors', () => {
    const n = 12;
    const calls = (a: Float64Array, k: number): number[] =>
      (['symmetricTimesTwo', 'symmetricTimesVector', 'matmul'] as const).map((name) => {
        const operator = denseOperator(a, n, n);
        const out = new Float64Array(n * k);
        return callsOf(name, () => operator.apply(out, noisy(n * k, 1), k)).length;
      });
    expect(calls(symmetric(n), 1)).toEqual([0, 1, 0]);
    expect(calls(symmetric(n), 15)).toEqual([7, 1, 0]);
    expect(calls(symmetric(n), 16)).toEqual([0, 0, 1]);
    expect(calls(noisy(n * n, 2), 1)).toEqual([0, 0, 1]);
  });

  test('says what does not fit', () => {
    expect(() => denseOperator(new Float64Array(3), 1.5, 2)).toThrow(
      'denseOperator: rows is a whole number ≥ 0, not 1.5',
    );
    expect(() => denseOperator(new Float64Array(3), 2, 1.5)).toThrow(
      'denseOperator: columns is a whole number ≥ 0, not 1.5',
    );
    const a = denseOperator(new Float64Array(6), 2, 3);
    const [two, three] = [2, 3].map((rows) => new Float64Array(rows * 4));
    const wrong = new Float64Array(5);
    expect(() => a.apply(two!, wrong, 4)).toThrow('denseOperator: x needs columns·k = 12');
    expect(() => a.apply(wrong, three!, 4)).toThrow('denseOperator: out needs rows·k = 8');
    expect(() => a.applyTransposed(three!, wrong, 4)).toThrow('denseOperator: x needs rows·k = 8');
    expect(() => a.applyTransposed(wrong, two!, 4)).toThrow(
      'denseOperator: out needs columns·k = 12',
    );
  });
});

test('a buffer of the right length is kept, another given back for a new one', () => {
  const { used } = memoryUsage();
  const buffer = allocate(1000);
  expect(sized(buffer, 1000)).toBe(buffer);
  const other = sized(buffer, 8);
  expect(other).toHaveLength(8);
  expect(isInMemory(other)).toBe(true);
  expect(memoryUsage().used - used).toBeLessThan(8 * 1000);
});
