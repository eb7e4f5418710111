import { Graph, normal, Parameters } from '../../src/graph/index.js';
import { matmul, principalAngles, symmetricEigen } from '../../src/linalg/index.js';
import { expectedLoss, normalisedPairs } from '../../src/models/index.js';
import { momentum, trainingStep } from '../../src/optim/index.js';
import { Corpus, cooccurrence, smallWorld } from '../../src/text/index.js';
import { firstColumns } from './points.js';
import type { Theorem } from './theorem.js';

/**
 * 𝓛 = −2 E[f(x)ᵀf(x⁺)] + E[(f(x)ᵀf(x⁻))²] for x, x⁺ as often together as the small world has them in one
 * window, and x⁻ as often as in those pairs. With G = D^{1/2}F it is ‖D^{-1/2}AD^{-1/2} − GGᵀ‖² but for a
 * constant, so its minima are G = V_k Λ_k^{1/2} R, R any rotation.
 */
export const spectralContrastive: Theorem = {
  title: 'Contrastive learning ends at scaled eigenvectors',
  claim: 'D^{1/2}F spans the top k eigenvectors of D^{-1/2}AD^{-1/2}, scaled by √λ',
  source: 'HaoChen, Wei, Gaidon & Ma 2021',
  prove: () => {
    const k = 8;
    const { text } = smallWorld({ sentences: 500 });
    const A = cooccurrence(Corpus.fromText(text, { maxSize: 120 }), { window: 5 });
    const V = A.rows;
    const sums = A.rowSums();
    const total = sums.reduce((sum, value) => sum + value, 0);
    const marginals = sums.map((value) => value / total);
    const N = normalisedPairs(A, marginals);
    const { values, vectors } = symmetricEigen(N.toDense(), V);
    const top = firstColumns(vectors, V, k);

    const w = new Parameters({ seed: 1 });
    const graph = new Graph(expectedLoss(w.add('G', normal([V, k], 0.02)), N));
    const optimizer = momentum({ rate: 0.9, beta: 0.2 });
    const path: { step: number; distance: number }[] = [];
    for (let step = 0; step <= 400; step++) {
      if (step % 10 === 0) {
        const distance = principalAngles(w.values, top, V, k, k).at(-1)!;
        path.push({ step, distance });
      }
      trainingStep(graph, {}, optimizer);
    }
    const gram = new Float64Array(k * k);
    matmul(gram, w.values, w.values, k, k, V, { transposeA: true });
    const scales = symmetricEigen(gram, k).values;
    const least = -values.slice(0, k).reduce((sum, lambda) => sum + lambda * lambda, 0);
    graph.forward();
    return {
      measured: [
        { what: 'largest principal angle', value: path.at(-1)!.distance, tolerance: 1e-7 },
        {
          what: 'eigenvalues of GᵀG against λⱼ, relative',
          value: Math.max(...scales.map((scale, j) => Math.abs(scale / values[j]! - 1))),
          tolerance: 1e-10,
        },
        {
          what: 'loss over −Σ λⱼ², less 1',
          value: Math.abs(graph.loss / least - 1),
          tolerance: 1e-12,
        },
      ],
      path,
      distance: 'largest principal angle (radians)',
    };
  },
};
