/** Which words are kept. */
export interface VocabularyOptions {
  /** Words that occur less often are left out (default 5). */
  readonly minCount?: number;
  /** At most so many words are kept, the most frequent ones (default: no limit). */
  readonly maxSize?: number;
}

/** The words of a corpus, the most frequent first; equally frequent ones in order of their letters. */
export class Vocabulary {
  readonly words: readonly string[];
  /** How often each word occurs. */
  readonly counts: Float64Array;
  readonly #index: ReadonlyMap<string, number>;

  /**
   * @param words different words, each with its count in `counts`, in the order they are to keep
   * @throws RangeError when a word occurs twice or the lengths differ
   */
  constructor(words: readonly string[], counts: ArrayLike<number>) {
    if (words.length !== counts.length) {
      throw new RangeError(`${words.length} words but ${counts.length} counts`);
    }
    this.words = words;
    this.counts = Float64Array.from(counts);
    const index = new Map<string, number>();
    words.forEach((word, i) => {
      if (index.has(word)) throw new RangeError(`The word "${word}" is in the vocabulary twice.`);
      index.set(word, i);
    });
    this.#index = index;
  }

  /**
   * Sorts, and leaves out what is too rare.
   * @throws RangeError when fewer than two words remain, saying what would help
   */
  static fromCounts(
    counted: Iterable<readonly [string, number]>,
    options: VocabularyOptions = {},
  ): Vocabulary {
    const { minCount = 5, maxSize = Number.POSITIVE_INFINITY } = options;
    if (!(minCount >= 1)) throw new RangeError(`minCount must be at least 1, not ${minCount}`);
    if (!(maxSize >= 2)) throw new RangeError(`maxSize must be at least 2, not ${maxSize}`);
    const all = [...counted].sort(byCountThenWord);
    const kept = all.filter(([, count]) => count >= minCount).slice(0, maxSize);
    if (kept.length < 2) throw new RangeError(whyTooFew(all, minCount));
    return new Vocabulary(
      kept.map(([word]) => word),
      kept.map(([, count]) => count),
    );
  }

  /** How many words there are. */
  get size(): number {
    return this.words.length;
  }

  /** The index of a word, −1 when it is not in the vocabulary. */
  indexOf(word: string): number {
    return this.#index.get(word) ?? -1;
  }

  /** Whether the word is one of them. */
  has(word: string): boolean {
    return this.#index.has(word);
  }
}

type Counted = readonly [word: string, count: number];

function byCountThenWord([a, m]: Counted, [b, n]: Counted): number {
  return n - m || (a < b ? -1 : a > b ? 1 : 0);
}

function whyTooFew(all: readonly Counted[], minCount: number): string {
  const [first, second] = all;
  if (!first) return 'The text has no words: nothing to embed.';
  if (!second) {
    return `The text has one word only (${shown(first)}, ${times(first)}): an embedding needs at least two.`;
  }
  const occurs = `the most frequent, ${shown(first)}, occurs ${times(first)}, the second, ${shown(second)}, ${times(second)}`;
  const enough = second[1] > 1 ? `${second[1]} or less` : '1';
  return (
    `Fewer than two of the ${all.length} different words occur at least ${minCount} times ` +
    `(${occurs}). Lower the minimum count to ${enough}, or give more text.`
  );
}

/** A "word" may be a megabyte of text without spaces. */
function shown([word]: Counted): string {
  const characters = [...word.slice(0, 80)];
  return word.length > 40 ? `"${characters.slice(0, 39).join('')}…"` : `"${word}"`;
}

function times([, count]: Counted): string {
  return count === 1 ? 'once' : `${count} times`;
}
