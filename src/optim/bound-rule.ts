import type { Segment } from '../graph/index.js';
import { allocate, type BoundStep, release, type StepKernel } from '../linalg/index.js';

/** A rule bound to one parameter: elements are counted from its first. */
export interface BoundRule {
  readonly update: BoundStep;
  /** What the rule is told besides, written down before each step. */
  readonly numbers: Float64Array;
}

/** The most numbers that a rule is told. */
const NUMBERS = 8;

/**
 * A rule bound to each parameter once, so that a step makes nothing new: bound anew when the parameters or the averages
 * have moved, and for every other vector of gradients.
 */
export class BoundRules {
  readonly #rule: StepKernel;
  readonly #numbers = new Map<string, Float64Array>();
  #bound = new WeakMap<Float64Array, Map<string, BoundRule>>();
  #w: Float64Array | undefined;
  #averages: readonly Float64Array[] | undefined;

  constructor(rule: StepKernel) {
    this.#rule = rule;
  }

  /** By the name of the parameter, as far as they are bound to these vectors already. */
  to(
    w: Float64Array,
    gradients: Float64Array,
    averages: readonly Float64Array[],
  ): Map<string, BoundRule> {
    // They are made anew whenever parameters are added, and only then does w move.
    if (averages !== this.#averages) {
      this.#w = w;
      this.#averages = averages;
      this.#bound = new WeakMap();
    }
    let found = this.#bound.get(gradients);
    if (!found) {
      found = new Map();
      this.#bound.set(gradients, found);
    }
    return found;
  }

  dispose(): void {
    for (const numbers of this.#numbers.values()) release(numbers);
    this.#numbers.clear();
    this.#bound = new WeakMap();
    this.#w = undefined;
    this.#averages = undefined;
  }

  /** @param first where the parameter's gradient begins */
  bind(gradients: Float64Array, { name, offset, length }: Segment, first: number): BoundRule {
    const part = (x: Float64Array): Float64Array => x.subarray(offset, offset + length);
    let numbers = this.#numbers.get(name);
    if (!numbers) {
      numbers = allocate(NUMBERS);
      this.#numbers.set(name, numbers);
    }
    const g = gradients.subarray(first, first + length);
    // `true`, for the gradient may be that of a few rows.
    const update = this.#rule(part(this.#w!), g, this.#averages!.map(part), numbers, true);
    const rule = { update, numbers };
    this.#bound.get(gradients)!.set(name, rule);
    return rule;
  }
}
