export {
  type AdamOptions,
  type AdamWOptions,
  adam,
  adamW,
  lazyAdam,
  type RmspropOptions,
  rmsprop,
} from './adam.js';
export { clipByNorm, clipByValue } from './clip.js';
export {
  type AdaptivityOptions,
  adaptivity,
  type GradientDescentOptions,
  gradientDescent,
  type MomentumOptions,
  momentum,
} from './descent.js';
export type { OptimizerState } from './memory.js';
export { type Optimizer, optimizer, type Recipe, takesRows } from './optimizer.js';
export {
  constantRate,
  cosineDecay,
  exponentialDecay,
  linearDecay,
  type Schedule,
  stepDecay,
  warmUp,
} from './schedules.js';
export { type TrainingStepOptions, trainingStep } from './step.js';
