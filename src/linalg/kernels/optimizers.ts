/**
 * The rules of optimizers, as loops over flat vectors: parameters w, gradient g, and averages, which are
 * changed in place. `numbers` holds what a rule is given besides, and is read anew at every step.
 */
import { checkApart, checkLength } from '../arguments.js';
import { rangeError } from '../errors.js';
import { addressesOf } from '../memory.js';
import { simd } from '../simd/index.js';
import type { StepKernels } from '../simd/optimizers.js';
import type { KernelTask } from '../stretch.js';

/** One step for the parameters from … to − 1. */
type StepLoop = (
  w: Float64Array,
  g: Float64Array,
  averages: readonly Float64Array[],
  numbers: Float64Array,
  from: number,
  to: number,
  shift: number,
) => void;

/** The rule, bound to its arrays. The gradient of parameter i is element i + shift, 0 where it is left out. */
export interface BoundStep {
  (from: number, to: number, shift?: number): void;
  readonly task?: KernelTask;
}

/**
 * The rule, bound to its arrays once: the pieces are the parameters.
 * @param ofRows the gradient holds only some rows of it, and it is told by `shift` where they are
 * @throws RangeError unless gradient and averages are as long as w, there are as many averages and numbers as the rule
 * takes, and what it writes, w and the averages, is apart from all else
 */
export type StepKernel = (
  w: Float64Array,
  gradient: Float64Array,
  averages: readonly Float64Array[],
  numbers: Float64Array,
  ofRows?: boolean,
) => BoundStep;

/** @param takes how many averages the rule keeps, and how many numbers it is told */
function step(
  name: keyof StepKernels,
  takes: readonly [averages: number, numbers: number],
  loop: StepLoop,
): StepKernel {
  return (w, gradient, averages, numbers, ofRows = false) => {
    if (!ofRows) checkLength(name, 'gradient', gradient, w.length, 'the length of w');
    checkAverages(name, w, averages, takes[0]);
    if (numbers.length < takes[1]) {
      throw rangeError(`${name}: numbers needs ${takes[1]} elements, but has ${numbers.length}`);
    }
    for (const out of [w, ...averages]) {
      checkApart(name, out, 'gradient', gradient);
      checkApart(name, out, 'numbers', numbers);
    }
    const twin = simd()?.[name];
    const arrays = [w, gradient, ...averages, numbers];
    const given = addressesOf(...arrays);
    if (!twin || !given) {
      return (from, to, shift = 0) => loop(w, gradient, averages, numbers, from, to, shift);
    }
    // Written out, for a spread would make an array of arguments at every step.
    const [a, b, c, d, e] = given as [number, number, number, number, number];
    const runs: readonly BoundStep[] = [
      (from, to, shift = 0) => twin(a, b + 8 * shift, c, from, to),
      (from, to, shift = 0) => twin(a, b + 8 * shift, c, d, from, to),
      (from, to, shift = 0) => twin(a, b + 8 * shift, c, d, e, from, to),
    ];
    return Object.assign(runs[averages.length]!, {
      task: { kernel: name, given, arrays },
    });
  };
}

function checkAverages(
  name: string,
  w: Float64Array,
  averages: readonly Float64Array[],
  count: number,
): void {
  if (averages.length !== count) {
    throw rangeError(`${name}: there are ${count} averages, not ${averages.length}`);
  }
  for (const [k, average] of averages.entries()) {
    checkLength(name, `average ${k}`, average, w.length, 'the length of w');
    checkApart(name, w, `average ${k}`, average);
    if (k > 0) checkApart(name, averages[0]!, `average ${k}`, average);
  }
}

/** w ← w − αg. Numbers: α. */
export const gradientDescentStep: StepKernel = step(
  'gradientDescentStep',
  [0, 1],
  (w, g, _, numbers, from, to, shift) => {
    const alpha = numbers[0]!;
    for (let i = from; i < to; i++) w[i]! -= alpha * g[i + shift]!;
  },
);

/** v ← (1−β)v + βg; w ← w − αv. Numbers: α, 1 − β, β. */
export const momentumStep: StepKernel = step(
  'momentumStep',
  [1, 3],
  (w, g, averages, numbers, from, to, shift) => {
    const v = averages[0]!;
    const alpha = numbers[0]!;
    const decay = numbers[1]!;
    const beta = numbers[2]!;
    for (let i = from; i < to; i++) {
      v[i] = decay * v[i]! + beta * g[i + shift]!;
      w[i]! -= alpha * v[i]!;
    }
  },
);

/** s ← (1−β)s + βg²; w ← w − αg/(√s + ε). Numbers: α, 1 − β, β, ε. */
export const adaptivityStep: StepKernel = step(
  'adaptivityStep',
  [1, 4],
  (w, gradient, averages, numbers, from, to, shift) => {
    const s = averages[0]!;
    const alpha = numbers[0]!;
    const decay = numbers[1]!;
    const beta = numbers[2]!;
    const epsilon = numbers[3]!;
    for (let i = from; i < to; i++) {
      const g = gradient[i + shift]!;
      s[i] = decay * s[i]! + beta * (g * g);
      w[i]! -= (alpha * g) / (Math.sqrt(s[i]!) + epsilon);
    }
  },
);

/** s ← ρs + (1−ρ)g²; w ← w − α · g/(√s + ε). Numbers: α, ρ, 1 − ρ, ε. */
export const rmspropStep: StepKernel = step(
  'rmspropStep',
  [1, 4],
  (w, gradient, averages, numbers, from, to, shift) => {
    const s = averages[0]!;
    const alpha = numbers[0]!;
    const decay = numbers[1]!;
    const weight = numbers[2]!;
    const epsilon = numbers[3]!;
    for (let i = from; i < to; i++) {
      const g = gradient[i + shift]!;
      s[i] = decay * s[i]! + weight * (g * g);
      w[i]! -= alpha * (g / (Math.sqrt(s[i]!) + epsilon));
    }
  },
);

/** s as before; u ← μu + g/(√s + ε); w ← w − αu. Numbers: α, ρ, 1 − ρ, ε, μ. */
export const rmspropMomentumStep: StepKernel = step(
  'rmspropMomentumStep',
  [2, 5],
  (w, gradient, averages, numbers, from, to, shift) => {
    const s = averages[0]!;
    const u = averages[1]!;
    const alpha = numbers[0]!;
    const decay = numbers[1]!;
    const weight = numbers[2]!;
    const epsilon = numbers[3]!;
    const mu = numbers[4]!;
    for (let i = from; i < to; i++) {
      const g = gradient[i + shift]!;
      s[i] = decay * s[i]! + weight * (g * g);
      u[i] = mu * u[i]! + g / (Math.sqrt(s[i]!) + epsilon);
      w[i]! -= alpha * u[i]!;
    }
  },
);

/**
 * v ← β₁v + (1−β₁)g; s ← β₂s + (1−β₂)g²; w ← κw − αv/(√s + ε). Numbers: α, β₁, 1 − β₁, β₂, 1 − β₂, ε, κ, where α
 * and ε have the corrections of both averages in them.
 */
export const adamStep: StepKernel = step(
  'adamStep',
  [2, 7],
  (w, gradient, averages, numbers, from, to, shift) => {
    const v = averages[0]!;
    const s = averages[1]!;
    const alpha = numbers[0]!;
    const decay1 = numbers[1]!;
    const weight1 = numbers[2]!;
    const decay2 = numbers[3]!;
    const weight2 = numbers[4]!;
    const epsilon = numbers[5]!;
    const kept = numbers[6]!;
    for (let i = from; i < to; i++) {
      const g = gradient[i + shift]!;
      v[i] = decay1 * v[i]! + weight1 * g;
      s[i] = decay2 * s[i]! + weight2 * (g * g);
      w[i] = kept * w[i]! - (alpha * v[i]!) / (Math.sqrt(s[i]!) + epsilon);
    }
  },
);
