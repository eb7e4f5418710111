/**
 * Rows of a matrix by their numbers: a gather copies them out, a scatter adds to them. Row numbers are
 * doubles: whole numbers, below the number of rows. They may change from run to run, so each run looks at them: it throws a
 * RangeError at the first that is out of range, and has done the rows before it. (Of a fraction the whole part counts.)
 */
import { checkApart, checkLength, checkSize } from '../arguments.js';
import { rangeError } from '../errors.js';
import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';

/**
 * y[i] = x[index[i]] for rows of `width` numbers, bound to its arrays; the pieces are the rows of y.
 * @throws RangeError on lengths that do not fit, or where y shares memory with x or the index
 */
export function gatherRows(
  y: Float64Array,
  x: Float64Array,
  index: Float64Array,
  width: number,
): Stretch {
  checkRows('gatherRows', y, x, index, width);
  checkLength('gatherRows', 'y', y, index.length * width, 'index.length·width');
  const rows = rowsOf(x, width);
  const at = simd() && addressesOf(y, x, index);
  if (at) {
    const { gatherRows: twin } = simd()!;
    // Written out, for a spread would make an array of arguments at every run.
    const [yAt, xAt, indexAt] = at;
    const run = (from: number, to: number): void => {
      const done = twin(yAt, xAt, indexAt, width, rows, from, to);
      if (done < to) throw noRow('gatherRows', index, done, rows);
    };
    const given = [...at, width, rows];
    return stretchOf(run, { kernel: 'gatherRows', given, arrays: [y, x, index], partial: true });
  }
  return (from, to) => {
    let next = from * width;
    for (let i = from; i < to; i++) {
      if (!isRow(index[i]!, rows)) throw noRow('gatherRows', index, i, rows);
      const row = Math.trunc(index[i]!) * width;
      for (let c = 0; c < width; c++) y[next++] = x[row + c]!;
    }
  };
}

/**
 * y[index[i]] += x[i] for i = from … to − 1 and rows of `width` numbers, one after the other, bound to its arrays. Two
 * of them may meet the same row, so this is nothing to be done in portions side by side.
 * @throws RangeError on lengths that do not fit, or where y shares memory with x or the index
 */
export function scatterRows(
  y: Float64Array,
  x: Float64Array,
  index: Float64Array,
  width: number,
): (from: number, to: number) => void {
  checkRows('scatterRows', y, x, index, width);
  const rows = rowsOf(y, width);
  const at = simd() && addressesOf(y, x, index);
  if (at) {
    const { scatterRows: twin } = simd()!;
    const [yAt, xAt, indexAt] = at;
    return (from, to) => {
      const done = twin(yAt, xAt, indexAt, width, rows, from, to);
      if (done < to) throw noRow('scatterRows', index, done, rows);
    };
  }
  return (from, to) => {
    let next = from * width;
    for (let i = from; i < to; i++) {
      if (!isRow(index[i]!, rows)) throw noRow('scatterRows', index, i, rows);
      const row = Math.trunc(index[i]!) * width;
      for (let c = 0; c < width; c++) y[row + c]! += x[next++]!;
    }
  };
}

function checkRows(
  kernel: string,
  y: Float64Array,
  x: Float64Array,
  index: Float64Array,
  width: number,
): void {
  checkSize(kernel, 'width', width);
  if (y.length % width > 0 || x.length % width > 0) {
    const [name, { length }] = x.length % width > 0 ? ['x', x] : ['y', y];
    throw rangeError(
      `${kernel}: ${name} needs whole rows of width = ${width}, but has ${length} elements`,
    );
  }
  checkApart(kernel, y, 'x', x);
  checkApart(kernel, y, 'index', index);
}

/** How many rows there are; of none of any width, as many as can be counted. */
const rowsOf = (matrix: Float64Array, width: number): number =>
  width > 0 ? matrix.length / width : 2 ** 32 - 1;

const isRow = (row: number, rows: number): boolean => row >= 0 && row < rows;

function noRow(kernel: string, index: Float64Array, i: number, rows: number): RangeError {
  return rangeError(
    `${kernel}: index holds whole numbers from 0 to ${rows - 1}, not ${index[i]} (at ${i})`,
  );
}
