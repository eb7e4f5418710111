import { full, type Node } from '../../../src/graph/index.js';
import { ancestors } from '../../../src/graph/order.js';
import { sumOfTerms } from '../../../src/graph/sum.js';

/** ∂⟨seed, y⟩/∂x for each x. */
export type Gradients = (y: Node, xs: readonly Node[], seed?: Node) => Node[];

/** One term of a gradient, on its way from a child to the parent in one of its slots. */
export interface Delivery {
  readonly child: Node;
  readonly slot: number;
  readonly parent: Node;
}

/** The parts of a backward pass. Each can be exchanged for a wrong one. */
export interface Parts {
  /** The nodes in the order in which they are visited. */
  readonly order: (y: Node) => Node[];
  /** The edges along which a node sends its gradient back, by slot. */
  readonly edges: (child: Node) => Delivery[];
  /** ∂L/∂y for the y that is asked for. */
  readonly begin: (seed: Node) => Node;
  /** ∂L/∂v from its terms, in the order of their arrival. */
  readonly total: (terms: readonly Node[], node: Node) => Node;
  /** What is made of a term before it is delivered; undefined where it is lost. */
  readonly deliver: (term: Node, delivery: Delivery) => Node | undefined;
  /** Under what a gradient is kept. */
  readonly key: (node: Node) => unknown;
}

/** Every slot is an edge: x·x has two. */
export const allEdges = (child: Node): Delivery[] =>
  child.parents.map((parent, slot) => ({ child, slot, parent }));

/** What leads to y, children first. */
export const childrenFirst = (y: Node): Node[] => ancestors([y]).reverse();

export const rightParts: Parts = {
  order: childrenFirst,
  edges: allEdges,
  begin: (seed) => seed,
  total: sumOfTerms,
  deliver: (term) => term,
  key: (node) => node,
};

/** A backward pass of these parts: a copy of the library's own in the plainest form, right if all of them are. */
export function loopOf(wrong: Partial<Parts> = {}): Gradients {
  const { order, edges, begin, total, deliver, key } = { ...rightParts, ...wrong };
  return (y, xs, seed) => {
    const terms = new Map<unknown, Node[]>([[key(y), [begin(seed ?? full(y.shape, 1))]]]);
    const gradients = new Map<unknown, Node>();
    for (const node of order(y)) {
      const arrived = terms.get(key(node));
      if (!arrived) continue;
      const gradient = total(arrived, node);
      gradients.set(key(node), gradient);
      const rule = termsOf(gradient, node);
      for (const delivery of edges(node)) {
        const term = rule[delivery.slot]?.();
        const delivered = term && deliver(term, delivery);
        if (!delivered) continue;
        const at = key(delivery.parent);
        terms.set(at, [...(terms.get(at) ?? []), delivered]);
      }
    }
    return xs.map((x) => gradients.get(key(x)) ?? full(x.shape, 0));
  };
}

/** The terms that a node sends to its parents, by slot. */
export const termsOf = (dy: Node, y: Node) => y.op.vjp(dy, y, ...y.parents);

/** a + b as the sum over children has it. */
export const plus = (a: Node, b: Node): Node => sumOfTerms([a, b]);
