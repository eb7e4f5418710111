import { ChainruleError, Node, type Op } from '../graph/index.js';
import { checkShape, fillNormal, fillUniform, randomKey, type Shape } from '../linalg/index.js';
import { add, mul } from './arithmetic.js';
import { exp } from './exponential.js';

/**
 * Noise is a leaf whose values are a function of (seed, label, step, index) alone: leaving a node out,
 * running in another order or resuming a run changes none of them, and a run repeated with the same
 * step sees the same noise, as finite differences must.
 */
export interface NoiseOptions {
  readonly seed?: number;
  /** Tells the noise of one node from another's; nodes that share it have the same noise. */
  readonly label: string;
}

function noise(
  name: string,
  formula: string,
  fill: typeof fillNormal,
  shape: Shape,
  { seed = 0, label }: NoiseOptions,
): Node {
  const own = checkShape(shape, name);
  if (typeof label !== 'string' || label === '') {
    throw new ChainruleError(`${name}: a label is needed, to tell its noise from that of others`);
  }
  const key = randomKey(seed, label);
  const op: Op = {
    name,
    formula,
    settings: { seed, label },
    shape: () => own,
    kernel:
      ({ data }) =>
      (step) =>
        fill(data, key, step),
    vjp: () => [],
  };
  return new Node(op, [], own, label);
}

/** ε ~ N(0, 1), drawn anew at each step. */
export function normalNoise(shape: Shape, options: NoiseOptions): Node {
  return noise('normalNoise', '\\varepsilon \\sim \\mathcal N(0, I)', fillNormal, shape, options);
}

/** u ~ U[0, 1), drawn anew at each step. */
export function uniformNoise(shape: Shape, options: NoiseOptions): Node {
  return noise('uniformNoise', 'u \\sim U[0, 1)', fillUniform, shape, options);
}

/**
 * The reparameterisation zᵢ = μᵢ + σᵢ·εᵢ with ε ~ N(0, 1): a sample of N(μ, σ²) that ∂/∂μ and ∂/∂σ go
 * through, since the chance is in a leaf of its own. (Notes, approach 3; Kingma & Welling 2014)
 * @param logVariance ln σ², of μ's shape
 */
export function sampleNormal(mean: Node, logVariance: Node, options: NoiseOptions): Node {
  const sigma = exp(mul(0.5, logVariance));
  return add(mean, mul(sigma, normalNoise(mean.shape, options)));
}
