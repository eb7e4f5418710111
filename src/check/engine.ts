import { evaluateAll, type Feeds, gradients, type Node } from '../graph/index.js';

/**
 * What writes gradients and computes values. Checks take one, so that they can be tried on engines that are wrong on
 * purpose; left out, it is our own.
 */
export interface Engine {
  /** ∂⟨seed, y⟩/∂x for each x, as nodes that can be differentiated again; the seed may be left out for a scalar y. */
  gradients(y: Node, xs: readonly Node[], seed?: Node): Node[];
  /** The values of some nodes, from those of exactly the inputs that they are computed from. Noise is that of step 1. */
  evaluate(nodes: readonly Node[], feeds: Feeds): Float64Array[];
}

/** The engine of this library. */
export const ourEngine: Engine = { gradients, evaluate: evaluateAll };
