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
 * A place for every buffer, by liveness: one is taken when its first value is written, and free again after its last
 * use. What is pinned lies in front and is never handed on.
 *
 * The instructions of a group run block by block, so a place that one of them frees may be taken by the next
 * only as it is, number for number: then each block is read before it is overwritten. An elementwise instruction
 * by itself is such a group, and writes its result where an input lies that it is the last to read.
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
    const wanted = lengthOf(root);
    const start = free.take(wanted);
    length = Math.max(length, start + wanted);
    return start;
  };
  const give = (root: Node): void => {
    // A part of no length would keep apart those on either side of it.
    if (lengthOf(root) !== 0) free.give(offsets.get(root)!, lengthOf(root));
  };

  for (const group of groups) {
    const ended = new Set<Node>();
    for (const instruction of group) {
      const { elementwise } = instruction;
      const root = roots.get(instruction.node)!;
      const ending = rootsOf(instruction, roots).filter(
        (each) => passing.has(each) && lastUses.get(each) === instruction,
      );
      for (const each of ending) if (elementwise && each !== root) ended.add(each);
      if (passing.has(root) && !offsets.has(root)) {
        const before = elementwise ? [...ended].find((each) => fits(root, each)) : undefined;
        if (before) {
          offsets.set(root, offsets.get(before)!);
          ended.delete(before);
        } else {
          offsets.set(root, take(root));
        }
      }
      for (const each of ending) if (!elementwise || each === root) ended.add(each);
    }
    for (const root of ended) give(root);
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

function fits(root: Node, before: Node): boolean {
  return size(before.shape) === size(root.shape);
}

function lengthOf({ shape }: Node): number {
  return Math.ceil(size(shape) / LINE) * LINE;
}
