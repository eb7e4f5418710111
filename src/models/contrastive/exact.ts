import { from, Graph, type Initializer, type Node, type Parameters } from '../../graph/index.js';
import {
  type Csr,
  fillNormal,
  finish,
  lanczos,
  matmul,
  norm2,
  randomKey,
  sparseOperator,
  sparseTimesDense,
} from '../../linalg/index.js';
import { mul } from '../../ops/index.js';
import { momentum, type Optimizer, trainingStep } from '../../optim/index.js';
import type { Progress } from '../method.js';
import type { Source } from '../source.js';
import { expectedLoss, normalisedPairs, rootOf } from './loss.js';
import { optimizers, type Settings } from './options.js';
import { everyWord, networkOf, pairMatrix, type Run } from './words.js';

/** Full batches: every step sees every pair, at the price of an expectation. */
export function exactRun(source: Source, w: Parameters, q: Float64Array, settings: Settings): Run {
  const N = normalisedPairs(pairMatrix(source, settings.pairs), q);
  const { model, dimension, seed } = settings;
  const lambda = model === 'table' ? largestEigenvalue(N) : 0;
  // A table may as well hold √q·f itself: so rare words learn as fast as frequent ones.
  const G: Node =
    model === 'table'
      ? w.add('√q·f', randomIndexing(N, dimension, lambda, seed))
      : mul(rootOf(q), networkOf(source, w, settings)(everyWord(source.size)));

  function* steps(): Generator<Progress, void> {
    const graph = new Graph(expectedLoss(G, N));
    const optimizer = optimizerOf(settings, lambda);
    for (let step = 1; step <= settings.steps; step++) {
      yield { step, steps: settings.steps, loss: trainingStep(graph, {}, optimizer) };
    }
    graph.dispose();
    optimizer.dispose();
  }
  return { steps: steps(), weighted: G };
}

/**
 * Where a table starts: each word at the sum of random vectors that its partners were dealt, N·R (random
 * indexing; Sahlgren 2005). Of the directions that the loss asks for there is then more from the beginning. The
 * length is that at which ‖GᵀG‖ = λ₁, as large as the minimum's.
 */
function randomIndexing(N: Csr, k: number, lambda: number, seed: number): Initializer {
  const R = new Float64Array(N.columns * k);
  fillNormal(R, randomKey(seed, 'random indexing'));
  const G = new Float64Array(N.rows * k);
  sparseTimesDense(G, N, R, k);
  const gram = new Float64Array(k * k);
  matmul(gram, G, G, k, k, N.rows, { transposeA: true });
  const scale = Math.sqrt(lambda / norm2(gram));
  for (let at = 0; at < G.length; at++) G[at]! *= scale;
  return from(G, [N.rows, k]);
}

/**
 * The rate of an exact table. Along an eigenvector of N, at the distance s, the loss is s⁴ − 2λs², which at
 * its minimum s = √λ has the second derivative 8λ: nowhere there is it more curved than 8λ₁. Momentum that
 * weighs the new gradient by β is stable there up to the rate 2(2/β − 1)/8λ₁; but it comes to the minimum with
 * a swing, to where the curve is steeper. Two fifths of that rate are safe from every start s ≤ √λ.
 */
function optimizerOf({ optimizer, model, rate }: Settings, lambda: number): Optimizer {
  if (rate !== undefined) return optimizers[optimizer]({ rate });
  if (model !== 'table' || optimizer !== 'momentum') return optimizers[optimizer]();
  const beta = 0.2;
  return momentum({ beta, rate: (2 / beta - 1) / (10 * lambda) });
}

function largestEigenvalue(N: Csr): number {
  const { values } = finish(lanczos(sparseOperator(N), 1, { tolerance: 0.01 }));
  return values[0]!;
}
