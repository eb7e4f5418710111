import { expect, test } from 'vitest';
import { type KrylovOptions, krylovOptions } from '../../src/linalg/eigen/krylov-options.js';

const sizes = (n: number, k: number, options: KrylovOptions = {}): number[] => {
  const { blockSize, basisSize } = krylovOptions('solver', n, k, options);
  return [blockSize, basisSize];
};

test('what is not given is what the documentation says', () => {
  expect(krylovOptions('solver', 1000, 5, {})).toEqual({
    ...{ tolerance: 0, maxProducts: 50_000, seed: 1 },
    ...{ blockSize: 2, basisSize: 5 + 64 + 2 },
  });
  const given = { tolerance: 0.1, maxProducts: 9, seed: 3, blockSize: 4, basisSize: 30 };
  expect(krylovOptions('solver', 1000, 5, given)).toEqual(given);
});

test('a block has 2 vectors, 8 from 32 pairs on; a basis k + 64 and a block, or 2k', () => {
  expect(sizes(1000, 31)).toEqual([2, 31 + 64 + 2]);
  expect(sizes(1000, 32)).toEqual([8, 32 + 64 + 8]);
  expect(sizes(1000, 64)).toEqual([8, 2 * 64 + 8]);
  expect(sizes(1000, 100)).toEqual([8, 2 * 100 + 8]);
  expect(sizes(1000, 5, { blockSize: 3 })).toEqual([3, 5 + 64 + 3]);
  // No more than the space has dimensions.
  expect(sizes(50, 5, { blockSize: 60 })).toEqual([50, 50]);
  expect(sizes(1, 1)).toEqual([1, 1]);
  expect(sizes(0, 0)).toEqual([0, 0]);
});

test('a basis has room for the pairs and three blocks', () => {
  const run = (options: KrylovOptions) => () => krylovOptions('solver', 30, 6, options);
  expect(run({ blockSize: 4, basisSize: 18 })).not.toThrow();
  expect(run({ blockSize: 4, basisSize: 17 })).toThrow(
    'solver: basisSize is a whole number ≥ 18, not 17',
  );
  expect(run({ blockSize: 10, basisSize: 29 })).toThrow('basisSize is a whole number ≥ 30, not 29');
  expect(run({ blockSize: 0 })).toThrow('solver: blockSize is a whole number ≥ 1, not 0');
  expect(run({ blockSize: 1.5 })).toThrow('blockSize is a whole number ≥ 1, not 1.5');
  expect(run({ maxProducts: -1 })).toThrow('solver: maxProducts is a whole number ≥ 0, not -1');
  expect(run({ tolerance: 1 })).toThrow('solver: tolerance lies in [0, 1), but is 1');
});
