import {
  constant,
  evaluate,
  evaluateAll,
  from,
  Graph,
  type Node,
  Parameters,
  zeros,
} from '../../src/graph/index.js';
import { exp as expOf, log as ln } from '../../src/linalg/index.js';
import {
  add,
  exp,
  logSumExp,
  mul,
  neg,
  type Operand,
  square,
  stack,
  sub,
  sum,
} from '../../src/ops/index.js';
import { momentum, trainingStep } from '../../src/optim/index.js';
import { decimals, lineChart } from '../../src/report/index.js';
import { type Experiment, figures } from './experiment.js';

/** The target p: two bumps, the left one with more weight. */
const BUMPS = [
  { weight: 0.65, mean: -2, sigma: 0.5 },
  { weight: 0.35, mean: 2, sigma: 0.5 },
];

/** How far from 0 and how densely densities are looked at. */
const [REACH, STEP] = [12, 0.1];
const grid = (reach: number, step: number): Float64Array =>
  Float64Array.from({ length: 2 * Math.round(reach / step) + 1 }, (_, i) => i * step - reach);

const ORDERS = ['KL(p‖q)', 'KL(q‖p)'] as const;
type Order = (typeof ORDERS)[number];

interface Fitted {
  /** Which order was made small. */
  readonly order: Order;
  /** The μ that it was made small from. */
  readonly start: number;
  readonly mean: number;
  readonly logVariance: number;
  readonly sigma: number;
  /** Both orders, at the end. */
  readonly divergences: readonly number[];
}

/**
 * One Gaussian q cannot be two bumps. Which lie it tells depends on who is asked: KL(p‖q) = E_p[ln p/q] makes
 * q pay where p is and q is not, KL(q‖p) = E_q[ln q/p] where q is and p is not.
 */
export const twoBumps: Experiment = {
  name: 'two-bumps',
  question: 'What do the two orders of KL do to a Gaussian that has to stand for two bumps?',
  run: () => {
    const fits = [fitted('KL(p‖q)', 0), fitted('KL(q‖p)', -1), fitted('KL(q‖p)', 1)];
    return {
      tables: [
        {
          name: 'two-bumps',
          columns: [{ head: 'made small' }, ...['from μ', 'to μ', 'σ', ...ORDERS].map(figures)],
          rows: fits.map(({ order, start, mean, sigma, divergences }) => [
            order,
            String(start),
            ...[mean, sigma, ...divergences].map((value) => decimals(value, 4)),
          ]),
        },
      ],
      pictures: { 'two-bumps.svg': drawn(fits) },
    };
  },
};

/** ln N(x; μ, σ²), as a graph. */
function logNormal(x: Operand, mean: Operand, logVariance: Operand): Node {
  const distance = mul(square(sub(x, mean)), exp(neg(logVariance)));
  return mul(-0.5, add(add(LOG_TWO_PI, logVariance), distance));
}
const LOG_TWO_PI = ln(2 * Math.PI);

/** ln p(x): the logarithm of a sum of two weighted Gaussians. */
function logTarget(x: Node): Node {
  const bumps = BUMPS.map(({ weight, mean, sigma }) =>
    add(ln(weight), logNormal(x, mean, 2 * ln(sigma))),
  );
  return logSumExp(stack(bumps), 0);
}

/** Descends from N(start, 1). */
function fitted(order: Order, start: number): Fitted {
  const w = new Parameters();
  const mean = w.add('mu', from([start], []));
  const logVariance = w.add('logVariance', zeros([]));

  const x = constant(grid(REACH, STEP));
  const logP = logTarget(x);
  const logQ = logNormal(x, mean, logVariance);
  // A sum over so fine a grid is the integral, to the last digits.
  const expected = (p: Node, q: Node): Node => mul(STEP, sum(mul(exp(p), sub(p, q))));
  const both = [expected(logP, logQ), expected(logQ, logP)] as const;

  const graph = new Graph(both[ORDERS.indexOf(order)]!);
  const optimizer = momentum({ rate: 0.2 });
  for (let step = 0; step < 1000; step++) trainingStep(graph, {}, optimizer);
  graph.dispose();
  const [m, v] = [w.get('mu')[0]!, w.get('logVariance')[0]!];
  const divergences = evaluateAll(both).map(([value]) => value!);
  return { order, start, mean: m, logVariance: v, sigma: Math.sqrt(expOf(v)), divergences };
}

function drawn(fits: readonly Fitted[]): string {
  const x = grid(5, 0.04);
  const at = constant(x);
  const curve = (name: string, logDensity: Node) => ({ name, x, y: evaluate(exp(logDensity)) });
  const names = ['q of least KL(p‖q)', 'q of least KL(q‖p)', 'the same, from the right'];
  return lineChart(
    [
      curve('p, two bumps', logTarget(at)),
      ...fits.map(({ mean, logVariance }, i) => curve(names[i]!, logNormal(at, mean, logVariance))),
    ],
    {
      title: 'One Gaussian for two bumps',
      subtitle: 'KL(p‖q) covers: q spans the empty middle. KL(q‖p) seeks: q settles on one bump.',
      xLabel: 'x',
      yLabel: 'density',
    },
  );
}
