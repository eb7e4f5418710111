// Word vectors in the formats that others read and write.
import { Embedding } from '../models/embedding.js';
import { readHead } from './bytes.js';
import type { VectorRows } from './vector-table.js';
import { readBinaryVectors, writeBinaryVectors } from './vectors-binary.js';
import {
  metadataPath,
  projectorMetadata,
  projectorVectors,
  readProjector,
} from './vectors-projector.js';
import { readTextVectors, textVectors } from './vectors-text.js';
import { type WriteOptions, writeFile, writeFiles } from './write-file.js';

/**
 * - `word2vec`: text with a first line "V k";
 * - `glove`: the same without that line;
 * - `word2vec-binary`: the line "V k", then per word its name, a space and k 32-bit floats;
 * - `projector`: for the TensorFlow Projector, vectors in NAME.tsv, words in NAME.metadata.tsv.
 */
export const VECTOR_FORMATS = ['word2vec', 'glove', 'word2vec-binary', 'projector'] as const;
export type VectorFormat = (typeof VECTOR_FORMATS)[number];

export interface WriteVectorsOptions extends WriteOptions {
  readonly format?: VectorFormat;
}

export interface ReadVectorsOptions {
  /** Told from the file's beginning when it is not given. */
  readonly format?: VectorFormat;
  /** Read only the first so many vectors (the most frequent words, as a rule). */
  readonly limit?: number;
}

export interface VectorsFile {
  readonly embedding: Embedding;
  readonly format: VectorFormat;
  /** Lines whose word had a vector already; the first one counts. */
  readonly repeated: number;
  /** Characters that were not UTF-8, read as �. */
  readonly unreadable: number;
}

/**
 * Writes vectors, whole or not at all. Text formats hold every number in the shortest form that reads
 * back to the same one; the binary format rounds to 32 bits.
 * @throws Error when the file exists already and `overwrite` is not set
 * @throws RangeError for a word that the format cannot hold (one with a space, say)
 */
export async function writeVectors(
  path: string,
  embedding: Embedding,
  { format = 'word2vec', ...options }: WriteVectorsOptions = {},
): Promise<void> {
  switch (format) {
    case 'word2vec':
      return writeFile(path, textVectors(embedding, { header: true }), options);
    case 'glove':
      return writeFile(path, textVectors(embedding, { header: false }), options);
    case 'word2vec-binary':
      return writeFile(path, writeBinaryVectors(embedding), options);
    case 'projector':
      return writeFiles(
        [
          [path, projectorVectors(embedding)],
          [metadataPath(path), projectorMetadata(embedding)],
        ],
        options,
      );
    default:
      throw unknownFormat(format);
  }
}

/**
 * Reads vectors, plain or gzipped.
 * @throws Error that names file and line when something is wrong with them
 */
export async function readVectors(
  path: string,
  { format, limit = Number.POSITIVE_INFINITY }: ReadVectorsOptions = {},
): Promise<VectorsFile> {
  if (!(limit >= 1)) throw new RangeError(`limit must be at least 1, not ${limit}`);
  const known = format ?? detectFormat(path, await readHead(path, HEAD));
  const { words, vectors, ...counts } = await readRows(path, known, limit);
  return { embedding: new Embedding(words, vectors), format: known, ...counts };
}

async function readRows(
  path: string,
  format: VectorFormat,
  limit: number,
): Promise<VectorRows & { unreadable: number }> {
  switch (format) {
    case 'word2vec':
      return readTextVectors(path, { header: true, limit });
    case 'glove':
      return readTextVectors(path, { header: false, limit });
    case 'word2vec-binary':
      return readBinaryVectors(path, limit);
    case 'projector':
      return readProjector(path, limit);
    default:
      throw unknownFormat(format);
  }
}

/** Enough for the first lines of vectors with tens of thousands of numbers. */
const HEAD = 1 << 20;

/** What the beginning of a file says about its format. @throws Error when it is none of them */
export function detectFormat(path: string, head: Uint8Array): VectorFormat {
  const end = head.indexOf(10);
  const first = new TextDecoder().decode(end < 0 ? head : head.subarray(0, end)).trimEnd();
  if (/^\d+ \d+$/.test(first)) {
    return hasControlBytes(head.subarray(end + 1)) ? 'word2vec-binary' : 'word2vec';
  }
  const fields = first.split(/[ \t]/);
  const numeric = (field: string) => field !== '' && Number.isFinite(Number(field));
  if (!hasControlBytes(head) && fields.length > 1 && fields.slice(1).every(numeric)) {
    return first.includes('\t') && numeric(fields[0]!) ? 'projector' : 'glove';
  }
  throw new Error(
    `${path} does not look like word vectors: its first line is neither "V k" nor a word and numbers.`,
  );
}

/** Bytes that no text has, but 32-bit floats hardly can do without. */
function hasControlBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);
}

function unknownFormat(format: string): Error {
  return new RangeError(
    `There is no vector format "${format}"; there are ${VECTOR_FORMATS.join(', ')}.`,
  );
}
