import type { Node } from '../../graph/index.js';
import type { Definition } from '../reference/index.js';
import { Tensor } from '../reference/index.js';
import { type RandomGraph, valuesOf } from './build.js';
import { joined } from './check-graph.js';

/**
 * A random graph as a function of its inputs that builds it once more, its ends joined to one node.
 * @param wrap put around every node that something else is computed from
 */
export function asFunction(
  graph: RandomGraph,
  wrap: (node: Node) => Node = (node) => node,
): (...xs: Node[]) => Node {
  const { vertices, inputs, ends } = graph;
  return (...xs) => {
    const nodes = xs.map(wrap);
    for (const { parents, use } of vertices.slice(inputs.length)) {
      nodes.push(wrap(use!.f(...parents.map((parent) => nodes[parent]!))));
    }
    return ends.length === 0 ? nodes.at(-1)! : joined(graph, nodes);
  };
}

/** What that function means: the only end, or all of them in one row. */
export function asDefinition(graph: RandomGraph): Definition {
  return (A, ...xs) => {
    const { ends } = graph;
    const values = valuesOf(graph, A, xs);
    return ends.length === 1 ? values[ends[0]!]! : joinedValues(ends, values);
  };
}

/** The ends of a graph one after the other: row-major, as the joined node has them. */
export function joinedValues<T>(ends: readonly number[], values: readonly Tensor<T>[]): Tensor<T> {
  const row = ends.flatMap((i) => values[i]!.values);
  return new Tensor([row.length], row);
}
