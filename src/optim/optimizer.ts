import type { Parameters, Segment } from '../graph/index.js';
import { rangeError } from '../linalg/index.js';
import { Memory, type OptimizerState } from './memory.js';
import { checkRate, type Schedule, scheduleOf } from './schedules.js';

/** Moves the parameters w of a model along the gradient of its loss. One object per store of parameters. */
export interface Optimizer {
  readonly name: string;

  /** How many steps were taken. */
  readonly steps: number;

  /**
   * One step, in place on `parameters.values`. State is allocated at the first step, and when parameters
   * were added since; other steps allocate nothing.
   * @param gradients ∂L/∂w, laid out as the parameters: `graph.gradients`
   * @param segments the parameters to move, `graph.reached` say: a parameter that the loss does not
   * reach stays where it is, averages included. All of them by default. Where a segment knows in which rows the
   * gradient is not 0, a rule that would leave the others as they are costs what these rows cost.
   * @throws RangeError if the gradient is not laid out as the parameters, a segment is not one of theirs,
   * the schedule gives a rate that is none, or the steps before were taken with another store
   */
  step(parameters: Parameters, gradients: Float64Array, segments?: readonly Segment[]): void;

  /** All there is to remember, as a copy: a run that goes on from it has the bits of one never stopped. */
  save(): OptimizerState;

  /** Takes what `save` gave. Throws a RangeError, changing nothing, if it belongs to another optimizer. */
  restore(state: OptimizerState): void;
}

/** What makes one optimizer different from another. */
export interface Recipe {
  readonly name: string;
  /** α */
  readonly rate: number | Schedule;
  /** Names of the vectors that the rule keeps from step to step, all 0 at first. */
  readonly averages: readonly string[];
  /** For each average, what a step multiplies its past by, if the rule asks for the running product. */
  readonly decays?: readonly number[];
  /**
   * For rules that leave w alone where the gradient is 0: for each average, what they multiply it by there, 1 if it stands
   * still. Then rows that no index chose need not be stepped through. Left out by a rule that moves w even so.
   */
  readonly idle?: readonly number[] | undefined;
  readonly update: Update;
}

/**
 * The rule, for the parameters from … to − 1 of the flat vectors.
 * @param products for each average, the product of its decays so far, this step's included (Adam's βᵗ)
 */
export type Update = (
  w: Float64Array,
  gradient: Float64Array,
  from: number,
  to: number,
  rate: number,
  averages: readonly Float64Array[],
  products: Float64Array,
) => void;

/** The optimizer of a recipe: everything but the rule itself. */
export function optimizer(recipe: Recipe): Optimizer {
  const { name, averages, decays = [], idle, update } = recipe;
  if (idle && idle.length !== averages.length) {
    throw rangeError(`${name}: idle has ${idle.length} factors for ${averages.length} averages`);
  }
  const rateAt = scheduleOf(recipe.rate, name);
  const memory = new Memory(name, averages, decays, idle);

  return {
    name,
    get steps(): number {
      return memory.steps;
    },
    step: (parameters, gradients, segments = parameters.segments) => {
      const w = parameters.values;
      if (gradients.length !== w.length) {
        throw rangeError(
          `${name}: the gradient has ${gradients.length} numbers for ${w.length} parameters; ` +
            'after parameters were added, run forward and backward again',
        );
      }
      const rate = rateAt(memory.steps);
      checkRate(rate, `${name}: the rate that the schedule gives for step ${memory.steps}`);
      memory.bind(parameters);
      for (const segment of segments) memory.checkSegment(segment);

      for (const { name: segment, offset, length, touched } of segments) {
        const products = memory.decay(segment);
        if (idle && touched?.gradients === gradients) {
          const { rows, count, width } = touched;
          const lag = memory.lag(segment, width);
          for (let k = 0; k < count; k++) {
            const from = offset + rows[k]! * width;
            lag?.join(rows[k]!);
            update(w, gradients, from, from + width, rate, memory.averages, products);
          }
          lag?.pass();
        } else {
          memory.settle(segment);
          update(w, gradients, offset, offset + length, rate, memory.averages, products);
        }
      }
      memory.steps += 1;
    },
    save: () => memory.save(),
    restore: (state) => memory.restore(state),
  };
}
