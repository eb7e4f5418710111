import type { KlOrder } from '../../src/models/index.js';
import { decimals } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';
import { type Codes, trainedVae } from './inside-vae.js';
import { mean, QUALITY, quality } from './world.js';

const LAMBDAS = [0.1, 1, 3, 10];
const ORDERS: Readonly<Record<KlOrder, string>> = {
  elbo: 'KL(N(μ, σ²) ‖ N(0, I))',
  notes: 'KL(N(0, I) ‖ N(μ, σ²))',
};

export const twoOrders: Experiment = {
  name: 'two-orders',
  question: 'What does the order of KL do to a variational autoencoder of words?',
  run: () => {
    const runs = LAMBDAS.flatMap((lambda) =>
      (['elbo', 'notes'] as const).map((kl) => ({
        lambda,
        kl,
        codes: trainedVae({ lambda, kl, dimension: 24, epochs: 40 }),
      })),
    );
    return {
      tables: [
        {
          name: 'two-orders',
          columns: [
            { head: 'divergence' },
            ...['λ', '‖g(z) − x‖²', 'mean |μ|', 'most |μ|', 'least σ', 'mean σ', 'most σ'].map(
              figures,
            ),
            ...QUALITY,
          ],
          rows: runs.map(({ lambda, kl, codes }) => [
            ORDERS[kl],
            String(lambda),
            decimals(codes.error, 2),
            ...spread(codes).map((value) => decimals(value, 2)),
            ...quality(codes.embedding),
          ]),
        },
      ],
      pictures: {},
    };
  },
};

function spread({ mu, sigma }: Codes): number[] {
  const sizes = mu.map(Math.abs);
  const most = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b));
  const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b));
  return [mean(sizes), most(sizes), least(sigma), mean(sigma), most(sigma)];
}
