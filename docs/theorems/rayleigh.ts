import { rayleighAscent } from '../../src/models/index.js';
import { angle, columnOf } from './columns.js';
import { gaussianPoints } from './points.js';
import type { Theorem } from './theorem.js';

/**
 * max vᵀXᵀXv over ‖v‖ = 1, and then over v ⊥ v⁽¹⁾, by gradient descent on −ln(‖Xv‖²/‖v‖²) with gradients of
 * our own engine. There are no minima but the eigenvectors of the largest eigenvalue: all others are saddles.
 */
export const rayleigh: Theorem = {
  title: 'PCA: gradient ascent arrives at the same v',
  claim: 'the maximum of ‖Xv‖² over ‖v‖ = 1, v ⊥ v⁽¹⁾ … v⁽ʲ⁻¹⁾ is the j-th eigenvector of XᵀX',
  source: 'the notes, Principal Component Analysis; Courant & Fischer',
  prove: () => {
    const { d, X, directions } = gaussianPoints(200, 8, 0.75, 4);
    const path: { step: number; distance: number }[] = [];
    const found: Float64Array[] = [];
    for (let j = 0; j < 3; j++) {
      const truth = columnOf(directions, d, j);
      const ascent = rayleighAscent(X, d, { perpendicularTo: found, steps: 100 });
      let next = ascent.next();
      for (; !next.done; next = ascent.next()) {
        path.push({ step: path.length, distance: angle(next.value.v, truth) });
      }
      found.push(next.value);
    }
    return {
      measured: found.map((v, j) => ({
        what: `angle of v⁽${'¹²³'[j]}⁾ to the eigenvector`,
        value: angle(v, columnOf(directions, d, j)),
        tolerance: 1e-8,
      })),
      path,
      distance: 'angle of v to the eigenvector being sought (radians)',
    };
  },
};
