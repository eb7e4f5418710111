import type { Embedding } from '../models/embedding.js';
import { TextFile } from './text-file.js';
import { type VectorRows, VectorTable } from './vector-table.js';
import { numbers } from './vectors-text.js';

/** NAME.tsv → NAME.metadata.tsv (and NAME.tsv.gz likewise). */
export function metadataPath(vectorsPath: string): string {
  const name = /^(.*?)(\.tsv)?(\.gz)?$/s.exec(vectorsPath)!;
  return `${name[1]}.metadata.tsv${name[3] ?? ''}`;
}

/** The numbers, a line a word, tabs between them. */
export function* projectorVectors(embedding: Embedding): Generator<string> {
  for (const word of embedding.words) yield `${numbers(embedding.vector(word), '\t')}\n`;
}

/** The words, a line each. Metadata of one column must have no header line, or it counts as a word. */
export function* projectorMetadata(embedding: Embedding): Generator<string> {
  for (const word of embedding.words) {
    if (word.trim() === '' || /[\t\r\n]/.test(word)) {
      throw new RangeError(
        `The word ${JSON.stringify(word)} cannot be a line of a table: it is blank, or holds a tab or line break.`,
      );
    }
    yield `${word}\n`;
  }
}

/**
 * Reads such a pair of files.
 * @throws Error naming file and line when numbers are missing or none, or the lines do not match
 */
export async function readProjector(
  path: string,
  limit: number,
): Promise<VectorRows & { unreadable: number }> {
  const metadata = new TextFile(metadataPath(path));
  const words: string[] = [];
  for await (const word of metadata.lines()) if (word !== '') words.push(word);

  let table: VectorTable | undefined;
  let line = 0;
  for await (const text of new TextFile(path).lines()) {
    line++;
    if (text === '') continue;
    if (table?.added === limit) break;
    const fields = text.split('\t');
    const vector = fields.map(Number);
    const bad = vector.findIndex((x, j) => !Number.isFinite(x) || fields[j] === '');
    if (bad >= 0)
      throw new Error(`${path}, line ${line}: "${fields[bad]}" is not a finite number.`);
    table ??= new VectorTable(vector.length);
    if (vector.length !== table.dimension) {
      throw new Error(
        `${path}, line ${line}: ${vector.length} numbers in place of ${table.dimension}.`,
      );
    }
    table.add(words[table.added] ?? '', vector);
  }
  const added = table?.added ?? 0;
  if (!table || Math.min(words.length, limit) !== added) {
    throw new Error(
      `${path} holds ${added} vectors, but ${metadata.path} ${words.length} words (a header line, perhaps?).`,
    );
  }
  return { ...table.rows(), unreadable: metadata.unreadable };
}
