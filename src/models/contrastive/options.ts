import { adam, adaptivity, gradientDescent, momentum, type Optimizer } from '../../optim/index.js';
import { checkAmount, checkChoice, checkPower, checkWhole, dimensionOf } from '../options.js';
import type { Source } from '../source.js';

/** What is drawn together and apart, by which network, and how it is learned. */
export interface ContrastiveOptions {
  /**
   * k, the numbers a word takes (default 100, or one for every 20 words, but 8 at least). Words that could stand for each
   * other without ever standing together, two animals in a world of one-animal sentences, share the
   * strongest directions alone: in a small vocabulary less is more.
   */
  readonly dimension: number;
  /**
   * `'exact'` (the default): the expectation itself, over all pairs, at every step. `'stochastic'`: pairs
   * and negatives sampled, as the notes have it.
   */
  readonly mode: 'exact' | 'stochastic';
  /** What f is: a table with a row a word (the default), or a network that reads a word's contexts. */
  readonly model: 'table' | 'network';
  /**
   * Which pairs (x, x⁺) belong together. `'next-word'`: the notes' (word, next-word). `'window'`: words of
   * one window, as the source counts. `'ppmi'` (the default): in proportion to the pair's positive pointwise
   * mutual information. See `contrastive` for why.
   */
  readonly pairs: 'next-word' | 'window' | 'ppmi';
  /** Unrelated words: all equally likely (the default for ppmi), or as frequent as in the text. */
  readonly negatives: 'uniform' | 'unigram';
  readonly steps: number;
  /** Stochastic: pairs in a step. */
  readonly batch: number;
  readonly optimizer: 'gradientDescent' | 'momentum' | 'adaptivity' | 'adam';
  /** α; the optimizer's own default, but for an exact table, where it follows from the curvature of the loss. */
  readonly rate: number;
  /** Network: how many numbers stand between the contexts and the vector. */
  readonly hidden: number;
  /** Network: how many of the most frequent words a row of contexts looks at. */
  readonly contexts: number;
  /** p of the vectors U·Σᵖ, Σ being that of PCA of the same matrix: ½ (the default) leaves f alone. */
  readonly power: number;
  readonly seed: number;
}

/** All options settled, but for a rate left open. */
export interface Settings extends Omit<ContrastiveOptions, 'rate'> {
  readonly rate: number | undefined;
}

export const optimizers: Readonly<
  Record<ContrastiveOptions['optimizer'], (options?: { rate?: number }) => Optimizer>
> = { gradientDescent, momentum, adaptivity, adam } as const;

const STEPS = {
  exact: { table: 40, network: 100 },
  stochastic: { table: 2000, network: 300 },
} as const;

/** @throws RangeError for options that are out of range */
export function settle(source: Source, options: Partial<ContrastiveOptions>): Settings {
  const check = (name: keyof ContrastiveOptions, choices: readonly string[]) => {
    if (options[name] !== undefined)
      checkChoice('contrastive', name, String(options[name]), choices);
  };
  check('mode', ['exact', 'stochastic']);
  check('model', ['table', 'network']);
  check('pairs', ['next-word', 'window', 'ppmi']);
  check('negatives', ['uniform', 'unigram']);
  check('optimizer', Object.keys(optimizers));
  const { mode = 'exact', model = 'table', pairs = 'ppmi' } = options;
  const byCurvature = mode === 'exact' && model === 'table';
  const optimizer = options.optimizer ?? (byCurvature ? 'momentum' : 'adam');
  const adamRate = optimizer === 'adam' ? (model === 'table' ? 0.01 : 0.003) : undefined;
  const settings: Settings = {
    dimension: dimensionOf('contrastive', options.dimension, source.size, 20),
    mode,
    model,
    pairs,
    negatives: options.negatives ?? (pairs === 'ppmi' ? 'uniform' : 'unigram'),
    steps: options.steps ?? STEPS[mode][model],
    batch: options.batch ?? 256,
    optimizer,
    rate: options.rate ?? adamRate,
    hidden: options.hidden ?? 100,
    contexts: options.contexts ?? 4000,
    power: options.power ?? 0.5,
    seed: options.seed ?? 1,
  };
  for (const name of ['steps', 'batch', 'hidden', 'contexts'] as const) {
    checkWhole('contrastive', name, settings[name]);
  }
  checkPower('contrastive', settings.power);
  if (settings.rate !== undefined) checkAmount('contrastive', 'rate', settings.rate);
  return settings;
}
