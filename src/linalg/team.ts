import { addressOf, allocate, allocateIntegers, memory, release } from './memory.js';
import { allModules, imports, SCRATCH } from './simd/index.js';
import type { WasmMemory } from './simd/webassembly.js';
import { WORKER } from './simd/worker.js';
import type { Stretch } from './stretch.js';

/** The most threads that make sense for one kernel. */
export const MOST = 64;
/** Chunks for each thread, so that one that is held up does not hold up all. */
const PORTIONS = 4;

/** Places in the integers that threads talk through, each in a cache line of its own. */
const STATE = { round: 0, next: 16, finished: 32, failed: 48 } as const;
const STATE_LENGTH = 64;
/** A job as numbers: kernel, pieces, pieces a chunk, whether it may leave pieces out, how many arguments; the arguments. */
const GIVEN = 5;
const MOST_GIVEN = 24;
/** For each chunk that a worker did not finish, where it stopped and where the chunk ends; NaN for the others. */
const LEFT = 2 * PORTIONS * MOST;

/** How often a thread looks for work, or for the end of it, before it sleeps: some 20 µs. */
const SPINS = 4000;
/** Milliseconds after which a thread that gives no sign must have died. */
const PATIENCE = 60_000;

/** A thread of Node.js, as far as it is needed here. */
interface Thread {
  once(event: 'message' | 'error' | 'exit', listener: (value: unknown) => void): unknown;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** Worker threads that wait for work. All they share with this one lies in the memory. */
export class Team {
  readonly size: number;
  readonly #threads: readonly Thread[];
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #desk: Desk;
  #busy = false;

  private constructor(threads: readonly Thread[], names: readonly string[], desk: Desk) {
    this.size = threads.length;
    this.#threads = threads;
    this.#numbers = new Map(names.map((name, i) => [name, i]));
    this.#desk = desk;
  }

  /**
   * So many worker threads, when they are ready; undefined where there is no SIMD, or no memory that can be shared or has room.
   * @param onLoss told when one of them ends without being sent home
   */
  static async gather(count: number, onLoss: (team: Team) => void): Promise<Team | undefined> {
    const home = memory();
    const modules = home?.shared ? allModules() : [];
    const desk = modules.length > 0 ? setUp(count) : undefined;
    if (!home || !desk) return undefined;
    const { Worker } = await import('node:worker_threads');
    const names = modules.flatMap((each) => each.names);
    const shared = {
      modules: modules.map(({ module }) => module),
      memory: home.memory,
      names,
      at: addressesOf(desk),
      fields: STATE,
      spins: SPINS,
    };
    const threads = desk.scratches.map((scratch): Thread => {
      const workerData = { ...shared, imports: imports(home.memory as WasmMemory, scratch) };
      // What this process was started with (a loader, say) is of no use there.
      return new Worker(WORKER, { eval: true, execArgv: [], workerData });
    });
    const team = new Team(threads, names, desk);
    try {
      await Promise.all(threads.map(ready));
    } catch (error) {
      await team.disband();
      throw error;
    }
    for (const thread of threads) {
      // A thread that waits for work does not keep the process from ending.
      thread.unref();
      thread.once('exit', () => onLoss(team));
    }
    return team;
  }

  /** Sends everyone home, and gives back the memory when they are gone. */
  async disband(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
    const { state, job, left, scratches } = this.#desk;
    for (const array of [state, job, left, ...scratches]) release(array);
  }

  /**
   * All pieces of a stretch that has a task, by all threads, this one included.
   * @param least pieces that a thread should take at a time, at least
   * @throws Error when a kernel traps in a worker, or a worker is dead
   */
  work(stretch: Stretch, pieces: number, least: number): void {
    const { kernel, given, partial = false, together = 8 } = stretch.task!;
    const number = this.#numbers.get(kernel);
    if (this.#busy || number === undefined || given.length > MOST_GIVEN) {
      stretch(0, pieces);
      return;
    }
    const most = (this.size + 1) * PORTIONS;
    const size = Math.ceil(Math.max(least, pieces / most) / together) * together;
    const { state, job, left } = this.#desk;
    job[0] = number;
    job[1] = pieces;
    job[2] = size;
    job[3] = partial ? 1 : 0;
    job[4] = given.length;
    for (let i = 0; i < given.length; i++) job[GIVEN + i] = given[i]!;
    Atomics.store(state, STATE.next, 0);
    Atomics.store(state, STATE.finished, 0);
    Atomics.store(state, STATE.failed, 0);
    Atomics.add(state, STATE.round, 1);
    Atomics.notify(state, STATE.round);

    this.#busy = true;
    try {
      for (let from = nextChunk(state, size); from < pieces; from = nextChunk(state, size)) {
        stretch(from, Math.min(from + size, pieces));
      }
    } finally {
      // Even where this thread's part failed: the others are still at work on the same arrays.
      this.#waitForAll(kernel);
      this.#busy = false;
    }
    if (Atomics.load(state, STATE.failed) !== 0) {
      throw new Error(`${kernel} failed in a worker thread; its arguments do not fit the memory`);
    }
    if (!partial) return;
    for (let chunk = 0; chunk * size < pieces; chunk++) {
      const from = left[2 * chunk]!;
      if (Number.isNaN(from)) continue;
      left[2 * chunk] = Number.NaN;
      stretch(from, left[2 * chunk + 1]!);
    }
  }

  #waitForAll(kernel: string): void {
    const { state } = this.#desk;
    for (let i = 0; ; i++) {
      const finished = Atomics.load(state, STATE.finished);
      if (finished >= this.size) return;
      if (i < SPINS) continue;
      if (Atomics.wait(state, STATE.finished, finished, PATIENCE) === 'timed-out') {
        throw new Error(`${kernel}: a worker thread gives no sign; useThreads(1) goes on without`);
      }
    }
  }
}

/** What a team has in common: where it talks, and for each worker room to work in. */
interface Desk {
  readonly state: Int32Array;
  readonly job: Float64Array;
  readonly left: Float64Array;
  readonly scratches: readonly Float64Array[];
}

function setUp(count: number): Desk | undefined {
  const desk = {
    state: allocateIntegers(STATE_LENGTH).fill(0),
    job: allocate(GIVEN + MOST_GIVEN),
    left: allocate(LEFT).fill(Number.NaN),
    scratches: Array.from({ length: count }, () => allocate(SCRATCH)),
  };
  const arrays = [desk.state, desk.job, desk.left, ...desk.scratches];
  if (arrays.every((array) => addressOf(array) >= 0)) return desk;
  for (const array of arrays) release(array);
  return undefined;
}

const addressesOf = ({ state, job, left }: Desk) => ({
  state: addressOf(state),
  stateLength: state.length,
  job: addressOf(job),
  jobLength: job.length,
  left: addressOf(left),
  leftLength: left.length,
});

function ready(thread: Thread): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.once('message', () => resolve());
    thread.once('error', reject);
  });
}

function nextChunk(state: Int32Array, size: number): number {
  return Atomics.add(state, STATE.next, 1) * size;
}
