/** Products of a matrix with itself, at half the price of others. */
import { checkApart, checkLength, checkSize } from '../arguments.js';
import { addressesOf, inMemory, release } from '../memory.js';
import { BAND, OF_COLUMNS } from '../simd/gram.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { tiledRows } from './tiled.js';

export interface GramOptions {
  /** XXᵀ [rows, rows] in place of XᵀX. */
  readonly ofRows?: boolean;
}

export interface GramProduct {
  (out: Float64Array, x: Float64Array, rows: number, columns: number, options?: GramOptions): void;
  /** Bound to its arrays, and checked then. A piece is 4 rows of `out`; the first ones are the dearest. */
  on(
    out: Float64Array,
    x: Float64Array,
    rows: number,
    columns: number,
    options?: GramOptions,
  ): Stretch;
  /** How many pieces there are. */
  pieces(rows: number, columns: number, options?: GramOptions): number;
}

/**
 * XᵀX [columns, columns], the inner products of the columns of X [rows, columns], or of its rows. The matrix is
 * symmetric, so half of it is computed, and it has the bits of `matmul`: xᵢxⱼ is xⱼxᵢ.
 * @throws RangeError on lengths that do not fit, or when `out` shares memory with `x`.
 */
export const gram: GramProduct = Object.assign(
  (
    out: Float64Array,
    x: Float64Array,
    rows: number,
    columns: number,
    options: GramOptions = {},
  ): void => {
    check(out, x, rows, columns, options);
    const [near, goal] = simd() ? [inMemory(x), inMemory(out)] : [x, out];
    on(goal, near, rows, columns, options)(0, pieces(rows, columns, options));
    if (goal !== out) {
      out.set(goal);
      release(goal);
    }
    if (near !== x) release(near);
  },
  { on, pieces },
);

function check(
  out: Float64Array,
  x: Float64Array,
  rows: number,
  columns: number,
  { ofRows = false }: GramOptions,
): void {
  checkSize('gram', 'rows', rows);
  checkSize('gram', 'columns', columns);
  checkLength('gram', 'x', x, rows * columns, 'rows·columns');
  const n = ofRows ? rows : columns;
  checkLength('gram', 'out', out, n * n, ofRows ? 'rows²' : 'columns²');
  checkApart('gram', out, 'x', x);
}

function pieces(rows: number, columns: number, { ofRows = false }: GramOptions = {}): number {
  return Math.ceil((ofRows ? rows : columns) / BAND);
}

function on(
  out: Float64Array,
  x: Float64Array,
  rows: number,
  columns: number,
  options: GramOptions = {},
): Stretch {
  check(out, x, rows, columns, options);
  const { ofRows = false } = options;
  const [n, k] = ofRows ? [rows, columns] : [columns, rows];
  const kernel = simd()?.gram;
  const at = addressesOf(out, x);
  if (!kernel || !at) {
    const how = { transposeA: !ofRows, transposeB: ofRows };
    return (from, to) => {
      for (let i = from * BAND; i < to * BAND; i += HEIGHT) {
        const end = Math.min(i + HEIGHT, to * BAND, n);
        tiledRows(out, x, x, n, n, k, how, i, end, i);
        mirror(out, n, i, end);
      }
    };
  }
  const [c, a] = at;
  const how = ofRows ? 0 : OF_COLUMNS;
  const run = (from: number, to: number): void => kernel(c, a, n, k, how, from, to);
  return stretchOf(run, { kernel: 'gram', given: [c, a, n, k, how], arrays: [out, x] });
}

/** Rows that are computed from the first one's diagonal on: whole bands. */
const HEIGHT = 32;

/** What rows from … to − 1 have right of column `to` goes below the diagonal. */
function mirror(out: Float64Array, n: number, from: number, to: number): void {
  for (let i = from; i < to; i++) for (let j = to; j < n; j++) out[j * n + i] = out[i * n + j]!;
}
