// A comparison for the terminal, and for scripts.
import {
  type Column,
  decimals,
  duration,
  grouped,
  sixDigits,
  table,
  wrapped,
} from '../report/index.js';
import type { Compared, Comparison } from './comparison.js';

/** The table of methods: terminal and page show the same, in as many words as they have room for. */
export function methodTable(
  { text, methods }: Comparison,
  width: 'short' | 'long',
): {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
} {
  const pairs = Object.keys(methods[0]?.measured.pairs ?? {});
  const analogies = methods.some(({ measured }) => measured.analogies);
  const words = <T>(short: T, long: T): T => (width === 'short' ? short : long);
  const figure = (head: string): Column => ({ head, align: 'right' });
  return {
    columns: [
      { head: 'method' },
      figure('time'),
      figure(words('numbers', 'numbers per word')),
      figure('loss'),
      ...(text.world ? [figure(words('in class', 'nearest five in class'))] : []),
      ...pairs.map((name) => figure(name)),
      ...(analogies ? [figure('analogies')] : []),
    ],
    rows: methods.map((method) => [
      words(method.name, method.title),
      duration(method.milliseconds),
      grouped(method.embedding.dimension),
      method.losses.length > 0 ? sixDigits(method.losses.at(-1)!) : '–',
      ...(method.classes ? [decimals(method.classes.share, 3)] : []),
      ...pairs.map((name) => decimals(method.measured.pairs[name]!.rho, 3)),
      ...(method.measured.analogies ? [decimals(method.measured.analogies.total.accuracy, 3)] : []),
    ]),
  };
}

/** What the columns of the table mean, and what a reader should know of how it was done. */
export function remarksOf(comparison: Comparison): string[] {
  const { methods, text } = comparison;
  const { world, remarks } = text;
  const [first] = methods;
  const lines = [...remarks];
  if (methods.some(({ losses }) => losses.length > 0)) {
    lines.push('Loss: at the last step. Each method has a loss of its own: they do not compare.');
  }
  if (first?.classes && world) {
    const { chance, words } = first.classes;
    lines.push(
      `In class: of the five words nearest to each of ${words} words, the share that is of its ` +
        `own planted class (${world.classes.size} classes); by chance ${decimals(chance, 3)}.`,
    );
  }
  const sets = Object.entries(first?.measured.pairs ?? {});
  if (sets.length > 0) {
    const coverage = sets.map(
      ([name, { covered, pairs }]) => `${name} ${grouped(covered)} of ${grouped(pairs)}`,
    );
    lines.push(
      `Columns of pairs: Spearman's ρ with people's scores, where both words occur (${coverage.join(', ')}).`,
    );
  }
  const analogies = first?.measured.analogies?.total;
  if (analogies) {
    lines.push(
      `Analogies: the share answered right of ${grouped(analogies.covered)} questions ` +
        `${world ? 'that the small world knows the answers to' : `(of ${grouped(analogies.questions)}) whose words all occur`}.`,
    );
  }
  for (const { title, measured } of methods) {
    const undefinedOn = Object.entries(measured.pairs).filter(([, { reason }]) => reason);
    if (undefinedOn.length === 0) continue;
    const [, { reason }] = undefinedOn[0]!;
    const names = undefinedOn.map(([name]) => name).join(', ');
    lines.push(`${title}: ρ is undefined on ${names} (${reason}); 0 stands for it.`);
  }
  return lines;
}

/** How many neighbours are listed. */
const NEIGHBOURS = 5;

/** The nearest words, or none where all others are equally far. */
export function neighboursOf(
  { embedding }: Compared,
  word: string,
): readonly { readonly word: string; readonly similarity: number }[] {
  const own = embedding.indexOf(word);
  const others = embedding.products(embedding.unit(own)).filter((_, i) => i !== own);
  const allAlike = others.length > 1 && others.every((cosine) => cosine === others[0]);
  return allAlike ? [] : embedding.nearest(word, NEIGHBOURS);
}

/** For the terminal. */
export function comparisonText(comparison: Comparison): string {
  const { columns, rows } = methodTable(comparison, 'short');
  const remarks = remarksOf(comparison).flatMap((remark) => wrapped(96, remark));
  const lines = [table(columns, rows), '', ...remarks];
  const width = Math.max(...comparison.methods.map(({ name }) => name.length));
  for (const word of comparison.text.asked) {
    lines.push('', `Nearest to ${word}`);
    for (const method of comparison.methods) {
      const near = neighboursOf(method, word);
      const list = near.map(({ word, similarity }) => `${word} ${decimals(similarity, 2)}`);
      lines.push(
        `  ${method.name.padEnd(width)}  ${list.join(', ') || 'all other words are equally far'}`,
      );
    }
  }
  return `${lines.join('\n')}\n\n`;
}

/** For scripts. */
export function comparisonJson(comparison: Comparison): string {
  const { text, methods, milliseconds } = comparison;
  const { source, asked, settings } = text;
  const { corpus } = source;
  const value = {
    text: text.name,
    words: corpus.wordsRead,
    vocabulary: source.size,
    lines: corpus.sentences,
    seed: settings.seed,
    seconds: milliseconds / 1000,
    remarks: text.remarks,
    methods: methods.map((method) => ({
      name: method.name,
      title: method.title,
      seconds: method.milliseconds / 1000,
      dimension: method.embedding.dimension,
      loss: method.losses.at(-1) ?? null,
      nearestFiveInClass: method.classes?.share,
      chance: method.classes?.chance,
      pairs: method.measured.pairs,
      analogies: method.measured.analogies,
      neighbours: Object.fromEntries(asked.map((word) => [word, neighboursOf(method, word)])),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
