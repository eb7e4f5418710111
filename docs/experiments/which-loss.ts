import {
  type AutoencoderOptions,
  autoencoder,
  type Embedding,
  evaluateAnalogies,
} from '../../src/models/index.js';
import { decimals, lineChart, type Series } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';
import { QUALITY, quality, source, world } from './world.js';

interface Network {
  readonly name: string;
  readonly options: Partial<AutoencoderOptions>;
}

const LOSSES = [
  ['squared error', { loss: 'squared' }],
  ['cross-entropy', { loss: 'cross-entropy' }],
] as const;
const COATS = [
  ['linear', {}],
  ['100 tanh', { hidden: [100] }],
] as const;

/** What the picture follows: both losses, linear and deep, with 24 numbers a word. */
const FOLLOWED: readonly Network[] = COATS.flatMap(([coat, hidden]) =>
  LOSSES.map(([name, loss]) => ({
    name: `${name}, ${coat}`,
    options: { ...loss, ...hidden, dimension: 24, epochs: 40 },
  })),
);
/** With room to spare. */
const ROOMY: readonly Network[] = LOSSES.map(([name, loss]) => ({
  name: `${name}, linear`,
  options: { ...loss, dimension: 50, epochs: 40 },
}));

export const whichLoss: Experiment = {
  name: 'which-loss',
  question: 'What loss? Squared error or cross-entropy over contexts; linear or deep.',
  run: () => {
    const followed = FOLLOWED.map(learn);
    const all = [...followed, ...ROOMY.map(learn)];
    return {
      tables: [
        {
          name: 'which-loss',
          columns: [
            { head: 'loss and network' },
            figures('numbers per word'),
            ...QUALITY,
            { ...figures('seconds'), clock: true },
          ],
          rows: all.map(({ name, embedding, seconds }) => [
            name,
            String(embedding.dimension),
            ...quality(embedding),
            decimals(seconds, 1),
          ]),
        },
      ],
      pictures: { 'analogies-by-loss.svg': drawn(followed.map(({ curve }) => curve)) },
    };
  },
};

interface Learned {
  readonly name: string;
  readonly embedding: Embedding;
  readonly seconds: number;
  /** The share of analogies that are answered right, by step. */
  readonly curve: Series;
}

function learn({ name, options }: Network): Learned {
  const fit = autoencoder.fit(source, options);
  const [x, y]: [number[], number[]] = [[], []];
  let milliseconds = 0;
  let since = performance.now();
  for (const { step, steps } of fit) {
    if (step % 25 > 0 && step < steps) continue;
    milliseconds += performance.now() - since;
    x.push(step);
    y.push(evaluateAnalogies(fit.embedding(), world.analogies).total.accuracy);
    since = performance.now();
  }
  return { name, embedding: fit.embedding(), seconds: milliseconds / 1000, curve: { name, x, y } };
}

function drawn(curves: readonly Series[]): string {
  return lineChart(curves, {
    title: 'What loss finds the relations in 24 numbers a word?',
    subtitle: 'All four have every class right long before; analogies ask for more.',
    xLabel: 'training step',
    yLabel: 'analogies answered right',
  });
}
