import { dot, matmul } from '../linalg/index.js';

// What every method ends in: a vector for each word, and the questions one asks of it.

/** A word and how near it is. */
export interface Neighbour {
  readonly word: string;
  /** Cosine of the angle between the two vectors. */
  readonly similarity: number;
}

/** A word of the embedding, or a vector of its dimension. */
export type Query = string | ArrayLike<number>;

/**
 * Words and their vectors. Similarity is the cosine; a zero vector has cosine 0 with every other.
 * Equally similar words come in the order of the embedding (the more frequent one first).
 */
export class Embedding {
  readonly words: readonly string[];
  readonly #rows: Rows;
  readonly #index: ReadonlyMap<string, number>;

  /**
   * @param vectors [V, k], a row a word; kept, not copied
   * @throws RangeError for a word that is there twice, a length that is no multiple of V, or a
   * number that is not finite
   */
  constructor(words: readonly string[], vectors: Float64Array);
  constructor(words: readonly string[], vectors: Rows);
  constructor(words: readonly string[], vectors: Float64Array | Rows) {
    const index = new Map<string, number>();
    words.forEach((word, i) => {
      if (index.has(word)) throw new RangeError(`The word "${word}" has two vectors.`);
      index.set(word, i);
    });
    this.words = words;
    this.#index = index;
    this.#rows = vectors instanceof Float64Array ? new DenseRows(words, vectors) : vectors;
  }

  /** The notes' approach 1: word i is the i-th unit vector. Nothing of size V×V is stored. */
  static oneHot(words: readonly string[]): Embedding {
    return new Embedding(words, new IdentityRows(words.length));
  }

  /** V, the number of words. */
  get size(): number {
    return this.words.length;
  }

  /** k, the numbers a word takes. */
  get dimension(): number {
    return this.#rows.dimension;
  }

  /** Whether the word has a vector. */
  has(word: string): boolean {
    return this.#index.has(word);
  }

  /** The index of a word, −1 when it has no vector. */
  indexOf(word: string): number {
    return this.#index.get(word) ?? -1;
  }

  /** A copy of the word's vector. @throws RangeError for a word without one */
  vector(word: string): Float64Array {
    return this.#rows.vector(this.#find(word));
  }

  /** The vector of word i, scaled to length 1 (a zero vector stays zero): a copy. */
  unit(i: number): Float64Array {
    return this.#rows.unit(i);
  }

  /** The cosine between two words or vectors. */
  similarity(a: Query, b: Query): number {
    return dot(this.#direction(a), this.#direction(b));
  }

  /** The n words nearest to a word (itself excluded) or to a vector. */
  nearest(query: Query, n = 10): Neighbour[] {
    const except = typeof query === 'string' ? [this.#find(query)] : [];
    return this.#nearest(this.#direction(query), n, except);
  }

  /**
   * a is to b as c is to …: the n words nearest to b − a + c, all of unit length, the three
   * excluded (3CosAdd; Mikolov, Yih & Zweig 2013).
   */
  analogy(a: string, b: string, c: string, n = 1): Neighbour[] {
    const [i, j, k] = [this.#find(a), this.#find(b), this.#find(c)];
    return this.#nearest(normalise(this.analogyTarget(i, j, k)), n, [i, j, k]);
  }

  /** b − a + c of the unit vectors, the words given by their indices. */
  analogyTarget(a: number, b: number, c: number): Float64Array {
    const [x, y, z] = [this.unit(a), this.unit(b), this.unit(c)];
    return x.map((_, j) => y[j]! - x[j]! + z[j]!);
  }

  /**
   * The products of the unit vectors of all words with m vectors (rows of `queries`, [m, k]):
   * [V, m]. Cosines, when those have length 1.
   */
  products(queries: Float64Array): Float64Array {
    return this.#rows.products(queries);
  }

  #nearest(direction: Float64Array, n: number, except: readonly number[]): Neighbour[] {
    return largest(this.products(direction), n, except).map(({ index, value }) => ({
      word: this.words[index]!,
      similarity: value,
    }));
  }

  #direction(query: Query): Float64Array {
    if (typeof query === 'string') return this.unit(this.#find(query));
    if (query.length !== this.dimension) {
      throw new RangeError(`A vector here has ${this.dimension} numbers, not ${query.length}.`);
    }
    return normalise(Float64Array.from(query));
  }

  #find(word: string): number {
    const i = this.indexOf(word);
    if (i < 0) throw new RangeError(`"${word}" is not among the ${this.size} words.`);
    return i;
  }
}

/** How the vectors are held. */
export interface Rows {
  /** The numbers that a word takes. */
  readonly dimension: number;
  /** The vector of word i: a copy. */
  vector(i: number): Float64Array;
  /** The same, scaled to length 1; a zero vector stays zero. */
  unit(i: number): Float64Array;
  /** The products of all unit vectors with those of `queries` [m, k]: [V, m]. */
  products(queries: Float64Array): Float64Array;
}

class DenseRows implements Rows {
  readonly dimension: number;
  readonly #vectors: Float64Array;
  readonly #size: number;
  #units: Float64Array | undefined;

  constructor(words: readonly string[], vectors: Float64Array) {
    const dimension = vectors.length / words.length;
    if (!Number.isInteger(dimension) || dimension < 1) {
      throw new RangeError(
        `${vectors.length} numbers cannot be shared out to ${words.length} words.`,
      );
    }
    const bad = vectors.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      const word = words[Math.floor(bad / dimension)];
      throw new RangeError(`The vector of "${word}" holds ${vectors[bad]}: not an embedding.`);
    }
    this.dimension = dimension;
    this.#vectors = vectors;
    this.#size = words.length;
  }

  vector(i: number): Float64Array {
    return this.#vectors.slice(i * this.dimension, (i + 1) * this.dimension);
  }

  unit(i: number): Float64Array {
    return this.#unitRows().slice(i * this.dimension, (i + 1) * this.dimension);
  }

  products(queries: Float64Array): Float64Array {
    const m = queries.length / this.dimension;
    const out = new Float64Array(this.#size * m);
    matmul(out, this.#unitRows(), queries, this.#size, m, this.dimension, { transposeB: true });
    return out;
  }

  #unitRows(): Float64Array {
    if (!this.#units) {
      this.#units = this.#vectors.slice();
      for (let i = 0; i < this.#size; i++) {
        normalise(this.#units.subarray(i * this.dimension, (i + 1) * this.dimension));
      }
    }
    return this.#units;
  }
}

/** The rows of the V×V identity, never written out. */
class IdentityRows implements Rows {
  readonly dimension: number;

  constructor(size: number) {
    this.dimension = size;
  }

  vector(i: number): Float64Array {
    const vector = new Float64Array(this.dimension);
    vector[i] = 1;
    return vector;
  }

  unit(i: number): Float64Array {
    return this.vector(i);
  }

  /** I · Qᵀ = Qᵀ. */
  products(queries: Float64Array): Float64Array {
    const m = queries.length / this.dimension;
    return Float64Array.from(
      queries,
      (_, p) => queries[(p % m) * this.dimension + Math.floor(p / m)]!,
    );
  }
}

/** The indices of the n largest values, largest first; of equal ones the smaller index first. */
export function largest(
  values: ArrayLike<number>,
  n: number,
  except: readonly number[] = [],
): { index: number; value: number }[] {
  const best: { index: number; value: number }[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (best.length === n && !(value > (best[n - 1]?.value ?? Number.POSITIVE_INFINITY))) continue;
    if (except.includes(index)) continue;
    let place = best.length;
    while (place > 0 && value > best[place - 1]!.value) place--;
    best.splice(place, 0, { index, value });
    if (best.length > n) best.pop();
  }
  return best;
}

/** Scales a vector to length 1 in place, without overflow; leaves zero alone. */
function normalise(vector: Float64Array): Float64Array {
  let scale = 0;
  for (const x of vector) scale = Math.max(scale, Math.abs(x));
  if (scale === 0) return vector;
  let squares = 0;
  for (let j = 0; j < vector.length; j++) {
    vector[j]! /= scale;
    squares += vector[j]! * vector[j]!;
  }
  const length = Math.sqrt(squares);
  for (let j = 0; j < vector.length; j++) vector[j]! /= length;
  return vector;
}
