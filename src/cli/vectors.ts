import { readVectors } from '../io/index.js';
import type { Embedding } from '../models/index.js';
import { grouped } from '../report/index.js';
import { didYouMean } from '../text/suggest.js';
import { Mistake } from './mistake.js';

/** Word vectors from a file of any format; what is odd about it is said on stderr. */
export async function openVectors(path: string): Promise<Embedding> {
  const { embedding, repeated, unreadable } = await readVectors(path);
  if (repeated > 0) warn(`${path}: ${repeated} vectors of words that had one already are left out`);
  if (unreadable > 0) warn(`${path}: ${unreadable} characters are not UTF-8 and read as �`);
  return embedding;
}

/** An embedding, a vocabulary. */
interface Words {
  readonly words: readonly string[];
  has(word: string): boolean;
}

/** @throws Mistake for a word that is not there; one in capitals is tried in small letters */
export function wordOf(known: Words, typed: string): string {
  if (known.has(typed)) return typed;
  const small = typed.toLowerCase();
  if (known.has(small)) return small;
  throw new Mistake(
    `"${typed}" is not among the ${grouped(known.words.length)} words${didYouMean(small, known.words)}`,
  );
}

/** A remark that is no result: on stderr, so that a pipe does not get it. */
export function warn(message: string): void {
  process.stderr.write(`chainrule: ${message}\n`);
}
