import { isWorthSharing, type Stretch, share } from '../linalg/index.js';

/**
 * A planned kernel: bound to its buffers once, run at every step. `step` is the number of the run,
 * which only noise looks at.
 */
export interface Kernel {
  (step: number): void;
  /** Where the work can be done in portions: what the kernel does is the whole of this. */
  readonly work?: Work;
}

/** The pieces 0 … pieces − 1 of a stretch. */
export interface Work {
  readonly stretch: Stretch;
  readonly pieces: number;
  /** What a piece costs, roughly, in nanoseconds of one thread. */
  readonly cost: number;
}

/** The kernel that does all pieces of a stretch, by as many threads as there are where that can pay. */
export function kernelOf(stretch: Stretch, pieces: number, cost: number): Kernel {
  // Asked once: of a small kernel the question would be a good part.
  const run = isWorthSharing(pieces, cost)
    ? (): void => share(stretch, pieces, cost)
    : (): void => stretch(0, pieces);
  return Object.assign(run, { work: { stretch, pieces, cost } });
}
