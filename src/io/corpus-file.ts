import { type Corpus, CorpusBuilder, type CorpusOptions } from '../text/index.js';
import type { ReadProgress } from './bytes.js';
import { TextFile } from './text-file.js';

export interface CorpusProgress extends ReadProgress {
  /** Words so far. */
  readonly wordsRead: number;
}

export interface CorpusFile {
  readonly corpus: Corpus;
  /** Characters that were not UTF-8: worth a warning when there are any. */
  readonly unreadable: number;
}

/**
 * Reads a text file, plain or gzipped, one line a sentence or paragraph, in one pass.
 * @throws Error when the file is missing, a folder, empty, binary or damaged, RangeError when fewer
 * than two words remain
 */
export async function corpusFromFile(
  path: string,
  options: CorpusOptions = {},
  onProgress?: (progress: CorpusProgress) => void,
): Promise<CorpusFile> {
  const builder = new CorpusBuilder(options);
  const file = new TextFile(path, (progress) =>
    onProgress?.({ ...progress, wordsRead: builder.wordsRead }),
  );
  for await (const chunk of file.chunks()) builder.push(chunk);
  try {
    return { corpus: builder.end(), unreadable: file.unreadable };
  } catch (error) {
    if (error instanceof RangeError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}
