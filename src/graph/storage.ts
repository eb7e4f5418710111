import { isContiguous, isInMemory, rowMajor, size, type View } from '../linalg/index.js';
import { isConstant, isInput, isParameter } from './leaves.js';
import type { Node } from './node.js';
import { isKept, type Program } from './program.js';

/** Which buffers there are, and which of them a plan has to make room for. */
export interface Storage {
  /** For each node, the one whose buffer its view looks at: its root, itself but for aliases. */
  readonly roots: ReadonlyMap<Node, Node>;
  /** Where the values of a root lie before there is a plan: parameters, large constants, gradients in the flat vector. */
  readonly homes: ReadonlyMap<Node, Float64Array>;
  /** Roots whose values are never overwritten: inputs, constants, what is read from outside or by the other pass. */
  readonly pinned: ReadonlySet<Node>;
  /** The other roots. */
  readonly passing: ReadonlySet<Node>;
}

/** Neither pinned nor passing are those that have a home. */
export function storage(program: Program): Storage {
  const nodes = [...program.forward, ...program.backward];
  const roots = findRoots(nodes, program);
  const homes = findHomes(program, roots);
  const lasting = findLasting(program, roots);
  const homeless = nodes.filter((node) => roots.get(node) === node && !homes.has(node));
  return {
    roots,
    homes,
    pinned: new Set(homeless.filter((root) => lasting.has(root))),
    passing: new Set(homeless.filter((root) => !lasting.has(root))),
  };
}

/** Whether a kernel writes the values of the node, rather than a user or an optimizer. */
export function isComputed({ op }: Node): boolean {
  return !isConstant(op) && !isParameter(op) && !isInput(op);
}

/** An alias with stride 0 will do if every reader can read it and nobody outside looks; all else is contiguous. */
function findRoots(nodes: readonly Node[], program: Program): Map<Node, Node> {
  const contiguous = new Set(nodes.filter((node) => isKept(program, node)));
  for (const [node] of program.deliveries) contiguous.add(node);
  for (const { op, parents } of nodes) {
    if (!op.readsStrides) for (const parent of parents) contiguous.add(parent);
  }
  const roots = new Map<Node, Node>();
  // Their strides as planned so far: an alias of an alias has those of both.
  const aliases = new Map<Node, View>();
  for (const node of nodes) {
    const [parent] = node.parents;
    const alias = parent && node.op.alias?.(aliases.get(parent) ?? viewOfNothing(parent));
    const usable = alias && (isContiguous(alias) || !contiguous.has(node));
    roots.set(node, usable ? roots.get(parent)! : node);
    if (usable) aliases.set(node, alias);
  }
  return roots;
}

function findHomes(program: Program, roots: ReadonlyMap<Node, Node>): Map<Node, Float64Array> {
  const { forward, backward, deliveries } = program;
  const homes = new Map<Node, Float64Array>();
  for (const node of [...forward, ...backward]) {
    const { op } = node;
    if (isParameter(op)) homes.set(node, program.parameter(op.key));
    if (isConstant(op) && isInMemory(op.values)) homes.set(node, op.values);
  }
  const early = new Set(forward);
  for (const [node, place] of deliveries) {
    const root = roots.get(node)!;
    const direct = isComputed(root) && !early.has(root) && size(root.shape) === place.length;
    if (direct && !homes.has(root)) homes.set(root, place);
  }
  return homes;
}

function findLasting(program: Program, roots: ReadonlyMap<Node, Node>): Set<Node> {
  const { forward, backward, deliveries } = program;
  const early = new Set(forward);
  const lasting = [...forward, ...backward].filter(
    (node) => isKept(program, node) || isInput(node.op) || isConstant(node.op),
  );
  for (const { parents } of backward) {
    for (const node of parents) if (early.has(node)) lasting.push(node);
  }
  for (const [node] of deliveries) lasting.push(node);
  return new Set(lasting.map((node) => roots.get(node)!));
}

const nothing = new Float64Array();

const viewOfNothing = ({ shape }: Node): View => ({
  data: nothing,
  shape,
  strides: rowMajor(shape),
});
