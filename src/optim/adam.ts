import { adamStep, rangeError, rmspropMomentumStep, rmspropStep } from '../linalg/index.js';
import { type Optimizer, optimizer, type Recipe } from './optimizer.js';
import { checkDecay, checkEpsilon } from './options.js';
import type { Schedule } from './schedules.js';

/** Settings of `rmsprop`. */
export interface RmspropOptions {
  /** α, or a schedule of it. */
  readonly rate?: number | Schedule;
  /** The weight of the old average: 1 − β of `adaptivity`. */
  readonly decay?: number;
  /** ε, added to √s. */
  readonly epsilon?: number;
  /** The weight of the step before in this one (heavy ball); 0 for none. */
  readonly momentum?: number;
}

/**
 * RMSProp: `adaptivity` in the letters that libraries use, s ← ρs + (1−ρ)(∇L)², with the choice of a
 * momentum μ on the scaled gradients: u ← μu + ∇L/(√s + ε); w ← w − αu. (Hinton 2012, lecture 6e)
 * @throws RangeError for a bad rate, ρ or μ outside [0, 1), or a bad ε
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { rate = 0.001, decay = 0.9, epsilon = 1e-8, momentum = 0 } = options;
  checkDecay('rmsprop', 'decay', decay);
  checkDecay('rmsprop', 'momentum', momentum);
  checkEpsilon('rmsprop', epsilon);
  return optimizer({
    name: 'rmsprop',
    rate,
    averages: momentum > 0 ? ['s', 'u'] : ['s'],
    // As for `adaptivity`; but u moves w even where the gradient is 0.
    idle: momentum === 0 && epsilon > 0 && decay > 0 ? [decay] : undefined,
    update: momentum > 0 ? rmspropMomentumStep : rmspropStep,
    numbers: (to, alpha) => {
      to[0] = alpha;
      to[1] = decay;
      to[2] = 1 - decay;
      to[3] = epsilon;
      to[4] = momentum;
    },
  });
}

/** Settings of `adam` and `lazyAdam`. */
export interface AdamOptions {
  /** α, or a schedule of it. */
  readonly rate?: number | Schedule;
  /** The weight of the old average of gradients: 1 − β of the notes' `momentum`. */
  readonly beta1?: number;
  /** The weight of the old average of squares: 1 − β of the notes' `adaptivity`. */
  readonly beta2?: number;
  /** ε, added to the root. */
  readonly epsilon?: number;
}

/**
 * Adam: momentum and adaptivity at once. Averages that start from 0 are too small at first, by the factor
 * 1 − βᵗ, which is divided out:
 *
 *     v ← β₁v + (1−β₁)∇L,   s ← β₂s + (1−β₂)(∇L)²,   w ← w − α · v/(1−β₁ᵗ) / (√(s/(1−β₂ᵗ)) + ε)
 *
 * β₁ and β₂ are the paper's and weigh the old average, the other way round than the notes' β. βᵗ is a
 * running product, kept for each parameter: t counts the steps that moved it. (Kingma & Ba 2015)
 * @throws RangeError for a bad rate, β₁ or β₂ outside [0, 1), or a bad ε
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adamRecipe('adam', options, 0);
}

/** Settings of `adamW`. */
export interface AdamWOptions extends AdamOptions {
  /** λ: every step also shrinks each moved parameter by the share αλ of itself. */
  readonly weightDecay?: number;
}

/**
 * Adam with decoupled weight decay: w ← (1 − αλ)w, then Adam's step. The decay is not a term of the loss,
 * so that Adam's scaling does not undo it. (Loshchilov & Hutter 2019, with λ multiplied by the rate α, as
 * libraries have it.) To spare biases, step them with an `adam` of their own: `step` takes segments.
 * @throws RangeError as `adam`, or for λ that is no finite number ≥ 0
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const { weightDecay = 0.01 } = options;
  if (!(weightDecay >= 0 && weightDecay < Number.POSITIVE_INFINITY)) {
    throw rangeError(`adamW: weightDecay is ${weightDecay}; it is a finite number ≥ 0`);
  }
  return adamRecipe('adamW', options, weightDecay);
}

/**
 * Adam for tables of which a step sees few rows: a row that no index chose is left as it is, averages too, and a
 * step costs what the rows cost that were chosen. This is *not* Adam, whose v still moves such a row and whose averages forget: here a
 * rare word meets the averages of the last time it stood in a batch, and βᵗ counts all steps. Where every row is
 * reached, in a dense matrix say, it has the bits of `adam`. (Known as LazyAdam and as SparseAdam.)
 * @throws RangeError as `adam`
 */
export function lazyAdam(options: AdamOptions = {}): Optimizer {
  return adamRecipe('lazyAdam', options, 0, [1, 1]);
}

function adamRecipe(
  name: string,
  options: AdamOptions,
  lambda: number,
  idle?: readonly number[],
): Optimizer {
  const { rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkDecay(name, 'beta1', beta1);
  checkDecay(name, 'beta2', beta2);
  checkEpsilon(name, epsilon);
  // With c = √(1−β₂ᵗ), the step v/(1−β₁ᵗ) / (√s/c + ε) is c/(1−β₁ᵗ) · v/(√s + cε): one division each, not three.
  const numbers: Recipe['numbers'] = (to, alpha, products) => {
    const c = Math.sqrt(1 - products[1]!);
    to[0] = (alpha * c) / (1 - products[0]!);
    to[1] = beta1;
    to[2] = 1 - beta1;
    to[3] = beta2;
    to[4] = 1 - beta2;
    to[5] = epsilon * c;
    to[6] = 1 - alpha * lambda;
  };
  const averages = ['v', 's'];
  const decays = [beta1, beta2];
  return optimizer({ name, rate, averages, decays, idle, update: adamStep, numbers });
}
