import { constant, evaluateAll, type Node, Parameters } from '../../src/graph/index.js';
import { settingsOf } from '../../src/models/autoencoder.js';
import { decoder, encoder } from '../../src/models/coder.js';
import {
  type Embedding,
  inputRows,
  train,
  type VariationalOptions,
} from '../../src/models/index.js';
import { minibatchFit } from '../../src/models/minibatch.js';
import { reconstruction } from '../../src/models/reconstruction.js';
import {
  add,
  exp,
  type Gaussian,
  gaussianKl,
  mean,
  mul,
  reshape,
  sampleNormal,
  standardGaussian,
} from '../../src/ops/index.js';
import { source } from './world.js';

/** What a variational autoencoder has made of the words: V Gaussians of k coordinates. */
export interface Codes {
  readonly embedding: Embedding;
  /** [V, k] */
  readonly mu: Float64Array;
  /** [V, k] */
  readonly sigma: Float64Array;
  /** The mean over words of KL(N(μ, σ²) ‖ N(0, 1)) in each coordinate, in nats, [k]: how much it tells. */
  readonly told: Float64Array;
  /** The mean over words of ‖g(z) − x‖², for one draw of z. */
  readonly error: number;
}

/** The linear `variational` of the models, same options, same bits, with its inside open to view. */
export function trainedVae(options: Partial<VariationalOptions>): Codes {
  const { lambda = 0.1, kl = 'elbo', ...rest } = options;
  const settings = settingsOf('vae', source, rest);
  const { dimension, seed } = settings;
  const rows = inputRows(source, settings.inputs, settings.contexts);
  const w = new Parameters({ seed });
  const f = encoder(w, rows, [], 'linear', ['mu', 'logVariance'], dimension);
  const g = decoder(w, rows.columns, [], 'linear', dimension);
  const reconstructionError = reconstruction('squared', rows);

  const pass = (index: Node): { q: Gaussian; mu: Node; logVariance: Node; error: Node } => {
    const [mu, logVariance] = f(index) as [Node, Node];
    const z = sampleNormal(mu, logVariance, { seed, label: 'epsilon' });
    const error = reconstructionError(g.inner(z), g.last, index);
    return { q: { mean: mu, logVariance }, mu, logVariance, error };
  };
  const loss = (index: Node): Node => {
    const { q, error } = pass(index);
    const divergence = kl === 'elbo' ? gaussianKl(q) : gaussianKl(standardGaussian, q);
    return add(error, mul(lambda, mean(divergence)));
  };
  const embedding = train(minibatchFit(source.words, settings, loss, (index) => f(index)[0]!));

  const V = source.size;
  const { mu, logVariance, error } = pass(constant(Float64Array.from({ length: V }, (_, i) => i)));
  // Rows of one coordinate each: the divergence of a row is that of a coordinate.
  const apart = (node: Node): Node => reshape(node, [V, dimension, 1]);
  const each = gaussianKl({ mean: apart(mu), logVariance: apart(logVariance) });
  const [means, sigma, told, errors] = evaluateAll([
    mu,
    exp(mul(0.5, logVariance)),
    mean(each, 0),
    error,
  ]);
  return { embedding, mu: means!, sigma: sigma!, told: told!, error: errors![0]! };
}
