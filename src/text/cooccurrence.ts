import { Csr } from '../linalg/index.js';
import type { Corpus } from './corpus.js';

/** What counts as standing together, and how much. */
export interface CooccurrenceOptions {
  /** How many words away a neighbour may stand (default 10). */
  readonly window?: number;
  /** What a neighbour d words away counts: 1/d (`'distance'`, the default) or 1 (`'flat'`). */
  readonly weighting?: 'distance' | 'flat';
  /** Neighbours on which side: `'both'` (default: a symmetric matrix) or `'next'` (word, next word). */
  readonly side?: 'both' | 'next';
  /** Only the so many most frequent words as contexts, that is as columns (default: all). */
  readonly contexts?: number;
  /** Whether a window reaches over the end of a line (default false). */
  readonly acrossLines?: boolean;
  /** Called now and then with how much of the text has been counted. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The weighted co-occurrence counts A [V, contexts] of a corpus: A[i, j] is the sum, over all places
 * where word i stands and its neighbours there that are word j, of the neighbour's weight.
 *
 * Row by row, without a hash table: all places of word i are known from an inverted index, their
 * neighbours are added up in one dense row, and what was touched is moved to the matrix.
 *
 * Weights are counted in whole units (1/2520 for a window of 10), so no order of adding changes a
 * sum: both-sided counts are symmetric to the last bit.
 * @throws RangeError for a window below 1 or fewer than one context
 */
export function cooccurrence(corpus: Corpus, options: CooccurrenceOptions = {}): Csr {
  const { window = 10, weighting = 'distance', side = 'both', acrossLines = false } = options;
  const { onProgress } = options;
  const size = corpus.vocabulary.size;
  const contexts = Math.min(options.contexts ?? size, size);
  checkWhole('window', window);
  checkWhole('contexts', contexts);

  const { tokens } = corpus;
  const { unit, weights } = wholeWeights(window, weighting, tokens.length);
  const occurrences = invertedIndex(tokens, size);
  const starts = acrossLines ? Int32Array.of(0, tokens.length) : corpus.starts;
  const sentenceOf = acrossLines ? new Int32Array(tokens.length) : corpus.sentenceOfTokens();
  const back = side === 'both' ? window : 0;

  const row = new Float64Array(contexts);
  const touched = new Int32Array(contexts);
  const rowStart = new Int32Array(size + 1);
  const entries = new Entries();
  for (let i = 0; i < size; i++) {
    let count = 0;
    for (let o = occurrences.start[i]!; o < occurrences.start[i + 1]!; o++) {
      const place = occurrences.places[o]!;
      const sentence = sentenceOf[place]!;
      const from = Math.max(place - back, starts[sentence]!);
      const to = Math.min(place + window + 1, starts[sentence + 1]!);
      count = addNeighbours(row, touched, count, tokens, from, place, to, weights);
    }
    for (const j of ascending(touched, count, row)) {
      entries.push(j, row[j]! / unit);
      row[j] = 0;
    }
    rowStart[i + 1] = entries.length;
    if (onProgress && (i & 255) === 0) onProgress(occurrences.start[i + 1]!, tokens.length);
  }
  onProgress?.(tokens.length, tokens.length);
  return new Csr(size, contexts, rowStart, ...entries.arrays());
}

/** Adds the weights of the neighbours from … to, `place` itself left out; returns how many words are touched. */
function addNeighbours(
  row: Float64Array,
  touched: Int32Array,
  count: number,
  tokens: Int32Array,
  from: number,
  place: number,
  to: number,
  weights: Float64Array,
): number {
  for (let q = from; q < place; q++) {
    const j = tokens[q]!;
    if (j >= row.length) continue;
    if (row[j] === 0) touched[count++] = j;
    row[j]! += weights[place - q]!;
  }
  for (let q = place + 1; q < to; q++) {
    const j = tokens[q]!;
    if (j >= row.length) continue;
    if (row[j] === 0) touched[count++] = j;
    row[j]! += weights[q - place]!;
  }
  return count;
}

/** The touched columns in ascending order: sorted, or, where most are touched, read off the row. */
function ascending(touched: Int32Array, count: number, row: Float64Array): Int32Array {
  if (16 * count < row.length) return touched.subarray(0, count).sort();
  let found = 0;
  for (let j = 0; j < row.length; j++) if (row[j] !== 0) touched[found++] = j;
  return touched.subarray(0, found);
}

/**
 * weights[d] for d = 1 … window as whole numbers of 1/unit. The unit is the least common multiple of
 * the distances, so that unit/d is whole; where sums in it could pass 2⁵³, a power of two that is
 * safe, and unit/d rounded.
 */
function wholeWeights(
  window: number,
  weighting: 'distance' | 'flat',
  tokens: number,
): { unit: number; weights: Float64Array } {
  const weights = new Float64Array(window + 1).fill(1);
  if (weighting === 'flat') return { unit: 1, weights };
  const safe = Number.MAX_SAFE_INTEGER / (2 * window * Math.max(tokens, 1));
  let unit = 1;
  for (let d = 2; d <= window && unit <= safe; d++)
    unit = (unit / greatestCommonDivisor(unit, d)) * d;
  if (unit > safe) for (unit = 1; 2 * unit <= safe; ) unit *= 2;
  for (let d = 1; d <= window; d++) weights[d] = Math.max(1, Math.round(unit / d));
  return { unit, weights };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Where each word stands: the places of word i are places[start[i]] … places[start[i+1] − 1], ascending. */
function invertedIndex(
  tokens: Int32Array,
  size: number,
): { start: Int32Array; places: Int32Array } {
  const start = new Int32Array(size + 1);
  for (let p = 0; p < tokens.length; p++) start[tokens[p]! + 1]!++;
  for (let i = 0; i < size; i++) start[i + 1]! += start[i]!;
  const next = start.slice();
  const places = new Int32Array(tokens.length);
  for (let p = 0; p < tokens.length; p++) places[next[tokens[p]!]!++] = p;
  return { start, places };
}

const BLOCK = 1 << 20;

/** The columns and values of a matrix that is written entry after entry. */
class Entries {
  readonly #columns: Int32Array[] = [];
  readonly #values: Float64Array[] = [];
  length = 0;

  push(column: number, value: number): void {
    const block = Math.floor(this.length / BLOCK);
    if (block === this.#columns.length) {
      this.#columns.push(new Int32Array(BLOCK));
      this.#values.push(new Float64Array(BLOCK));
    }
    const place = this.length++ % BLOCK;
    this.#columns[block]![place] = column;
    this.#values[block]![place] = value;
  }

  arrays(): [Int32Array, Float64Array] {
    return [
      join(this.#columns, new Int32Array(this.length)),
      join(this.#values, new Float64Array(this.length)),
    ];
  }
}

/** Moves the blocks into `whole`; each is given up as soon as it is copied. */
function join<T extends Int32Array | Float64Array>(blocks: T[], whole: T): T {
  for (let at = 0; at < whole.length; at += BLOCK) {
    whole.set(blocks.shift()!.subarray(0, whole.length - at), at);
  }
  return whole;
}

function checkWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number of at least 1, not ${value}`);
  }
}
