import { autoencoder } from './autoencoder.js';
import { contrastive } from './contrastive.js';
import type { Method } from './method.js';
import { oneHot } from './one-hot.js';
import { pca } from './pca.js';
import { variational } from './variational.js';

/** The five methods, in the order of the notes. */
export const methods: readonly Method<object>[] = [
  oneHot,
  autoencoder,
  variational,
  contrastive,
  pca,
];
