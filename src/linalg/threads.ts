/**
 * Several threads for one kernel, on the same memory. The pieces of a stretch (rows of a product, elements of a
 * function) do not look at each other, and each is computed by one thread with the same operations in the same
 * order as ever: the bits do not depend on how many threads there are, nor on which of them was faster.
 */
import { rangeError } from './errors.js';
import type { Stretch } from './stretch.js';
import { MOST, Team } from './team.js';

/** Below this much work, in nanoseconds of one thread, waking the others takes longer than doing it. Measured: bench/threads.ts. */
const LEAST = 30_000;

let team: Team | undefined;
/** The last change of the number of threads; the next one waits for it. */
let changed: Promise<unknown> = Promise.resolve();

/** How many threads work on a large kernel. */
export function threads(): number {
  return 1 + (team?.size ?? 0);
}

/**
 * From now on large kernels are worked on by `count` threads, this one included; 1 sends the others home. Results stay
 * the same to the last bit. Where memory cannot be shared or there is no SIMD, it stays one.
 * @returns how many there are now
 * @throws RangeError unless `count` is a whole number from 1 to 64
 */
export async function useThreads(count: number): Promise<number> {
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw rangeError(
      `useThreads: the number of threads is a whole number from 1 to ${MOST}, not ${count}`,
    );
  }
  const change = changed.then(() => changeTo(count));
  changed = change.catch(() => undefined);
  return change;
}

async function changeTo(count: number): Promise<number> {
  if (count === threads()) return count;
  const old = team;
  team = undefined;
  await old?.disband();
  if (count > 1) {
    team = await Team.gather(count - 1, (lost) => {
      if (team !== lost) return;
      team = undefined;
      void lost.disband();
    });
  }
  return threads();
}

/** Whether there is so much work that waking other threads for it can pay. */
export function isWorthSharing(pieces: number, cost: number): boolean {
  return pieces * cost >= LEAST;
}

/**
 * All pieces of a stretch, by as many threads as there are, if that pays.
 * @param pieces how many there are
 * @param cost what one takes, roughly, in nanoseconds
 */
export function share(stretch: Stretch, pieces: number, cost: number): void {
  if (team && stretch.task && isWorthSharing(pieces, cost)) {
    // Fewer pieces at a time would cost more than they bring.
    team.work(stretch, pieces, Math.ceil(LEAST / 8 / cost));
  } else {
    stretch(0, pieces);
  }
}
