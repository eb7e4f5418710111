import { evaluate, Parameters } from '../graph/index.js';
import { exactRun } from './contrastive/exact.js';
import { type ContrastiveOptions, settle } from './contrastive/options.js';
import { stochasticRun } from './contrastive/stochastic.js';
import { Embedding } from './embedding.js';
import { type Fit, fitOf, type Method, type Progress } from './method.js';
import { reweight } from './reweighting.js';

/**
 * Contrastive learning: f(x)ᵀf(x⁺) large for words that belong together, |f(x)ᵀf(x⁻)| small for others.
 *
 *     𝓛(w) = −2 E[f(x)ᵀf(x⁺)] + E[(f(x)ᵀf(x⁻))²]
 *
 * What makes the embedding good is which pairs are drawn. With the literal (word, next word) the minimiser
 * of the loss is a poor embedding: its largest directions go to rare collocations, and SGD looks better the
 * sooner it is stopped. Windows are better; drawn in proportion to PPMI, with all words equally likely as
 * negatives, the minimiser is known and good: the top eigenvectors of the PPMI matrix, PCA's own.
 *
 * The yielded loss is that of the batch, or the expectation itself in exact mode.
 */
export const contrastive: Method<ContrastiveOptions> = {
  name: 'contrastive',
  title: 'Contrastive learning',
  fit: (source, options = {}): Fit => {
    const settings = settle(source, options);
    const { dimension: k, power, seed } = settings;
    const w = new Parameters({ seed });
    const q =
      settings.negatives === 'unigram'
        ? source.unigram
        : new Float64Array(source.size).fill(1 / source.size);
    const run = (settings.mode === 'exact' ? exactRun : stochasticRun)(source, w, q, settings);

    /** What is left of a fit that is done. */
    let last: Float64Array | undefined;

    function* learn(): Generator<Progress, void> {
      yield* run.steps;
      last = evaluate(run.weighted);
      w.dispose();
    }

    return fitOf(learn(), () => {
      const vectors = reweight(last ?? evaluate(run.weighted), k, 2 * power);
      for (let at = 0; at < vectors.length; at++) vectors[at]! /= Math.sqrt(q[Math.floor(at / k)]!);
      return new Embedding(source.words, vectors);
    });
  },
};
