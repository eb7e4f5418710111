// One step of training a network 2-16-16-1 on one row: next to no arithmetic, so what is left is the price of
// a step. (relu between the layers, since micrograd has nothing else.)

import { microseconds, normals } from '../../harness.js';
import type { Contest } from '../contest.js';
import { invite } from '../contestant.js';
import { microgradTraining } from '../micrograd.js';
import { COMPARED, type Example, inputsOf, type Training } from '../network.js';
import { jaxTraining } from '../network-jax.js';
import { tfjsTraining } from '../network-tfjs.js';
import { ours } from '../ours.js';
import type { Python } from '../python.js';
import { startingLayers } from '../start.js';

const widths = [2, 16, 16, 1];

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const training: Training = {
    widths,
    batch: 1,
    hidden: 'relu',
    layers: startingLayers(widths),
    optimizer: 'sgd',
    rate: 0.01,
    examples: Array.from({ length: 64 }, (_, row): Example => {
      const x = normals(2, `row ${row}`);
      return { x, t: Float64Array.of(x[0]! * x[1]!) };
    }),
  };
  const inPython = (name: string, library: string) =>
    invite(name, () => python.contestant(name, 'network', library, inputsOf(training), COMPARED));
  yield {
    title: 'network 2-16-16-1, one row, gradient descent, one step',
    unit: microseconds,
    ours: ours(training),
    peers: [
      await inPython('torch', 'torch'),
      microgradTraining(training),
      await inPython('numpy by hand', 'numpy'),
      await invite('tfjs wasm, f32', () => tfjsTraining('wasm', training)),
      await invite('tfjs cpu, f32', () => tfjsTraining('cpu', training)),
      await invite('jax-js, f32', () => jaxTraining(training)),
    ],
    bars: [
      { against: 'torch', most: 0.03 },
      { against: 'micrograd', most: 0.1 },
    ],
  };
}
