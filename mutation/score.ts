/** What the results come to. */
import { type Equivalent, equivalentsOf, judge } from './equivalents.js';
import { isCurrent, type MutantResult, resultOf, type SourceResult } from './results.js';
import { type Shard, shardOf } from './shards.js';

/** A source, what became of its mutants, and which of the survivors are excused. */
export interface Scored {
  readonly file: string;
  readonly room: string;
  readonly result: SourceResult;
  readonly survivors: readonly MutantResult[];
  readonly equivalent: ReadonlyMap<MutantResult, Equivalent>;
}

export interface Score {
  readonly sources: readonly Scored[];
  /** What is wrong with the results, or with a list of equivalents. */
  readonly errors: readonly string[];
}

/** The results of some sources, as they were kept by their last runs. */
export async function scoreOf(sources: readonly string[]): Promise<Score> {
  const scored: Scored[] = [];
  const errors: string[] = [];
  for (const file of sources) {
    const { room } = shardOf(file) as Shard;
    const entries = (await equivalentsOf(room))[file] ?? [];
    const result = resultOf(file);
    if (!result) {
      errors.push(`${file} was not mutated yet`);
      continue;
    }
    if (!isCurrent(file, result)) errors.push(`${file} has changed since it was mutated`);
    const { survivors, equivalent, errors: wrong } = judge(file, result, entries);
    errors.push(...wrong);
    scored.push({ file, room, result, survivors, equivalent });
  }
  return { sources: scored, errors };
}

/** Counts of mutants. */
export interface Tally {
  mutants: number;
  killed: number;
  timedOut: number;
  equivalent: number;
  uncovered: number;
  survived: number;
  seconds: number;
}

const nothing = (): Tally => ({
  mutants: 0,
  killed: 0,
  timedOut: 0,
  equivalent: 0,
  uncovered: 0,
  survived: 0,
  seconds: 0,
});

/** Counts by whatever a mutant is sorted by: its room, or its mutator. */
export function tallies(
  sources: readonly Scored[],
  keyOf: (source: Scored, mutant: MutantResult) => string,
): Map<string, Tally> {
  const all = new Map<string, Tally>();
  for (const source of sources) {
    for (const mutant of source.result.mutants) {
      const key = keyOf(source, mutant);
      const tally = all.get(key) ?? nothing();
      all.set(key, tally);
      tally.mutants++;
      tally.seconds += mutant.seconds ?? 0;
      if (mutant.status === 'Timeout') tally.timedOut++;
      else if (source.equivalent.has(mutant)) tally.equivalent++;
      else if (mutant.status === 'NoCoverage') tally.uncovered++;
      else if (mutant.status === 'Survived') tally.survived++;
      else tally.killed++;
    }
  }
  return all;
}

/** The sum of counts. */
export function total(tallied: Iterable<Tally>): Tally {
  const sum = nothing();
  for (const tally of tallied) {
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
  }
  return sum;
}

/** The share that was noticed of what can be, in percent; rounded down, so that 100 means all. */
export function percent({ mutants, killed, timedOut, equivalent }: Tally): string {
  const share = (killed + timedOut) / (mutants - equivalent);
  return `${(Math.floor(share * 1e4) / 100).toFixed(2)} %`;
}
