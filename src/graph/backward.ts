import { formatShape, sameShape } from '../linalg/index.js';
import { ChainruleError, ShapeError } from './errors.js';
import { full } from './leaves.js';
import { type Node, slotNames, type Term } from './node.js';
import { ancestors, descendants } from './order.js';
import { sumOfTerms, sumOp } from './sum.js';

/** One term of the sum over children: ∂L/∂vⱼ · ∂vⱼ/∂vᵢ for the edge (child vⱼ, slot). */
export interface Contribution {
  readonly child: Node;
  readonly slot: number;
  readonly term: Node;
}

/** ∂L/∂vᵢ, and the terms whose sum it is (none for the loss itself, where the pass begins). */
export interface Gradient {
  readonly node: Node;
  readonly contributions: readonly Contribution[];
}

/**
 * The backward pass. It does not compute: it writes more graph, in which every term, every sum and
 * every gradient is a node like any other.
 *
 *     for i in N … 1:  ∂L/∂vᵢ = Σ_{j ∈ children(vᵢ)} ∂L/∂vⱼ · ∂vⱼ/∂vᵢ
 *
 * Only nodes between some x and the loss get a gradient; an edge is (child, slot), so `mul(x, x)`
 * gives two terms.
 *
 * @param loss a node with a single element, or any node if a seed ∂L/∂loss of its shape is given
 * @returns the gradient of each node on a path from some x to the loss
 * @throws ShapeError if the loss has more than one element and no seed is given
 */
export function backward(loss: Node, xs: readonly Node[], seed?: Node): Map<Node, Gradient> {
  const v = ancestors([loss]);
  const onPath = descendants(v, xs);
  const contributions = new Map<Node, Contribution[]>();
  const gradients = new Map<Node, Gradient>();
  const dL = seedOf(loss, seed);

  for (const vi of v.reverse()) {
    if (!onPath.has(vi)) continue;
    const terms = contributions.get(vi) ?? [];
    if (vi !== loss && terms.length === 0) continue;
    const dvi = vi === loss ? dL : sumOfTerms(terms.map(({ term }) => term));
    gradients.set(vi, { node: dvi, contributions: terms });

    if (!vi.parents.some((parent) => onPath.has(parent))) continue;
    const rule = ruleOf(dvi, vi);
    for (const [slot, parent] of vi.parents.entries()) {
      const write = onPath.has(parent) ? rule[slot] : null;
      if (!write) continue;
      if (typeof write !== 'function') throw noTerm(write, vi, slot);
      const term = checkTerm(write(), vi, slot, parent);
      const known = contributions.get(parent);
      if (known) known.push({ child: vi, slot, term });
      else contributions.set(parent, [{ child: vi, slot, term }]);
    }
  }
  return gradients;
}

/** The rule of a node's op. That of Σ is applied here: its terms may be more than fit on the stack as arguments. */
function ruleOf(dy: Node, y: Node): readonly (Term | null)[] {
  return y.op === sumOp ? y.parents.map(() => () => dy) : y.op.vjp(dy, y, ...y.parents);
}

/** Σ over children leaves nothing to the loss itself: ∂L/∂L = 1. */
function seedOf(loss: Node, seed: Node | undefined): Node {
  if (seed !== undefined) {
    if (sameShape(seed.shape, loss.shape)) return seed;
    throw new ShapeError(
      `the seed of a backward pass has the shape of what is differentiated: seed ${seed}, but ${loss}`,
    );
  }
  if (loss.shape.every((length) => length === 1)) return full(loss.shape, 1);
  throw new ShapeError(
    `${loss} has the shape ${formatShape(loss.shape)}; a loss has a single element: take sum(…) or mean(…) of it, or give a seed`,
  );
}

const slotName = ({ op, parents }: Node, slot: number): string =>
  slotNames(op, parents.length)[slot]!;

function noTerm(given: unknown, child: Node, slot: number): ChainruleError {
  return new ChainruleError(
    `the backward rule of ${child.op.name} is wrong: for its input ${slotName(child, slot)} it gave ${given}; ` +
      'it has to give a function that writes the term, or null: `[() => mul(dy, b), …]`, not `[mul(dy, b), …]`',
  );
}

function checkTerm(term: Node, child: Node, slot: number, parent: Node): Node {
  if (sameShape(term.shape, parent.shape)) return term;
  throw new ChainruleError(
    `the backward rule of ${child.op.name} is wrong: for its input ${slotName(child, slot)} = ${parent} it gave ${term}; ` +
      `a gradient has the shape of what it belongs to, ${formatShape(parent.shape)}`,
  );
}
