import { glorot } from '../../src/index.js';
import type { Layer } from './network.js';

/** Random weights for layers of these widths, and biases of 0. */
export function startingLayers(widths: readonly number[]): readonly Layer[] {
  return widths.slice(1).map((outputs, k) => {
    const W = new Float64Array(widths[k]! * outputs);
    glorot([widths[k]!, outputs]).fill(W, { seed: 1, label: `W${k}` });
    return { W, b: new Float64Array(outputs) };
  });
}
