import type { Feeds } from './feeds.js';
import { gradients } from './gradients.js';
import { Graph } from './graph.js';
import type { Node } from './node.js';

/** The values of a node, row-major, computed then and there: for a look, not for a training loop. */
export function evaluate(node: Node, feeds: Feeds = {}): Float64Array {
  const [values] = evaluateAll([node], feeds);
  return values!;
}

/** The values of several nodes, each computed once. Noise is that of step 1, the same at every call. */
export function evaluateAll(nodes: readonly Node[], feeds: Feeds = {}): Float64Array[] {
  const graph = new Graph(nodes, { wrt: [] });
  graph.forward(feeds);
  const values = nodes.map((node) => graph.value(node));
  graph.dispose();
  return values;
}

/** ∂loss/∂x as numbers, row-major; zeros if the loss does not depend on x. */
export function gradient(loss: Node, x: Node, feeds: Feeds = {}): Float64Array {
  const [dx] = gradients(loss, [x]);
  // The loss is an output too, so that every input a caller feeds is one of this graph.
  return evaluateAll([dx!, loss], feeds)[0]!;
}
