import { basename } from 'node:path';
import type { Command } from 'commander';
import { readAnalogies, readPairs } from '../io/index.js';
import {
  type AnalogiesResult,
  type Embedding,
  evaluateAnalogies,
  evaluatePairs,
  type PairsResult,
  type ScoredPair,
} from '../models/index.js';
import { type Column, decimals, grouped, table } from '../report/index.js';
import type { Analogy } from '../text/index.js';
import { openVectors } from './vectors.js';

interface Options {
  readonly pairs?: readonly string[];
  readonly analogies?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  chainrule evaluate vectors.txt --pairs wordsim353.tsv men.tsv
  chainrule evaluate vectors.bin --analogies questions-words.txt --json`;

/** `chainrule evaluate`: how well vectors agree with people, and solve analogies. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .summary("measure word vectors by people's judgements and by analogies")
    .description(
      "Spearman's ρ between cosines and the scores people gave to pairs of words, over the pairs whose " +
        'two words have a vector; and the share of analogies answered right (3CosAdd, question words excluded).',
    )
    .argument('<vectors>', 'a file of word vectors: word2vec, GloVe or Projector, plain or .gz')
    .option('--pairs <files...>', 'word, word, score a line')
    .option('--analogies <file>', 'four words a line, ": name" before each section')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: Options, command: Command) => {
      if (!options.pairs && !options.analogies) {
        command.error('error: nothing to measure by: give --pairs or --analogies, or both');
      }
      const tests = await openTests(options);
      const results = measure(await openVectors(path), tests);
      process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : shown(results));
    });
}

/** What embeddings are measured by. */
export interface Tests {
  readonly pairs: ReadonlyMap<string, readonly ScoredPair[]>;
  readonly analogies: ReadonlyMap<string, readonly Analogy[]> | undefined;
}

/** Reads the test sets that were named; a set is called what its file is, without folder and ending. */
export async function openTests(options: Options): Promise<Tests> {
  const pairs = new Map<string, readonly ScoredPair[]>();
  for (const path of options.pairs ?? []) pairs.set(setName(path, pairs), await readPairs(path));
  const analogies = options.analogies ? await readAnalogies(options.analogies) : undefined;
  return { pairs, analogies };
}

/** The name of a file without its ending, or, when that is taken, the whole path. */
function setName(path: string, taken: ReadonlyMap<string, unknown>): string {
  const short = basename(path).replace(/(\.(tsv|csv|txt|gz))+$/, '');
  return taken.has(short) ? path : short;
}

export interface Measured {
  readonly pairs: Readonly<Record<string, PairsResult>>;
  readonly analogies?: {
    readonly total: AnalogiesResult;
    readonly sections: Readonly<Record<string, AnalogiesResult>>;
  };
}

/** All tests on one embedding. */
export function measure(embedding: Embedding, { pairs, analogies }: Tests): Measured {
  const scored = [...pairs].map(([name, set]) => [name, evaluatePairs(embedding, set)] as const);
  if (!analogies) return { pairs: Object.fromEntries(scored) };
  const { total, sections } = evaluateAnalogies(embedding, analogies);
  return {
    pairs: Object.fromEntries(scored),
    analogies: { total, sections: Object.fromEntries(sections) },
  };
}

const PAIR_COLUMNS: readonly Column[] = [
  { head: 'pairs' },
  { head: 'covered', align: 'right' },
  { head: 'Spearman', align: 'right' },
];
const ANALOGY_COLUMNS: readonly Column[] = [
  { head: 'analogies' },
  { head: 'covered', align: 'right' },
  { head: 'right', align: 'right' },
];

function shown({ pairs, analogies }: Measured): string {
  const blocks: string[] = [];
  const sets = Object.entries(pairs);
  if (sets.length > 0) {
    const rows = sets.map(([name, { covered, pairs, rho }]) => [
      name,
      `${grouped(covered)} of ${grouped(pairs)}`,
      decimals(rho, 3),
    ]);
    blocks.push(table(PAIR_COLUMNS, rows));
    for (const [name, { reason }] of sets) {
      if (reason) blocks.push(`${name}: ρ is undefined, ${reason}; 0 stands for it.`);
    }
  }
  if (analogies) {
    const row = (name: string, { covered, questions, accuracy }: AnalogiesResult): string[] => [
      name,
      `${grouped(covered)} of ${grouped(questions)}`,
      covered > 0 ? decimals(accuracy, 3) : '–',
    ];
    const sections = Object.entries(analogies.sections);
    const rows = sections.length > 1 ? sections.map(([name, result]) => row(name, result)) : [];
    blocks.push(table(ANALOGY_COLUMNS, [...rows, row('all', analogies.total)]));
  }
  return `${blocks.join('\n')}\n`;
}
