import { type Node, Parameters } from '../graph/index.js';
import {
  add,
  type Gaussian,
  gaussianKl,
  mean,
  mul,
  sampleNormal,
  standardGaussian,
} from '../ops/index.js';
import { type AutoencoderOptions, settingsOf } from './autoencoder.js';
import { decoder, encoder } from './coder.js';
import { inputRows } from './inputs.js';
import type { Fit, Method } from './method.js';
import { minibatchFit } from './minibatch.js';
import { checkAmount, checkChoice } from './options.js';
import { reconstruction } from './reconstruction.js';
import type { Source } from './source.js';

/** Which way round the divergence is taken: as in the evidence lower bound, or as the notes write it. */
export type KlOrder = 'elbo' | 'notes';

/** As for the autoencoder; and what the divergence weighs. */
export interface VariationalOptions extends AutoencoderOptions {
  /** λ, the weight of the divergence, on the scale of the reconstruction error. */
  readonly lambda: number;
  readonly kl: KlOrder;
}

const variationalDefaults = { lambda: 0.1, kl: 'elbo' as KlOrder };

/** KL(N(μ, σ²) ‖ N(0, I)), or KL(N(0, I) ‖ N(μ, σ²)), of each row. */
const divergence = {
  elbo: (q: Gaussian) => gaussianKl(q, standardGaussian),
  notes: (q: Gaussian) => gaussianKl(standardGaussian, q),
};

/**
 * Approach 3 of the notes. The encoder gives a Gaussian, the code is a draw from it, and the Gaussians
 * are kept near N(0, I), so that the latent space is nicely filled:
 *
 *     z = μ + σ·ε,  ε ~ N(0, I)
 *     𝓛(w) = ‖g(z) − x‖² + λ KL(N(μ, σ²) ‖ N(0, I))
 *
 * The notes have the arguments of the divergence the other way round, which `kl: 'notes'` gives. A
 * word's vector is its μ.
 */
export const variational: Method<VariationalOptions> = {
  name: 'vae',
  title: 'Variational autoencoder',
  fit: (source: Source, options: Partial<VariationalOptions> = {}): Fit => {
    const settings = { ...variationalDefaults, ...options, ...settingsOf('vae', source, options) };
    const { dimension, hidden, activation, seed, lambda } = settings;
    checkAmount('vae', 'lambda', lambda, true);
    checkChoice('vae', 'kl', settings.kl, Object.keys(divergence));
    const rows = inputRows(source, settings.inputs, settings.contexts);
    const w = new Parameters({ seed });

    const f = encoder(w, rows, hidden, activation, ['mu', 'logVariance'], dimension);
    const g = decoder(w, rows.columns, hidden, activation, dimension);
    const error = reconstruction(settings.loss, rows);
    const kl = divergence[settings.kl];

    return minibatchFit(
      source.words,
      settings,
      (x) => {
        const [mu, logVariance] = f(x) as [Node, Node];
        const z = sampleNormal(mu, logVariance, { seed, label: 'epsilon' });
        return add(error(g.inner(z), g.last, x), mul(lambda, mean(kl({ mean: mu, logVariance }))));
      },
      (x) => f(x)[0]!,
    );
  },
};
