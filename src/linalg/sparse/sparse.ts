import { checkLength, checkSize } from '../arguments.js';
import { allocateIntegers, inMemory, isInMemory } from '../memory.js';
import { type CompressedRows, checkCompressed } from './compressed.js';
import { sparseTimesVector, sparseTransposeTimesVector } from './sparse-kernels.js';
import { countingSort, fromEntries } from './sparse-sort.js';

/** The stored entries of one row, as views of the matrix's own arrays: read them, do not write. */
export interface SparseRow {
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * A sparse matrix by compressed rows. An entry that is not stored is 0 and takes no part in a product,
 * so 0·∞ does not arise there. A matrix does not change once it is made: every method that alters
 * something returns a new one.
 */
export class Csr implements CompressedRows {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Int32Array;
  readonly columnIndex: Int32Array;
  readonly values: Float64Array;

  /**
   * Takes the three arrays: as they are where `allocate` and `allocateIntegers` made them, and otherwise copied into the
   * memory once, where kernels reach them.
   * @throws RangeError unless they describe a rows × columns matrix with ascending columns in each row.
   */
  constructor(
    rows: number,
    columns: number,
    rowStart: Int32Array,
    columnIndex: Int32Array,
    values: Float64Array,
  ) {
    this.rows = rows;
    this.columns = columns;
    this.rowStart = integersInMemory(rowStart);
    this.columnIndex = integersInMemory(columnIndex);
    this.values = inMemory(values);
    checkCompressed(this);
  }

  /**
   * From entries in any order: entry e is `values[e]` at (`rowIndex[e]`, `columnIndex[e]`). Entries at
   * the same place are added up in the order they come. Zeros are stored like any other value.
   * @throws RangeError when an index does not lie in the matrix.
   */
  static fromTriplets(
    rows: number,
    columns: number,
    rowIndex: ArrayLike<number>,
    columnIndex: ArrayLike<number>,
    values: ArrayLike<number>,
  ): Csr {
    const kernel = 'Csr.fromTriplets';
    checkSize(kernel, 'rows', rows);
    checkSize(kernel, 'columns', columns);
    checkLength(kernel, 'rowIndex', rowIndex, values.length, 'the length of values');
    checkLength(kernel, 'columnIndex', columnIndex, values.length, 'the length of values');
    if (values.length >= 2 ** 31) {
      throw new RangeError(
        `${kernel}: a matrix holds fewer than 2³¹ entries, not ${values.length}`,
      );
    }
    for (let e = 0; e < values.length; e++) {
      checkIndex(kernel, 'row', rowIndex[e]!, rows, e);
      checkIndex(kernel, 'column', columnIndex[e]!, columns, e);
    }
    const { rowStart, ...entries } = fromEntries(rows, columns, rowIndex, columnIndex, values);
    return new Csr(rows, columns, rowStart, entries.columnIndex, entries.values);
  }

  /** From a dense [rows, columns] matrix; what equals 0 is left out, NaN is not. */
  static fromDense(rows: number, columns: number, dense: Float64Array): Csr {
    checkSize('Csr.fromDense', 'rows', rows);
    checkSize('Csr.fromDense', 'columns', columns);
    checkLength('Csr.fromDense', 'dense', dense, rows * columns, 'rows·columns');
    let count = 0;
    for (const value of dense) if (value !== 0) count++;
    const rowStart = new Int32Array(rows + 1);
    const columnIndex = new Int32Array(count);
    const values = new Float64Array(count);
    let p = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const value = dense[i * columns + j]!;
        if (value === 0) continue;
        columnIndex[p] = j;
        values[p++] = value;
      }
      rowStart[i + 1] = p;
    }
    return new Csr(rows, columns, rowStart, columnIndex, values);
  }

  /** How many entries are stored. */
  get nonZeros(): number {
    return this.values.length;
  }

  /** Aᵀ. */
  transpose(): Csr {
    const { start, order } = countingSort(this.columnIndex, this.columns, undefined);
    const rowOf = this.rowOfEntries();
    const columnIndex = order.map((e) => rowOf[e]!);
    return new Csr(this.columns, this.rows, start, columnIndex, pick(this.values, order));
  }

  /** The matrix as [rows, columns], row-major. */
  toDense(): Float64Array {
    const dense = new Float64Array(this.rows * this.columns);
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.rowStart[i]!; p < this.rowStart[i + 1]!; p++) {
        dense[i * this.columns + this.columnIndex[p]!] = this.values[p]!;
      }
    }
    return dense;
  }

  /** @throws RangeError when there is no row `i`. */
  row(i: number): SparseRow {
    checkIndex('Csr.row', 'row', i, this.rows);
    const start = this.rowStart[i]!;
    const end = this.rowStart[i + 1]!;
    return {
      columns: this.columnIndex.subarray(start, end),
      values: this.values.subarray(start, end),
    };
  }

  /** Entry (i, j), 0 where none is stored. @throws RangeError outside the matrix. */
  at(i: number, j: number): number {
    checkIndex('Csr.at', 'row', i, this.rows);
    checkIndex('Csr.at', 'column', j, this.columns);
    let low = this.rowStart[i]!;
    let high = this.rowStart[i + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.columnIndex[middle]! < j) low = middle + 1;
      else high = middle;
    }
    return low < this.rowStart[i + 1]! && this.columnIndex[low] === j ? this.values[low]! : 0;
  }

  /** A·1: the sum of each row, over ascending columns. */
  rowSums(): Float64Array {
    const sums = new Float64Array(this.rows);
    sparseTimesVector(sums, this, new Float64Array(this.columns).fill(1));
    return sums;
  }

  /** Aᵀ·1: the sum of each column, over ascending rows. */
  columnSums(): Float64Array {
    const sums = new Float64Array(this.columns);
    sparseTransposeTimesVector(sums, this, new Float64Array(this.rows).fill(1));
    return sums;
  }

  /** Row i times `factors[i]`: diag(factors)·A. */
  scaleRows(factors: Float64Array): Csr {
    checkLength('Csr.scaleRows', 'factors', factors, this.rows, 'rows');
    return this.withValues((value, i) => value * factors[i]!);
  }

  /** Column j times `factors[j]`: A·diag(factors). */
  scaleColumns(factors: Float64Array): Csr {
    checkLength('Csr.scaleColumns', 'factors', factors, this.columns, 'columns');
    return this.withValues((value, _, j) => value * factors[j]!);
  }

  /**
   * f of every stored entry, with its row and column; entries that become 0 are stored no longer.
   * (What is not stored is not asked: f(0) counts as 0.)
   */
  map(f: (value: number, row: number, column: number) => number): Csr {
    return this.withValues(f).withoutZeros();
  }

  /** Whether A = Aᵀ, exactly. */
  isSymmetric(): boolean {
    if (this.rows !== this.columns) return false;
    const other = this.withoutZeros();
    const mirrored = other.transpose();
    return (
      sameEntries(other.rowStart, mirrored.rowStart) &&
      sameEntries(other.columnIndex, mirrored.columnIndex) &&
      sameEntries(other.values, mirrored.values)
    );
  }

  private withValues(f: (value: number, row: number, column: number) => number): Csr {
    const values = new Float64Array(this.nonZeros);
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.rowStart[i]!; p < this.rowStart[i + 1]!; p++) {
        values[p] = f(this.values[p]!, i, this.columnIndex[p]!);
      }
    }
    return new Csr(this.rows, this.columns, this.rowStart, this.columnIndex, values);
  }

  private withoutZeros(): Csr {
    const rowStart = new Int32Array(this.rows + 1);
    const kept = new Int32Array(this.nonZeros);
    let count = 0;
    for (let i = 0; i < this.rows; i++) {
      for (let p = this.rowStart[i]!; p < this.rowStart[i + 1]!; p++) {
        if (this.values[p] !== 0) kept[count++] = p;
      }
      rowStart[i + 1] = count;
    }
    if (count === this.nonZeros) return this;
    const order = kept.subarray(0, count);
    const columnIndex = order.map((p) => this.columnIndex[p]!);
    return new Csr(this.rows, this.columns, rowStart, columnIndex, pick(this.values, order));
  }

  private rowOfEntries(): Int32Array {
    const rowOf = new Int32Array(this.nonZeros);
    for (let i = 0; i < this.rows; i++) rowOf.fill(i, this.rowStart[i]!, this.rowStart[i + 1]!);
    return rowOf;
  }
}

function pick(values: Float64Array, order: Int32Array): Float64Array {
  const picked = new Float64Array(order.length);
  for (let p = 0; p < order.length; p++) picked[p] = values[order[p]!]!;
  return picked;
}

function integersInMemory(array: Int32Array): Int32Array {
  if (isInMemory(array)) return array;
  const copy = allocateIntegers(array.length);
  copy.set(array);
  return copy;
}

function sameEntries<Numbers extends Int32Array | Float64Array>(a: Numbers, b: Numbers): boolean {
  return a.every((value, p) => value === b[p]);
}

function checkIndex(
  kernel: string,
  name: string,
  index: number,
  below: number,
  entry?: number,
): void {
  if (!Number.isInteger(index) || index < 0 || index >= below) {
    const where = entry === undefined ? '' : ` (entry ${entry})`;
    throw new RangeError(
      `${kernel}: ${name} is a whole number from 0 to ${below - 1}, not ${index}${where}`,
    );
  }
}
