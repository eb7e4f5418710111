import { describe, expect, test } from 'vitest';
import { gramByPanels } from '../../src/linalg/eigen/gram-panels.js';
import { allocate, memoryUsage } from '../../src/linalg/memory.js';
import { noise, sameBits } from './support/arbitrary.js';
import { callsOf } from './support/calls.js';

/** Multiples of 1/8 up to 2: sums of a few thousand products of them are exact in any order. */
const eighths = (length: number, seed: number): Float64Array => {
  const next = noise(seed);
  return Float64Array.from({ length }, () => Math.round(16 * next()) / 8);
};

/** (X − 1μᵀ)ᵀ(X − 1μᵀ) by definition. */
function truth(x: Float64Array, rows: number, columns: number, means: Float64Array): Float64Array {
  return Float64Array.from({ length: columns * columns }, (_, p) => {
    const [i, j] = [Math.floor(p / columns), p % columns];
    let s = 0;
    for (let r = 0; r < rows; r++) {
      s += (x[r * columns + i]! - means[i]!) * (x[r * columns + j]! - means[j]!);
    }
    return s;
  });
}

describe('gramByPanels', () => {
  test.each([
    [0, 3],
    [3, 0],
    [1, 1],
    [255, 5],
    [256, 5],
    [257, 5],
    [513, 2],
    [3, 63],
    [3, 64],
    [3, 65],
    [2, 128],
    [260, 66],
  ])('%d × %d, with means and without', (rows, columns) => {
    const x = eighths(rows * columns, 1);
    for (const means of [new Float64Array(columns), eighths(columns, 2)]) {
      const expected = truth(x, rows, columns, means);
      const given = means.some((value) => value !== 0) ? [means] : [];
      const out = new Float64Array(columns * columns).fill(NaN);
      gramByPanels(out, x, rows, columns, ...given);
      expect(sameBits(out, expected)).toBe(true);
    }
  });

  test('multiplies only the blocks on and above the diagonal, and gives its memory back', () => {
    const [rows, columns] = [300, 130];
    const [out, x] = [allocate(columns * columns), allocate(rows * columns).fill(1)];
    const { used } = memoryUsage();
    // Three groups of columns, so six blocks, in two panels.
    expect(callsOf('matmul', () => gramByPanels(out, x, rows, columns))).toHaveLength(2 * 6);
    expect(memoryUsage().used).toBe(used);
    expect(out.every((value) => value === rows)).toBe(true);
  });

  test('says what does not fit', () => {
    const gram = (x: number, out: number, means?: number) => () =>
      gramByPanels(
        new Float64Array(out),
        new Float64Array(x),
        2,
        3,
        ...(means === undefined ? [] : [new Float64Array(means)]),
      );
    expect(gram(6, 9, 3)).not.toThrow();
    expect(gram(7, 9)).toThrow('gram: x needs rows·columns = 6');
    expect(gram(6, 6)).toThrow('gram: out needs columns² = 9');
    expect(gram(6, 9, 2)).toThrow('gram: means needs columns = 3');
  });
});
