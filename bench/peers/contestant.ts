// Who takes part in a contest: something that runs in this process, or that Python runs (python.ts).

import { type Sampling, sample } from '../support/sampling.js';

export interface Contestant {
  readonly name: string;
  /** What it makes of the inputs that all share. */
  readonly answer: () => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** One round of samples: seconds a run. */
  readonly round: (sampling: Sampling) => readonly number[] | Promise<readonly number[]>;
  /** How many runs an answer takes; 1 if not given. */
  readonly runs?: number;
  /** How far its answer may be from ours, relative to the largest number in it; 10⁻⁹ if not given. */
  readonly tolerance?: number;
}

/** One who would have taken part. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
}

export const isAbsent = (one: Contestant | Absent): one is Absent => 'reason' in one;
export const isPresent = (one: Contestant | Absent): one is Contestant => !isAbsent(one);

/** Thrown where a peer is not installed, or does not run here. */
export class NotHere extends Error {}

/** What single precision keeps of an answer, for the works at hand. */
export const SINGLE = 1e-4;

export interface Script {
  readonly name: string;
  /** One unit of work. The number it returns must depend on all of it. */
  readonly run: () => number;
  readonly answer: Contestant['answer'];
  readonly runs?: number;
  readonly tolerance?: number;
  /** Done before each round, and before the answer. */
  readonly enter?: () => Promise<unknown>;
}

/** One that runs in this process. */
export function script({ name, run, answer, enter, ...rest }: Script): Contestant {
  return {
    name,
    ...rest,
    answer: async () => {
      await enter?.();
      return answer();
    },
    round: async ({ minSamples }) => {
      await enter?.();
      return minSamples > 1 ? sample({ name, run }) : [once(run)];
    },
  };
}

function once(run: () => number): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1e3;
}

/** The contestant, or why it is not here. Any other failure is one of ours, and is thrown. */
export async function invite(
  name: string,
  enter: () => Contestant | Promise<Contestant>,
): Promise<Contestant | Absent> {
  try {
    return await enter();
  } catch (error) {
    if (error instanceof NotHere) return { name, reason: `not here: ${error.message}` };
    throw error;
  }
}
