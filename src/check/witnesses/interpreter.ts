import {
  collectScratch,
  constant,
  evaluate,
  gradients,
  isConstant,
  isInput,
  isParameter,
  type Kernel,
  type Node,
} from '../../graph/index.js';
import { release, size, type View, view } from '../../linalg/index.js';
import type { Engine } from '../engine.js';

/** Values from outside, for inputs or for any other node, which is then not computed. */
export type Given = ReadonlyMap<Node, ArrayLike<number>>;

export interface RunOptions {
  /** Fills every buffer that is to be computed with NaN first. */
  readonly poison?: boolean;
  /** Called when a node has been computed. */
  readonly after?: (node: Node) => void;
}

/**
 * A graph computed as naively as can be: one node after the other, in a buffer of its own. No plan, no buffer used
 * twice, nothing fused, nothing spread out: what `Graph` computes is compared with it.
 */
export class Interpreter {
  readonly #order: readonly Node[];
  readonly #views: ReadonlyMap<Node, View>;
  readonly #kernels: ReadonlyMap<Node, Kernel>;
  readonly #scratch: Float64Array[] = [];

  /** @param order in which to compute; every node after its parents */
  constructor(order: readonly Node[]) {
    this.#order = order;
    this.#views = new Map(order.map((node) => [node, view(valuesOf(node), node.shape)]));
    const bind = (node: Node): Kernel =>
      node.op.kernel(this.#views.get(node)!, ...node.parents.map((x) => this.#views.get(x)!));
    const computed = order.filter((node) => !isKnown(node));
    this.#kernels = collectScratch(
      this.#scratch,
      () => new Map(computed.map((node) => [node, bind(node)])),
    );
  }

  run(given: Given, { poison = false, after }: RunOptions = {}): void {
    if (poison) {
      for (const node of this.#kernels.keys()) this.value(node).fill(Number.NaN);
      for (const array of this.#scratch) array.fill(Number.NaN);
    }
    for (const [node, values] of given) this.#views.get(node)?.data.set(values);
    for (const node of this.#order) {
      const kernel = this.#kernels.get(node);
      if (!kernel || given.has(node)) continue;
      kernel(1);
      after?.(node);
    }
  }

  /** The values of a node as they are: not a copy. */
  value(node: Node): Float64Array {
    return this.#views.get(node)!.data;
  }

  dispose(): void {
    for (const array of this.#scratch) release(array);
  }
}

/** Whether the values are there before anything is computed. */
const isKnown = ({ op }: Node): boolean => isConstant(op) || isParameter(op);

function valuesOf(node: Node): Float64Array {
  if (isConstant(node.op)) return node.op.values.slice();
  return isParameter(node.op) ? evaluate(node) : new Float64Array(size(node.shape));
}

/**
 * Everything that some nodes are computed from, and they themselves, each after its parents.
 * @param choose which of so many nodes that could come next does; the oldest where left out
 */
export function topologicalOrder(nodes: readonly Node[], choose = (_count: number) => 0): Node[] {
  const all = new Set<Node>(nodes);
  for (const node of all) for (const parent of node.parents) all.add(parent);
  const children = new Map<Node, Node[]>([...all].map((node) => [node, []]));
  const missing = new Map<Node, number>();
  for (const node of all) {
    const parents = new Set(node.parents);
    missing.set(node, parents.size);
    for (const parent of parents) children.get(parent)!.push(node);
  }
  const ready = [...all].filter((node) => missing.get(node) === 0).sort((a, b) => a.id - b.id);
  const order: Node[] = [];
  while (ready.length > 0) {
    const [next] = ready.splice(choose(ready.length), 1);
    order.push(next!);
    for (const child of children.get(next!)!) {
      missing.set(child, missing.get(child)! - 1);
      if (missing.get(child) === 0) ready.push(child);
    }
  }
  return order;
}

/** Our own backward pass, computed node by node. */
export const naiveEngine: Engine = {
  gradients,
  prepare: (nodes) => {
    const order = topologicalOrder(nodes);
    const interpreter = new Interpreter(order);
    const inputs = order.flatMap((node) =>
      isInput(node.op) ? [[node.op.key, node] as const] : [],
    );
    return {
      run: (feeds) =>
        interpreter.run(
          new Map(inputs.map(([key, node]) => [node, valuesOf(constant(feeds[key]!, node.shape))])),
        ),
      value: (node) => interpreter.value(node).slice(),
      dispose: () => interpreter.dispose(),
    };
  },
};
