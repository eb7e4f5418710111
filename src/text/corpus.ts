import { type TokeniseOptions, Tokeniser } from './tokenise.js';
import { Vocabulary, type VocabularyOptions } from './vocabulary.js';

/** How a text is read as numbers: what a word is, and which ones are kept. */
export interface CorpusOptions extends TokeniseOptions, VocabularyOptions {}

/** A text as numbers: which word stands where, and where sentences begin. */
export class Corpus {
  /** What the numbers of the text mean. */
  readonly vocabulary: Vocabulary;
  /** The text, a vocabulary index a word. Words outside the vocabulary are left out. */
  readonly tokens: Int32Array;
  /** Sentence s is tokens[starts[s]] … tokens[starts[s+1] − 1]; the last entry is tokens.length. */
  readonly starts: Int32Array;
  /** How many words were read, those left out included. */
  readonly wordsRead: number;

  constructor(vocabulary: Vocabulary, tokens: Int32Array, starts: Int32Array, wordsRead: number) {
    this.vocabulary = vocabulary;
    this.tokens = tokens;
    this.starts = starts;
    this.wordsRead = wordsRead;
  }

  /** @throws RangeError when fewer than two words remain */
  static fromText(text: string, options: CorpusOptions = {}): Corpus {
    const builder = new CorpusBuilder(options);
    builder.push(text);
    return builder.end();
  }

  /** How many sentences there are. */
  get sentences(): number {
    return this.starts.length - 1;
  }

  /** The words of sentence s, for reading. */
  sentence(s: number): string[] {
    const tokens = this.tokens.subarray(this.starts[s], this.starts[s + 1]);
    return Array.from(tokens, (token) => this.vocabulary.words[token]!);
  }

  /** For each token the sentence it stands in. */
  sentenceOfTokens(): Int32Array {
    const sentenceOf = new Int32Array(this.tokens.length);
    for (let s = 0; s < this.sentences; s++)
      sentenceOf.fill(s, this.starts[s]!, this.starts[s + 1]!);
    return sentenceOf;
  }
}

/** Reads text chunk by chunk, in one pass: 4 bytes a word, and a map of the different words. */
export class CorpusBuilder {
  readonly #options: CorpusOptions;
  readonly #tokeniser: Tokeniser;
  /** Word → number in order of first appearance. */
  readonly #ids = new Map<string, number>();
  readonly #counts = new Growing();
  readonly #tokens = new Growing();
  readonly #lineEnds = new Growing();

  constructor(options: CorpusOptions = {}) {
    this.#options = options;
    this.#tokeniser = new Tokeniser(options);
  }

  /** Words so far. */
  get wordsRead(): number {
    return this.#tokens.length;
  }

  /** Reads on: the next piece of the text, cut anywhere. */
  push(chunk: string): void {
    this.#add(this.#tokeniser.push(chunk));
  }

  /**
   * The corpus; the builder is used up.
   * @throws RangeError when fewer than two words remain
   */
  end(): Corpus {
    this.#add(this.#tokeniser.end());
    const counts = this.#counts.view();
    const counted = Array.from(this.#ids, ([word, id]) => [word, counts[id]!] as const);
    const vocabulary = Vocabulary.fromCounts(counted, this.#options);
    const indexOfId = Int32Array.from(counted, ([word]) => vocabulary.indexOf(word));

    // In place: the corpus is never longer than what was read.
    const tokens = this.#tokens.view();
    const starts = new Growing();
    let kept = 0;
    let read = 0;
    starts.push(0);
    for (const lineEnd of this.#lineEnds.view()) {
      const start = kept;
      for (; read < lineEnd; read++) {
        const index = indexOfId[tokens[read]!]!;
        if (index >= 0) tokens[kept++] = index;
      }
      if (kept > start) starts.push(kept);
    }
    return new Corpus(vocabulary, tokens.slice(0, kept), starts.view().slice(), read);
  }

  #add(stretches: Iterable<{ words: readonly string[]; endsLine: boolean }>): void {
    for (const { words, endsLine } of stretches) {
      for (const word of words) this.#addWord(word);
      if (endsLine) this.#lineEnds.push(this.#tokens.length);
    }
  }

  #addWord(word: string): void {
    let id = this.#ids.get(word);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(ownCopy(word), id);
      this.#counts.push(0);
    }
    this.#counts.increment(id);
    this.#tokens.push(id);
  }
}

/** A match is a view of its line and would keep the line alive: V8 has no other way to ask for a copy. */
function ownCopy(word: string): string {
  return (' ' + word).slice(1);
}

/** A list of 32-bit integers that doubles when it is full. */
class Growing {
  #items = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = item;
  }

  increment(i: number): void {
    this.#items[i]!++;
  }

  view(): Int32Array {
    return this.#items.subarray(0, this.#length);
  }
}
