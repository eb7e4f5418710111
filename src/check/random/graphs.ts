import fc from 'fast-check';
import { checkGradient } from '../gradient.js';
import { explain } from '../words/explain.js';
import { asDefinition, asFunction } from './as-function.js';
import { type RandomGraph, read } from './build.js';
import { checkGraph, type GraphCheckOptions } from './check-graph.js';
import type { GraphOps } from './graph-op.js';
import { graphOps } from './ops/index.js';
import { asDot, asTypeScript } from './print.js';
import { type Recipe, type RecipeOptions, recipes } from './recipe.js';
import { reducible } from './reduce.js';

/** A random graph together with the recipe that it is made by, to be stored. */
export interface DrawnGraph extends RandomGraph {
  /** What it was made from, and can be made from again. */
  readonly recipe: Recipe;
}

/** The graph of a recipe. It prints itself as TypeScript and as a picture where fast-check reports it. */
export function graphOf(recipe: Recipe, ops: GraphOps): DrawnGraph {
  const graph = { ...read(recipe, ops), recipe };
  return Object.assign(graph, {
    [fc.toStringMethod]: () => `\n\n${asTypeScript(graph)}\n\n${asDot(graph)}\n`,
  });
}

/**
 * Random graphs, which share nodes and shrink to few of them.
 * @param ops what they are made of; to try an op of your own, `{ ...graphOps, mine }`
 */
export function graphs(
  ops: GraphOps = graphOps,
  options: RecipeOptions = {},
): fc.Arbitrary<DrawnGraph> {
  const drawn = reducible(recipes(Object.keys(ops), options), ops);
  return drawn.map((recipe) => graphOf(recipe, ops));
}

/**
 * Throws an Error that says what is wrong with the gradient of a graph, which op is to blame, and what the mistake looks
 * like; to be used in a property. Where nothing can be said (no op fits, differences are too rough) the draw is thrown
 * away, as by `fc.pre`.
 */
export function assertGraph(graph: RandomGraph, options: GraphCheckOptions = {}): void {
  const verdict = checkGraph(graph, options);
  if (verdict.outcome === 'failed') throw new Error(taught(graph, verdict.explanation, options));
  fc.pre(verdict.outcome === 'passed');
}

/** What a check of every element has to say, if it finds the fault too. */
function taught(graph: RandomGraph, explanation: string, options: GraphCheckOptions): string {
  const definition = asDefinition(graph);
  const verdict = checkGradient(asFunction(graph), graph.inputs, { ...options, definition });
  return verdict.outcome === 'failed' ? `${explanation}\n${explain(verdict)}` : explanation;
}
