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

/** Where the values of one input go. */
export interface Socket {
  readonly name: string;
  readonly node: Node;
  /** The node in words, for errors: to be said, but not to be put together, at every run. */
  readonly what: string;
  readonly data: Float64Array;
  /** Of indices, the number of rows that they choose from. */
  readonly below: number | undefined;
}

/** A socket for each input. */
export function sockets(
  inputs: ReadonlyMap<string, Node>,
  views: ReadonlyMap<Node, View>,
): Socket[] {
  return [...inputs].map(([name, node]) => {
    const { below } = node.op as InputLeaf;
    return { name, node, what: String(node), data: views.get(node)!.data, below };
  });
}

/**
 * Checks the feeds of a run against the inputs, and copies them in.
 * @throws ChainruleError for an input that is not fed, a name that no input has, an index out of range
 * @throws ShapeError for a value that does not fit
 */
export function feed(feeds: Feeds, list: readonly Socket[]): void {
  for (const name in feeds) if (Object.hasOwn(feeds, name)) checkName(name, list);
  for (let i = 0; i < list.length; i++) {
    const { name, node, what, data, below } = list[i]!;
    const values = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
    if (values === undefined) notFed(feeds, list[i]!);
    fill(data, node.shape, values, what);
    if (below !== undefined) checkIndices(data, below, what);
  }
}

function checkName(name: string, list: readonly Socket[]): void {
  for (let i = 0; i < list.length; i++) if (list[i]!.name === name) return;
  const names = list.map((socket) => socket.name).join(', ') || 'none';
  throw new ChainruleError(`no input is called ${JSON.stringify(name)}; the inputs are: ${names}`);
}

function notFed(feeds: Feeds, { name, what }: Socket): never {
  const given = Object.keys(feeds).join(', ') || 'none';
  throw new ChainruleError(
    `${what} is not fed: give it as forward({ ${name}: … }); fed were: ${given}`,
  );
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
