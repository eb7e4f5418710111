import { allocate, release, type Scan } from '../linalg/index.js';

/** The rows that a run has met, in one index after the other. */
export class RowList {
  /** The first `count` of these, each once, in the order in which they were met. */
  readonly rows: Float64Array;
  /** How many numbers a row has. */
  readonly width: number;
  /** Of each row that was met: where it stands in the list. */
  readonly #places: Int32Array;
  /** The number that it got when an index last met it for the first time; −1 for rows that were not met. */
  readonly #numbers: Int32Array;
  #count = 0;
  /** How many numbers were given. */
  #given = 0;

  /**
   * @param total V, how many rows there are
   * @param most how many can be met in a run
   */
  constructor(total: number, width: number, most: number) {
    this.width = width;
    this.rows = allocate(Math.min(total, most));
    this.#places = new Int32Array(total);
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
   * @param places gets, for each number, where its row stands in the list
   * @returns how many differ
   */
  add(index: Float64Array, numbers?: Float64Array, places?: Float64Array): number {
    const before = this.#given;
    for (let i = 0; i < index.length; i++) {
      const row = index[i]!;
      const known = this.#numbers[row]!;
      if (known < 0) {
        this.rows[this.#count] = row;
        this.#places[row] = this.#count++;
      }
      // A number below was given for an index before this one.
      if (known < before) {
        if (places) places[this.#given - before] = this.#places[row]!;
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

  release(): void {
    release(this.rows);
  }
}
