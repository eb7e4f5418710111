// Text → words. A word is a run of letters, marks and digits of any script; an apostrophe between
// two such runs belongs to the word (don't, l'eau). Everything else only separates.

const WORD = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu;
const LINE_BREAK = /\r\n?|\n/;
const WHITE_SPACE = /\s/;

/** The longest stretch that is handed to the regular expression at once, in UTF-16 units. */
const STRETCH = 1 << 16;

/** What is taken for one word. */
export interface TokeniseOptions {
  /** Fold capitals into small letters (default true). */
  readonly lowerCase?: boolean;
}

/**
 * The words of a piece of text, in order. Composed and decomposed accents (é as one character or
 * as two) give the same word, and so do straight and typographic apostrophes.
 */
export function words(text: string, { lowerCase = true }: TokeniseOptions = {}): string[] {
  const folded = lowerCase ? text.toLowerCase() : text;
  return folded.normalize('NFC').replaceAll('’', "'").match(WORD) ?? [];
}

/** The words of one line, or of part of a very long one. */
export interface Stretch {
  /** In the order of the text. */
  readonly words: readonly string[];
  /** Whether a line (a sentence, a paragraph) ends here. */
  readonly endsLine: boolean;
}

/**
 * Cuts text that arrives in chunks into lines of words. What comes out does not depend on where
 * the chunks were cut, a line may be of any length, and time and memory are linear.
 *
 * The one exception: a run of more than 65,536 characters without white space is cut where it is.
 */
export class Tokeniser {
  readonly #options: TokeniseOptions;
  #rest = '';

  constructor(options: TokeniseOptions = {}) {
    this.#options = options;
  }

  /** The stretches that are complete once `chunk` is known. */
  *push(chunk: string): Generator<Stretch> {
    for (let from = 0; from < chunk.length; from += STRETCH) {
      const piece = chunk.slice(from, from + STRETCH);
      const cut = afterLastWhiteSpace(piece);
      if (cut > 0) {
        yield* this.#stretches(this.#rest + piece.slice(0, cut));
        this.#rest = piece.slice(cut);
      } else {
        this.#rest += piece;
        if (this.#rest.length > STRETCH) yield* this.#flush();
      }
    }
  }

  /** What is left when the text has ended. */
  *end(): Generator<Stretch> {
    yield* this.#stretches(this.#rest + '\n');
    this.#rest = '';
  }

  *#stretches(text: string): Generator<Stretch> {
    const lines = text.split(LINE_BREAK);
    const last = lines.length - 1;
    for (let i = 0; i <= last; i++) {
      yield { words: words(lines[i]!, this.#options), endsLine: i < last };
    }
  }

  /** Gives up on white space, but never cuts a surrogate pair. */
  *#flush(): Generator<Stretch> {
    const code = this.#rest.charCodeAt(this.#rest.length - 1);
    const cut = this.#rest.length - (code >= 0xd800 && code < 0xdc00 ? 1 : 0);
    yield* this.#stretches(this.#rest.slice(0, cut));
    this.#rest = this.#rest.slice(cut);
  }
}

/** The index after the last white-space character, 0 when there is none. */
function afterLastWhiteSpace(text: string): number {
  for (let i = text.length; i > 0; i--) {
    if (WHITE_SPACE.test(text[i - 1]!)) return i;
  }
  return 0;
}
