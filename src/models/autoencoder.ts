import { Parameters } from '../graph/index.js';
import { decoder, encoder } from './coder.js';
import { type Inputs, inputRows } from './inputs.js';
import { type Activation, activations } from './layers.js';
import type { Fit, Method } from './method.js';
import { type MinibatchOptions, minibatchFit } from './minibatch.js';
import { checkAmount, checkChoice, checkPower, checkWhole, dimensionOf } from './options.js';
import { type Loss, reconstruction } from './reconstruction.js';
import type { Source } from './source.js';

/** What a word is shown as, through which layers it goes, and how it is learned. */
export interface AutoencoderOptions extends MinibatchOptions {
  /** k, the numbers a word takes: the width of the narrowest layer. */
  readonly dimension: number;
  /** Widths of the layers before the narrowest, mirrored behind it; with none the network is linear. */
  readonly hidden: readonly number[];
  /** What follows each hidden layer. */
  readonly activation: Activation;
  /** What a word is shown as. */
  readonly inputs: Inputs;
  /** How many of the most frequent words a row of contexts looks at. */
  readonly contexts: number;
  readonly loss: Loss;
  /** How often each word is seen. */
  readonly epochs: number;
  /** Words in a step. */
  readonly batch: number;
  /** Adam's learning rate at the first step; it falls to 0 along a straight line. */
  readonly rate: number;
  /** p of the vectors U Σᵖ that the latents are turned into; 1 leaves their lengths alone. */
  readonly power: number;
  readonly seed: number;
}

/** What is taken where nothing is said; the rest follows from the corpus. */
export const autoencoderDefaults: Omit<
  AutoencoderOptions,
  'dimension' | 'epochs' | 'batch' | 'rate'
> = {
  hidden: [],
  activation: 'tanh',
  inputs: 'context',
  contexts: 6000,
  loss: 'squared',
  power: 0.25,
  seed: 1,
};

/**
 * Approach 2 of the notes. A code z = f(x) of few numbers, from which g can tell what x was:
 *
 *     𝓛(w) = ‖g(f(x)) − x‖²
 *
 * The loss that it yields is a mean over a batch of words.
 */
export const autoencoder: Method<AutoencoderOptions> = {
  name: 'autoencoder',
  title: 'Autoencoder',
  fit: (source: Source, options: Partial<AutoencoderOptions> = {}): Fit => {
    const settings = settingsOf('autoencoder', source, options);
    const { dimension, hidden, activation, seed } = settings;
    const rows = inputRows(source, settings.inputs, settings.contexts);
    const w = new Parameters({ seed });

    const f = encoder(w, rows, hidden, activation, ['z'], dimension);
    const g = decoder(w, rows.columns, hidden, activation, dimension);
    const error = reconstruction(settings.loss, rows);

    return minibatchFit(
      source.words,
      settings,
      (x) => error(g.inner(f(x)[0]!), g.last, x),
      (x) => f(x)[0]!,
    );
  },
};

/**
 * The options, checked, and with those that suit the vocabulary where they are left out: 100 dimensions
 * if there are as many words; batches of an eighth of the words, 32 at least and 512 at the most; as many
 * epochs as show 20,000 words, 6 at least; and for rows of d contexts the rate ¼/√d, since Adam moves
 * every weight by about the rate, and the weights of a wide layer begin at sizes of about 1/√d.
 * @throws RangeError for an option out of range
 */
export function settingsOf(
  method: string,
  source: Source,
  options: Partial<AutoencoderOptions>,
): AutoencoderOptions {
  const V = source.size;
  const batch = Math.min(options.batch ?? Math.min(512, Math.max(32, Math.ceil(V / 8))), V);
  const epochs = Math.max(6, Math.ceil(20_000 / V));
  const { inputs, contexts } = { ...autoencoderDefaults, ...options };
  const rate = 0.25 / Math.sqrt(inputs === 'one-hot' ? V : Math.min(contexts, V));
  const dimension = dimensionOf(method, options.dimension, V);
  const settings = { ...autoencoderDefaults, epochs, rate, ...options, batch, dimension };
  checkChoice(method, 'activation', settings.activation, activations);
  checkChoice(method, 'inputs', settings.inputs, ['context', 'one-hot']);
  checkChoice(method, 'loss', settings.loss, ['squared', 'cross-entropy']);
  checkWhole(method, 'contexts', settings.contexts);
  checkWhole(method, 'epochs', settings.epochs);
  checkWhole(method, 'batch', settings.batch);
  for (const width of settings.hidden) checkWhole(method, 'a hidden width', width);
  checkAmount(method, 'rate', settings.rate);
  checkPower(method, settings.power);
  return settings;
}
