/** How many products with A each solver may need for a matrix that is easy: who is far slower has a fault. */
import { describe, expect, test } from 'vitest';
import { blockPower, check, halves, lanczosWith, repeat } from './support/eigen.js';
import { withSpectrum } from './support/matrices.js';

describe.each([
  ['block power iteration', blockPower({ maxProducts: 150 })],
  ['block power iteration, a narrow block', blockPower({ blockSize: 4, maxProducts: 150 })],
  ['Lanczos', lanczosWith({ maxProducts: 60 })],
] as const)('%s', (_, solve) => {
  test.each([
    ['a geometric spectrum', halves(16), 3],
    ['both signs', [-9, 7, -5, 3, ...repeat(0.5, 9), ...repeat(0, 6)], 4],
    ['±λ and copies', [1, -1, 0.5, 0.5, ...repeat(0.01, 14)], 4],
    ['rank below k', [5, -2, 1, ...repeat(0, 14)], 4],
    ['all of a small matrix', [3, -2, 1], 3],
  ] as const)('%s', (_, values, k) => {
    for (const seed of [1, 2]) check(solve, withSpectrum(values, seed), k);
  });

  test('none, and of none', () => {
    check(solve, withSpectrum([3, -2, 1], 9), 0);
    const nothing = solve(new Float64Array(0), 0, 0);
    expect(nothing.converged).toBe(0);
  });
});
