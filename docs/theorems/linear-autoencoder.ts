import { constant, Graph, glorot, Parameters } from '../../src/graph/index.js';
import { principalAngles } from '../../src/linalg/index.js';
import { matmul, mean, squaredError } from '../../src/ops/index.js';
import { momentum, trainingStep } from '../../src/optim/index.js';
import { firstColumns, gaussianPoints, transposed } from './points.js';
import type { Theorem } from './theorem.js';

/**
 * 𝓛(w) = mean ‖(xW)U − x‖². Every minimum has the rows of U span the first k principal directions, and
 * there are no other minima, only saddles: so descent ends there from anywhere.
 */
export const linearAutoencoder: Theorem = {
  title: 'A linear autoencoder ends in the PCA subspace',
  claim: 'the rows of the decoder span the first k principal directions',
  source: 'Baldi & Hornik 1989',
  prove: () => {
    const k = 3;
    const { n, d, X, variances, directions } = gaussianPoints(200, 8, 0.75, 1);
    const principal = firstColumns(directions, d, k);

    const w = new Parameters({ seed: 1 });
    const x = constant(X, [n, d]);
    const W = w.add('encoder', glorot([d, k]));
    const U = w.add('decoder', glorot([k, d]));
    const loss = mean(squaredError(matmul(matmul(x, W), U), x));

    const graph = new Graph(loss);
    const optimizer = momentum({ rate: 0.5, beta: 0.1 });
    const path: { step: number; distance: number }[] = [];
    for (let step = 0; step <= 4000; step++) {
      if (step % 50 === 0) {
        const span = transposed(w.get('decoder'), k, d);
        path.push({ step, distance: principalAngles(span, principal, d, k, k).at(-1)! });
      }
      trainingStep(graph, {}, optimizer);
    }
    // What k directions leave over is the variance in the others.
    const left = variances.slice(k).reduce((sum, variance) => sum + variance, 0);
    graph.forward();
    return {
      measured: [
        { what: 'largest principal angle', value: path.at(-1)!.distance, tolerance: 1e-9 },
        { what: 'loss over Σ λⱼ, j > k, less 1', value: graph.loss / left - 1, tolerance: 1e-12 },
      ],
      path,
      distance: 'largest principal angle (radians)',
    };
  },
};
