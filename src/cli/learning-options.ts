// The options that `compare` and `embed` share: how text is read and counted, how methods learn.
import type { Command } from 'commander';
import type { SourceOptions } from '../models/index.js';
import type { CorpusOptions } from '../text/index.js';
import type { Settings } from './methods.js';
import { amount, wholeNumber } from './options.js';

export interface LearningOptions {
  readonly seed: number;
  readonly dimension?: number;
  readonly power?: number;
  readonly epochs?: number;
  readonly contexts?: number;
  readonly window?: number;
  readonly minCount?: number;
  readonly maxWords?: number;
  readonly keepCase?: true;
  readonly threads: number;
}

export function addLearningOptions(command: Command): Command {
  return command
    .option('--seed <n>', 'all that is random follows from it', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--dimension <k>', 'numbers per word', wholeNumber(1))
    .option(
      '--power <p>',
      'p of the vectors U·Σᵖ: small for similarity, larger for analogies',
      amount,
    )
    .option('--epochs <n>', 'how often the autoencoders see each word', wholeNumber(1))
    .option('--contexts <n>', 'how many frequent words the autoencoders look at', wholeNumber(1))
    .option(
      '--window <n>',
      'how many words to either side count as neighbours (10)',
      wholeNumber(1),
    )
    .option('--min-count <n>', 'leave out words that occur less often (5)', wholeNumber(1))
    .option('--max-words <n>', 'keep only so many words, the most frequent ones', wholeNumber(2))
    .option('--keep-case', 'keep capitals apart from small letters')
    .option(
      '--threads <n>',
      'for large products; the numbers stay the same',
      wholeNumber(1, 64),
      1,
    );
}

export function settingsOf(options: LearningOptions): Settings {
  const { seed, dimension, power, epochs, contexts } = options;
  return { seed, ...given({ dimension, power, epochs, contexts }) };
}

export function corpusOptionsOf({ minCount, maxWords, keepCase }: LearningOptions): CorpusOptions {
  return given({ minCount, maxSize: maxWords, lowerCase: keepCase ? false : undefined });
}

export function sourceOptionsOf({ window }: LearningOptions): SourceOptions {
  return given({ window });
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined: an option that was not given is not there. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<T>;
}
