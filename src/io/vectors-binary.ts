import type { Embedding } from '../models/embedding.js';
import { readBytes } from './bytes.js';
import { type VectorRows, VectorTable } from './vector-table.js';
import { refuseWhiteSpace } from './vectors-text.js';

const NEW_LINE = 10;
const SPACE = 32;

/** word2vec's binary format: "V k\n", then for each word its name, a space, k floats and a new line. */
export function* writeBinaryVectors(embedding: Embedding): Generator<Uint8Array> {
  yield Buffer.from(`${embedding.size} ${embedding.dimension}\n`);
  for (const word of embedding.words) {
    refuseWhiteSpace(word);
    const name = Buffer.from(`${word} `);
    const vector = embedding.vector(word);
    const bytes = new Uint8Array(name.length + 4 * vector.length + 1);
    bytes.set(name);
    const view = new DataView(bytes.buffer, name.length);
    vector.forEach((x, j) => {
      if (!Number.isFinite(Math.fround(x))) {
        throw new RangeError(`A number of "${word}", ${x}, is too large for 32 bits.`);
      }
      view.setFloat32(4 * j, x, true);
    });
    bytes[bytes.length - 1] = NEW_LINE;
    yield bytes;
  }
}

/**
 * Reads that format, with a new line after each vector (as word2vec writes it) or without (as gensim
 * does).
 * @throws Error for a header that is none, a file that is cut off, a number that is not finite
 */
export async function readBinaryVectors(
  path: string,
  limit: number,
): Promise<VectorRows & { unreadable: number }> {
  const reader = new ByteReader(readBytes(path));
  const decoder = new TextDecoder();
  const header = decoder.decode(await reader.until(NEW_LINE, 64));
  const [count, dimension] = header.split(/\s+/).map(Number);
  if (!(count! >= 1) || !(dimension! >= 1)) {
    throw new Error(
      `${path} begins with "${header}" and not with the numbers of words and dimensions.`,
    );
  }
  const table = new VectorTable(dimension!);
  const vector = new Float64Array(dimension!);
  let unreadable = 0;
  while (table.added < Math.min(count!, limit)) {
    const cutOff = () =>
      new Error(`${path} promises ${count} vectors but is cut off in number ${table.added + 1}.`);
    if ((await reader.peek()) === NEW_LINE) await reader.take(1);
    const name = await reader.until(SPACE, 1 << 16);
    if (!name) throw cutOff();
    const bytes = await reader.take(4 * dimension!);
    if (!bytes) throw cutOff();
    const word = decoder.decode(name);
    if (word.includes('\ufffd')) unreadable += word.split('\ufffd').length - 1;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let j = 0; j < vector.length; j++) {
      vector[j] = view.getFloat32(4 * j, true);
      if (!Number.isFinite(vector[j])) {
        throw new Error(
          `${path}: vector number ${table.added + 1} ("${word}") holds ${vector[j]}.`,
        );
      }
    }
    table.add(word, vector);
  }
  await reader.close();
  return { ...table.rows(), unreadable };
}

/** Takes bytes off a stream of chunks, as many as are asked for. */
class ByteReader {
  readonly #chunks: AsyncGenerator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** The next byte, left where it is; undefined at the end. */
  async peek(): Promise<number | undefined> {
    await this.#fill(1);
    return this.#bytes[0];
  }

  /** The next n bytes; undefined if there are fewer. */
  async take(n: number): Promise<Uint8Array | undefined> {
    if (!(await this.#fill(n))) return undefined;
    const taken = this.#bytes.subarray(0, n);
    this.#bytes = this.#bytes.subarray(n);
    return taken;
  }

  /** The bytes before the next `end`, which is taken too; undefined if there is none within `most`. */
  async until(end: number, most: number): Promise<Uint8Array | undefined> {
    for (let searched = 0; searched < most; ) {
      const at = this.#bytes.indexOf(end, searched);
      if (at >= 0) {
        const taken = this.#bytes.subarray(0, at);
        this.#bytes = this.#bytes.subarray(at + 1);
        return taken;
      }
      searched = this.#bytes.length;
      if (!(await this.#fill(searched + 1))) return undefined;
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }

  async #fill(n: number): Promise<boolean> {
    if (this.#bytes.length >= n) return true;
    const waiting = [this.#bytes];
    let length = this.#bytes.length;
    while (length < n) {
      const next = await this.#chunks.next();
      if (next.done) break;
      waiting.push(next.value);
      length += next.value.length;
    }
    this.#bytes = Buffer.concat(waiting);
    return length >= n;
  }
}
