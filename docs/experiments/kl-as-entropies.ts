import { constant, evaluateAll, type Node } from '../../src/graph/index.js';
import { log1p } from '../../src/linalg/index.js';
import {
  add,
  exp,
  type Gaussian,
  gaussianCrossEntropy,
  gaussianEntropy,
  gaussianKl,
  mul,
  normalNoise,
  square,
  sub,
} from '../../src/ops/index.js';
import { decimals, significant } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';

/** Draws of p in a Monte Carlo estimate. */
const DRAWS = 100_000;

const normal = (mean: number, logVariance: number): Gaussian => ({
  mean: constant([mean]),
  logVariance: constant([logVariance]),
});

const PAIRS: readonly (readonly [says: string, p: Gaussian, q: Gaussian])[] = [
  ['N(0, 1) to N(0, 1)', normal(0, 0), normal(0, 0)],
  ['N(1, 1) to N(0, 1)', normal(1, 0), normal(0, 0)],
  ['N(0, 1) to N(1, 1)', normal(0, 0), normal(1, 0)],
  ['N(0, e²) to N(0, 1)', normal(0, 2), normal(0, 0)],
  ['N(0, 1) to N(0, e²)', normal(0, 0), normal(0, 2)],
  ['N(1, 1/e) to N(−1, e)', normal(1, -1), normal(-1, 1)],
  ['N(−1, e) to N(1, 1/e)', normal(-1, 1), normal(1, -1)],
  ['N(0, 1 + 10⁻⁸) to N(0, 1)', normal(0, log1p(1e-8)), normal(0, 0)],
];

export const klAsEntropies: Experiment = {
  name: 'kl-as-entropies',
  question: 'KL(p‖q) = H(p, q) − H(p): is it, and what does it cost to compute it so?',
  run: () => ({
    tables: [
      {
        name: 'kl-as-entropies',
        columns: [
          { head: 'p to q' },
          ...['H(p, q)', 'H(p)', 'H(p, q) − H(p)', 'KL(p‖q)', 'by 100,000 draws of p'].map(figures),
        ],
        rows: PAIRS.map(([says, p, q]) => [says, ...rowOf(p, q)]),
      },
    ],
    pictures: {},
  }),
};

function rowOf(p: Gaussian, q: Gaussian): string[] {
  const crossEntropy = gaussianCrossEntropy(p, q);
  const entropy = gaussianEntropy(p);
  const nodes = [crossEntropy, entropy, sub(crossEntropy, entropy), gaussianKl(p, q)];
  const [H, Hp, difference, kl] = evaluateAll(nodes).map(([value]) => value!);
  const { mean, error } = drawn(p, q);
  return [
    decimals(H!, 6),
    decimals(Hp!, 6),
    significant(difference!, 6),
    significant(kl!, 6),
    `${significant(mean, 4)} ± ${significant(error, 2)}`,
  ];
}

/** The mean of ln p(x) − ln q(x) over draws x of p, and its standard error. */
function drawn(p: Gaussian, q: Gaussian): { mean: number; error: number } {
  const epsilon = normalNoise([DRAWS], { seed: 1, label: 'draws' });
  const x = add(p.mean, mul(exp(mul(0.5, p.logVariance)), epsilon));
  const [ratios] = evaluateAll([sub(logDensity(x, p), logDensity(x, q))]);
  const mean = ratios!.reduce((total, ratio) => total + ratio, 0) / DRAWS;
  const squares = ratios!.reduce((total, ratio) => total + (ratio - mean) * (ratio - mean), 0);
  return { mean, error: Math.sqrt(squares / (DRAWS - 1) / DRAWS) };
}

/** ln of the density of N(μ, σ²), less the −½ ln 2π that all share. */
function logDensity(x: Node, { mean, logVariance }: Gaussian): Node {
  const distance = square(sub(x, mean));
  return mul(-0.5, add(logVariance, mul(distance, exp(mul(-1, logVariance)))));
}
