import { checkSize } from '../arguments.js';
import type { AliasTable } from './alias-table.js';
import { normalAt, type RandomKey, randomKey, uniformAt } from './random.js';

/**
 * The table of (seed, label) read from front to back, for work that simply wants the next number. Each
 * number that is drawn moves `position` on by one; set it to go on from where another run stopped.
 */
export class Random {
  readonly key: RandomKey;
  /** How many numbers have been drawn. */
  position = 0;

  constructor(seed: number, label = '') {
    this.key = randomKey(seed, label);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    const place = this.position++;
    return uniformAt(this.key, Math.floor(place / 2 ** 32), place % 2 ** 32);
  }

  /** Standard normal. (For many at once, `fillNormal` takes half the time.) */
  normal(): number {
    const place = this.position++;
    return normalAt(this.key, Math.floor(place / 2 ** 32), place % 2 ** 32);
  }

  /**
   * A whole number from 0 to below − 1, each equally likely: of the 2⁵³ values of a draw, those past the
   * last full multiple of `below` are drawn anew.
   * @throws RangeError unless `below` is a whole number ≥ 1.
   */
  integer(below: number): number {
    checkSize('Random.integer', 'below', below, 1);
    const full = 2 ** 53 - (2 ** 53 % below);
    for (;;) {
      const draw = this.uniform() * 2 ** 53;
      if (draw < full) return draw % below;
    }
  }

  /** Puts the elements in random order, in place, each order equally likely (Fisher and Yates). */
  shuffle<T>(items: { length: number; [index: number]: T }): void {
    for (let last = items.length - 1; last > 0; last--) {
      const chosen = this.integer(last + 1);
      const item = items[chosen]!;
      items[chosen] = items[last]!;
      items[last] = item;
    }
  }

  /** The numbers 0 … n − 1 in random order. */
  permutation(n: number): Int32Array {
    checkSize('Random.permutation', 'n', n);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** An index of the table's weights, drawn in proportion to them. */
  choose(table: AliasTable): number {
    return table.at(this.uniform());
  }
}
