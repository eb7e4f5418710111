import { performance } from 'node:perf_hooks';
import { type ClassResult, type Embedding, nearestFiveInClass, project } from '../models/index.js';
import type { ProgressBar } from '../report/index.js';
import { type Measured, measure, type Tests } from './evaluate.js';
import { methodNamed } from './methods.js';
import type { Text } from './texts.js';
import { type Trained, trainShowing } from './training.js';

/** What one method made of the text. */
export interface Compared extends Trained {
  readonly name: string;
  readonly title: string;
  /** Against the planted classes, when the text is the small world. */
  readonly classes?: ClassResult;
  readonly measured: Measured;
  /** Where the words of the map lie. */
  readonly map: readonly { readonly x: number; readonly y: number }[];
}

/** Methods side by side on one text. */
export interface Comparison {
  readonly text: Text;
  readonly methods: readonly Compared[];
  /** All of it, from the moment that `began`. */
  readonly milliseconds: number;
}

/** Trains one method after the other, and asks each everything. */
export function compareMethods(
  text: Text,
  names: readonly string[],
  tests: Tests,
  began: number,
  bar: ProgressBar,
): Comparison {
  const all = { ...tests, analogies: tests.analogies ?? text.world?.analogies };
  const methods = names.map((name) => compared(name, text, all, bar));
  return { text, methods, milliseconds: performance.now() - began };
}

function compared(name: string, text: Text, tests: Tests, bar: ProgressBar): Compared {
  const { source, settings, world, mapped } = text;
  const method = methodNamed(name);
  const { title } = method;
  const trained = trainShowing(name, () => method.fit(source, settings), bar);
  bar.start(`${name}: measuring`);
  try {
    const { embedding } = trained;
    const measured = measure(embedding, tests);
    const map = placesOf(embedding, mapped);
    const classes = world && nearestFiveInClass(embedding, world.classOf);
    return { name, title, ...trained, measured, map, ...(classes ? { classes } : {}) };
  } finally {
    bar.clear();
  }
}

function placesOf(embedding: Embedding, words: readonly string[]): { x: number; y: number }[] {
  const dimension = Math.min(2, embedding.dimension);
  const at = project(embedding, { words, dimension });
  return words.map((_, i) => ({
    x: at[i * dimension]!,
    y: dimension > 1 ? at[i * dimension + 1]! : 0,
  }));
}
