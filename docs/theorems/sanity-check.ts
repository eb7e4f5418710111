import { denseOperator } from '../../src/linalg/index.js';
import { principalComponents, sanityCheck, spectralSum } from '../../src/models/index.js';
import { angle, columnOf, gramOf } from './columns.js';
import { gaussianPoints } from './points.js';
import type { Theorem } from './theorem.js';

/**
 * The notes' own sanity check of the eigenvectors that their power iteration finds. All eigenpairs at once,
 * by reflections and QR steps, are a way that shares nothing with it.
 */
export const notesSanityCheck: Theorem = {
  title: 'PCA: the notes’ sanity check',
  claim: 'power iteration with deflation gives XᵀXv⁽ʲ⁾ = λⱼv⁽ʲ⁾, and XᵀX is Σ λⱼv⁽ʲ⁾v⁽ʲ⁾ᵀ',
  source: 'the notes, Principal Component Analysis',
  prove: () => {
    const { n, d, X, variances, directions } = gaussianPoints(200, 8, 0.75, 3);
    const operator = denseOperator(X, n, d);
    const lambda = n * variances[0]!;

    const path: { step: number; distance: number }[] = [];
    const iteration = principalComponents(operator, d, { method: 'power' });
    let next = iteration.next();
    for (; !next.done; next = iteration.next()) {
      const { products, residual } = next.value;
      path.push({ step: products, distance: residual / lambda });
    }
    const found = next.value;

    const gram = gramOf(X, d);
    const residuals = sanityCheck(operator, found);
    const rest = spectralSum(found).map((value, at) => Math.abs(value - gram[at]!));
    const turns = found.values.map((_, j) =>
      angle(columnOf(found.vectors, d, j), columnOf(directions, d, j)),
    );
    return {
      measured: [
        {
          what: 'largest ‖XᵀXv − λv‖, over λ₁',
          value: Math.max(...residuals) / lambda,
          tolerance: 1e-12,
        },
        {
          what: 'largest angle of a v to its eigenvector',
          value: Math.max(...turns),
          tolerance: 1e-10,
        },
        {
          what: 'largest element of XᵀX − Σ λvvᵀ, over λ₁',
          value: Math.max(...rest) / lambda,
          tolerance: 1e-12,
        },
      ],
      path,
      distance: '‖XᵀXv − λv‖ / λ₁ of the direction at work',
    };
  },
};
