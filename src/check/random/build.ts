import { input, type Node } from '../../graph/index.js';
import { size } from '../../linalg/index.js';
import { type Arithmetic, real, Tensor } from '../reference/index.js';
import type { Use } from '../use.js';
import type { GraphOps } from './graph-op.js';
import type { Recipe } from './recipe.js';

/** vᵢ of a random graph: an input, or an op used on earlier ones. */
export interface Vertex {
  /** The numbers of the vertices it is computed from, by slot; none for an input. */
  readonly parents: readonly number[];
  /** How its op is used; missing for an input. */
  readonly use?: Use;
  /** What the op is called; missing for an input. */
  readonly op?: string;
  /** By the definitions. */
  readonly value: Tensor;
}

/** What a recipe comes to. */
export interface RandomGraph {
  /** The inputs first, then a vertex for each step that fits. */
  readonly vertices: readonly Vertex[];
  /** The values of the inputs, which are the first vertices. */
  readonly inputs: readonly Tensor[];
  /** The vertices that nothing else is computed from: the ends, of which the loss is made. */
  readonly ends: readonly number[];
}

/** A value beyond this is no longer drawn into: derivatives of a graph would grow out of all bounds. */
const LARGEST = 64;
/** The most elements of a vertex. */
const MOST_ELEMENTS = 36;

/** Reads a recipe: each step takes the first operands, counted from those it names, that its op fits. */
export function read(recipe: Recipe, ops: GraphOps): RandomGraph {
  const { values } = recipe;
  let taken = 0;
  const inputs = recipe.inputs.map(
    (shape) =>
      new Tensor(
        shape,
        Array.from({ length: size(shape) }, () => values[taken++ % values.length]!),
      ),
  );
  const vertices: Vertex[] = inputs.map((value) => ({ parents: [], value }));
  for (const { op: name, operands, choice } of recipe.steps) {
    const op = ops[name];
    if (!op)
      throw new RangeError(`there is no op ${JSON.stringify(name)} among those of the graph`);
    const found = firstFit(vertices, operands.slice(0, op.arity), (parents) => {
      const xs = parents.map((i) => vertices[i]!.value);
      const use = op.use(choice, ...xs);
      if (!use) return undefined;
      const { definition } = use;
      if (!definition) {
        throw new TypeError(
          `the op ${JSON.stringify(name)} has no definition; random graphs are compared with what their ops mean, so each use of one needs it`,
        );
      }
      const value = definition(real, ...xs);
      return usable(value) ? { parents, use, op: name, value } : undefined;
    });
    if (found) vertices.push(found);
  }
  const used = new Set(vertices.flatMap(({ parents }) => parents));
  const ends = [...vertices.keys()].filter((i) => i >= inputs.length && !used.has(i));
  return { vertices, inputs, ends };
}

function usable({ values }: Tensor): boolean {
  return values.length <= MOST_ELEMENTS && values.every((x) => Math.abs(x) <= LARGEST);
}

/** How many choices of operands are tried for a step. */
const MOST_ATTEMPTS = 64;

/**
 * Tries the operands that were asked for, and then others, each counted on from there; the last one turns fastest.
 */
function firstFit<T>(
  vertices: readonly Vertex[],
  operands: readonly number[],
  attempt: (parents: readonly number[]) => T | undefined,
): T | undefined {
  const n = vertices.length;
  const choices = Math.min(n ** operands.length, MOST_ATTEMPTS);
  for (let k = 0; k < choices; k++) {
    let rest = k;
    const parents = operands.map(() => 0);
    for (let slot = operands.length - 1; slot >= 0; slot--) {
      parents[slot] = n - 1 - ((operands[slot]! + (rest % n)) % n);
      rest = Math.floor(rest / n);
    }
    const found = attempt(parents);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The nodes of a graph, one for each vertex. */
export function nodesOf({ vertices }: RandomGraph): Node[] {
  const nodes: Node[] = [];
  for (const [i, { parents, use, value }] of vertices.entries()) {
    nodes.push(
      use ? use.f(...parents.map((parent) => nodes[parent]!)) : input(`x${i + 1}`, value.shape),
    );
  }
  return nodes;
}

/** The values of all vertices by their definitions, in any arithmetic. */
export function valuesOf<T>(
  { vertices }: RandomGraph,
  A: Arithmetic<T>,
  inputs: readonly Tensor<T>[],
): Tensor<T>[] {
  const values: Tensor<T>[] = [...inputs];
  for (const { parents, use } of vertices.slice(inputs.length)) {
    values.push(use!.definition!(A, ...parents.map((parent) => values[parent]!)));
  }
  return values;
}
