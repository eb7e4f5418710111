// A training step of a 2-16-16-1 network written out for that network alone: what a step costs when
// there is no graph at all.

import { tanh } from '../../src/linalg/index.js';

export interface Layer {
  /** [inputs, outputs], row-major. */
  readonly W: Float64Array;
  readonly b: Float64Array;
}

export type Step = (x: ArrayLike<number>, t: number) => number;

/** The step: moves the layers by −rate · ∂L/∂w for L = (y − t)², and returns L. */
export function stepByHand(layers: readonly Layer[], rate: number): Step {
  const values = layers.map(({ b }) => new Float64Array(b.length));
  const gradients = layers.map(({ b }) => new Float64Array(b.length));
  const last = layers.length - 1;

  return (x, t) => {
    for (const [k, { W, b }] of layers.entries()) {
      const from = k === 0 ? x : values[k - 1]!;
      const to = values[k]!;
      for (let j = 0; j < to.length; j++) {
        let z = b[j]!;
        for (let i = 0; i < from.length; i++) z += from[i]! * W[i * to.length + j]!;
        to[j] = k === last ? z : tanh(z);
      }
    }

    const error = values[last]![0]! - t;
    gradients[last]![0] = 2 * error;
    for (let k = last; k >= 0; k--) {
      const { W, b } = layers[k]!;
      const from = k === 0 ? x : values[k - 1]!;
      const dz = gradients[k]!;
      for (let i = 0; i < from.length; i++) {
        let dFrom = 0;
        for (let j = 0; j < dz.length; j++) {
          dFrom += W[i * dz.length + j]! * dz[j]!;
          W[i * dz.length + j]! -= rate * from[i]! * dz[j]!;
        }
        if (k > 0) gradients[k - 1]![i] = dFrom * (1 - from[i]! * from[i]!);
      }
      for (let j = 0; j < dz.length; j++) b[j]! -= rate * dz[j]!;
    }
    return error * error;
  };
}
