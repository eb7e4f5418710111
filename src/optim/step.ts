import type { Feeds, Graph } from '../graph/index.js';
import { clipByNorm, clipByValue } from './clip.js';
import { type Optimizer, takesRows } from './optimizer.js';

/** What is done to the gradient of a step, and which step it is. */
export interface TrainingStepOptions {
  /** Clip the gradient before the optimizer sees it: its norm, or every element. */
  readonly clip?: { readonly norm: number } | { readonly value: number };
  /** The number of this run, which noise is drawn by; one more than the graph's last where left out. */
  readonly step?: number;
}

/** Not made anew at every step. */
const DEFAULTS: TrainingStepOptions = {};

/**
 * One step of training: forward, backward, clip, step. Only the parameters that the loss reaches move.
 * @returns the loss, at the parameters before the step
 * @throws NotFiniteError if the loss or its gradient is not finite, naming the first node that went wrong;
 * parameters and optimizer are then as they were before
 * @throws ChainruleError as `graph.forward` and `graph.backward`, also before anything moved
 */
export function trainingStep(
  graph: Graph,
  feeds: Feeds,
  optimizer: Optimizer,
  options: TrainingStepOptions = DEFAULTS,
): number {
  const { clip } = options;
  graph.forward(feeds, options);
  graph.backward();
  graph.assertFinite();
  const byRows = !clip && takesRows(optimizer);
  const gradients = byRows ? graph.sparseGradients : graph.gradients;
  if (clip && 'norm' in clip) clipByNorm(gradients, clip.norm);
  else if (clip) clipByValue(gradients, clip.value);
  optimizer.step(graph.parameters!, gradients, graph.reached);
  return graph.loss;
}
