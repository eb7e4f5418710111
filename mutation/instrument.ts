/**
 * Our mutators beside Stryker's own. Stryker has no plugin for mutators, but its instrumenter reads them from
 * one plain array, in the process that calls it: pushed onto that array before a run, ours get Stryker's
 * coverage, incremental mode, time limits and report. The array is not part of its API; therefore
 * the versions of @stryker-mutator/* are pinned exactly, and test/mutation sees to it that this still works.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Mutator, ourMutators, type Path } from './mutators/index.js';

/** Stryker's mutators that are left out, each with the reason. */
export const EXCLUDED: Readonly<Record<string, string>> = {
  StringLiteral:
    'it empties texts: messages, names and formulas of ops, which are no mathematics; where a text decides something, the comparison with it is mutated instead',
};

/** Puts our mutators to work in this process. */
export async function addOurMutators(): Promise<void> {
  const home = createRequire(import.meta.url).resolve('@stryker-mutator/instrumenter');
  const file = new URL('./mutators/mutate.js', pathToFileURL(home)).href;
  const { allMutators } = (await import(file)) as { allMutators?: Mutator[] };
  if (!Array.isArray(allMutators) || allMutators.length === 0) {
    throw new Error(`${file} has no list of mutators: is it another version of Stryker?`);
  }
  if (allMutators.some(({ name }) => name === ourMutators[0]!.name)) return;
  allMutators.splice(0, allMutators.length, ...[...allMutators, ...ourMutators].map(outsideTexts));
}

/** What is computed only to be printed (`${…}`) stays as it is. */
function outsideTexts(mutator: Mutator): Mutator {
  return {
    name: mutator.name,
    mutate: (path) => (isInText(path) ? [] : mutator.mutate(path)),
  };
}

function isInText(path: Path): boolean {
  for (let at: Path | null = path; at !== null; at = at.parentPath) {
    if (at.node.type === 'TemplateLiteral') return true;
  }
  return false;
}
