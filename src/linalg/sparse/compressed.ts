import { checkApart, checkLength, checkSize } from '../arguments.js';

/**
 * The arrays of a sparse matrix by compressed rows (CSR): row i holds the entries `rowStart[i]` up to
 * `rowStart[i + 1]` of `columnIndex` and `values`, its columns ascending.
 */
export interface CompressedRows {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Int32Array;
  readonly columnIndex: Int32Array;
  readonly values: Float64Array;
}

const known = new WeakSet<CompressedRows>();

/**
 * Looks through a matrix once: what a kernel in WebAssembly is told it believes, and a column too large would lead it to other
 * tensors.
 * @throws RangeError unless the arrays describe a rows × columns matrix.
 */
export function checkCompressed(a: CompressedRows): void {
  if (known.has(a)) return;
  check(a);
  known.add(a);
}

/** A product must not find its own results in A or in x. */
export function checkOperands(
  kernel: string,
  out: Float64Array,
  a: CompressedRows,
  x: Float64Array,
): void {
  checkApart(kernel, out, 'x', x);
  checkApart(kernel, out, 'the values of A', a.values);
  checkApart(kernel, out, 'the columns of A', a.columnIndex);
  checkApart(kernel, out, 'the row starts of A', a.rowStart);
}

function check(a: CompressedRows): void {
  const { rows, columns, rowStart, columnIndex, values } = a;
  checkSize('Csr', 'rows', rows);
  checkSize('Csr', 'columns', columns);
  checkLength('Csr', 'rowStart', rowStart, rows + 1, 'rows + 1');
  checkLength('Csr', 'columnIndex', columnIndex, values.length, 'the length of values');
  if (rowStart[0] !== 0 || rowStart[rows] !== values.length) {
    throw new RangeError(
      `Csr: rowStart runs from 0 to the number of entries, ${values.length}, not from ${rowStart[0]} to ${rowStart[rows]}`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (rowStart[i + 1]! < rowStart[i]!) {
      throw new RangeError(
        `Csr: rowStart does not ascend: row ${i} starts at ${rowStart[i]} and ends at ${rowStart[i + 1]}`,
      );
    }
  }
  for (let i = 0; i < rows; i++) checkColumns(i, a);
}

function checkColumns(i: number, { columns, rowStart, columnIndex }: CompressedRows): void {
  let previous = -1;
  for (let p = rowStart[i]!; p < rowStart[i + 1]!; p++) {
    const j = columnIndex[p]!;
    if (j <= previous || j >= columns) {
      const after = previous < 0 ? 'to begin with' : `after ${previous}`;
      throw new RangeError(
        `Csr: the columns of a row ascend within 0 … ${columns - 1}, but row ${i} has ${j} ${after}`,
      );
    }
    previous = j;
  }
}
