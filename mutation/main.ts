/**
 * `npm run mutate` plants faults in src, one at a time, and sees whether a test fails. Without names all shards
 * run, one after another; with names of shards, or paths in src, those.
 */
import { statSync } from 'node:fs';
import { parseArgs, styleText } from 'node:util';
import { printed } from '../docs/experiments/experiment.js';
import { roomTable, writeReport } from './report.js';
import { run } from './run.js';
import { type Score, scoreOf } from './score.js';
import { FAST, SHARDS, type Shard, shardOf, sourcesOf } from './shards.js';
import { printEntries, printSurvivors } from './survivors.js';

const USAGE = `npm run mutate [-- names… options…]

names are shards (${SHARDS.map(({ name }) => name).join(', ')})
or files and folders of src; without a name, all shards run one after another.

  --survivors       list what has survived the last runs (results in .mutation), without running
  --entries         the same, as entries for mutation/equivalents, which want their reason
  --report          write docs/mutation.md from the last runs (a run of all shards does so, too)
  --fast            the heart of the library only; for CI
  --tests PATTERN   run these tests only, not those of the shard (may be repeated)
  --concurrency N   processes that run tests at the same time (default 2)
  --quick           do not show survivors to vitest itself: see mutation/in-process
  --force           test again what is known, too`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    survivors: { type: 'boolean', default: false },
    entries: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    tests: { type: 'string', multiple: true },
    concurrency: { type: 'string', default: '2' },
    quick: { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Job {
  readonly shard: Shard;
  readonly sources: readonly string[];
}

const ALL: readonly Job[] = SHARDS.map(whole);

/** About as many lines as a run of Stryker is given: what is done is then kept, whatever happens later. */
const LINES = 400;

if (values.help) {
  console.log(USAGE);
} else {
  const isLook = values.survivors || values.entries || values.report;
  const jobs = values.fast
    ? [whole(FAST)]
    : positionals.length === 0
      ? ALL
      : positionals.map(jobOf);
  if (!isLook) await runAll(jobs);
  const score = await scoreOf(jobs.flatMap(({ sources }) => sources));
  show(score);
  if (values.report || (jobs === ALL && !isLook)) {
    writeReport((await scoreOf(ALL.flatMap(({ sources }) => sources))).sources);
  }
  if (score.errors.length > 0 || score.sources.some(({ survivors }) => survivors.length > 0)) {
    process.exitCode = 1;
  }
}

async function runAll(jobs: readonly Job[]): Promise<void> {
  const concurrency = Number(values.concurrency);
  for (const { shard, sources } of jobs) {
    const tests = values.tests ?? shard.tests;
    for (const [i, part] of parts(sources).entries()) {
      console.log(styleText('bold', `\n${shard.name}, part ${i + 1}: ${part.join(' ')}`));
      try {
        const chosen = { ...shard, tests };
        await run(chosen, part, { concurrency, force: values.force, runner: 'in-process' });
        if (values.quick || (await areKilled(part))) continue;
        await run(chosen, part, { concurrency, force: false, runner: 'vitest-strict' });
      } catch (error) {
        console.error(`mutate: ${shard.name} was not run: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
  }
}

/** Whether nothing has survived but what is listed. */
async function areKilled(sources: readonly string[]): Promise<boolean> {
  const score = await scoreOf(sources);
  return score.sources.every(({ survivors }) => survivors.length === 0);
}

/** Lists what has survived, and counts. */
function show({ sources, errors }: Score): void {
  console.log('');
  for (const { file, result, survivors } of sources) {
    if (survivors.length > 0)
      (values.entries ? printEntries : printSurvivors)(file, result, survivors);
  }
  for (const error of errors) console.error(styleText('red', error));
  if (sources.length > 0 && !values.entries) console.log(`\n${printed(roomTable(sources))}`);
}

function jobOf(name: string): Job {
  const known = SHARDS.find((shard) => shard.name === name);
  if (known) return whole(known);
  const path = name.replace(/^\.\//, '').replace(/\/$/, '');
  const shard = shardOf(path);
  if (!shard || !statSync(path, { throwIfNoEntry: false })) {
    console.error(`mutate: ${name} is no shard, and no source of one\n\n${USAGE}`);
    process.exit(1);
  }
  return { shard, sources: sourcesOf([path]) };
}

function whole(shard: Shard): Job {
  const isOwn = (file: string): boolean => shard === FAST || shardOf(file) === shard;
  return { shard, sources: sourcesOf(shard.files).filter(isOwn) };
}

function parts(sources: readonly string[]): string[][] {
  const all: string[][] = [[]];
  let size = 0;
  for (const file of sources) {
    const bytes = statSync(file).size;
    if (size > 0 && size + bytes > LINES * 45) {
      all.push([]);
      size = 0;
    }
    all.at(-1)!.push(file);
    size += bytes;
  }
  return all;
}
