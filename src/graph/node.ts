import { formatShape, type Shape, userFrames, type View } from '../linalg/index.js';
import { ChainruleError, ShapeError } from './errors.js';
import type { Kernel } from './kernel.js';

export type { Kernel } from './kernel.js';

/** Writes the nodes of one term ∂L/∂y · ∂y/∂x when it is asked for, so that a term nobody needs is never built. */
export type Term = () => Node;

/**
 * One operation, whole: what it is called, what it means, which shape it gives, how it is computed,
 * and how a gradient goes back through it. An op with settings (an axis, a range) is made by a
 * function of those settings, so that the five members never have to mention them.
 */
export interface Op {
  readonly name: string;

  /** The mathematics, in TeX, with y for the result. */
  readonly formula: string;

  /** What the inputs are called in error messages; `x`, or `a` and `b`, where left out. */
  readonly slots?: readonly string[];

  /** Settings such as an axis, for printing. */
  readonly settings?: Readonly<Record<string, unknown>>;

  /** The shape of the result. Throws a ShapeError that says what would fit. */
  shape(...inputs: Shape[]): Shape;

  /**
   * Binds the computation of `y` from the inputs to their buffers. May ask for memory, by `scratch`;
   * the kernel it returns may not. Inputs are contiguous unless `readsStrides` is set; `y` always is.
   */
  kernel(y: View, ...inputs: View[]): Kernel;

  /** The kernel can read views whose broadcast axes have stride 0. */
  readonly readsStrides?: boolean;

  /**
   * Element i of the result depends on element i of each input alone, so the result may be written where an
   * input is read, and a chain of such ops can be run block by block. The pieces of the kernel's work, if it
   * tells them, are the elements.
   */
  readonly elementwise?: boolean;

  /**
   * The op adds rows into zeros: of its inputs x and index, y[k] = Σ x[i] over all i with index[i] = k, i ascending. As the
   * gradient of a parameter it is written at the cost of the rows that are met.
   */
  readonly scattersRows?: boolean;

  /** The result as another view of the input's own buffer, for ops that move no numbers. */
  alias?(x: View): View;

  /**
   * The backward rule: for each input slot, the term ∂L/∂y · ∂y/∂x written in ops of the forward pass
   * (so that it can be differentiated again), or null where no gradient goes back.
   */
  vjp(dy: Node, y: Node, ...inputs: Node[]): readonly (Term | null)[];
}

let created = 0;
let recording = false;

/**
 * A value of the computation: vᵢ = op(parents). Nodes know their parents and never their children, so
 * a node that nobody holds on to is free to go. Ids grow in order of creation, and a node can only
 * refer to nodes that exist, so the order of creation is a topological order.
 */
export class Node {
  /** In the order of creation: parents have smaller ones. */
  readonly id: number;
  /** What it is computed by. */
  readonly op: Op;
  /** What it is computed from, by slot; none for a leaf. */
  readonly parents: readonly Node[];
  /** The length of each axis; [] for a single number. */
  readonly shape: Shape;
  /** What the node is called in traces, pictures and error messages. */
  label: string | undefined;
  /** The user's line that made the node, where `recordOrigins(true)` was set. */
  readonly origin: string | undefined;

  constructor(op: Op, parents: readonly Node[], shape: Shape, label?: string) {
    this.id = ++created;
    this.op = op;
    this.parents = parents;
    this.shape = shape;
    this.label = label;
    this.origin = recording ? userFrames(new Error().stack ?? '')[0]?.trim() : undefined;
  }

  /** `tanh [64, 32] "z"` */
  toString(): string {
    const name = this.label === undefined ? '' : ` ${JSON.stringify(this.label)}`;
    return `${this.op.name} ${formatShape(this.shape)}${name}`;
  }
}

// What Node.js's console prints an object by.
Object.defineProperty(Node.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Node): string {
    return this.toString();
  },
});

/** A new node: op(parents). Throws a ShapeError that names the op, its inputs and their shapes. */
export function apply(op: Op, ...parents: Node[]): Node {
  for (const [slot, parent] of parents.entries()) {
    if (!(parent instanceof Node)) noNode(op.name, slotNames(op, parents.length)[slot]!, parent);
  }
  return new Node(op, parents, shapeOf(op, parents));
}

/** Throws a ChainruleError that names the function and its argument, unless the value is a node. */
export function checkNode(what: string, slot: string, value: unknown): asserts value is Node {
  if (!(value instanceof Node)) noNode(what, slot, value);
}

function noNode(what: string, slot: string, value: unknown): never {
  const list = Array.isArray(value) || ArrayBuffer.isView(value);
  const given = list ? 'an array' : typeof value === 'string' ? `"${value}"` : String(value);
  const instead = list ? ', such as constant(…) makes of an array' : '';
  throw new ChainruleError(
    `${what}: input ${slot} is ${given}; a node or a number is needed${instead}`,
  );
}

function shapeOf(op: Op, parents: readonly Node[]): Shape {
  try {
    return op.shape(...parents.map((parent) => parent.shape));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const inputs = parents.map(
      (parent, slot) => `${slotNames(op, parents.length)[slot]} = ${parent}`,
    );
    throw new ShapeError(`${op.name}(${inputs.join(', ')}): ${error.message}`);
  }
}

/** What the inputs of an op are called: by the op, or else x, or a and b, or x1, x2, … */
export function slotNames(op: Op, count: number): readonly string[] {
  if (op.slots) return op.slots;
  if (count === 1) return ['x'];
  if (count === 2) return ['a', 'b'];
  return Array.from({ length: count }, (_, slot) => `x${slot + 1}`);
}

/** Gives a node a name, for traces, pictures and error messages, and returns it. */
export function label(name: string, node: Node): Node {
  node.label = name;
  return node;
}

/** From now on nodes remember (or do not) the line that made them. Costs a stack trace a node. */
export function recordOrigins(on: boolean): void {
  recording = on;
}
