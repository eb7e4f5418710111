import fc from 'fast-check';
import { type RandomGraph, read } from './build.js';
import { checkGraph, type GraphCheckOptions } from './check-graph.js';
import type { GraphOps } from './graph-op.js';
import { asDot, asTypeScript } from './print.js';
import { type Recipe, type RecipeOptions, recipes } from './recipe.js';

/** A random graph together with the recipe that it is made by, to be stored. */
export interface DrawnGraph extends RandomGraph {
  readonly recipe: Recipe;
}

/** The graph of a recipe. It prints itself as TypeScript and as a picture where fast-check reports it. */
export function graphOf(recipe: Recipe, ops: GraphOps): DrawnGraph {
  const graph = { ...read(recipe, ops), recipe };
  return Object.assign(graph, {
    [fc.toStringMethod]: () => `\n\n${asTypeScript(graph)}\n\n${asDot(graph)}\n`,
  });
}

/** Random graphs over a table of ops, which share nodes and shrink to few of them. */
export function graphs(ops: GraphOps, options: RecipeOptions = {}): fc.Arbitrary<DrawnGraph> {
  return recipes(Object.keys(ops), options).map((recipe) => graphOf(recipe, ops));
}

/**
 * Throws an Error that says what is wrong with the gradient of a graph; to be used in a property. Where nothing can be
 * said (no op fits, differences are too rough) the draw is thrown away, as by `fc.pre`.
 */
export function assertGraph(graph: RandomGraph, options: GraphCheckOptions = {}): void {
  const verdict = checkGraph(graph, options);
  if (verdict.outcome === 'failed') throw new Error(verdict.explanation);
  fc.pre(verdict.outcome === 'passed');
}
