import type { Engine } from '../../../src/check/engine.js';
import { isConstant, isInput, type Node, sumOp } from '../../../src/graph/index.js';
import { ancestors } from '../../../src/graph/order.js';
import { rowMajor, size, type View } from '../../../src/linalg/index.js';

export type Prepare = Engine['prepare'];

/** The parts of an evaluator. Each can be exchanged for a wrong one. */
export interface EvaluatorParts {
  /** In which order nodes are computed. */
  readonly order: (nodes: readonly Node[]) => Node[];
  /** Where the values of the nodes lie, by node: a buffer for each, if nothing is shared. */
  readonly buffers: (order: readonly Node[], outputs: readonly Node[]) => Map<Node, Float64Array>;
  /** What is done before a node is computed; false if it need not be. */
  readonly before: (node: Node, y: Float64Array, run: number) => boolean;
  /** What is done after it. */
  readonly after: (node: Node, y: Float64Array) => void;
  /** Computes Σ over children by itself. */
  readonly sum?: (y: Float64Array, terms: readonly Float64Array[]) => void;
}

const buffer = ({ shape }: Node): Float64Array => new Float64Array(size(shape));

export const rightEvaluator: EvaluatorParts = {
  order: ancestors,
  buffers: (order) => new Map(order.map((node) => [node, buffer(node)])),
  before: () => true,
  after: () => {},
};

/** Whether a kernel writes the values of the node. */
export const isComputed = ({ op }: Node): boolean => !isConstant(op) && !isInput(op);

/** An evaluator of these parts: a buffer a node, one kernel after the other; right if all of them are. */
export function evaluatorOf(wrong: Partial<EvaluatorParts> = {}): Prepare {
  const parts = { ...rightEvaluator, ...wrong };
  return (nodes) => {
    const order = parts.order(nodes);
    const data = parts.buffers(order, nodes);
    const view = (node: Node): View => ({
      data: data.get(node)!,
      shape: node.shape,
      strides: rowMajor(node.shape),
    });
    const kernels = order.filter(isComputed).map((node) => {
      const { sum } = parts;
      const inputs = node.parents.map(view);
      const y = view(node);
      const run =
        node.op === sumOp && sum
          ? () =>
              sum(
                y.data,
                inputs.map((input) => input.data),
              )
          : node.op.kernel(y, ...inputs);
      return { node, run, y: y.data };
    });
    let runs = 0;
    return {
      run: (feeds) => {
        runs += 1;
        for (const node of order) {
          const { op } = node;
          if (isConstant(op)) data.get(node)!.set(op.values);
          else if (isInput(op)) data.get(node)!.set(feeds[op.key] as Float64Array);
        }
        for (const { node, run, y } of kernels) {
          if (!parts.before(node, y, runs)) continue;
          run(1);
          parts.after(node, y);
        }
      },
      value: (node) => data.get(node)!.slice(),
      dispose: () => {},
    };
  };
}

/** Buffers that are handed on as soon as a node is `done`: after the last of its readers, if it is told right. */
export function handedOn(
  done: (node: Node, readers: readonly Node[]) => Node | undefined,
): EvaluatorParts['buffers'] {
  return (order, outputs) => {
    const readers = new Map<Node, Node[]>(order.map((node) => [node, []]));
    for (const node of order) for (const parent of node.parents) readers.get(parent)!.push(node);
    const kept = new Set(outputs);
    const places = new Map<Node, Float64Array>();
    const free: Float64Array[] = [];
    const due = new Map<Node, Node[]>();
    for (const node of order) {
      const length = size(node.shape);
      const found = isComputed(node) ? free.findIndex((place) => place.length === length) : -1;
      places.set(node, found >= 0 ? free.splice(found, 1)[0]! : new Float64Array(length));
      const last = kept.has(node) || !isComputed(node) ? undefined : done(node, readers.get(node)!);
      if (last) due.set(last, [...(due.get(last) ?? []), node]);
      for (const over of due.get(node) ?? []) free.push(places.get(over)!);
    }
    return places;
  };
}
