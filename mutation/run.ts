/** One run of Stryker over some sources, with our mutators among its own. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { addOurMutators, EXCLUDED } from './instrument.js';
import { incrementalReport, keepResults, resultOf } from './results.js';
import type { Shard } from './shards.js';

type StrykerOptions = ConstructorParameters<typeof Stryker>[0];

export interface RunOptions {
  /** Processes that run tests at the same time. */
  readonly concurrency: number;
  /** Test again what is known, too. */
  readonly force: boolean;
  /** Who calls the tests: quickly in one process, or vitest, as `npm test` does. */
  readonly runner: 'in-process' | 'vitest-strict';
}

const TEMPORARY = '.mutation/tmp';

/**
 * Mutates `sources`, runs the tests of the shard against each mutant, and keeps what became of it.
 * @throws Error when a test fails before anything was mutated
 */
export async function run(
  { name, tests, without = [], shrinks }: Shard,
  sources: readonly string[],
  { concurrency, force, runner }: RunOptions,
): Promise<void> {
  await addOurMutators();
  // Several runs at once do not meet: each has its own copy of the project.
  removeLeftovers();
  const temporary = `${TEMPORARY}/${name}-${process.pid}`;
  const incrementalFile = `${temporary}.json`;
  mkdirSync(temporary, { recursive: true });
  const known = force ? [] : sources.filter((file) => resultOf(file));
  writeFileSync(incrementalFile, JSON.stringify(incrementalReport(known)));
  process.env['MUTATION_TESTS'] = JSON.stringify(filesOf(tests, without));
  process.env['MUTATION_SHRINKS'] = String(shrinks ?? false);
  const texts = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]));
  const stryker = new Stryker({
    mutate: [...sources],
    mutator: { excludedMutations: Object.keys(EXCLUDED) },
    testRunner: runner,
    plugins: [
      '@stryker-mutator/vitest-runner',
      ...['runner.mjs', 'in-process/runner.mjs'].map((file) => new URL(file, import.meta.url).href),
    ],
    // The tests are those of the shard: who imports whom need not be asked for each mutant.
    vitest: { configFile: 'mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency,
    incremental: true,
    incrementalFile,
    tempDirName: temporary,
    cleanTempDir: 'always',
    ignorePatterns: [
      '/*',
      '!/src',
      '!/test',
      '!/mutation',
      '!/fuzz',
      '!/package.json',
      '!/tsconfig.json',
      '!/vitest.config.ts',
    ],
    // Types were checked before; a mutant that only a compiler would refuse runs, and is killed by a test.
    checkers: [],
    disableTypeChecks: false,
    // A machine may be busy: only what hangs takes that long.
    timeoutMS: runner === 'in-process' ? 10_000 : 15_000,
    timeoutFactor: runner === 'in-process' ? 2 : 4,
    dryRunTimeoutMinutes: 20,
    logLevel: (process.env['MUTATION_LOG'] ?? 'warn') as StrykerOptions['logLevel'] & string,
    warnings: false,
    reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  });
  try {
    const start = performance.now();
    const results = await stryker.runMutationTest();
    const seconds = (performance.now() - start) / 1000;
    keepResults(texts, known, results, seconds);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
    rmSync(incrementalFile, { force: true });
  }
}

/** The files of tests that fit one of the patterns, and are not left out. */
function filesOf(patterns: readonly string[], without: readonly string[]): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${file}`)
    .filter((file) => patterns.some((pattern) => matchesGlob(file, pattern)))
    .filter((file) => !without.includes(file))
    .sort();
}

/** What runs have left behind that were interrupted. */
function removeLeftovers(): void {
  if (!existsSync(TEMPORARY)) return;
  for (const name of readdirSync(TEMPORARY)) {
    const pid = Number(/-(\d+)(\.json)?$/.exec(name)?.[1]);
    if (!isRunning(pid)) rmSync(`${TEMPORARY}/${name}`, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
