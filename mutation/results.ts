/**
 * What became of each mutant, one file per source under .mutation/results (which git does not see), so that a
 * run of one source and a run of its whole shard keep the same book. A later run tests again what has
 * changed, what was not killed, and what was killed by a test that has been edited since.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';

export type StrykerResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

export interface MutantResult {
  readonly mutator: string;
  /** The source text that was replaced, and by what. */
  readonly original: string;
  readonly replacement: string;
  readonly location: StrykerResult['location'];
  readonly status: StrykerResult['status'];
  readonly static?: boolean;
  /** What it took, when it was last tested: its share in that run. */
  readonly seconds?: number;
  /** Tests, as file#name: those that failed, or those that ran until the time was over. */
  readonly killedBy?: readonly string[];
  readonly coveredBy?: readonly string[];
}

export interface SourceResult {
  readonly source: string;
  readonly mutants: readonly MutantResult[];
  /** Hashes of the files whose tests have killed. */
  readonly tests: Readonly<Record<string, string>>;
}

const HOME = '.mutation/results';

/** The last result for a source; undefined where there is none. */
export function resultOf(file: string): SourceResult | undefined {
  const path = `${HOME}/${file}.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SourceResult) : undefined;
}

/** Whether the source is still the text that was mutated. */
export function isCurrent(file: string, result: SourceResult): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === result.source;
}

/**
 * Keeps what a run says about sources.
 * @param sources their texts when the run began
 * @param known the sources of which it was told what is known
 * @param seconds what the run took
 */
export function keepResults(
  sources: ReadonlyMap<string, string>,
  known: readonly string[],
  results: readonly StrykerResult[],
  seconds: number,
): void {
  const lists = [...sources].map(([file, source]) => {
    const own = results.filter(({ fileName }) => relative('.', fileName) === file);
    const list = own.filter(({ status }) => status !== 'Ignored');
    return { file, source, mutants: list.map((result) => mutantOf(result, source)) };
  });
  const times = lists.map(({ file, mutants }) =>
    timesOf(known.includes(file) ? file : '', mutants),
  );
  const tested = times.flat().filter((time) => time === undefined).length;
  for (const [i, { file, source, mutants }] of lists.entries()) {
    const timed = mutants.map((mutant, k) => ({
      ...mutant,
      seconds: times[i]![k] ?? seconds / tested,
    }));
    const files = new Set(mutants.flatMap(({ killedBy = [] }) => killedBy.map(fileOf)));
    const tests = Object.fromEntries([...files].map((test) => [test, hashOf(test)]));
    const path = `${HOME}/${file}.json`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ source, mutants: timed, tests } satisfies SourceResult));
  }
}

/** What those took that were not tested again, undefined for the others. */
function timesOf(file: string, mutants: readonly MutantResult[]): (number | undefined)[] {
  const before = resultOf(file);
  const times = new Map<string, (number | undefined)[]>();
  const keyOf = ({ mutator, original, replacement }: MutantResult): string =>
    [mutator, original, replacement].join('\n');
  for (const mutant of before?.mutants ?? []) {
    if (!mayBeKept(mutant, before!)) continue;
    times.set(keyOf(mutant), [...(times.get(keyOf(mutant)) ?? []), mutant.seconds]);
  }
  return mutants.map((mutant) => times.get(keyOf(mutant))?.shift());
}

function mutantOf(result: StrykerResult, source: string): MutantResult {
  const { location, status, killedBy, coveredBy } = result;
  return {
    mutator: result.mutatorName,
    original: textAt(source, location),
    replacement: result.replacement ?? '',
    location,
    status,
    ...(result.static && { static: true }),
    ...(killedBy?.length && { killedBy }),
    ...(status === 'Timeout' && coveredBy && { coveredBy }),
  };
}

/** What is known of these sources, in the form in which Stryker's incremental mode wants it. */
export function incrementalReport(sources: readonly string[]): object {
  const files: Record<string, object> = {};
  const names = new Set<string>();
  for (const file of sources) {
    const known = resultOf(file);
    if (!known) continue;
    const mutants = known.mutants.filter((mutant) => mayBeKept(mutant, known));
    for (const { killedBy = [], coveredBy = [] } of mutants) {
      for (const test of [...killedBy, ...coveredBy]) names.add(test);
    }
    files[file] = {
      language: 'typescript',
      source: known.source,
      mutants: mutants.map((mutant, id) => ({
        ...mutant,
        id: String(id),
        mutatorName: mutant.mutator,
      })),
    };
  }
  const testFiles: Record<string, { source: string; tests: { id: string; name: string }[] }> = {};
  for (const id of names) {
    const file = fileOf(id);
    if (!existsSync(file)) continue;
    testFiles[file] ??= { source: readFileSync(file, 'utf8'), tests: [] };
    testFiles[file].tests.push({ id, name: id.slice(file.length + 1) });
  }
  return { schemaVersion: '1.0', thresholds: { high: 100, low: 100 }, files, testFiles };
}

function mayBeKept({ status, killedBy }: MutantResult, { tests }: SourceResult): boolean {
  if (status === 'Timeout') return true;
  return (
    status === 'Killed' &&
    killedBy !== undefined &&
    killedBy.every(
      (test) => existsSync(fileOf(test)) && hashOf(fileOf(test)) === tests[fileOf(test)],
    )
  );
}

const fileOf = (test: string): string => test.slice(0, test.indexOf('#'));

function hashOf(file: string): string {
  return existsSync(file) ? createHash('sha1').update(readFileSync(file)).digest('hex') : '';
}

function textAt(source: string, { start, end }: StrykerResult['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last]!.slice(0, end.column - 1);
  lines[0] = lines[0]!.slice(start.column - 1);
  return lines.join('\n');
}
