import { share, size, threads } from '../linalg/index.js';
import type { Kernel, Work } from './kernel.js';
import type { Instruction } from './schedule.js';

/**
 * Elements of a block: 256 KiB of each array that a chain reads and writes. Blocks for the first cache, of a thousand elements,
 * are slower: starting a kernel anew, and the streams it reads, costs more than that cache gives.
 */
const BLOCK = 32_768;
/** From so many elements on the blocks pay, where the arrays of a chain no longer fit the last cache. */
const LEAST = 750_000;

/**
 * The instructions in groups that may run block by block: those that follow each other, are elementwise, and have
 * the same large number of elements. Any other is a group of its own.
 */
export function grouped(instructions: readonly Instruction[]): Instruction[][] {
  const groups: Instruction[][] = [];
  let length: number | undefined;
  for (const instruction of instructions) {
    const elements = size(instruction.node.shape);
    const fits = instruction.elementwise && elements >= LEAST;
    if (fits && elements === length) groups.at(-1)!.push(instruction);
    else groups.push([instruction]);
    length = fits ? elements : undefined;
  }
  return groups;
}

/**
 * The kernels of a group, of which those that follow each other and can be done in portions are one kernel: what
 * one of them writes of a block, the next reads before it has left the second cache.
 */
export function fused(kernels: readonly Kernel[]): Kernel[] {
  const result: Kernel[] = [];
  let chain: { readonly kernel: Kernel; readonly work: Work }[] = [];
  const close = (): void => {
    if (chain.length === 1) result.push(chain[0]!.kernel);
    if (chain.length > 1) result.push(inBlocks(chain.map(({ work }) => work)));
    chain = [];
  };
  for (const kernel of kernels) {
    const { work } = kernel;
    if (!work) {
      close();
      result.push(kernel);
    } else {
      chain.push({ kernel, work });
    }
  }
  close();
  return result;
}

function inBlocks(works: readonly Work[]): Kernel {
  const [first] = works;
  const { pieces } = first!;
  const stretches = works.map(({ stretch }) => stretch);
  return () => {
    // Each kernel by all threads is faster than all kernels, block by block, by one.
    if (threads() > 1) {
      for (let k = 0; k < works.length; k++) share(stretches[k]!, pieces, works[k]!.cost);
      return;
    }
    for (let from = 0; from < pieces; from += BLOCK) {
      const to = Math.min(from + BLOCK, pieces);
      for (let k = 0; k < stretches.length; k++) stretches[k]!(from, to);
    }
  };
}
