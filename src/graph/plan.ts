import { allocate, rowMajor, size, type View } from '../linalg/index.js';
import { fused, grouped } from './fusion.js';
import type { Kernel } from './kernel.js';
import { layOut } from './layout.js';
import { isConstant, isInput } from './leaves.js';
import type { Node } from './node.js';
import { isKept, type Program } from './program.js';
import { type Instruction, schedule } from './schedule.js';
import { collectScratch } from './scratch.js';
import { isComputed, type Storage, storage } from './storage.js';

/** Buffers laid out and kernels bound to them: a run is a loop over closures, and allocates nothing. */
export interface Plan {
  readonly forward: readonly Kernel[];
  readonly backward: readonly Kernel[];
  /** The nodes that can be read, and the inputs, which are to be written. */
  readonly views: ReadonlyMap<Node, View>;
  /** The block that the values lie in, and what kernels need to work in: to be released with the plan. */
  readonly buffers: readonly Float64Array[];
}

/**
 * Lays out the values of a program in one block of memory, then binds the kernels to it. A node gets a place when it
 * is computed and hands it on after its last use. Three kinds of values are never overwritten: inputs, nodes to be
 * kept, and what the backward pass reads of the forward pass, so that it can be run again.
 */
export function plan(program: Program): Plan {
  const stored = storage(program);
  const forward = instructionGroups(program.forward, program, stored);
  const backward = instructionGroups(program.backward, program, stored);
  const { offsets, length } = layOut([...forward, ...backward], stored);
  const block = allocate(length);
  const views = makeViews(program, stored, (root) => {
    const from = offsets.get(root)!;
    return block.subarray(from, from + size(root.shape));
  });

  const buffers = [block];
  const bind = ({ node, inputs, bind }: Instruction): Kernel =>
    bind(
      views.get(node)!,
      inputs.map((input) => views.get(input)!),
    );
  const kernels = (groups: readonly Instruction[][]): Kernel[] =>
    collectScratch(buffers, () => groups.flatMap((group) => fused(group.map(bind))));
  return {
    forward: kernels(forward),
    backward: [...kernels(backward), ...deliver(program, stored, views)],
    views: new Map([...views].filter(([node]) => isKept(program, node) || isInput(node.op))),
    buffers,
  };
}

/** What there is to compute, in the order in which it is. */
function instructionGroups(
  order: readonly Node[],
  { keep }: Program,
  { roots }: Storage,
): Instruction[][] {
  const instructions = schedule(order).filter(
    ({ node }) => roots.get(node) === node && isComputed(node),
  );
  // Where every value is looked at, each is computed by itself.
  return keep === 'all' ? instructions.map((instruction) => [instruction]) : grouped(instructions);
}

function makeViews(
  { forward, backward }: Program,
  { roots, homes }: Storage,
  place: (root: Node) => Float64Array,
): Map<Node, View> {
  const views = new Map<Node, View>();
  for (const node of [...forward, ...backward]) {
    const { op, shape } = node;
    if (roots.get(node) !== node) {
      views.set(node, op.alias!(views.get(node.parents[0]!)!));
      continue;
    }
    const data = homes.get(node) ?? place(node);
    if (isConstant(op) && !homes.has(node)) data.set(op.values);
    views.set(node, { data, shape, strides: rowMajor(shape) });
  }
  return views;
}

/** Copies of the gradients that are not computed where they are to be delivered. */
function deliver(
  { deliveries }: Program,
  { roots, homes }: Storage,
  views: ReadonlyMap<Node, View>,
): Kernel[] {
  return deliveries
    .filter(([node, place]) => homes.get(roots.get(node)!) !== place)
    .map(([node, place]) => {
      const { data } = views.get(node)!;
      return () => place.set(data);
    });
}
