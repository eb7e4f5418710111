import { expect } from 'vitest';
import { type GramOptions, gram } from '../../../src/linalg/matmul/gram.js';
import { matmulTextbook } from '../../../src/linalg/matmul/matmul.js';
import { sameBits } from './arbitrary.js';
import { results, twins } from './twins.js';

/** The whole product by the textbook loop. */
function textbook(x: Float64Array, rows: number, columns: number, ofRows: boolean): Float64Array {
  const [n, k] = ofRows ? [rows, columns] : [columns, rows];
  const out = new Float64Array(n * n);
  matmulTextbook(out, x, x.slice(), n, n, k, { transposeA: !ofRows, transposeB: ofRows });
  return out;
}

/** In the memory and outside of it, whole and in portions that end at `cuts`, the bits of the textbook loop. */
export function expectSameGram(
  rows: number,
  columns: number,
  options: GramOptions,
  awkward: number,
  cuts: readonly number[],
): void {
  const x = twins(rows * columns, rows + columns, awkward);
  const { ofRows = false } = options;
  const truth = textbook(x.outside, rows, columns, ofRows);
  const out = results(truth.length);
  for (const [goal, from] of [
    [out.inside, x.inside],
    [out.outside, x.outside],
  ] as const) {
    const pieces = gram.pieces(rows, columns, options);
    const stretch = gram.on(goal, from, rows, columns, options);
    const ends = [...cuts.map((cut) => cut % (pieces + 1)), pieces].sort((a, b) => a - b);
    // The last portion first: no piece waits for another.
    for (let i = ends.length - 1; i >= 0; i--) stretch(i === 0 ? 0 : ends[i - 1]!, ends[i]!);
    const what = `${rows} × ${columns}, ${ends}, ${goal === out.inside ? 'inside' : 'outside'}`;
    expect(sameBits(goal, truth), what).toBe(true);
    goal.fill(7);
    gram(goal, from, rows, columns, options);
    expect(sameBits(goal, truth), `${what}, whole`).toBe(true);
  }
}
