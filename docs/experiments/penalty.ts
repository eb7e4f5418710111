import { constant, evaluate } from '../../src/graph/index.js';
import { exp, log } from '../../src/linalg/index.js';
import { gaussianKl, standardGaussian } from '../../src/ops/index.js';
import { decimals, lineChart } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';

/** KL(N(μ, σ²) ‖ N(0, 1)), as in the evidence lower bound, and KL(N(0, 1) ‖ N(μ, σ²)), as the notes write it. */
interface Both {
  readonly elbo: number;
  readonly notes: number;
}

function both(mean: number, sigma: number): Both {
  const q = { mean: constant([mean]), logVariance: constant([2 * log(sigma)]) };
  return {
    elbo: evaluate(gaussianKl(q))[0]!,
    notes: evaluate(gaussianKl(standardGaussian, q))[0]!,
  };
}

const PLACES = [
  { mean: 0, sigma: 1 },
  { mean: 0, sigma: 0.1 },
  { mean: 0, sigma: 0.01 },
  { mean: 0, sigma: 10 },
  { mean: 0, sigma: 100 },
  { mean: 3, sigma: 1 },
  { mean: 3, sigma: Math.sqrt(10) },
  { mean: 30, sigma: 1 },
  { mean: 30, sigma: Math.sqrt(901) },
];

export const penalty: Experiment = {
  name: 'penalty',
  question: 'What do the two orders of KL charge for a μ and a σ?',
  run: () => ({
    tables: [
      {
        name: 'penalty',
        columns: ['μ', 'σ', 'KL(N(μ, σ²) ‖ N(0, 1))', 'KL(N(0, 1) ‖ N(μ, σ²))'].map(figures),
        rows: PLACES.map(({ mean, sigma }) => {
          const { elbo, notes } = both(mean, sigma);
          return [String(mean), decimals(sigma, 2), decimals(elbo, 3), decimals(notes, 3)];
        }),
      },
    ],
    pictures: { 'kl-of-sigma.svg': ofSigma(), 'kl-of-mu.svg': ofMu() },
  }),
};

function ofSigma(): string {
  const sigma = Array.from({ length: 121 }, (_, i) => exp((log(5) * (i - 60)) / 60));
  const costs = sigma.map((value) => both(0, value));
  return lineChart(
    [
      { name: 'KL(N(0, σ²) ‖ N(0, 1))', x: sigma, y: costs.map(({ elbo }) => elbo) },
      { name: 'KL(N(0, 1) ‖ N(0, σ²))', x: sigma, y: costs.map(({ notes }) => notes) },
    ],
    {
      title: 'What a width costs, at μ = 0',
      subtitle: 'The lower bound’s order (first) forbids wide codes, the notes’ order narrow ones.',
      xLabel: 'σ',
      yLabel: 'KL (nats)',
      xScale: 'log',
    },
  );
}

/** Both orders charge μ²/2 at σ = 1. The notes' order can be talked down, by a σ that grows with μ. */
function ofMu(): string {
  const mean = Array.from({ length: 121 }, (_, i) => i / 20);
  const curve = (name: string, cost: (mu: number) => number) => ({
    name,
    x: mean,
    y: mean.map(cost),
  });
  return lineChart(
    [
      curve('lower bound: μ²/2', (mu) => both(mu, 1).elbo),
      curve('notes: ½ ln(1 + μ²)', (mu) => both(mu, Math.sqrt(1 + mu * mu)).notes),
    ],
    {
      title: 'What a mean costs, at the σ that makes it cheapest',
      subtitle:
        'At σ = 1 both orders ask μ²/2; at σ² = 1 + μ² the notes’ order asks hardly anything.',
      xLabel: 'μ',
      yLabel: 'KL (nats)',
    },
  );
}
