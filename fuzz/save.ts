import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asDot, asTypeScript, writeReplay } from '../src/check/random/index.js';
import type { Failure } from './draw.js';

/** Saves a failure to be replayed, and returns its path. */
export function save(failure: Failure, folder: string): string {
  const { lane, seed, path, graph, explanation } = failure;
  mkdirSync(folder, { recursive: true });
  const [which] = path.split(':');
  const file = join(folder, `${lane.replaceAll(' ', '-')}_${seed >>> 0}_${which}.json`);
  writeFileSync(file, writeReplay({ lane, recipe: graph.recipe, found: explanation }));
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
