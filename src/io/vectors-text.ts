import type { Embedding } from '../models/embedding.js';
import { TextFile } from './text-file.js';
import { type VectorRows, VectorTable } from './vector-table.js';

/** The lines of a text file of vectors: word, then its numbers, all apart by one space. */
export function* textVectors(
  embedding: Embedding,
  { header }: { readonly header: boolean },
): Generator<string> {
  if (header) yield `${embedding.size} ${embedding.dimension}\n`;
  for (const word of embedding.words) {
    refuseWhiteSpace(word);
    yield `${word} ${numbers(embedding.vector(word), ' ')}\n`;
  }
}

/** @throws RangeError for a word that would read back as two, or as none */
export function refuseWhiteSpace(word: string): void {
  if (word === '' || /\s/.test(word)) {
    throw new RangeError(
      `The word ${JSON.stringify(word)} has white space in it, which this format keeps for separating; the projector format can hold it.`,
    );
  }
}

/** Shortest decimals that read back to the same numbers, −0 included. */
export function numbers(vector: Float64Array, separator: string): string {
  return Array.from(vector, (x) => (Object.is(x, -0) ? '-0' : String(x))).join(separator);
}

/**
 * Reads what `textVectors` and others write. The numbers are the last k fields of a line, so that a
 * word may hold spaces (some of GloVe's do).
 * @throws Error naming the line where a number is missing, or is none
 */
export async function readTextVectors(
  path: string,
  { header, limit }: { readonly header: boolean; readonly limit: number },
): Promise<VectorRows & { unreadable: number }> {
  const file = new TextFile(path);
  let table: VectorTable | undefined;
  let promised: number | undefined;
  let line = 0;
  for await (const text of file.lines()) {
    line++;
    const fields = text.trimEnd().split(/[ \t]/);
    const wrong = (what: string) => new Error(`${path}, line ${line}: ${what}.`);
    if (header && line === 1) {
      const [count, dimension] = fields.map(Number);
      if (fields.length !== 2 || !(count! >= 1) || !(dimension! >= 1)) {
        throw wrong(`the header must be "number-of-words dimension", not "${text}"`);
      }
      promised = count!;
      table = new VectorTable(dimension!);
      continue;
    }
    if (text.trim() === '') continue;
    table ??= new VectorTable(fields.length - 1);
    if (table.added === promised)
      throw wrong(`the header promises ${promised} vectors, here is another`);
    if (table.added === limit) break;
    const k = table.dimension;
    if (k < 1 || fields.length <= k) {
      throw wrong(
        `a word and ${Math.max(k, 1)} numbers are expected, but there are ${fields.length} fields`,
      );
    }
    const vector = fields.slice(-k).map(Number);
    const bad = vector.findIndex((x, j) => !Number.isFinite(x) || fields.at(j - k) === '');
    if (bad >= 0) throw wrong(`"${fields.at(bad - k)}" is not a finite number`);
    const word = fields.slice(0, -k).join(' ');
    if (word.trim() === '') throw wrong('the word is missing');
    table.add(word, vector);
  }
  if (!table || table.added === 0) throw new Error(`${path} holds no vectors.`);
  if (promised !== undefined && table.added < Math.min(promised, limit)) {
    throw new Error(
      `${path} promises ${promised} vectors but ends after ${table.added}: is it complete?`,
    );
  }
  return { ...table.rows(), unreadable: file.unreadable };
}
