import { sumFaults as fanOutFaults, seedFaults, visitFaults } from './engines/backward.js';
import { memoryFaults } from './engines/buffers.js';
import type { Fault } from './fault.js';
import { arithmeticFaults } from './ops/arithmetic.js';
import { broadcastFaults, sumFaults } from './ops/broadcast.js';
import { functionFaults } from './ops/functions.js';
import { indexingFaults } from './ops/indexing.js';
import { kernelFaults } from './ops/kernels.js';
import { kinkFaults } from './ops/kinks.js';
import { layoutFaults } from './ops/layout.js';
import { productFaults } from './ops/products.js';
import { extremumFaults, softmaxFaults } from './ops/reductions.js';
import { secondOrderFaults } from './ops/second-order.js';

/** All planted faults, by where they are planted. */
export const catalogue: Readonly<Record<string, readonly Fault[]>> = {
  'Broadcasts and sums': [...broadcastFaults, ...sumFaults],
  'Maxima, norms, softmax': [...extremumFaults, ...softmaxFaults],
  Arithmetic: arithmeticFaults,
  Functions: functionFaults,
  'Kinks, masks and steps': kinkFaults,
  Products: productFaults,
  Layout: [...layoutFaults, ...indexingFaults],
  'Second order': secondOrderFaults,
  Kernels: kernelFaults,
  'Engines: the sum over children': fanOutFaults,
  'Engines: the order of visits': visitFaults,
  'Engines: seeds and passes': seedFaults,
  'Engines: buffers': memoryFaults,
};

export const faults: readonly Fault[] = Object.values(catalogue).flat();
