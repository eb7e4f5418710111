import { isWrittenOut, type Parameters, type Segment } from '../graph/index.js';
import { rangeError, type StepKernel, share } from '../linalg/index.js';
import { BoundRules } from './bound-rule.js';
import { Memory, type OptimizerState } from './memory.js';
import { isRate, notARate, type Schedule, scheduleOf } from './schedules.js';

/** Moves the parameters w of a model along the gradient of its loss. One object per store of parameters. */
export interface Optimizer {
  readonly name: string;

  /** How many steps were taken. */
  readonly steps: number;

  /**
   * One step, in place on `parameters.values`. State is allocated at the first step, and when parameters
   * were added since; other steps allocate nothing.
   * @param gradients ∂L/∂w, laid out as the parameters: `graph.gradients`, or `graph.sparseGradients` for one
   * that `takesRows`
   * @param segments the parameters to move, `graph.reached` say: a parameter that the loss does not
   * reach stays where it is, averages included. All of them by default. Where a segment knows in which rows the
   * gradient is not 0, a rule that would leave the others as they are costs what these rows cost.
   * @throws RangeError if the gradient is not laid out as the parameters or lacks rows that the segments do not know
   * either, a segment is not one of the parameters',
   * the schedule gives a rate that is none, or the steps before were taken with another store
   */
  step(parameters: Parameters, gradients: Float64Array, segments?: readonly Segment[]): void;

  /** All there is to remember, as a copy: a run that goes on from it has the bits of one never stopped. */
  save(): OptimizerState;

  /** Takes what `save` gave. Throws a RangeError, changing nothing, if it belongs to another optimizer. */
  restore(state: OptimizerState): void;

  /**
   * Gives the memory of the averages back. Afterwards `step`, `save` and `restore` throw. An optimizer that nobody
   * holds on to gives it back by itself, but not before the program pauses.
   */
  dispose(): void;
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
  /**
   * The rule, element by element, bound to w, the gradient, the averages and the numbers below: it is told which
   * elements to move, and looks the numbers up each time.
   */
  readonly update: StepKernel;
  /**
   * Writes down, for every step anew, what the rule needs to know besides: up to eight numbers.
   * @param products for each average, the product of its decays so far, this step's included (Adam's βᵗ)
   */
  readonly numbers: (to: Float64Array, rate: number, products: Float64Array) => void;
}

/** What one parameter of a step costs, roughly, in nanoseconds: a root and a division. */
const COST = 2.5;

/** The optimizer of a recipe: everything but the rule itself. */
export function optimizer(recipe: Recipe): Optimizer {
  const { name, averages, decays = [], idle } = recipe;
  if (idle && idle.length !== averages.length) {
    throw rangeError(`${name}: idle has ${idle.length} factors for ${averages.length} averages`);
  }
  for (const factor of idle ?? []) {
    if (!(factor > 0 || Object.is(factor, 0)))
      throw rangeError(`${name}: idle has the factor ${factor}; it is a number ≥ 0`);
  }
  const rateAt = scheduleOf(recipe.rate, name);
  const memory = new Memory(name, averages, decays, idle);
  const rules = new BoundRules(recipe.update);

  const made: Optimizer = {
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
      if (!isRate(rate)) {
        throw notARate(rate, `${name}: the rate that the schedule gives for step ${memory.steps}`);
      }
      memory.bind(parameters);
      for (const segment of segments) memory.checkSegment(segment);
      checkRows(gradients, segments);

      const bound = rules.to(w, gradients, memory.averages);
      for (const segment of segments) {
        const { name, offset, length } = segment;
        const touched = idle && segment.touched;
        if (!touched || touched.gradients !== gradients) {
          const { update, numbers } = bound.get(name) ?? rules.bind(gradients, segment, offset);
          recipe.numbers(numbers, rate, memory.decay(name));
          memory.settle(name);
          share(update, length, COST);
          continue;
        }
        const { rows, count, width, values } = touched;
        const { update, numbers } = values
          ? (rules.to(w, values, memory.averages).get(name) ?? rules.bind(values, segment, 0))
          : (bound.get(name) ?? rules.bind(gradients, segment, offset));
        recipe.numbers(numbers, rate, memory.decay(name));
        const lag = memory.lag(name, width);
        for (let k = 0; k < count; k++) {
          const from = rows[k]! * width;
          lag?.join(rows[k]!);
          update(from, from + width, values ? k * width - from : 0);
        }
        lag?.pass();
      }
      memory.steps += 1;
    },
    save: () => memory.save(),
    restore: (state) => memory.restore(state),
    dispose: () => {
      memory.dispose();
      rules.dispose();
    },
  };
  const checkRows = (gradients: Float64Array, segments: readonly Segment[]): void => {
    for (const segment of segments) {
      if (idle && segment.touched?.gradients === gradients) continue;
      if (isWrittenOut(gradients, segment)) continue;
      throw rangeError(
        `${name}: the rows of ${JSON.stringify(segment.name)} are not written out in graph.sparseGradients; ` +
          (idle
            ? 'give step the segments that know them, graph.reached of the same graph after backward, or pass graph.gradients'
            : 'this optimizer steps through all rows, so pass graph.gradients'),
      );
    }
  };
  if (idle) rowTakers.add(made);
  return made;
}

/** Optimizers whose rules leave w alone where the gradient is 0. */
const rowTakers = new WeakSet<Optimizer>();

/**
 * Whether the optimizer takes the rows of a gradient from the segments that know them, so that they need not be written out
 * in the flat gradient: `graph.sparseGradients` will do for it. Not for one that is wrapped, who may look at the vector.
 */
export function takesRows(optimizer: Optimizer): boolean {
  return rowTakers.has(optimizer);
}
