import type { Embedding } from './embedding.js';
import type { Source } from './source.js';

/** What happened in a step. */
export interface Progress {
  /** 1 … steps. */
  readonly step: number;
  /** How many there will be at the most: a method may find itself done earlier. */
  readonly steps: number;
  /** What the method makes small, before this step's change (each method says what it is). */
  readonly loss: number;
}

/**
 * A fit in progress. To iterate is to train; to stop, do not ask for the next step. Leaving a loop and
 * entering another goes on where it was left.
 */
export interface Fit extends Iterable<Progress> {
  /** The vectors as they are after the steps so far. */
  embedding(): Embedding;
}

/** A way to make vectors for words. */
export interface Method<Options> {
  /** What it is called on a command line: `pca`. */
  readonly name: string;
  /** What it is called in a heading: `Principal component analysis`. */
  readonly title: string;
  /**
   * Sets everything up; nothing is learned before the first step is asked for. The same source,
   * options and seed give the same bits.
   * @throws RangeError for an option out of range, saying what would fit
   */
  fit(source: Source, options?: Partial<Options>): Fit;
}

/** The fit whose steps are those of a generator. */
export function fitOf(steps: Generator<Progress, void>, embedding: () => Embedding): Fit {
  // Not the generator itself: a loop that is left would end it.
  const steady: Iterator<Progress> = { next: () => steps.next() };
  return { [Symbol.iterator]: () => steady, embedding };
}

/** Trains to the end. */
export function train(fit: Fit): Embedding {
  for (const _ of fit);
  return fit.embedding();
}
