import {
  type AutoencoderOptions,
  autoencoder,
  Embedding,
  type Inputs,
  inputRows,
  project,
  reweight,
} from '../../src/models/index.js';
import { decimals, lineChart, scatter } from '../../src/report/index.js';
import { type Experiment, type Finding, figures } from './experiment.js';
import { chance, distances, mean, planted, share, source, world } from './world.js';

const NETWORKS: Readonly<Record<string, Partial<AutoencoderOptions>>> = {
  'one-hot, linear, squared error': { inputs: 'one-hot', rate: 0.02 },
  'one-hot, linear, cross-entropy': { inputs: 'one-hot', rate: 0.02, loss: 'cross-entropy' },
  'one-hot, 50 tanh, cross-entropy': {
    inputs: 'one-hot',
    rate: 0.02,
    loss: 'cross-entropy',
    hidden: [50],
  },
  'contexts, linear, squared error': {},
};
/** Figures are means over these. */
const SEEDS = [1, 2, 3];

interface Learned {
  readonly name: string;
  /** The loss of the last batch. */
  readonly loss: number;
  /** f(x) itself, but for a turn, which changes no distance. */
  readonly latents: Embedding;
}

export const oneHotOrContexts: Experiment = {
  name: 'one-hot-or-contexts',
  question: 'How to make similar words close? One-hot in and out cannot; a row of contexts can.',
  run: () => {
    const learned = Object.entries(NETWORKS).map(([name, options]) =>
      SEEDS.map((seed) => learn(name, { ...options, seed })),
    );
    const [oneHot, , , contexts] = learned.map(([first]) => first!);
    return {
      tables: [inputs(), latents(learned)],
      pictures: {
        'distances.svg': spread(oneHot!, contexts!),
        'latents-of-one-hot.svg': map('One-hot in, one-hot out: no class to be seen', oneHot!),
        'latents-of-contexts.svg': map(
          'Contexts in, contexts out: the classes come out',
          contexts!,
        ),
      },
    };
  },
};

function learn(name: string, options: Partial<AutoencoderOptions>): Learned {
  const fit = autoencoder.fit(source, { dimension: 24, epochs: 20, power: 1, ...options });
  let loss = 0;
  for (const progress of fit) ({ loss } = progress);
  return { name, loss, latents: fit.embedding() };
}

const APART = ['distance in a class', 'between classes'].map(figures);

/** The cells under `APART`. */
function apart(embeddings: readonly Embedding[]): string[] {
  const all = embeddings.map(distances);
  const same = mean(all.map((each) => mean(each.same)));
  const other = mean(all.map((each) => mean(each.other)));
  return [decimals(same, 3), decimals(other, 3)];
}

/** How far apart words are as they are shown to the network, before it learns anything. */
function inputs(): Finding {
  const rowOf = (name: string, kind: Inputs): string[] => {
    const seen = new Embedding(source.words, inputRows(source, kind, source.size).toDense());
    return [name, ...apart([seen]), decimals(share(seen), 3), decimals(chance(seen), 3)];
  };
  return {
    name: 'inputs',
    columns: [
      { head: 'a word is shown as' },
      ...APART,
      figures('nearest five in class'),
      figures('at random'),
    ],
    rows: [rowOf('its number, one-hot', 'one-hot'), rowOf('its row of contexts', 'context')],
  };
}

/** How far apart they are in the narrowest layer, after. */
function latents(learned: readonly (readonly Learned[])[]): Finding {
  return {
    name: 'one-hot-or-contexts',
    columns: [
      { head: 'what goes in and comes out' },
      figures('loss'),
      ...APART,
      figures('nearest five in class'),
      figures('by seed'),
    ],
    rows: learned.map((seeds) => {
      const shares = seeds.map(({ latents }) => share(reweighted(latents)));
      return [
        seeds[0]!.name,
        decimals(mean(seeds.map(({ loss }) => loss)), 3),
        ...apart(seeds.map(({ latents }) => latents)),
        decimals(mean(shares), 3),
        shares.map((value) => decimals(value, 3)).join(', '),
      ];
    }),
  };
}

/** The vectors that a fit gives by default, out of latents that were left alone. */
function reweighted(latents: Embedding): Embedding {
  const { words, dimension } = latents;
  const Z = Float64Array.from(words.flatMap((word) => [...latents.vector(word)]));
  return new Embedding(words, reweight(Z, dimension, 0.25));
}

/** How many bins a histogram has, and where it ends. */
const [BINS, END] = [48, 1.6];

/** How distances are spread, each in terms of the mean distance. */
function spread(oneHot: Learned, contexts: Learned): string {
  const curves = (
    [
      ['one-hot', oneHot],
      ['contexts', contexts],
    ] as const
  ).flatMap(([name, { latents }]) => {
    const { same, other } = distances(latents);
    const typical = mean([...same, ...other]);
    return [
      histogram(`${name}, one class`, same, typical),
      histogram(`${name}, two classes`, other, typical),
    ];
  });
  return lineChart(curves, {
    title: 'How far apart an autoencoder puts two words',
    subtitle:
      'One-hot: as far within a class as between two. Contexts: words of one class are close.',
    xLabel: 'distance of the latents, over the mean distance',
    yLabel: 'density',
  });
}

function histogram(name: string, values: readonly number[], unit: number) {
  const width = END / BINS;
  const y = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor(value / unit / width));
    y[bin]! += 1 / values.length / width;
  }
  return { name, x: y.map((_, bin) => (bin + 0.5) * width), y };
}

function map(title: string, { latents }: Learned): string {
  const at = project(latents, { words: planted });
  return scatter(
    planted.map((label, i) => ({
      label,
      x: at[2 * i]!,
      y: at[2 * i + 1]!,
      group: world.classOf(label)!,
    })),
    { title, groups: [...world.classes.keys()], labels: 90, width: 720, height: 560 },
  );
}
