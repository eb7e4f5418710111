import { checkApart, checkSize, checkWalk } from '../arguments.js';
import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { forEachRow, type Strided, type Visit } from '../strided.js';

/**
 * Copies x to y, both walked in rows of n elements in steps of any kind. The pieces are the elements, as many as y has rows for.
 * @throws RangeError where x has fewer rows than y, or shares memory with it
 */
export function copying(y: Strided, x: Strided, n: number): Stretch {
  checkSize('copying', 'n', n);
  const rows = rowsIn(y, n);
  checkWalk('copying', 'y', y, rows, n);
  checkWalk('copying', 'x', x, rows, n);
  checkApart('copying', y.data, 'x', x.data);
  const twin = simd()?.copyRows;
  const at = addressesOf(y.data, x.data);
  if (!twin || !at) {
    const visit: Visit = (_k, length, r, i) => {
      let p = r * y.row + i * y.step;
      let q = r * x.row + i * x.step;
      for (let j = 0; j < length; j++, p += y.step, q += x.step) y.data[p] = x.data[q]!;
    };
    return (from, to) => forEachRow(from, to, n, visit);
  }
  const [yAt, xAt] = at;
  const [yRow, yStep, xRow, xStep] = [8 * y.row, 8 * y.step, 8 * x.row, 8 * x.step];
  const run = (from: number, to: number): void =>
    twin(yAt, yRow, yStep, xAt, xRow, xStep, n, from, to);
  return stretchOf(run, {
    kernel: 'copyRows',
    given: [yAt, yRow, yStep, xAt, xRow, xStep, n],
    arrays: [y.data, x.data],
  });
}

/** How many rows of n there are room for: one, where all rows are the same one. */
function rowsIn({ data, row, step }: Strided, n: number): number {
  if (data.length === 0) return 0;
  const beyondFirst = data.length - 1 - (n - 1) * step;
  return row > 0 ? Math.max(0, Math.floor(beyondFirst / row)) + 1 : 1;
}

/** Every element becomes `value`. (What the engine does for an array in shared memory is several times slower.) */
export function filling(y: Float64Array, value: number): Stretch {
  const twin = simd()?.fill;
  const places = addressesOf(y);
  if (!twin || !places) return (from, to) => void y.fill(value, from, to);
  const [at] = places;
  return stretchOf((from, to) => twin(at, value, from, to), {
    kernel: 'fill',
    given: [at, value],
    arrays: [y],
  });
}
