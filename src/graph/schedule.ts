import type { View } from '../linalg/index.js';
import type { Kernel } from './kernel.js';
import type { Node, Op } from './node.js';
import { addTerm, startSum, sumOp } from './sum.js';

/** One thing to do: (part of) the computation of `node` from `inputs`. */
export interface Instruction {
  readonly node: Node;
  readonly inputs: readonly Node[];
  /** As of an op: element i of the node needs element i of the inputs alone. */
  readonly elementwise: boolean;
  bind(y: View, inputs: readonly View[]): Kernel;
}

/** An op of which a node may have more inputs than fit on the stack as arguments. */
export interface WideOp extends Op {
  bindAll(y: View, inputs: readonly View[]): Kernel;
}

function isWide(op: Op): op is WideOp {
  return 'bindAll' in op;
}

/**
 * The order of execution: the order of creation, but for sums over children, whose terms are
 * added as they arrive. So the buffers of a thousand terms need not be held at once, and the order of
 * the additions, which decides the bits, stays that of the list.
 */
export function schedule(order: readonly Node[]): Instruction[] {
  const instructions: Instruction[] = [];
  const within = new Set(order);
  const done = new Set<Node>();
  const waiting = new Map<Node, Progress[]>();
  const open = new Map<Node, Progress>();

  for (const node of order) {
    if (node.op !== sumOp) continue;
    const progress = { node, next: 0 };
    open.set(node, progress);
    for (const term of new Set(node.parents)) {
      const sums = waiting.get(term);
      if (sums) sums.push(progress);
      else waiting.set(term, [progress]);
    }
  }

  const ready = (term: Node): boolean => done.has(term) || !within.has(term);
  const advance = (progress: Progress): void => {
    const { node } = progress;
    const terms = node.parents;
    if (progress.next === 0) {
      const [first, second] = terms;
      if (!ready(first!) || !ready(second!)) return;
      progress.next = 2;
      instructions.push({ node, inputs: [first!, second!], elementwise: true, bind: bindStart });
    }
    while (progress.next < terms.length && ready(terms[progress.next]!)) {
      const term = terms[progress.next]!;
      progress.next += 1;
      instructions.push({ node, inputs: [term], elementwise: true, bind: bindTerm });
    }
  };

  for (const node of order) {
    const sum = open.get(node);
    if (sum) advance(sum);
    else {
      const { op } = node;
      const bind = (y: View, inputs: readonly View[]): Kernel =>
        isWide(op) ? op.bindAll(y, inputs) : op.kernel(y, ...inputs);
      const { elementwise = false } = op;
      instructions.push({ node, inputs: node.parents, elementwise, bind });
    }
    done.add(node);
    for (const progress of waiting.get(node) ?? []) advance(progress);
  }
  return instructions;
}

const bindStart: Instruction['bind'] = (y, [a, b]) => startSum(y, a!, b!);
const bindTerm: Instruction['bind'] = (y, [x]) => addTerm(y, x!);

interface Progress {
  readonly node: Node;
  /** The first term that is not added yet. */
  next: number;
}
