// numpy, torch and scipy run in a Python of their own, which stays alive as long as the contest and takes
// its rounds when asked: between those of everyone else, on one thread as they are, and with a clock of its
// own inside, so that asking costs nothing that is measured. See python/serve.py. (The working folder is this one.)

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Contestant, NotHere } from './contestant.js';

/** What a work of python/ is given: numbers, names, lists of them, and arrays. */
export type Input = number | string | Float64Array | Int32Array | readonly Input[] | Inputs;
export interface Inputs {
  readonly [name: string]: Input;
}

interface Reply {
  readonly missing?: string;
  readonly error?: string;
  readonly id?: number;
  readonly answer?: string;
  readonly samples?: readonly number[];
}

const one = Object.fromEntries(
  ['OPENBLAS', 'OMP', 'MKL', 'BLIS', 'VECLIB_MAXIMUM', 'NUMEXPR'].map(
    (library) => [`${library}_NUM_THREADS`, '1'] as const,
  ),
);

export class Python {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #failure = 'python3 ended';

  constructor() {
    const stdio = ['pipe', 'pipe', 'inherit'] as const;
    this.#process = spawn('python3', ['-B', 'python/serve.py'], {
      stdio: [...stdio],
      env: { ...process.env, ...one },
    });
    this.#process.on('error', ({ message }) => {
      this.#failure = message;
    });
    this.#process.stdin!.on('error', () => {});
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /**
   * `with_<library>` of python/<work>.py, as a contestant; `runs` is how many an answer takes.
   * @throws NotHere where there is no Python, or it has no such library
   */
  async contestant(
    name: string,
    work: string,
    library: string,
    inputs: Inputs,
    runs = 1,
  ): Promise<Contestant> {
    const { id } = await this.#ask({ prepare: work, library, inputs: written(inputs) });
    return {
      name,
      runs,
      answer: async () => {
        const { answer = '' } = await this.#ask({ answer: id });
        return numbers(answer);
      },
      round: async (sampling) => (await this.#ask({ round: id, sampling })).samples ?? [],
    };
  }

  close(): void {
    this.#process.stdin!.end();
  }

  async #ask(request: object): Promise<Reply> {
    this.#process.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new NotHere(this.#failure);
    const reply: Reply = JSON.parse(value);
    if (reply.missing !== undefined) throw new NotHere(reply.missing);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply;
  }
}

/** Arrays travel as the bytes they are. */
function written(value: Input): unknown {
  if (value instanceof Float64Array || value instanceof Int32Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { array: bytes.toString('base64'), type: value instanceof Float64Array ? 'f8' : 'i4' };
  }
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, written(part)]));
}

function numbers(base64: string): Float64Array {
  return new Float64Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}
