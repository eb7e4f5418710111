import { allocate, isContiguous, rowMajor, size, type View } from '../linalg/index.js';
import { isConstant, isInput, isParameter } from './leaves.js';
import type { Kernel, Node } from './node.js';
import { type Instruction, schedule } from './schedule.js';

/** What a plan is made from. */
export interface Program {
  /** v₁ … v_N, run by `forward`. */
  readonly forward: readonly Node[];
  /** The nodes that the backward pass wrote, run by `backward`. */
  readonly backward: readonly Node[];
  /** Nodes whose values can be read after a run; 'all' keeps every one. */
  readonly keep: ReadonlySet<Node> | 'all';
  /** Where the values of a parameter lie. */
  readonly parameter: (name: string) => Float64Array;
  /** Nodes whose values the backward pass also leaves at a given place: the flat gradient. */
  readonly deliveries: readonly (readonly [Node, Float64Array])[];
}

/** Buffers laid out and kernels bound to them: a run is a loop over closures, and allocates nothing. */
export interface Plan {
  readonly forward: readonly Kernel[];
  readonly backward: readonly Kernel[];
  /** The nodes that can be read, and the inputs, which are to be written. */
  readonly views: ReadonlyMap<Node, View>;
  /** Every buffer the plan asked for; their total length is what the graph costs. */
  readonly buffers: readonly Float64Array[];
}

/**
 * Lays out the values of a program. A node gets a buffer when it is computed and hands it on after its
 * last use. Three kinds of buffers are never handed on: inputs, nodes to be kept, and forward values
 * that the backward pass reads, so that the backward pass can be run again.
 */
export function plan(program: Program): Plan {
  const forward = schedule(program.forward);
  const backward = schedule(program.backward);
  const layout = new Layout(program, [...forward, ...backward]);
  const forwardKernels = forward.flatMap((instruction) => layout.bind(instruction));
  const backwardKernels = backward.flatMap((instruction) => layout.bind(instruction));
  return {
    forward: forwardKernels,
    backward: [...backwardKernels, ...layout.deliver()],
    views: layout.readable(),
    buffers: layout.buffers,
  };
}

class Layout {
  readonly buffers: Float64Array[] = [];
  readonly #program: Program;
  readonly #views = new Map<Node, View>();
  /** The node whose buffer a node's view looks at: itself, but for aliases. */
  readonly #roots = new Map<Node, Node>();
  /** How many instructions are still to read or write each root's buffer. */
  readonly #uses = new Map<Node, number>();
  /** Roots whose buffers are never handed on. */
  readonly #pinned = new Set<Node>();
  readonly #owned = new Map<Node, Float64Array>();
  readonly #free = new Map<number, Float64Array[]>();
  /** Gradients computed right where they are to be delivered. */
  readonly #homes = new Map<Node, Float64Array>();

  constructor(program: Program, instructions: readonly Instruction[]) {
    this.#program = program;
    const nodes = [...program.forward, ...program.backward];
    const forward = new Set(program.forward);

    this.#findRoots(nodes);
    const pin = (node: Node): unknown => this.#pinned.add(this.#roots.get(node)!);
    for (const node of nodes) if (this.#isKept(node) || isInput(node.op)) pin(node);
    for (const node of program.backward) {
      for (const parent of node.parents) if (forward.has(parent)) pin(parent);
    }
    for (const [node, place] of program.deliveries) {
      const direct = !forward.has(node) && this.#isComputed(node) && !this.#homes.has(node);
      if (direct) this.#homes.set(node, place);
      else pin(node);
    }
    for (const instruction of instructions) {
      for (const root of this.#touched(instruction)) {
        this.#uses.set(root, (this.#uses.get(root) ?? 0) + 1);
      }
    }
  }

  /** The kernel of one instruction, after which buffers that no later one needs are free. */
  bind(instruction: Instruction): Kernel[] {
    const { node } = instruction;
    if (!this.#views.has(node)) this.#views.set(node, this.#place(node));
    const inputs = instruction.inputs.map((parent) => this.#views.get(parent)!);
    const computed = this.#isComputed(node) && !isInput(node.op);
    const kernels = computed ? [instruction.bind(this.#views.get(node)!, ...inputs)] : [];

    for (const root of this.#touched(instruction)) {
      const left = this.#uses.get(root)! - 1;
      this.#uses.set(root, left);
      if (left === 0 && !this.#pinned.has(root)) this.#release(root);
    }
    return kernels;
  }

  /** Copies of the gradients that are not computed where they are to be delivered. */
  deliver(): Kernel[] {
    return this.#program.deliveries
      .filter(([node, place]) => this.#homes.get(node) !== place)
      .map(([node, place]) => {
        const { data } = this.#views.get(node)!;
        return () => place.set(data);
      });
  }

  readable(): Map<Node, View> {
    return new Map([...this.#views].filter(([node]) => this.#isKept(node) || isInput(node.op)));
  }

  #isKept(node: Node): boolean {
    return this.#program.keep === 'all' || this.#program.keep.has(node);
  }

  /** Whether the node's values are written to a buffer of its own: it is no alias, and not stored elsewhere. */
  #isComputed(node: Node): boolean {
    return this.#roots.get(node) === node && !isConstant(node.op) && !isParameter(node.op);
  }

  /** A view with stride 0 will do if every reader can read it; all else is contiguous. */
  #findRoots(nodes: readonly Node[]): void {
    const contiguous = new Set(nodes.filter((node) => this.#isKept(node)));
    for (const [node] of this.#program.deliveries) contiguous.add(node);
    for (const { op, parents } of nodes) {
      if (!op.readsStrides) for (const parent of parents) contiguous.add(parent);
    }
    // The strides of each node as planned so far: an alias of an alias has those of both.
    const planned = new Map<Node, View>();
    for (const node of nodes) {
      const [parent] = node.parents;
      const alias = parent && node.op.alias?.(planned.get(parent)!);
      const usable = alias && (isContiguous(alias) || !contiguous.has(node));
      this.#roots.set(node, usable ? this.#roots.get(parent)! : node);
      planned.set(node, usable ? alias : viewOfNothing(node));
    }
  }

  #touched({ node, inputs }: Instruction): Set<Node> {
    return new Set([node, ...inputs].map((each) => this.#roots.get(each)!));
  }

  #place(node: Node): View {
    const { op, shape } = node;
    const strides = rowMajor(shape);
    if (isConstant(op)) return { data: op.values, shape, strides };
    if (isParameter(op)) return { data: this.#program.parameter(op.key), shape, strides };
    if (this.#roots.get(node) !== node) return op.alias!(this.#views.get(node.parents[0]!)!);
    const data = this.#homes.get(node) ?? this.#take(node);
    return { data, shape, strides };
  }

  #take(node: Node): Float64Array {
    const length = size(node.shape);
    const reused = this.#pinned.has(node) ? undefined : this.#free.get(length)?.pop();
    const buffer = reused ?? allocate(length);
    if (!reused) this.buffers.push(buffer);
    this.#owned.set(node, buffer);
    return buffer;
  }

  #release(root: Node): void {
    const buffer = this.#owned.get(root);
    if (!buffer) return;
    const list = this.#free.get(buffer.length);
    if (list) list.push(buffer);
    else this.#free.set(buffer.length, [buffer]);
  }
}

const viewOfNothing = ({ shape }: Node): View => ({
  data: new Float64Array(0),
  shape,
  strides: rowMajor(shape),
});
