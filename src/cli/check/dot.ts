import type { Report } from '../../check/index.js';
import { constant, label, type Node, slotNames } from '../../graph/index.js';

/** The graph of the smallest case of the failure that a report explains, or of its first; undefined if none was drawn. */
export function dotOfFailure({ laws, telling }: Report): string | undefined {
  const drawn = laws.filter(({ counterexample }) => counterexample?.made);
  const found = drawn.find(({ law }) => law === telling) ?? drawn[0];
  if (!found) return undefined;
  const { made, verdict } = found.counterexample!;
  const xs = made!.inputs.map(({ values, shape }, slot) =>
    label(`x${slot + 1}`, constant(values, shape)),
  );
  const blame = verdict?.outcome === 'failed' ? verdict.blame?.node : undefined;
  return dotOf(made!.f(...xs), blame);
}

/**
 * The graph of a node as a picture in the DOT language of Graphviz: data flows downwards, and each edge that is not
 * the only one says which input it is. `dot -Tsvg` draws it.
 * @param guilty how the node that is to blame prints itself
 */
function dotOf(y: Node, guilty?: string): string {
  const nodes = ancestorsOf(y);
  const nameOf = new Map(nodes.map((node, i) => [node, `v${i + 1}`]));
  const boxes = nodes.map((node) => {
    const attributes = [
      `label=${quoted(`${node}`)}`,
      ...(node.parents.length === 0 ? ['shape=plaintext'] : []),
      ...(node === y ? ['penwidth=2'] : []),
      ...(String(node) === guilty ? ['color=red', 'fontcolor=red'] : []),
    ];
    return `  ${nameOf.get(node)} [${attributes.join(', ')}];`;
  });
  const edges = nodes.flatMap((node) => {
    const slots = slotNames(node.op, node.parents.length);
    return node.parents.map((parent, slot) => {
      const label = node.parents.length > 1 ? ` [label=${quoted(slots[slot] ?? '')}]` : '';
      return `  ${nameOf.get(parent)} -> ${nameOf.get(node)}${label};`;
    });
  });
  return ['digraph {', '  node [shape=box, style=rounded];', ...boxes, ...edges, '}'].join('\n');
}

/** Everything that y is computed from, in order of creation, and y itself. */
function ancestorsOf(y: Node): Node[] {
  const found = new Set<Node>([y]);
  // A set can grow while it is walked.
  for (const node of found) for (const parent of node.parents) found.add(parent);
  return [...found].sort((a, b) => a.id - b.id);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
