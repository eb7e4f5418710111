import {
  sumFaults as fanOutFaults,
  memoryFaults,
  seedFaults,
  visitFaults,
} from './engines/faults.js';
import type { Fault } from './fault.js';
import { arithmeticFaults, functionFaults, kinkFaults } from './ops/elementwise.js';
import { kernelFaults } from './ops/kernels.js';
import { indexingFaults, layoutFaults, productFaults } from './ops/products-and-layout.js';
import { broadcastFaults, extremumFaults, softmaxFaults, sumFaults } from './ops/reductions.js';
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
