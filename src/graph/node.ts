import { formatShape, type Shape } from '../linalg/index.js';
import { ChainruleError, ShapeError, userFrames } from './errors.js';
import type { Op } from './op.js';

let created = 0;
let recording = false;

/**
 * A value of the computation: vᵢ = op(parents). Nodes know their parents and never their children, so
 * a node that nobody holds on to is free to go. Ids grow in order of creation, and a node can only
 * refer to nodes that exist, so the order of creation is a topological order.
 */
export class Node {
  readonly id: number;
  readonly op: Op;
  readonly parents: readonly Node[];
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

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** A new node: op(parents). Throws a ShapeError that names the op, its inputs and their shapes. */
export function apply(op: Op, ...parents: Node[]): Node {
  for (const [slot, parent] of parents.entries()) {
    if (!(parent instanceof Node)) {
      throw new ChainruleError(
        `${op.name}: input ${slotName(op, slot, parents.length)} is ${String(parent)}; a node or a number is needed`,
      );
    }
  }
  return new Node(op, parents, shapeOf(op, parents));
}

function shapeOf(op: Op, parents: readonly Node[]): Shape {
  try {
    return op.shape(...parents.map((parent) => parent.shape));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const inputs = parents.map(
      (parent, slot) => `${slotName(op, slot, parents.length)} = ${parent}`,
    );
    throw new ShapeError(`${op.name}(${inputs.join(', ')}): ${error.message}`);
  }
}

function slotName(op: Op, slot: number, count: number): string {
  return op.slots?.[slot] ?? (count === 1 ? 'x' : count === 2 ? 'ab'[slot]! : `x${slot + 1}`);
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
