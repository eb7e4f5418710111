/**
 * Several threads for one kernel, on the same memory. The pieces of a stretch (rows of a product, elements of a
 * function) do not look at each other, and each is computed by one thread with the same operations in the same
 * order as ever: the bits do not depend on how many threads there are, nor on which of them was faster.
 */
import { rangeError } from './errors.js';
import { addressOf, allocate, allocateIntegers, memory } from './memory.js';
import { allModules, imports } from './simd/index.js';
import { WORKER } from './simd/worker.js';
import type { Stretch } from './stretch.js';

/** Places in the integers that threads talk through, each on a cache line's worth of its own bytes. */
const STATE = { round: 0, next: 4, finished: 8 } as const;
/** A job as numbers: kernel, pieces, pieces a chunk, whether it may leave pieces out, how many arguments, the arguments. */
const JOB = 5 + 24;
/** Chunks for each thread, so that one that is held up does not hold up all. */
const PORTIONS = 4;
/** The most threads that make sense for one kernel. */
const MOST = 64;
const CHUNKS = PORTIONS * MOST;
/** How often a thread looks for work before it sleeps: some 20 µs. */
const SPINS = 4000;
/** Below this much work, in nanoseconds of one thread, waking the others takes longer than doing it. Measured: bench/threads.ts. */
const LEAST = 30_000;

interface Team {
  readonly workers: readonly { terminate(): Promise<number> }[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly state: Int32Array;
  readonly job: Float64Array;
  /** For each chunk that a worker did not finish, where it stopped and where the chunk ends; NaN for the others. */
  readonly left: Float64Array;
}

let team: Team | undefined;

/** How many threads work on a large kernel. */
export function threads(): number {
  return 1 + (team?.workers.length ?? 0);
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
  if (count === threads()) return count;
  const old = team;
  team = undefined;
  await Promise.all((old?.workers ?? []).map((worker) => worker.terminate()));
  if (count > 1) team = await gather(count - 1);
  return threads();
}

async function gather(count: number): Promise<Team | undefined> {
  const home = memory();
  const modules = allModules();
  if (!home?.shared || modules.length === 0) return undefined;
  const { Worker } = await import('node:worker_threads');
  const names = modules.flatMap((each) => each.names);
  const state = allocateIntegers(16).fill(0);
  const job = allocate(JOB);
  const left = allocate(2 * CHUNKS).fill(Number.NaN);
  const at = {
    state: addressOf(state),
    job: addressOf(job),
    jobLength: JOB,
    left: addressOf(left),
    chunks: CHUNKS,
  };
  const start = (): Promise<{ terminate(): Promise<number> }> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(WORKER, {
        eval: true,
        // What this process was started with (a loader, say) is of no use there.
        execArgv: [],
        workerData: {
          modules: modules.map(({ module }) => module),
          memory: home.memory,
          imports: imports(home.memory),
          names,
          at,
          fields: STATE,
          spins: SPINS,
        },
      });
      worker.once('error', reject);
      worker.once('message', () => {
        // A thread that waits for work does not keep the process from ending.
        worker.unref();
        resolve(worker);
      });
    });
  const workers = await Promise.all(Array.from({ length: count }, start));
  return { workers, numbers: new Map(names.map((name, i) => [name, i])), state, job, left };
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
  const { task } = stretch;
  if (!team || !task || !isWorthSharing(pieces, cost)) {
    stretch(0, pieces);
    return;
  }
  const { workers, numbers, state, job, left } = team;
  const { kernel, given, partial = false, together = 8 } = task;
  const most = (workers.length + 1) * PORTIONS;
  // Few pieces to a chunk would cost more than they bring; and eight doubles are a cache line.
  const least = Math.max(1, Math.ceil(LEAST / 8 / cost));
  const size = Math.ceil(Math.max(least, pieces / most) / together) * together;

  job[0] = numbers.get(kernel)!;
  job[1] = pieces;
  job[2] = size;
  job[3] = partial ? 1 : 0;
  job[4] = given.length;
  for (let i = 0; i < given.length; i++) job[5 + i] = given[i]!;
  Atomics.store(state, STATE.next, 0);
  Atomics.store(state, STATE.finished, 0);
  Atomics.add(state, STATE.round, 1);
  Atomics.notify(state, STATE.round);

  for (let from = takeChunk(state, size); from < pieces; from = takeChunk(state, size)) {
    stretch(from, Math.min(from + size, pieces));
  }
  for (let i = 0; ; i++) {
    const finished = Atomics.load(state, STATE.finished);
    if (finished === workers.length) break;
    if (i >= SPINS) Atomics.wait(state, STATE.finished, finished);
  }
  if (!partial) return;
  for (let chunk = 0; chunk * size < pieces; chunk++) {
    const from = left[2 * chunk]!;
    if (Number.isNaN(from)) continue;
    left[2 * chunk] = Number.NaN;
    stretch(from, left[2 * chunk + 1]!);
  }
}

function takeChunk(state: Int32Array, size: number): number {
  return Atomics.add(state, STATE.next, 1) * size;
}
