import type { Decay } from '../linalg/index.js';

/** An average and what a step multiplies it by where the gradient is 0. */
export interface Fading {
  readonly decay: Decay;
  readonly factor: number;
}

/**
 * Rows of one parameter that wait. Where the gradient is 0, all that adaptivity does is s ← (1−β)s, and it need not be
 * done at once for a row that no index chose: this counts the steps that each row missed, and makes them up when the
 * row is next asked for, multiplication by multiplication, so that not a bit differs from having done them in time.
 */
export class Lag {
  readonly #averages: readonly Fading[];
  readonly #offset: number;
  readonly #width: number;
  /** Steps since no row waited. */
  #steps = 0;
  /** How many of these each row has behind it. */
  readonly #done: Int32Array;

  /** @param offset where the rows begin in the flat vectors */
  constructor(averages: readonly Fading[], rows: number, offset: number, width: number) {
    this.#averages = averages;
    this.#offset = offset;
    this.#width = width;
    this.#done = new Int32Array(rows);
  }

  /** Makes up what a row missed; it takes part in the step that follows. */
  join(row: number): void {
    this.#catchUp(row);
    this.#done[row] = this.#steps + 1;
  }

  /** The step is over, and rows that did not join have missed it. */
  pass(): void {
    this.#steps += 1;
  }

  /** Makes up for all rows, for whoever looks at the averages. */
  settle(): void {
    if (this.#steps === 0) return;
    for (const row of this.#done.keys()) this.#catchUp(row);
    this.#done.fill(0);
    this.#steps = 0;
  }

  #catchUp(row: number): void {
    const missed = this.#steps - this.#done[row]!;
    if (missed === 0) return;
    const from = this.#offset + row * this.#width;
    for (const { decay, factor } of this.#averages) {
      decay(from, from + this.#width, factor, missed);
    }
  }
}
