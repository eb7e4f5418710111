import type { Node } from './node.js';

/**
 * v₁ … v_N: the outputs and everything they are computed from, in order of creation, which is a
 * topological order. An explicit stack, so that a chain of 100,000 nodes is as safe as one of ten.
 */
export function ancestors(outputs: readonly Node[]): Node[] {
  const seen = new Set<Node>(outputs);
  const stack = [...seen];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const parent of node.parents) {
      if (!seen.has(parent)) {
        seen.add(parent);
        stack.push(parent);
      }
    }
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

/** Those of `order` (a topological order) that some x of `xs` leads to, the xs included. */
export function descendants(order: readonly Node[], xs: readonly Node[]): Set<Node> {
  const reached = new Set<Node>(xs);
  for (const node of order) {
    if (node.parents.some((parent) => reached.has(parent))) reached.add(node);
  }
  return reached;
}
