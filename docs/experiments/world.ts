// The small world, and what is measured on it.
import {
  type Embedding,
  evaluateAnalogies,
  nearestFiveInClass,
  Source,
} from '../../src/models/index.js';
import { decimals } from '../../src/report/index.js';
import { Corpus, smallWorld } from '../../src/text/index.js';
import { type FindingColumn, figures } from './experiment.js';

export const world = smallWorld();
export const source: Source = new Source(Corpus.fromText(world.text));

/** The words that have a class. */
export const planted: readonly string[] = source.words.filter((word) => world.classOf(word));

/** The share of the nearest five that are of a word's own class. */
export function share(embedding: Embedding): number {
  return nearestFiveInClass(embedding, world.classOf).share;
}

/** What the share would be if the five were drawn at random. */
export function chance(embedding: Embedding): number {
  return nearestFiveInClass(embedding, world.classOf).chance;
}

export const QUALITY: readonly FindingColumn[] = [
  figures('nearest five in class'),
  figures('analogies right'),
];

/** The cells under `QUALITY`. */
export function quality(embedding: Embedding): string[] {
  const { accuracy } = evaluateAnalogies(embedding, world.analogies).total;
  return [decimals(share(embedding), 3), decimals(accuracy, 3)];
}

/** Distances ‖f(x) − f(y)‖ between planted words, apart by whether they are of one class. */
export function distances(embedding: Embedding): { same: number[]; other: number[] } {
  const same: number[] = [];
  const other: number[] = [];
  const vectors = planted.map((word) => embedding.vector(word));
  for (const [i, x] of vectors.entries()) {
    for (const [j, y] of vectors.slice(0, i).entries()) {
      const squares = x.reduce((sum, value, c) => sum + (value - y[c]!) * (value - y[c]!), 0);
      const alike = world.classOf(planted[i]!) === world.classOf(planted[j]!);
      (alike ? same : other).push(Math.sqrt(squares));
    }
  }
  return { same, other };
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
