// Pairs (x, x⁺) of words that belong together and words x⁻ that need not, drawn at random. A batch is
// a function of the seed and its step alone, so training can be resumed anywhere.
import { AliasTable, type Csr, type RandomKey, randomKey, uniformAt } from '../linalg/index.js';
import type { Corpus } from './corpus.js';

/** Where word indices are written: an Int32Array, or the Float64Array that a graph is fed. */
export type Indices = Int32Array | Float64Array;

/** A source of positive pairs. */
export interface PairSampler {
  /** Fills x and xPlus, of equal length, with the pairs of batch number `step`. */
  fill(step: number, x: Indices, xPlus: Indices): void;
}

/** What stands together in a text, and how often it is drawn. */
export interface WindowPairsOptions {
  /** How many words away x⁺ may stand (default 5; 1 for the notes' word and next word). */
  readonly window?: number;
  /** Distance d is drawn in proportion to 1/d (`'distance'`, the default) or evenly (`'flat'`). */
  readonly weighting?: 'distance' | 'flat';
  /** x⁺ on either side of x (`'both'`, the default) or after it (`'next'`). */
  readonly side?: 'both' | 'next';
  /**
   * A word that makes up more than this share t of the text is drawn less often, √(t/share) times
   * (Mikolov et al. 2013 take 10⁻⁵ … 10⁻³); default: no word is.
   */
  readonly subsample?: number;
  readonly seed?: number;
}

/**
 * Pairs as they stand in the text: a place, a distance and a side at random; what falls outside of
 * the line is drawn anew. The expected share of a pair is its entry of `cooccurrence`.
 * @throws RangeError when no line has two words
 */
export class WindowPairs implements PairSampler {
  readonly #tokens: Int32Array;
  readonly #sentenceOf: Int32Array;
  readonly #distances: AliasTable;
  readonly #bothSides: boolean;
  readonly #kept: Float64Array;
  readonly #key: RandomKey;

  constructor(corpus: Corpus, options: WindowPairsOptions = {}) {
    const { window = 5, weighting = 'distance', side = 'both', seed = 1 } = options;
    const { subsample = Number.POSITIVE_INFINITY } = options;
    if (!Number.isInteger(window) || window < 1) {
      throw new RangeError(`window must be a whole number of at least 1, not ${window}`);
    }
    if (!(subsample > 0)) throw new RangeError(`subsample must be positive, not ${subsample}`);
    if (!hasPair(corpus)) {
      throw new RangeError('No line of the text has two words: there are no pairs to draw.');
    }
    this.#tokens = corpus.tokens;
    this.#sentenceOf = corpus.sentenceOfTokens();
    this.#distances = new AliasTable(
      Array.from({ length: window }, (_, i) => (weighting === 'flat' ? 1 : 1 / (i + 1))),
    );
    this.#bothSides = side === 'both';
    this.#kept = keepProbabilities(corpus, subsample);
    this.#key = randomKey(seed, 'window pairs');
  }

  fill(step: number, x: Indices, xPlus: Indices): void {
    checkSameLength(x, xPlus);
    const draw = drawer(this.#key, step);
    for (let i = 0; i < x.length; ) {
      const place = Math.floor(draw() * this.#tokens.length);
      const distance = 1 + this.#distances.at(draw());
      const other = this.#bothSides && draw() < 0.5 ? place - distance : place + distance;
      // Outside of the text there is `undefined`, which is no sentence either.
      if (this.#sentenceOf[place] !== this.#sentenceOf[other]) continue;
      const a = this.#tokens[place]!;
      const b = this.#tokens[other]!;
      if (draw() >= this.#kept[a]! || draw() >= this.#kept[b]!) continue;
      x[i] = a;
      xPlus[i++] = b;
    }
  }
}

/** Pairs in proportion to the entries of a matrix [words, contexts] of numbers ≥ 0, PPMI for instance. */
export class EntryPairs implements PairSampler {
  readonly #matrix: Csr;
  readonly #rows: AliasTable;
  /** Running sums of each row's values. */
  readonly #sums: Float64Array;
  readonly #key: RandomKey;

  /** @throws RangeError for a negative or infinite entry, or when all are 0 */
  constructor(matrix: Csr, { seed = 1 }: { readonly seed?: number } = {}) {
    this.#matrix = matrix;
    this.#sums = new Float64Array(matrix.nonZeros);
    const totals = new Float64Array(matrix.rows);
    for (let i = 0; i < matrix.rows; i++) {
      let sum = 0;
      for (let p = matrix.rowStart[i]!; p < matrix.rowStart[i + 1]!; p++) {
        const value = matrix.values[p]!;
        if (!(value >= 0)) throw new RangeError(`Pairs cannot be drawn ${value} times as often.`);
        this.#sums[p] = sum += value;
      }
      totals[i] = sum;
    }
    this.#rows = new AliasTable(totals);
    this.#key = randomKey(seed, 'entry pairs');
  }

  fill(step: number, x: Indices, xPlus: Indices): void {
    checkSameLength(x, xPlus);
    const draw = drawer(this.#key, step);
    for (let i = 0; i < x.length; i++) {
      const row = this.#rows.at(draw());
      x[i] = row;
      xPlus[i] = this.#matrix.columnIndex[this.#entry(row, draw())]!;
    }
  }

  /** The first entry of the row whose running sum exceeds u times the row's total. */
  #entry(row: number, u: number): number {
    let low = this.#matrix.rowStart[row]!;
    let high = this.#matrix.rowStart[row + 1]! - 1;
    const goal = u * this.#sums[high]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! > goal) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Unrelated words x⁻: word i in proportion to weights[i], its count for instance. */
export class WordSampler {
  readonly #table: AliasTable;
  readonly #key: RandomKey;

  /** @throws RangeError for a negative or infinite weight, or when all are 0 */
  constructor(weights: ArrayLike<number>, { seed = 1 }: { readonly seed?: number } = {}) {
    this.#table = new AliasTable(weights);
    this.#key = randomKey(seed, 'words');
  }

  /** Fills xMinus with the words of batch number `step`. */
  fill(step: number, xMinus: Indices): void {
    const draw = drawer(this.#key, step);
    for (let i = 0; i < xMinus.length; i++) xMinus[i] = this.#table.at(draw());
  }
}

/** The random numbers of one step, one after the other. */
function drawer(key: RandomKey, step: number): () => number {
  let index = 0;
  return () => uniformAt(key, step, index++);
}

/** min(1, √(t/share)), over its largest value: only proportions count, and so less is thrown away. */
function keepProbabilities(corpus: Corpus, subsample: number): Float64Array {
  const kept = corpus.vocabulary.counts.map((count) =>
    Math.min(1, Math.sqrt(subsample / (count / corpus.tokens.length))),
  );
  const largest = kept.reduce((a, b) => Math.max(a, b), 0);
  return kept.map((probability) => probability / largest);
}

function hasPair({ starts }: Corpus): boolean {
  return starts.some((start, s) => s > 0 && start - starts[s - 1]! >= 2);
}

function checkSameLength(x: Indices, xPlus: Indices): void {
  if (x.length !== xPlus.length) {
    throw new RangeError(`Room for ${x.length} words x but ${xPlus.length} words x⁺.`);
  }
}
