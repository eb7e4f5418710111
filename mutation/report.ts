/** The tables of docs/mutation.md, which the terminal shows as well. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withFindings } from '../docs/experiments/document.js';
import { type Finding, figures } from '../docs/experiments/experiment.js';
import { ourMutators } from './mutators/index.js';
import { percent, type Scored, type Tally, tallies, total } from './score.js';
import { SHARDS, shardOf, sourcesOf } from './shards.js';

const PAGE = new URL('../docs/mutation.md', import.meta.url);

const HEADS = ['mutants', 'killed', 'timed out', 'equivalent', 'uncovered', 'survived', 'score'];

/** What the results come to, by room, and of how many of its sources. */
export function roomTable(sources: readonly Scored[]): Finding {
  const rooms = [...tallies(sources, ({ room }) => room)];
  if (rooms.length > 1) rooms.push(['all', total(rooms.map(([, tally]) => tally))]);
  return {
    name: 'rooms',
    columns: [{ head: 'room' }, ...['sources', ...HEADS, 'time'].map(figures)],
    rows: rooms.map(([name, tally]) => {
      const isOwn = ({ room }: { room: string }): boolean => name === 'all' || room === name;
      const all = SHARDS.filter(isOwn).flatMap(({ files }) => sourcesOf(files));
      const run = sources.filter(isOwn).length;
      return [name, share(run, new Set(all).size), ...counts(tally), duration(tally.seconds)];
    }),
  };
}

/** By mutator: ours first, then those of Stryker. */
export function mutatorTable(sources: readonly Scored[]): Finding {
  const ours = ourMutators.map(({ name }) => name);
  const byName = [...tallies(sources, (_, { mutator }) => mutator)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sorted = [
    ...byName.filter(([name]) => ours.includes(name)),
    ...byName.filter(([name]) => !ours.includes(name)),
  ];
  return {
    name: 'mutators',
    columns: [{ head: 'mutator' }, { head: 'whose' }, ...HEADS.map(figures)],
    rows: sorted.map(([name, tally]) => [
      name,
      ours.includes(name) ? 'ours' : "Stryker's",
      ...counts(tally),
    ]),
  };
}

/** The shards, and what a run of each takes. */
function shardTable(sources: readonly Scored[]): Finding {
  const rows = SHARDS.map((shard) => {
    const { name } = shard;
    const all = sourcesOf(shard.files).filter((file) => shardOf(file) === shard);
    const own = sources.filter(({ file }) => all.includes(file));
    const { mutants, seconds } = total(tallies(own, () => name).values());
    return [name, share(own.length, all.length), String(mutants), duration(seconds)];
  });
  return {
    name: 'shards',
    columns: [{ head: 'shard' }, ...['sources', 'mutants', 'time'].map(figures)],
    rows,
  };
}

/** Every excused mutant with its reason; those of one reason in one line. */
function equivalentTable(sources: readonly Scored[]): Finding {
  const rows = sources.flatMap(({ file, equivalent }) =>
    [...new Set(equivalent.values())].map(({ at, to, why }) => [
      `[${file.replace('src/', '')}](../${file})`,
      code(at),
      [to].flat().map(code).join(', '),
      why,
    ]),
  );
  return {
    name: 'equivalents',
    columns: ['source', 'the place', 'replaced by', 'why no test can tell'].map((head) => ({
      head,
    })),
    rows,
  };
}

/** Writes the tables into docs/mutation.md, between their marks. */
export function writeReport(sources: readonly Scored[]): void {
  const tables = [roomTable, shardTable, mutatorTable, equivalentTable];
  const findings = tables.map((table) => table(sources));
  writeFileSync(PAGE, withFindings(readFileSync(PAGE, 'utf8'), findings));
}

/** `3 of 8`, or `8` where it is all of them. */
function share(part: number, all: number): string {
  return part === all ? String(all) : `${part} of ${all}`;
}

function counts(tally: Tally): string[] {
  const { mutants, killed, timedOut, equivalent, uncovered, survived } = tally;
  const numbers = [mutants, killed, timedOut, equivalent, uncovered, survived];
  return [...numbers.map((n) => (n === 0 ? '' : String(n))), percent(tally)];
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function code(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ');
  return flat.includes('`') ? `\`\` ${flat} \`\`` : `\`${flat || ' '}\``;
}
