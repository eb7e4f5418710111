import type { View } from '../linalg/index.js';
import { ChainruleError } from './errors.js';
import { fill, type InputLeaf, isInput, type Numbers } from './leaves.js';
import type { Node } from './node.js';

/** The values of the inputs of one run, by name. */
export type Feeds = Readonly<Record<string, Numbers>>;

/** The inputs among `nodes`, by name. Throws a ChainruleError if two share one. */
export function inputsByName(nodes: readonly Node[]): Map<string, Node> {
  const inputs = new Map<string, Node>();
  for (const node of nodes) {
    if (!isInput(node.op)) continue;
    const { key } = node.op;
    if (inputs.has(key)) {
      throw new ChainruleError(
        `two inputs of this graph are called ${JSON.stringify(key)}: ${inputs.get(key)} and ${node}; names are unique`,
      );
    }
    inputs.set(key, node);
  }
  return inputs;
}

/**
 * Checks the feeds of a run against the inputs, and copies them in.
 * @throws ChainruleError for an input that is not fed, a name that no input has, an index out of range
 * @throws ShapeError for a value that does not fit
 */
export function feed(
  feeds: Feeds,
  inputs: ReadonlyMap<string, Node>,
  views: ReadonlyMap<Node, View>,
): void {
  for (const name of Object.keys(feeds)) {
    if (!inputs.has(name)) {
      const names = [...inputs.keys()].join(', ') || 'none';
      throw new ChainruleError(
        `no input is called ${JSON.stringify(name)}; the inputs are: ${names}`,
      );
    }
  }
  for (const [name, node] of inputs) {
    const values = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
    if (values === undefined) {
      const given = Object.keys(feeds).join(', ') || 'none';
      throw new ChainruleError(
        `${node} is not fed: give it as forward({ ${name}: … }); fed were: ${given}`,
      );
    }
    const { data } = views.get(node)!;
    fill(data, node.shape, values, String(node));
    const { below } = node.op as InputLeaf;
    if (below !== undefined) checkIndices(data, below, String(node));
  }
}

/** Throws a ChainruleError that names the first value that is no whole number in 0 … below − 1. */
export function checkIndices(values: Float64Array, below: number, what: string): void {
  for (let i = 0; i < values.length; i++) {
    const index = values[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= below) {
      const range =
        below > 0 ? `from 0 to ${below - 1}` : 'below 0: there is nothing to choose from';
      throw new ChainruleError(
        `${what}: element ${i} is ${index}; an index is a whole number ${range}`,
      );
    }
  }
}
