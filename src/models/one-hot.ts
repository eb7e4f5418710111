import { Random } from '../linalg/index.js';
import { Embedding } from './embedding.js';
import { fitOf, type Method, type Progress } from './method.js';
import type { Source } from './source.js';

/**
 * Approach 1 of the notes: word i is the i-th unit vector of ℝⱽ. There is nothing to learn, and nothing
 * of size V × V is stored. The notes give it two minuses: ⊖ not meaningful, ⊖ large; `distances` and
 * `Embedding.dimension` measure them.
 */
export const oneHot: Method<object> = {
  name: 'one-hot',
  title: 'One-hot',
  fit: (source: Source) => fitOf(nothing(), () => Embedding.oneHot(source.words)),
};

function* nothing(): Generator<Progress, void> {}

/** The smallest and the largest distance between two words. */
export interface Distances {
  readonly nearest: number;
  readonly farthest: number;
  /** How many pairs of words were measured. */
  readonly pairs: number;
}

/**
 * ⊖ not meaningful: the smallest and the largest distance ‖f(x) − f(y)‖ between the vectors of two
 * different words. One-hot, both are √2: no word is nearer to any than to another.
 * @param options.pairs all pairs of words are measured if there are no more than this; else so many at random
 */
export function distances(
  embedding: Embedding,
  options: { readonly pairs?: number; readonly seed?: number } = {},
): Distances {
  const { pairs = 2000, seed = 1 } = options;
  const { size } = embedding;
  if (size < 2) throw new RangeError(`distances: two words are needed, but there are ${size}`);
  let [nearest, farthest, count] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const [i, j] of pairsOf(size, pairs, new Random(seed, 'distances'))) {
    const y = embedding.vector(embedding.words[j]!);
    const squares = embedding
      .vector(embedding.words[i]!)
      .reduce((sum, x, c) => sum + (x - y[c]!) * (x - y[c]!), 0);
    nearest = Math.min(nearest, Math.sqrt(squares));
    farthest = Math.max(farthest, Math.sqrt(squares));
    count++;
  }
  return { nearest, farthest, pairs: count };
}

/** Pairs i ≠ j below n: every one (i < j), or `most` random ones if there are more. */
function* pairsOf(n: number, most: number, random: Random): Generator<[number, number]> {
  if ((n * (n - 1)) / 2 <= most) {
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) yield [i, j];
    return;
  }
  for (let p = 0; p < most; p++) {
    const i = random.integer(n);
    yield [i, (i + 1 + random.integer(n - 1)) % n];
  }
}
