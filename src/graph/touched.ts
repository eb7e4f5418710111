import type { Scan } from '../linalg/index.js';

/**
 * What a backward pass knows of the gradient of a parameter [V, …] whose rows are gathered: it differs from 0 in
 * these rows at most. So it can be written, and stepped along, at the cost of these rows.
 */
export interface TouchedRows {
  /** The flat gradient that this is said of. */
  readonly gradients: Float64Array;
  /** The rows are the first `count` of these, each once, in the order in which they were met. */
  readonly rows: Int32Array;
  readonly count: number;
  /** How many numbers a row has. */
  readonly width: number;
}

/** The rows that a run has met, gathered from one index after the other. */
export class RowList implements TouchedRows {
  readonly gradients: Float64Array;
  readonly width: number;
  readonly rows: Int32Array;
  /** Of each row that was met: the number that it got when an index first named it; −1 for the others. */
  readonly #numbers: Int32Array;
  #count = 0;
  /** How many numbers were given. */
  #given = 0;

  /**
   * @param total V, how many rows there are
   * @param most how many can be met in a run
   */
  constructor(gradients: Float64Array, total: number, width: number, most: number) {
    this.gradients = gradients;
    this.width = width;
    this.rows = new Int32Array(Math.min(total, most));
    this.#numbers = new Int32Array(total).fill(-1);
  }

  get count(): number {
    return this.#count;
  }

  /** Forgets the rows of the run before. */
  clear(): void {
    for (let k = 0; k < this.#count; k++) this.#numbers[this.rows[k]!] = -1;
    this.#count = 0;
    this.#given = 0;
  }

  /**
   * Takes in the rows of an index. Those that differ are numbered 0, 1, … in the order in which they are met.
   * @param numbers gets the number of each row of the index, where given
   * @param rows gets the row of each number
   * @returns how many differ
   */
  add(index: Float64Array, numbers?: Float64Array, rows?: Float64Array): number {
    const before = this.#given;
    for (let i = 0; i < index.length; i++) {
      const row = index[i]!;
      const known = this.#numbers[row]!;
      if (known < 0) this.rows[this.#count++] = row;
      // A smaller number was given for an index before this one.
      if (known < before) {
        if (rows) rows[this.#given - before] = row;
        this.#numbers[row] = this.#given++;
      }
      if (numbers) numbers[i] = this.#numbers[row]! - before;
    }
    return this.#given - before;
  }

  /** Whether something is so for the rows that were not met, as a scan of the elements of all rows says. */
  holdsElsewhere(scan: Scan): boolean {
    const { width } = this;
    let from = 0;
    for (let row = 0; row < this.#numbers.length; row++) {
      if (this.#numbers[row]! < 0) continue;
      if (!scan(from, row * width)) return false;
      from = (row + 1) * width;
    }
    return scan(from, this.#numbers.length * width);
  }
}
