import type { CompressedRows } from './compressed.js';

/**
 * Entries ordered by key, equals in the order of `given` (or as they come): `order` lists the entries,
 * those of key c from `start[c]` on.
 */
export function countingSort(
  keys: ArrayLike<number>,
  keyCount: number,
  given: Int32Array | undefined,
): { start: Int32Array; order: Int32Array } {
  const start = new Int32Array(keyCount + 1);
  for (let e = 0; e < keys.length; e++) start[keys[e]! + 1]!++;
  for (let key = 0; key < keyCount; key++) start[key + 1]! += start[key]!;
  const next = start.slice();
  const order = new Int32Array(keys.length);
  for (let p = 0; p < keys.length; p++) {
    const e = given === undefined ? p : given[p]!;
    order[next[keys[e]!]!++] = e;
  }
  return { start, order };
}

/** Entries (row, column, value) in any order as compressed rows, those at one place added up in that order. */
export function fromEntries(
  rows: number,
  columns: number,
  rowOf: ArrayLike<number>,
  columnOf: ArrayLike<number>,
  given: ArrayLike<number>,
): CompressedRows {
  // By column, then by row: both sorts keep the order of equals, so each row comes out with its columns
  // ascending and duplicates in the order they were given.
  const byColumn = countingSort(columnOf, columns, undefined);
  const byRow = countingSort(rowOf, rows, byColumn.order);
  return mergeDuplicates(rows, columns, byRow.start, byRow.order, columnOf, given);
}

/** Entries sorted by row and column, those at one place added up. */
function mergeDuplicates(
  rows: number,
  columns: number,
  start: Int32Array,
  order: Int32Array,
  columnOf: ArrayLike<number>,
  given: ArrayLike<number>,
): CompressedRows {
  const rowStart = new Int32Array(rows + 1);
  const columnIndex = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    for (let p = start[i]!; p < start[i + 1]!; p++) {
      const e = order[p]!;
      if (count > rowStart[i]! && columnIndex[count - 1] === columnOf[e]) {
        values[count - 1]! += given[e]!;
      } else {
        columnIndex[count] = columnOf[e]!;
        values[count++] = given[e]!;
      }
    }
    rowStart[i + 1] = count;
  }
  return {
    rows,
    columns,
    rowStart,
    columnIndex: columnIndex.slice(0, count),
    values: values.slice(0, count),
  };
}
