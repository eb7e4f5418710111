// A comparison as one HTML page: the table, a map per method, neighbours, how the losses fell.
import {
  decimals,
  duration,
  grouped,
  htmlNotes,
  htmlPage,
  htmlTable,
  lineChart,
  pictures,
  type Section,
  scatter,
  wordSearch,
} from '../report/index.js';
import type { SmallWorld } from '../text/index.js';
import type { Compared, Comparison } from './comparison.js';
import { methodTable, neighboursOf, remarksOf } from './comparison-text.js';

/** The whole page, with nothing beside it. */
export function comparisonPage(comparison: Comparison): string {
  const { text, methods, milliseconds } = comparison;
  const { source, settings } = text;
  const { corpus } = source;
  const sections = [
    theMethods(comparison),
    maps(comparison),
    neighbours(comparison),
    ...curves(comparison),
    ...analogies(comparison),
  ];
  const [only] = methods.length === 1 ? methods : [];
  return htmlPage({
    title: `${only?.title ?? `${inWords(methods.length)} ways to make vectors of words`}: ${text.name}`,
    lead: [
      text.world
        ? 'The small world is a made-up one: its sentences were told from planted classes and relations, ' +
          'so that there is a truth to find. A good embedding puts words of one class together.'
        : 'The same text by each method, side by side.',
      `${grouped(corpus.wordsRead)} words in ${grouped(corpus.sentences)} lines, ` +
        `${grouped(source.size)} of them different and frequent enough. ` +
        `Seed ${settings.seed}; ${duration(milliseconds)} in all.`,
    ],
    sections,
    footer:
      'Made by chainrule. The same text, settings and seed give the same vectors, bit for bit.',
  });
}

function theMethods(comparison: Comparison): Section {
  const { columns, rows } = methodTable(comparison, 'long');
  return {
    heading: 'The methods',
    content: htmlTable(columns, rows) + htmlNotes(remarksOf(comparison)),
  };
}

function maps({ methods, text: { mapped, world } }: Comparison): Section {
  const groups = world && [...world.classes.keys()];
  const map = (method: Compared): string =>
    scatter(
      mapped.map((label, i) => ({ label, ...method.map[i]!, ...groupOf(label, world) })),
      {
        title: method.title,
        subtitle: subtitleOf(method),
        labels: mapped.length,
        styled: false,
        ...(groups ? { groups } : {}),
      },
    );
  return {
    heading: 'Maps',
    text:
      `${world ? 'All words that have a class' : `${grouped(mapped.length)} frequent words`}, their vectors ` +
      'scaled to length one and seen along the two directions in which they vary most (PCA, by the ' +
      'eigensolver of this project). Point at a word, or type one, to find it everywhere.',
    content: wordSearch() + pictures(methods.map(map)),
  };
}

function groupOf(word: string, world: SmallWorld | undefined): { group?: string } {
  const group = world?.classOf(word);
  return group === undefined ? {} : { group };
}

function subtitleOf({ embedding, classes }: Compared): string {
  const numbers = `${grouped(embedding.dimension)} numbers per word`;
  if (!classes) return numbers;
  return `${numbers}; ${decimals(100 * classes.share, 1)} % of the nearest five are of a word's own class`;
}

function neighbours(comparison: Comparison): Section {
  const { methods, text } = comparison;
  const rows = text.asked.map((word) => [
    [{ word }],
    ...methods.map((method) => {
      const near = neighboursOf(method, word);
      if (near.length === 0) return 'all equally far';
      return near.map(({ word, similarity }) => ({ word, note: decimals(similarity, 3) }));
    }),
  ]);
  return {
    heading: 'Nearest neighbours',
    text: 'By cosine, the nearest first.',
    content: htmlTable([{ head: 'word' }, ...methods.map(({ title }) => ({ head: title }))], rows),
  };
}

function curves({ methods }: Comparison): Section[] {
  const learned = methods.filter(({ losses }) => losses.length > 1);
  if (learned.length === 0) return [];
  const chart = ({ title, losses }: Compared): string =>
    lineChart([{ name: title, x: losses.map((_, i) => i + 1), y: losses }], {
      title,
      xLabel: 'step',
      yLabel: 'loss',
      yScale: spansDecades(losses) ? 'log' : 'linear',
      width: 440,
      height: 300,
      styled: false,
    });
  return [
    {
      heading: 'How the losses fell',
      text: 'Each method has a loss of its own: the curves do not compare.',
      content: pictures(learned.map(chart), 'small'),
    },
  ];
}

function spansDecades(losses: readonly number[]): boolean {
  const least = losses.reduce((a, b) => Math.min(a, b));
  return least > 0 && losses[0]! / least > 100;
}

function analogies({ methods }: Comparison): Section[] {
  const answered = methods.flatMap(({ title, measured }) =>
    measured.analogies ? [{ title, ...measured.analogies }] : [],
  );
  const [first] = answered;
  if (!first) return [];
  const rows = Object.entries(first.sections).map(([section, { covered }]) => [
    section || 'all',
    grouped(covered),
    ...answered.map(({ sections }) =>
      covered > 0 ? decimals(sections[section]!.accuracy, 3) : '–',
    ),
  ]);
  const figure = (head: string) => ({ head, align: 'right' }) as const;
  return [
    {
      heading: 'Analogies',
      text: 'a is to b as c is to …: the share of questions whose answer is the word nearest to b − a + c.',
      content: htmlTable(
        [{ head: 'relation' }, figure('questions'), ...answered.map(({ title }) => figure(title))],
        rows,
      ),
    },
  ];
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five'];

function inWords(n: number): string {
  return NUMBERS[n] ?? String(n);
}
