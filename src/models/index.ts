export {
  type AutoencoderOptions,
  autoencoder,
  autoencoderDefaults,
} from './autoencoder.js';
export { expectedLoss, normalisedPairs, sampledLoss } from './contrastive/loss.js';
export type { ContrastiveOptions } from './contrastive/options.js';
export { contrastive } from './contrastive.js';
export * from './embedding.js';
export * from './evaluation.js';
export { type Inputs, inputRows } from './inputs.js';
export { type Activation, activations } from './layers.js';
export { type Fit, fitOf, type Method, type Progress, train } from './method.js';
export { methods } from './methods.js';
export { type Distances, distances, oneHot } from './one-hot.js';
export { type PcaOptions, pca } from './pca.js';
export {
  type ComponentsOptions,
  coordinates,
  principalComponents,
  sanityCheck,
  spectralSum,
} from './principal-components.js';
export { type ProjectionOptions, project } from './projection.js';
export { type RayleighOptions, type RayleighStep, rayleighAscent } from './rayleigh.js';
export type { Loss } from './reconstruction.js';
export { reweight } from './reweighting.js';
export { Source, type SourceOptions } from './source.js';
export {
  type KlOrder,
  type VariationalOptions,
  variational,
} from './variational.js';
