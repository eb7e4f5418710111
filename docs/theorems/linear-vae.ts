import { constant, Graph, glorot, Parameters, zeros } from '../../src/graph/index.js';
import { exp as exponential, principalAngles } from '../../src/linalg/index.js';
import {
  add,
  broadcastTo,
  exp,
  gaussianKl,
  matmul,
  mean,
  mul,
  reshape,
  square,
  squaredError,
  sum,
} from '../../src/ops/index.js';
import { momentum, trainingStep } from '../../src/optim/index.js';
import { firstColumns, gaussianPoints, transposed } from './points.js';
import type { Theorem } from './theorem.js';

/**
 * 𝓛(w) = mean E‖zU − x‖² + λ KL(N(μ, D) ‖ N(0, I)) with μ = xW, λ = 2s² and s² the variance that the
 * decoder is allowed: the negative evidence lower bound of p(x|z) = N(zU, s²I), times 2s². Here the
 * expectation has a closed form, E‖zU − x‖² = ‖μU − x‖² + Σⱼ Dⱼ‖uⱼ‖², so nothing is left to chance.
 *
 * It ends where probabilistic PCA has its maximum likelihood: the rows uⱼ of U are principal directions
 * themselves, not just a basis of their span, with ‖uⱼ‖² = λⱼ − s², and Dⱼ = s²/λⱼ.
 */
export const linearVae: Theorem = {
  title: 'A linear VAE ends at probabilistic PCA',
  claim: 'row j of the decoder is a principal direction, with ‖uⱼ‖² = λⱼ − s²',
  source: 'Lucas, Tucker, Grosse & Norouzi 2019; Tipping & Bishop 1999',
  prove: () => {
    const k = 3;
    const s2 = 0.05;
    const { n, d, X, variances, directions } = gaussianPoints(200, 8, 0.75, 2);
    const principal = firstColumns(directions, d, k);

    const w = new Parameters({ seed: 2 });
    const x = constant(X, [n, d]);
    const W = w.add('encoder', glorot([d, k]));
    const U = w.add('decoder', glorot([k, d]));
    const logVariance = w.add('logVariance', zeros([k]));
    const mu = matmul(x, W);
    const spread = sum(mul(exp(logVariance), sum(square(U), 1)));
    const error = add(mean(squaredError(matmul(mu, U), x)), spread);
    const q = { mean: mu, logVariance: broadcastTo(reshape(logVariance, [1, k]), [n, k]) };
    const loss = add(error, mul(2 * s2, mean(gaussianKl(q))));

    const graph = new Graph(loss);
    const optimizer = momentum({ rate: 0.5, beta: 0.1 });
    const current = () => rowsByLength(w.get('decoder'), w.get('logVariance'), k, d);
    const largestTurn = (rows: ReturnType<typeof current>): number =>
      Math.max(
        ...rows.map(({ u }, j) => principalAngles(u, column(directions, d, j), d, 1, 1)[0]!),
      );
    const path: { step: number; distance: number }[] = [];
    for (let step = 0; step <= 8000; step++) {
      if (step % 100 === 0) {
        path.push({ step, distance: largestTurn(current()) });
      }
      trainingStep(graph, {}, optimizer);
    }
    const rows = current();
    const span = transposed(w.get('decoder'), k, d);
    return {
      measured: [
        {
          what: 'largest principal angle',
          value: principalAngles(span, principal, d, k, k).at(-1)!,
          tolerance: 1e-9,
        },
        {
          what: 'largest angle of a row to its direction',
          value: largestTurn(rows),
          tolerance: 1e-6,
        },
        {
          what: '‖uⱼ‖² against λⱼ − s², relative',
          value: Math.max(...rows.map(({ square }, j) => off(square, variances[j]! - s2))),
          tolerance: 1e-9,
        },
        {
          what: 'Dⱼ against s²/λⱼ, relative',
          value: Math.max(...rows.map(({ D }, j) => off(D, s2 / variances[j]!))),
          tolerance: 1e-9,
        },
      ],
      path,
      distance: 'largest angle of a row to its direction (radians)',
    };
  },
};

const off = (value: number, truth: number): number => Math.abs(value / truth - 1);

const column = (matrix: Float64Array, d: number, j: number): Float64Array =>
  Float64Array.from({ length: d }, (_, i) => matrix[i * d + j]!);

/** The rows of the decoder, longest first, with what belongs to each. */
function rowsByLength(U: Float64Array, logVariance: Float64Array, k: number, d: number) {
  return Array.from({ length: k }, (_, j) => {
    const u = U.slice(j * d, (j + 1) * d);
    const square = u.reduce((total, value) => total + value * value, 0);
    return { u, square, D: exponential(logVariance[j]!) };
  }).sort((a, b) => b.square - a.square);
}
