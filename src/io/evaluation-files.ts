import type { ScoredPair } from '../models/evaluation.js';
import type { Analogy } from '../text/index.js';
import { TextFile } from './text-file.js';

/**
 * Reads word pairs with people's scores: word, word, score a line, with tabs, commas or spaces
 * between. Lines that begin with # are skipped, and so is a first line whose score is no number.
 * @throws Error naming the line that is something else
 */
export async function readPairs(path: string): Promise<ScoredPair[]> {
  const pairs: ScoredPair[] = [];
  let line = 0;
  for await (const text of new TextFile(path).lines()) {
    line++;
    if (text.trim() === '' || text.startsWith('#')) continue;
    const [a, b, number, ...more] = text.trim().split(separatorOf(text));
    const score = Number(number);
    if (a && b && number && Number.isFinite(score) && more.length === 0) {
      pairs.push({ a, b, score });
    } else if (line > 1 || more.length > 0 || !Number.isNaN(score)) {
      throw new Error(`${path}, line ${line}: expected "word word score", not "${text}".`);
    }
  }
  if (pairs.length === 0) throw new Error(`${path} holds no pairs: "word word score" a line.`);
  return pairs;
}

/** The first separator that the line has, so that with tabs or commas a word may hold spaces. */
function separatorOf(line: string): RegExp {
  return line.includes('\t') ? /\t/ : line.includes(',') ? /,\s*/ : /\s+/;
}

/**
 * Reads analogies: a line ": name" begins a section, all others are four words, a is to b as c is to d.
 * @throws Error naming the line that is something else
 */
export async function readAnalogies(path: string): Promise<ReadonlyMap<string, Analogy[]>> {
  const sections = new Map<string, Analogy[]>();
  let name = '';
  let line = 0;
  for await (const text of new TextFile(path).lines()) {
    line++;
    if (text.trim() === '') continue;
    if (text.startsWith(':')) {
      name = text.slice(1).trim();
      continue;
    }
    const words = text.trim().split(/\s+/);
    if (words.length !== 4) {
      throw new Error(`${path}, line ${line}: expected four words or ": section", not "${text}".`);
    }
    const [a, b, c, d] = words;
    const questions = sections.get(name) ?? [];
    questions.push([a!, b!, c!, d!]);
    sections.set(name, questions);
  }
  if (sections.size === 0) throw new Error(`${path} holds no analogies: four words a line.`);
  return sections;
}
