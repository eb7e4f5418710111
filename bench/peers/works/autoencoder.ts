// One step of training an autoencoder 784-128-32-128-784 on 64 rows with Adam: tanh between the layers, mean
// squared error, through everyone's ordinary interface.

import { milliseconds, normals } from '../../harness.js';
import type { Contest } from '../contest.js';
import { invite } from '../contestant.js';
import { COMPARED, inputsOf, type Training } from '../network.js';
import { jaxTraining } from '../network-jax.js';
import { tfjsTraining } from '../network-tfjs.js';
import { ours } from '../ours.js';
import type { Python } from '../python.js';
import { startingLayers } from '../start.js';

const widths = [784, 128, 32, 128, 784];
const batch = 64;

export async function* contests(python: Python): AsyncGenerator<Contest> {
  const images = normals(batch * 784, 'images');
  const training: Training = {
    widths,
    batch,
    hidden: 'tanh',
    layers: startingLayers(widths),
    optimizer: 'adam',
    rate: 0.001,
    examples: [{ x: images, t: images }],
  };
  const inPython = (name: string, library: string) =>
    invite(name, () => python.contestant(name, 'network', library, inputsOf(training), COMPARED));
  yield {
    title: 'autoencoder 784-128-32-128-784, 64 rows, Adam, one step',
    unit: milliseconds,
    ours: ours(training),
    peers: [
      await inPython('torch', 'torch'),
      await inPython('torch, fused Adam', 'torch_fused'),
      await inPython('numpy by hand', 'numpy'),
      await invite('tfjs wasm, f32', () => tfjsTraining('wasm', training)),
      await invite('tfjs cpu, f32', () => tfjsTraining('cpu', training)),
      await invite('jax-js, f32', () => jaxTraining(training)),
    ],
    bars: [
      { against: 'torch', most: 1.2, goal: 0.95 },
      { against: 'tfjs wasm, f32', most: 0.2 },
      { against: 'tfjs cpu, f32', most: 0.04 },
    ],
  };
}
