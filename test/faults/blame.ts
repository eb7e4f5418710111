import { assertGraph, graphOf } from '../../src/check/random/graphs.js';
import { lanes } from '../../src/check/random/lanes/index.js';
import type { Recipe } from '../../src/check/random/recipe.js';
import type { Fault } from './fault.js';
import { engineOf, isEngine } from './hunt.js';
import { plantedOps } from './plant.js';

/** Whom the kit blames: the op that the fault is in, the engine, a law that does not hold, nobody, or somebody who is innocent. */
export type Blamed = 'op' | 'engine' | 'law' | 'nobody' | 'innocent';

/** Whether the fault was found in what `assertGraph` checks, too: gradients to first order. */
export const isTold = ({ by = 'first order' }: Fault): boolean =>
  by === 'first order' || by === 'exact';

/** Whom `assertGraph` blames for what is wrong with a graph that the fault shows in. */
export function blamed(fault: Fault, recipe: Recipe): Blamed {
  const text = textOf(fault, recipe);
  const op = text.match(/the (?:backward rule|kernel) of (\w+)/)?.[1];
  if (op) return !isEngine(fault) && op === fault.op ? 'op' : 'innocent';
  if (/to blame +the engine/.test(text)) return isEngine(fault) ? 'engine' : 'innocent';
  return text.includes('a law is broken') ? 'law' : 'nobody';
}

function textOf(fault: Fault, recipe: Recipe): string {
  const { ops } = lanes[fault.by === 'exact' ? 'exact' : 'first order'];
  const wrong = isEngine(fault) ? ops : plantedOps(ops, fault);
  try {
    assertGraph(graphOf(recipe, wrong), { engine: engineOf(fault) });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`nothing is wrong with the graph that shows ${fault.name}`);
}
