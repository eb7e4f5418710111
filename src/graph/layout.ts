import { Spans, size } from '../linalg/index.js';
import type { Node } from './node.js';
import type { Instruction } from './schedule.js';
import type { Storage } from './storage.js';

/** Where each buffer begins in one block of memory, and how long that block is, in numbers. */
export interface Layout {
  readonly offsets: ReadonlyMap<Node, number>;
  readonly length: number;
}

/** Buffers begin at a cache line: 8 numbers, 64 bytes. */
const LINE = 8;

/**
 * A place for every buffer, by liveness: one is taken when its first value is written, and its place is free after the
 * group that holds its last use, since the instructions of a group may run at the same time. What is pinned lies in
 * front and is never handed on. An elementwise instruction writes its result right where an input lies that it
 * is the last to read.
 */
export function layOut(
  groups: readonly (readonly Instruction[])[],
  { roots, pinned, passing }: Storage,
): Layout {
  const offsets = new Map<Node, number>();
  let reserved = 0;
  for (const root of pinned) {
    offsets.set(root, reserved);
    reserved += lengthOf(root);
  }

  const lastUses = findLastUses(groups, roots);
  const free = new Spans();
  free.give(reserved, Number.POSITIVE_INFINITY);
  let length = reserved;
  const take = (root: Node): number => {
    const start = free.take(lengthOf(root));
    length = Math.max(length, start + lengthOf(root));
    return start;
  };

  for (const group of groups) {
    const ended = new Set<Node>();
    for (const instruction of group) {
      const root = roots.get(instruction.node)!;
      const dying = rootsOf(instruction, roots).filter(
        (each) => passing.has(each) && lastUses.get(each) === instruction,
      );
      for (const each of dying) ended.add(each);
      if (!passing.has(root) || offsets.has(root)) continue;
      const heir = instruction.elementwise && dying.find((each) => canFollow(root, each));
      if (heir) ended.delete(heir);
      offsets.set(root, heir ? offsets.get(heir)! : lengthOf(root) === 0 ? 0 : take(root));
    }
    for (const root of ended) if (lengthOf(root) > 0) free.give(offsets.get(root)!, lengthOf(root));
  }
  return { offsets, length };
}

function findLastUses(
  groups: readonly (readonly Instruction[])[],
  roots: Storage['roots'],
): Map<Node, Instruction> {
  const lastUses = new Map<Node, Instruction>();
  for (const instruction of groups.flat()) {
    for (const root of rootsOf(instruction, roots)) lastUses.set(root, instruction);
  }
  return lastUses;
}

/** Whose buffers an instruction reads and writes. */
function rootsOf({ node, inputs }: Instruction, roots: Storage['roots']): Node[] {
  return [node, ...inputs].map((each) => roots.get(each)!);
}

function canFollow(root: Node, before: Node): boolean {
  return before !== root && size(before.shape) === size(root.shape);
}

function lengthOf({ shape }: Node): number {
  return Math.ceil(size(shape) / LINE) * LINE;
}
