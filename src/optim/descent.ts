import { adaptivityStep, gradientDescentStep, momentumStep } from '../linalg/index.js';
import { type Optimizer, optimizer } from './optimizer.js';
import { checkEpsilon, checkWeight } from './options.js';
import type { Schedule } from './schedules.js';

/** Settings of `gradientDescent`. */
export interface GradientDescentOptions {
  /** α, or a schedule of it. */
  readonly rate?: number | Schedule;
}

/**
 * Gradient descent, as the notes have it: w ← w − α∇L(w). Stochastic, if L is that of a batch.
 * @throws RangeError for a rate that is no finite number ≥ 0
 */
export function gradientDescent({ rate = 0.01 }: GradientDescentOptions = {}): Optimizer {
  return optimizer({
    name: 'gradientDescent',
    rate,
    averages: [],
    idle: [],
    update: gradientDescentStep,
    numbers: (to, alpha) => {
      to[0] = alpha;
    },
  });
}

/** Settings of `momentum`. */
export interface MomentumOptions extends GradientDescentOptions {
  /** β, the weight of the new gradient in the average: 1 is plain gradient descent. */
  readonly beta?: number;
}

/**
 * Momentum, as the notes have it: v ← (1−β)v + β∇L; w ← w − αv.
 *
 * β weighs the *new* gradient, where most libraries weigh the old average: their momentum 0.9 is β = 0.1
 * here. And v is an average, not the sum that most of them keep (v ← 0.9v + ∇L), so that their learning
 * rate 0.01 is α = 0.01/β = 0.1 here.
 * @throws RangeError for a bad rate, or β outside (0, 1]
 */
export function momentum({ rate = 0.1, beta = 0.1 }: MomentumOptions = {}): Optimizer {
  checkWeight('momentum', 'beta', beta);
  return optimizer({
    name: 'momentum',
    rate,
    averages: ['v'],
    update: momentumStep,
    numbers: (to, alpha) => {
      to[0] = alpha;
      to[1] = 1 - beta;
      to[2] = beta;
    },
  });
}

/** Settings of `adaptivity`. */
export interface AdaptivityOptions extends MomentumOptions {
  /** ε, added to √s, so that a parameter that never had a gradient is not divided by 0. */
  readonly epsilon?: number;
}

/**
 * Adaptivity, as the notes mean it: s ← (1−β)s + β(∇L)², square, root and quotient element by element;
 * w ← w − α∇L/(√s + ε). As for `momentum`, β weighs the new term.
 *
 * The notes write (−β)s, a slip for (1−β)s, which would make s negative, and ∇²L, which is here the square
 * of the gradient and not the Laplacian or the Hessian.
 * @throws RangeError for a bad rate, β outside (0, 1], or ε that is no finite number ≥ 0
 */
export function adaptivity(options: AdaptivityOptions = {}): Optimizer {
  const { rate = 0.001, beta = 0.1, epsilon = 1e-8 } = options;
  checkWeight('adaptivity', 'beta', beta);
  checkEpsilon('adaptivity', epsilon);
  return optimizer({
    name: 'adaptivity',
    rate,
    averages: ['s'],
    // Not for ε = 0, where a gradient of 0 is divided by an s of 0, nor for β = 1, which turns an infinite s into NaN.
    idle: epsilon > 0 && beta < 1 ? [1 - beta] : undefined,
    update: adaptivityStep,
    numbers: (to, alpha) => {
      to[0] = alpha;
      to[1] = 1 - beta;
      to[2] = beta;
      to[3] = epsilon;
    },
  });
}
