/** Words and vectors as they come in from a file. */
export interface VectorRows {
  readonly words: readonly string[];
  /** [V, k] */
  readonly vectors: Float64Array;
  /** How many came in for a word that had one already. */
  readonly repeated: number;
}

/** Collects vectors of one dimension; of two for the same word the first one counts. */
export class VectorTable {
  readonly dimension: number;
  readonly #words = new Set<string>();
  #vectors: Float64Array;
  #repeated = 0;

  constructor(dimension: number) {
    this.dimension = dimension;
    this.#vectors = new Float64Array(1024 * dimension);
  }

  /** How many vectors were added, repeated ones included. */
  get added(): number {
    return this.#words.size + this.#repeated;
  }

  add(word: string, vector: ArrayLike<number>): void {
    if (this.#words.has(word)) {
      this.#repeated++;
      return;
    }
    const at = this.#words.size * this.dimension;
    if (at === this.#vectors.length) {
      const larger = new Float64Array(2 * at);
      larger.set(this.#vectors);
      this.#vectors = larger;
    }
    this.#vectors.set(vector, at);
    this.#words.add(word);
  }

  rows(): VectorRows {
    return {
      words: [...this.#words],
      vectors: this.#vectors.slice(0, this.#words.size * this.dimension),
      repeated: this.#repeated,
    };
  }
}
