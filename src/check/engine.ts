import { type Feeds, Graph, gradients, type Node } from '../graph/index.js';

/**
 * What writes gradients and computes values. Checks take one, so that they can be tried on engines that are wrong on
 * purpose; left out, it is our own.
 */
export interface Engine {
  /** ∂⟨seed, y⟩/∂x for each x, as nodes that can be differentiated again; the seed may be left out for a scalar y. */
  gradients(y: Node, xs: readonly Node[], seed?: Node): Node[];
  /** Some nodes made ready to be computed together, as often as their inputs change. */
  prepare(nodes: readonly Node[]): Prepared;
}

/** Nodes that are made ready to be computed together: fed, run and read as often as is wanted. */
export interface Prepared {
  /** Computes them from the values of exactly the inputs that they are computed from. Noise is that of step 1. */
  run(feeds: Feeds): void;
  /** The values of one of the nodes after a run, row-major: a copy. */
  value(node: Node): Float64Array;
  /** Gives back what it holds; it cannot be run again. */
  dispose(): void;
}

/** The engine of this library. */
export const ourEngine: Engine = {
  gradients,
  prepare: (nodes) => {
    const graph = new Graph(nodes, { wrt: [] });
    return {
      run: (feeds) => graph.forward(feeds, { step: 1 }),
      value: (node) => graph.value(node),
      dispose: () => graph.dispose(),
    };
  },
};

/** The values of some nodes, computed once. */
export function evaluateWith(engine: Engine, nodes: readonly Node[], feeds: Feeds): Float64Array[] {
  const prepared = engine.prepare(nodes);
  prepared.run(feeds);
  const values = nodes.map((node) => prepared.value(node));
  prepared.dispose();
  return values;
}
