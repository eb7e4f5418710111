import { decimals, lineChart } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';
import { type Codes, trainedVae } from './inside-vae.js';
import { mean, QUALITY, quality, share } from './world.js';

const LAMBDAS = [0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
const DIMENSION = 24;

/** A coordinate that tells less than this about a word, in nats, has collapsed onto N(0, 1). */
const COLLAPSED = 0.01;

const collapsed = ({ told }: Codes): number => told.filter((nats) => nats < COLLAPSED).length;
const meanMu = ({ mu }: Codes): number => mean(mu.map(Math.abs));

export const lambda: Experiment = {
  name: 'lambda',
  question: 'What does λ do to a variational autoencoder?',
  run: () => {
    const sweep = LAMBDAS.map((value) => ({
      value,
      codes: trainedVae({ lambda: value, dimension: DIMENSION, epochs: 40 }),
    }));
    return {
      tables: [
        {
          name: 'lambda',
          columns: [
            ...['λ', '‖g(z) − x‖²', 'mean |μ|', 'mean σ', 'KL'].map(figures),
            figures(`collapsed of ${DIMENSION}`),
            ...QUALITY,
          ],
          rows: sweep.map(({ value, codes }) => [
            String(value),
            decimals(codes.error, 2),
            decimals(meanMu(codes), 3),
            decimals(mean(codes.sigma), 3),
            decimals(
              codes.told.reduce((sum, nats) => sum + nats, 0),
              2,
            ),
            String(collapsed(codes)),
            ...quality(codes.embedding),
          ]),
        },
      ],
      pictures: { 'lambda-codes.svg': ofCodes(sweep), 'lambda-quality.svg': ofQuality(sweep) },
    };
  },
};

type Sweep = readonly { readonly value: number; readonly codes: Codes }[];

/** A curve over the λ that a logarithmic axis can show. */
function curve(name: string, sweep: Sweep, of: (codes: Codes) => number) {
  const shown = sweep.filter(({ value }) => value > 0);
  return { name, x: shown.map(({ value }) => value), y: shown.map(({ codes }) => of(codes)) };
}

function ofCodes(sweep: Sweep): string {
  return lineChart(
    [curve('mean |μ|', sweep, meanMu), curve('mean σ', sweep, ({ sigma }) => mean(sigma))],
    {
      title: 'What λ does to the codes',
      subtitle: 'The larger λ, the nearer every N(μ, σ²) to N(0, I).',
      xLabel: 'λ',
      xScale: 'log',
    },
  );
}

function ofQuality(sweep: Sweep): string {
  return lineChart(
    [
      curve('nearest five in class', sweep, ({ embedding }) => share(embedding)),
      curve('coordinates in use', sweep, (codes) => 1 - collapsed(codes) / DIMENSION),
    ],
    {
      title: 'What λ costs',
      subtitle:
        'Coordinates collapse onto N(0, 1) one by one, and with the last the words are gone.',
      xLabel: 'λ',
      xScale: 'log',
    },
  );
}
