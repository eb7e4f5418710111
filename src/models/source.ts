import type { Csr } from '../linalg/index.js';
import {
  type CooccurrenceOptions,
  type Corpus,
  cooccurrence,
  type Transform,
  transform,
} from '../text/index.js';

/** How words are counted: `window` words to either side (default 10), near ones for more (1/distance). */
export type SourceOptions = Pick<
  CooccurrenceOptions,
  'window' | 'weighting' | 'acrossLines' | 'onProgress'
>;

/**
 * What all methods learn from: a corpus and its tables, each made when it is first asked for and then
 * shared, so that five methods count once.
 */
export class Source {
  readonly corpus: Corpus;
  /** How words were counted. */
  readonly options: SourceOptions;
  readonly #matrices = new Map<Transform, Csr>();
  #adjacent: Csr | undefined;
  #unigram: Float64Array | undefined;

  constructor(corpus: Corpus, options: SourceOptions = {}) {
    this.corpus = corpus;
    this.options = options;
  }

  /** The words, the most frequent first: row i of every matrix is that of word i. */
  get words(): readonly string[] {
    return this.corpus.vocabulary.words;
  }

  /** V */
  get size(): number {
    return this.words.length;
  }

  /**
   * The co-occurrence matrix [V, V], as counted (`'raw'`) or transformed: `'ppmi'` and `'log'` are
   * symmetric, as the counts are; the rows of `'hellinger'` have unit length.
   */
  matrix(name: Transform): Csr {
    let matrix = this.#matrices.get(name);
    if (!matrix) {
      matrix =
        name === 'raw'
          ? cooccurrence(this.corpus, this.options)
          : transform(this.matrix('raw'), name);
      this.#matrices.set(name, matrix);
    }
    return matrix;
  }

  /** How often words i and j stand next to each other, [V, V]: the notes' (word, next-word), either way round. */
  get adjacent(): Csr {
    this.#adjacent ??= cooccurrence(this.corpus, {
      ...this.options,
      window: 1,
      weighting: 'flat',
    });
    return this.#adjacent;
  }

  /** The unigram distribution P(i): how large a share of the text word i is. */
  get unigram(): Float64Array {
    if (!this.#unigram) {
      const { counts } = this.corpus.vocabulary;
      const total = counts.reduce((sum, count) => sum + count, 0);
      this.#unigram = counts.map((count) => count / total);
    }
    return this.#unigram;
  }

  /** Gives the matrices back; what is asked for later is made anew. */
  clear(): void {
    this.#matrices.clear();
    this.#adjacent = undefined;
  }
}
