/**
 * Computes the pieces from … to − 1 of a kernel that is bound to its arrays: elements, or rows. No piece
 * looks at another's result, so they can be done in portions, in any order, and by several threads.
 *
 * Lengths and overlaps are looked at when a kernel is bound, once. What it is told at each run it believes:
 * 0 ≤ from ≤ to ≤ the number of pieces, in whole numbers. Anything else is computed on whatever lies there, in
 * the memory that all tensors share.
 */
export interface Stretch {
  (from: number, to: number): void;
  /** Where it is a WebAssembly kernel: which, so that another thread can be told to run it. */
  readonly task?: KernelTask;
}

/** A kernel of the module and its arguments; every one that works by pieces takes `from` and `to` after them. */
export interface KernelTask {
  readonly kernel: string;
  readonly given: readonly number[];
  /** What the addresses among them point to. A kernel knows only addresses, and memory that nobody holds is given back. */
  readonly arrays: readonly ArrayBufferView[];
  /**
   * Whether the kernel returns the first piece that it has not done, because it is out of the ordinary: whoever called it goes on
   * from there with the stretch itself.
   */
  readonly partial?: boolean;
  /** Pieces that are worth keeping together, because what the kernel prepares serves for all of them. */
  readonly together?: number;
}

/** The stretch that runs a WebAssembly kernel. */
export function stretchOf(run: (from: number, to: number) => void, task: KernelTask): Stretch {
  return Object.assign(run, { task });
}
