import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../../src/check/engine.js';
import { size } from '../../../src/linalg/index.js';
import { type Check, Differentiated, gradientOf, type Subject } from '../checkers/subject.js';

/** What the other end asks for: numbers, each array as base64 of its bytes. */
interface Request {
  readonly value?: string;
  readonly vjp?: string;
  readonly second?: string;
  readonly dy?: string;
  readonly seed?: string;
  readonly verdict?: 'right' | 'wrong';
}

const packed = (numbers: Float64Array): string =>
  Buffer.from(numbers.slice().buffer).toString('base64');
const unpacked = (text: string): Float64Array =>
  new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);

function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

/**
 * A Python with torch, JAX and autograd, whose own checkers are asked about our functions: serve.py calls back for
 * values and gradients, and this process waits in between, so that a checker is a `Check` like any other. It talks
 * through two named pipes, since those can be waited for.
 */
export class Library {
  readonly versions: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #requests: number;
  readonly #replies: number;
  #read = Buffer.alloc(0);

  constructor(python: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'libraries-'));
    const [toPython, fromPython] = ['to', 'from'].map((name) => join(this.#folder, name));
    execFileSync('mkfifo', [toPython!, fromPython!]);
    const serve = fileURLToPath(new URL('serve.py', import.meta.url));
    const command = '"$0" -B "$1" <"$2" >"$3"';
    spawn('sh', ['-c', command, python, serve, toPython!, fromPython!], { stdio: 'inherit' });
    this.#replies = openSync(toPython!, 'w');
    this.#requests = openSync(fromPython!, 'r');
    this.versions = this.#next() as Record<string, string>;
  }

  /** A checker of serve.py. */
  check(name: string): Check {
    return (subject, engine) => {
      const { inputs } = subject;
      const it = new Differentiated(subject, engine);
      this.#say({
        check: name,
        shapes: inputs.map(({ shape }) => shape),
        shape: it.y.shape,
        values: packed(joined(inputs.map(({ values }) => values))),
      });
      const answer = answers(subject, it, engine);
      for (;;) {
        const request: Request = this.#next();
        if (request.verdict) {
          it.dispose();
          return request.verdict;
        }
        try {
          this.#say({ numbers: packed(joined(answer(request))) });
        } catch (error) {
          this.#say({ error: (error as Error).message });
        }
      }
    };
  }

  close(): void {
    closeSync(this.#replies);
    closeSync(this.#requests);
    rmSync(this.#folder, { recursive: true });
  }

  #say(message: object): void {
    writeSync(this.#replies, `${JSON.stringify(message)}\n`);
  }

  #next(): Request {
    const chunk = Buffer.alloc(65_536);
    while (!this.#read.includes('\n')) {
      const length = readSync(this.#requests, chunk);
      if (length === 0) throw new Error('the Python that has torch, JAX and autograd has ended');
      this.#read = Buffer.concat([this.#read, chunk.subarray(0, length)]);
    }
    const end = this.#read.indexOf('\n');
    const line = this.#read.subarray(0, end).toString();
    this.#read = this.#read.subarray(end + 1);
    return JSON.parse(line);
  }
}

/** What a request asks for, by the engine. */
function answers(
  subject: Subject,
  it: Differentiated,
  engine: Engine,
): (request: Request) => Float64Array[] {
  const parts = (text: string): Float64Array[] => {
    const numbers = unpacked(text);
    let at = 0;
    return subject.inputs.map(({ shape }) => {
      const from = at;
      at += size(shape);
      return numbers.slice(from, at);
    });
  };
  let gradient: Differentiated | undefined;
  return ({ value, vjp, second, dy, seed }) => {
    if (value !== undefined) return [it.at(parts(value))];
    if (vjp !== undefined) return it.vjp(parts(vjp), unpacked(dy!));
    gradient ??= new Differentiated(gradientOf(subject, engine, unpacked(dy!)), engine);
    return gradient.vjp([...parts(second!), unpacked(dy!)], unpacked(seed!));
  };
}
