// What `compare` looks at: the small world, or any text file.
import { basename } from 'node:path';
import type { Source } from '../models/index.js';
import { grouped, type ProgressBar } from '../report/index.js';
import { Corpus, type SmallWorld, smallWorld } from '../text/index.js';
import {
  corpusOptionsOf,
  type LearningOptions,
  settingsOf,
  sourceOptionsOf,
} from './learning-options.js';
import type { Settings } from './methods.js';
import { countWords, readCorpus } from './training.js';
import { wordOf } from './vectors.js';

/** A text, counted, and how it is to be treated. */
export interface Text {
  readonly name: string;
  readonly source: Source;
  /** What is planted in it, when it is the small world. */
  readonly world?: SmallWorld;
  readonly settings: Settings;
  /** The words for the maps, the most frequent first. */
  readonly mapped: readonly string[];
  /** The words whose neighbours are listed. */
  readonly asked: readonly string[];
  /** What a reader should know of all this. */
  readonly remarks: readonly string[];
}

export interface TextOptions extends LearningOptions {
  readonly methods: readonly string[];
  /** Whose neighbours are to be listed. */
  readonly words?: readonly string[];
}

/** In a small world few dimensions tell all, and the strong ones most. */
const FOR_SMALL_WORLD = { dimension: 60, power: 1 };
const ASKED_OF_SMALL_WORLD = ['cat', 'queen', 'paris', 'walked', 'red', 'january'];

/** The small world, told anew. */
export function openSmallWorld(options: TextOptions, bar: ProgressBar): Text {
  const learning = { ...FOR_SMALL_WORLD, ...options };
  const world = smallWorld();
  const corpus = Corpus.fromText(world.text, corpusOptionsOf(learning));
  const { vocabulary } = corpus;
  const asked = options.words?.map((word) => wordOf(vocabulary, word));
  const { dimension, power } = learning;
  return {
    name: 'the small world',
    source: countWords(corpus, sourceOptionsOf(learning), bar),
    world,
    settings: settingsOf(learning),
    mapped: vocabulary.words.filter((word) => world.classOf(word) !== undefined),
    asked: asked ?? ASKED_OF_SMALL_WORLD.filter((word) => vocabulary.has(word)),
    remarks: [`Learned vectors: ${dimension} numbers a word, U·Σᵖ with p = ${power}.`],
  };
}

/** So that any text is done in minutes. */
const FOR_ANY_TEXT = { maxWords: 30_000, contexts: 2000 };

/** @throws Error for a file that cannot be read, or holds fewer than two different words */
export async function openTextFile(
  path: string,
  options: TextOptions,
  bar: ProgressBar,
): Promise<Text> {
  const learning = { ...FOR_ANY_TEXT, ...options };
  const corpus = await readCorpus(path, corpusOptionsOf(learning), bar);
  const { words } = corpus.vocabulary;
  const asked = options.words?.map((word) => wordOf(corpus.vocabulary, word));
  return {
    name: basename(path),
    source: countWords(corpus, sourceOptionsOf(learning), bar),
    settings: settingsOf(learning),
    mapped: mapped(words),
    asked: asked ?? spread(words, 6),
    remarks: [
      words.length === learning.maxWords &&
        `Only the ${grouped(words.length)} most frequent words are embedded (--max-words).`,
      words.length > learning.contexts &&
        options.methods.some((name) => name === 'autoencoder' || name === 'vae') &&
        `The autoencoders look at the ${grouped(learning.contexts)} most frequent words only, to be done in minutes (--contexts).`,
    ].filter((remark) => remark !== false),
  };
}

/** 300 frequent words, without the most frequent tenth or hundred (the, of, and): they say little. */
function mapped(words: readonly string[]): readonly string[] {
  const from = Math.min(100, Math.floor(words.length / 10));
  return words.slice(from, from + 300);
}

/** Some words, frequent and less so: evenly spread over the logarithm of their rank. */
function spread(words: readonly string[], n: number): string[] {
  const first = Math.min(150, Math.floor(words.length / 10));
  const last = Math.min(3000, words.length - 1);
  const ranks = Array.from({ length: n }, (_, i) => {
    const share = n > 1 ? i / (n - 1) : 0;
    // first + (last − first)·(2⁵ᵗ − 1)/(2⁵ − 1)
    return Math.round(first + ((last - first) * (2 ** (5 * share) - 1)) / 31);
  });
  return [...new Set(ranks)].map((rank) => words[rank]!);
}
