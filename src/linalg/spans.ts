/**
 * Which parts of an address space are free. Parts that touch are one part, so that what was given back
 * in pieces can be taken as a whole; of several that would do, the smallest is taken.
 */
export class Spans {
  /** First address and length of each free part, by ascending address. */
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  /** Where `length` addresses were free, which they no longer are; −1 where no part is long enough. */
  take(length: number): number {
    let best = -1;
    for (const [i, free] of this.#lengths.entries()) {
      if (free >= length && (best < 0 || free < this.#lengths[best]!)) best = i;
    }
    if (best < 0) return -1;
    const start = this.#starts[best]!;
    if (this.#lengths[best] === length) {
      this.#starts.splice(best, 1);
      this.#lengths.splice(best, 1);
    } else {
      this.#starts[best]! += length;
      this.#lengths[best]! -= length;
    }
    return start;
  }

  /** From now on the addresses start … start + length − 1 are free. */
  give(start: number, length: number): void {
    const next = this.#firstAfter(start);
    const touchesNext = this.#starts[next] === start + length;
    const touchesLast = this.#starts[next - 1]! + this.#lengths[next - 1]! === start;
    if (touchesLast) {
      this.#lengths[next - 1]! += length + (touchesNext ? this.#lengths[next]! : 0);
      if (touchesNext) this.#remove(next);
    } else if (touchesNext) {
      this.#starts[next] = start;
      this.#lengths[next]! += length;
    } else {
      this.#starts.splice(next, 0, start);
      this.#lengths.splice(next, 0, length);
    }
  }

  /** How many addresses are free. */
  get free(): number {
    return this.#lengths.reduce((sum, length) => sum + length, 0);
  }

  #remove(i: number): void {
    this.#starts.splice(i, 1);
    this.#lengths.splice(i, 1);
  }

  #firstAfter(start: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! > start) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
