import { corpusFromFile } from '../io/index.js';
import { type Embedding, type Fit, Source, type SourceOptions } from '../models/index.js';
import { grouped, type ProgressBar } from '../report/index.js';
import type { Corpus, CorpusOptions } from '../text/index.js';
import { warn } from './vectors.js';

/** Reads a text file, with a bar while it lasts. */
export async function readCorpus(
  path: string,
  options: CorpusOptions,
  bar: ProgressBar,
): Promise<Corpus> {
  bar.start('Reading');
  const { corpus, unreadable } = await corpusFromFile(path, options, (progress) => {
    const { bytesRead, bytesTotal, wordsRead } = progress;
    bar.update({ step: bytesRead, steps: bytesTotal, note: `${grouped(wordsRead)} words` });
  }).finally(() => bar.clear());
  if (unreadable > 0) warn(`${path}: ${unreadable} characters are not UTF-8 and are left out`);
  return corpus;
}

/** Does the counting that all methods share, with a bar while it lasts. */
export function countWords(corpus: Corpus, options: SourceOptions, bar: ProgressBar): Source {
  bar.start('Counting');
  const onProgress = (step: number, steps: number): void => {
    bar.update({ step, steps, note: `${grouped(step)} of ${grouped(steps)} words` });
  };
  try {
    const source = new Source(corpus, { ...options, onProgress });
    source.matrix('ppmi');
    return source;
  } finally {
    bar.clear();
  }
}

export interface Trained {
  readonly embedding: Embedding;
  readonly milliseconds: number;
  /** The loss of each step. */
  readonly losses: readonly number[];
}

/** Trains to the end, with a bar while it lasts. */
export function trainShowing(label: string, start: () => Fit, bar: ProgressBar): Trained {
  bar.start(label);
  try {
    const fit = start();
    const losses: number[] = [];
    for (const progress of fit) {
      losses.push(progress.loss);
      bar.update(progress);
    }
    const embedding = fit.embedding();
    return { embedding, milliseconds: bar.elapsed, losses };
  } finally {
    bar.clear();
  }
}
