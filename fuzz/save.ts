import { existsSync, mkdirSync, mkdtempSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { asDot, asTypeScript, writeReplay } from '../src/check/random/index.js';
import type { Failure } from './draw.js';
import { UsageError } from './options.js';

/**
 * Finds out whether failures can be saved in a folder, which is made when there is one: better before hours of work
 * than after. Everything is left as it was.
 * @throws UsageError
 */
export function tryFolder(folder: string): void {
  let last = resolve(folder);
  while (!existsSync(last) && dirname(last) !== last) last = dirname(last);
  try {
    rmdirSync(mkdtempSync(join(last, '.try-')));
  } catch (error) {
    const why = (error as Error).message.replace(/^(\w+: .*?), .*/s, '$1');
    throw new UsageError(`--out ${folder}: nothing can be saved there (${why})`);
  }
}

/** Saves a failure to be replayed, and returns its path. */
export function save(failure: Failure, folder: string): string {
  const { lane, seed, path, graph, explanation } = failure;
  mkdirSync(folder, { recursive: true });
  const [which] = path.split(':');
  const file = join(folder, `${lane.replaceAll(' ', '-')}_${seed >>> 0}_${which}.json`);
  // Whole or not at all: half a replay would fail every test after it.
  writeFileSync(`${file}.part`, writeReplay({ lane, recipe: graph.recipe, found: explanation }));
  renameSync(`${file}.part`, file);
  return file;
}

/** A failure for the terminal: what is wrong, the program, the picture, and how to draw it again. */
export function shown({ lane, seed, path, shrinks, graph, explanation }: Failure): string {
  return [
    `Wrong (${lane}), found with seed ${seed} and path ${path}, shrunk ${shrinks} times:`,
    explanation,
    asTypeScript(graph),
    asDot(graph),
  ].join('\n\n');
}
