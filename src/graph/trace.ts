import type { Shape } from '../linalg/index.js';
import type { Contribution, Gradient } from './backward.js';
import type { Feeds } from './feeds.js';
import { Graph } from './graph.js';
import { full, isConstant } from './leaves.js';
import { type Node, slotNames } from './node.js';
import { ancestors } from './order.js';

/** Every number of one run of both passes, as plain data: it can be printed, drawn, or made JSON of. */
export interface Trace {
  /** v₁ … v_N in the order of the forward pass; the loss is v_N. */
  readonly nodes: readonly TracedNode[];
  /** ∂L/∂vᵢ for i = N … 1, in the order of the backward pass. */
  readonly gradients: readonly TracedGradient[];
}

/** vᵢ = op(parents). */
export interface TracedNode {
  readonly i: number;
  readonly op: string;
  /** In TeX, with y for vᵢ and the names of `slots` for its parents. */
  readonly formula: string;
  readonly slots: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly label?: string;
  /** The numbers of the parents, by slot. */
  readonly parents: readonly number[];
  readonly shape: Shape;
  /** Row-major. */
  readonly value: readonly number[];
}

/** ∂L/∂vᵢ = Σ over children. */
export interface TracedGradient {
  readonly i: number;
  /** Row-major, in vᵢ's shape; null if no gradient comes to vᵢ. */
  readonly value: readonly number[] | null;
  /** In the order of summation, by descending child; none for the loss, where the pass begins with 1. */
  readonly terms: readonly TracedTerm[];
}

/** The term ∂L/∂vⱼ · ∂vⱼ/∂vᵢ of the edge (child vⱼ, slot). */
export interface TracedTerm {
  readonly child: number;
  readonly slot: number;
  /** ∂L/∂vⱼ, in vⱼ's shape. */
  readonly upstream: readonly number[];
  /**
   * What the backward rule makes of ∂L/∂vⱼ = 1, in vᵢ's shape: ∂vⱼ/∂vᵢ for scalars and, element by
   * element, for elementwise ops; else the Jacobian summed over vⱼ.
   */
  readonly local: readonly number[];
  /** The term itself, in vᵢ's shape. */
  readonly value: readonly number[];
  /** What the backward rule of vⱼ wrote; null if that is too long to read. */
  readonly rule: Written | null;
}

/** An expression that a backward rule wrote: it refers to ∂L/∂vⱼ, to values vᵢ, and to numbers. */
export type Written =
  | { readonly gradient: number }
  | { readonly node: number }
  | { readonly constant: readonly number[] }
  | {
      readonly op: string;
      readonly settings?: Readonly<Record<string, unknown>>;
      readonly inputs: readonly Written[];
    };

/** Nobody reads a formula of more parts than this. */
const LONGEST_RULE = 100;

/**
 * Runs the forward and the backward pass of a loss, keeping everything. Nothing in the engine is made
 * for it: terms and sums are nodes, and are read as such.
 *
 * @param loss a node with a single element
 * @param feeds the value of each input
 * @throws ShapeError if the loss has more than one element
 * @throws ChainruleError for feeds that do not fit the inputs
 */
export function trace(loss: Node, feeds: Feeds = {}): Trace {
  const v = ancestors([loss]);
  const locals = new Map(v.map((child) => [child, localDerivatives(child)]));
  const nodesOfLocals = [...locals.values()].flat().filter((node) => node !== null);
  const graph = new Graph([loss, ...nodesOfLocals], { keep: 'all', wrt: 'all' });
  graph.forward(feeds);
  graph.backward();

  const numberOf = new Map(v.map((node, index) => [node, index + 1]));
  const read = (node: Node): number[] => [...graph.value(node)];

  const traceTerm = ({ child, slot, term }: Contribution): TracedTerm => {
    const upstream = graph.pass.get(child)!.node;
    return {
      child: numberOf.get(child)!,
      slot,
      upstream: read(upstream),
      local: read(locals.get(child)![slot]!),
      value: read(term),
      rule: written(term, { upstream, child: numberOf.get(child)!, numberOf }),
    };
  };
  const traceGradient = (i: number, gradient: Gradient | undefined): TracedGradient => ({
    i,
    value: gradient ? read(gradient.node) : null,
    terms: gradient?.contributions.map(traceTerm) ?? [],
  });

  const nodes = v.map((node) => traceNode(node, numberOf, read(node)));
  const gradients = v.map((node) => traceGradient(numberOf.get(node)!, graph.pass.get(node)));
  graph.dispose();
  return { nodes, gradients: gradients.reverse() };
}

/** For each slot, the backward rule's node for ∂L/∂vⱼ = 1. */
function localDerivatives(child: Node): (Node | null)[] {
  const rule = child.op.vjp(full(child.shape, 1), child, ...child.parents);
  return child.parents.map((_, slot) => rule[slot]?.() ?? null);
}

function traceNode(node: Node, numberOf: ReadonlyMap<Node, number>, value: number[]): TracedNode {
  const { op, label, parents, shape } = node;
  return {
    i: numberOf.get(node)!,
    op: op.name,
    formula: op.formula,
    slots: slotNames(op, parents.length),
    ...(op.settings && { settings: op.settings }),
    ...(label !== undefined && { label }),
    parents: parents.map((parent) => numberOf.get(parent)!),
    shape,
    value,
  };
}

/** Reads a term back from its nodes, down to ∂L/∂vⱼ and values of the forward pass. */
function written(
  term: Node,
  known: { upstream: Node; child: number; numberOf: ReadonlyMap<Node, number> },
): Written | null {
  let parts = 0;
  const visit = (node: Node): Written => {
    parts += 1;
    if (node === known.upstream) return { gradient: known.child };
    const i = known.numberOf.get(node);
    if (i !== undefined) return { node: i };
    const { op, parents } = node;
    if (isConstant(op)) {
      parts += op.values.length;
      return { constant: [...op.values] };
    }
    const inputs = parts > LONGEST_RULE ? [] : parents.map(visit);
    return { op: op.name, ...(op.settings && { settings: op.settings }), inputs };
  };
  const rule = visit(term);
  return parts > LONGEST_RULE ? null : rule;
}
