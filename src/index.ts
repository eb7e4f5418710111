/**
 * Everything that a model is built, trained and looked at with, and the methods that embed words. Each
 * room has a door of its own too: `chainrule/graph`, `chainrule/ops`, `chainrule/optim`,
 * `chainrule/linalg`, `chainrule/text`, `chainrule/models`, and `chainrule/check`, which is needed in
 * tests alone.
 *
 * @module chainrule
 */

export * from './graph/index.js';
export { Csr, Random, type Shape, type View } from './linalg/index.js';
// Not `oneHot`, the method: the op of that name turns indices into rows.
export {
  type AutoencoderOptions,
  autoencoder,
  type ContrastiveOptions,
  contrastive,
  Embedding,
  type Fit,
  type Method,
  methods,
  type Neighbour,
  type PcaOptions,
  type Progress,
  pca,
  Source,
  type SourceOptions,
  train,
  type VariationalOptions,
  variational,
} from './models/index.js';
export * from './ops/index.js';
export * from './optim/index.js';
export { Corpus, type CorpusOptions, smallWorld } from './text/index.js';
