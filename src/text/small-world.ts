// A small world of our own: sentences with planted classes and relations, so that there is a truth to
// measure embeddings against.
import { Random } from '../linalg/index.js';
import { SENTENCES, TABLES } from './small-world-words.js';

/** How long the stories of the small world are, and which they are. */
export interface SmallWorldOptions {
  /** How many sentences (default 16,000: about 136,000 words). */
  readonly sentences?: number;
  /** Which of the worlds' stories (default 1). Words, classes and relations are always the same. */
  readonly seed?: number;
}

/** a is to b as c is to d. */
export type Analogy = readonly [a: string, b: string, c: string, d: string];

/** A text whose words have known classes and relations. */
export interface SmallWorld {
  /** One sentence a line. */
  readonly text: string;
  /** The planted words, in small letters, by class. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  /** The class of a planted word; undefined for all others. */
  classOf(word: string): string | undefined;
  /** The planted relations: by section, every question that its pairs of words allow. */
  readonly analogies: ReadonlyMap<string, readonly Analogy[]>;
}

const THEMES = 10;

/** How often a word is taken from the theme of its sentence, in place of anywhere. */
const HABIT = 0.7;

/**
 * Tells stories of the small world. A sentence picks a pattern and a theme at random, and fills each
 * slot of the pattern with the theme's row of a table, or now and then with any row.
 *
 * So a word is made of what it is (its class), of what it likes to be with (its theme) and of the
 * form it has (number, tense, sex), and relations such as cat : cats = dog : dogs are there to be found.
 */
export function smallWorld({ sentences = 16_000, seed = 1 }: SmallWorldOptions = {}): SmallWorld {
  const random = new Random(seed, 'small world');
  const lines: string[] = [];
  for (let s = 0; s < sentences; s++) {
    lines.push(written(new Speaker(random).say(PATTERNS[random.integer(PATTERNS.length)]!)));
  }
  return { text: lines.join('\n') + '\n', classes: CLASSES, classOf, analogies: ANALOGIES };
}

// ——— what is planted ———

interface Column {
  readonly rows: readonly (readonly string[])[];
  readonly column: number;
  readonly class: string;
}

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  TABLES.flatMap((table) => {
    const rows = table.rows.split(/,\s*/).map((row) => row.split(' '));
    return Object.entries(table.columns).map(
      ([name, itsClass], column) => [name, { rows, column, class: itsClass }] as const,
    );
  }),
);

function wordsOf(column: string): string[] {
  const { rows, column: c } = COLUMNS.get(column)!;
  return rows.map((row) => row[c]!.toLowerCase());
}

const CLASS_OF: ReadonlyMap<string, string> = new Map(
  [...COLUMNS].flatMap(([name, column]) => wordsOf(name).map((word) => [word, column.class])),
);

function classOf(word: string): string | undefined {
  return CLASS_OF.get(word);
}

const CLASSES: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(CLASS_OF.values())].map((name) => [
    name,
    [...CLASS_OF.keys()].filter((word) => CLASS_OF.get(word) === name),
  ]),
);

/** Which columns stand to each other in which relation. */
const RELATIONS: Readonly<Record<string, string>> = {
  'country : capital': 'country capital',
  'country : nationality': 'country nationality',
  'man : woman': 'man woman',
  'one : many': 'animal animals, food foods, tool tools, garment garments',
  'present : past': 'walk walked, say said, mend mended, cook cooked',
};

const ANALOGIES: ReadonlyMap<string, readonly Analogy[]> = new Map(
  Object.entries(RELATIONS).map(([section, columns]) => [
    section,
    columns.split(', ').flatMap((pair) => {
      const [from, to] = pair.split(' ').map(wordsOf);
      return from!.flatMap((a, i) =>
        from!.flatMap((c, j) => (i === j ? [] : [[a, to![i]!, c, to![j]!] as const])),
      );
    }),
  ]),
);

// ——— sentences ———

/** What a pattern is made of: text, a slot to fill, or a choice between two such lists. */
type Part =
  | { readonly text: string }
  | { readonly slot: Column; readonly another: string }
  | { readonly choice: string; readonly either: readonly (readonly Part[])[] };

const PATTERNS: readonly (readonly Part[])[] = SENTENCES.map((sentence) =>
  parse(sentence.replaceAll('{person}', '<{man}|{woman}>')),
);

/** Reads the little language that small-world-words.ts explains. */
function parse(source: string): Part[] {
  const tokens = source.match(/\{[a-z]+2?\}|[^{[(<|>)\]]+|[[(<|>)\]]/g) ?? [];
  let next = 0;

  const sequence = (): Part[] => {
    const parts: Part[] = [];
    while (next < tokens.length && !'|>)]'.includes(tokens[next]!))
      parts.push(part(tokens[next++]!));
    return parts;
  };
  const part = (token: string): Part => {
    if ('<(['.includes(token)) {
      const either = [sequence()];
      while (tokens[next++] === '|') either.push(sequence());
      return { choice: token, either };
    }
    const slot = /^\{([a-z]+)(2?)\}$/.exec(token);
    return slot ? { slot: COLUMNS.get(slot[1]!)!, another: slot[2]! } : { text: token };
  };
  return sequence();
}

/** Says one sentence, and remembers for its length what has been chosen. */
class Speaker {
  readonly #random: Random;
  readonly #theme: number;
  readonly #sides = new Map<string, number>();
  readonly #rows = new Map<Column['rows'], Map<string, number>>();

  constructor(random: Random) {
    this.#random = random;
    this.#theme = random.integer(THEMES);
  }

  say(pattern: readonly Part[]): string {
    return pattern.map((part) => this.#part(part)).join('');
  }

  #part(part: Part): string {
    if ('text' in part) return part.text;
    if ('slot' in part) return this.#row(part.slot.rows, part.another)[part.slot.column]!;
    const side = this.#sides.get(part.choice) ?? this.#random.integer(part.either.length);
    this.#sides.set(part.choice, side);
    return this.say(part.either[side]!);
  }

  #row(rows: Column['rows'], another: string): readonly string[] {
    const chosen = this.#rows.get(rows) ?? new Map<string, number>();
    this.#rows.set(rows, chosen);
    let row = chosen.get(another);
    while (row === undefined) {
      const draw = this.#random.uniform() < HABIT ? this.#theme : this.#random.integer(rows.length);
      if (![...chosen.values()].includes(draw)) row = draw;
    }
    chosen.set(another, row);
    return rows[row]!;
  }
}

/** "a owl" → "an owl", a capital, a full stop. */
function written(sentence: string): string {
  const spoken = sentence.replace(/\ba (?=[aeiou])/gi, 'an ');
  return spoken[0]!.toUpperCase() + spoken.slice(1) + '.';
}
