// A contest: one piece of work, done by us and by others. First all have to come to the same answer, then
// rounds are taken from each in turn, so that a busy minute of the machine hits everyone, and the best
// of the rounds are compared.

import { saveFigures } from '../support/figures.js';
import { rounds, type Sampling, type Summary, sampling, summary } from '../support/sampling.js';
import { figure, printTable } from '../support/table.js';
import type { Unit } from '../support/units.js';
import { type Absent, type Contestant, isAbsent, isPresent } from './contestant.js';

/** What has been promised: our time over that of a peer. */
export interface Bar {
  readonly against: string;
  readonly most: number;
  readonly goal?: number;
}

export interface Contest {
  readonly title: string;
  readonly unit: Unit;
  readonly ours: Contestant;
  readonly peers: readonly (Contestant | Absent)[];
  readonly bars?: readonly Bar[];
}

/** What a table tells of one contestant. */
interface Row extends Summary {
  readonly name: string;
  /** Our best time over this one's. */
  readonly ratio: number;
}

/** A run longer than this is not repeated within a round … */
const LONG = 1;
/** … and than this, not at all (seconds). */
const VERY_LONG = 5;

/** Holds it, prints a table, and saves the figures under `bench`. */
export async function hold(bench: string, contest: Contest): Promise<void> {
  const { title, unit, ours, peers, bars = [] } = contest;
  const absent = peers.filter(isAbsent);
  const present = [ours, ...peers.filter(isPresent)];
  const cold = await agree(title, present);
  const samples = cold.map((seconds) => (seconds > VERY_LONG ? [seconds] : []));
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of present.entries()) {
      if (cold[i]! <= VERY_LONG) samples[i]!.push(...(await one.round(lengthOf(cold[i]!))));
    }
  }
  const summaries = samples.map(summary);
  const rows = present.map(({ name }, i) => {
    return { name, ...summaries[i]!, ratio: summaries[0]!.minimum / summaries[i]!.minimum };
  });
  print(title, unit, rows, absent, bars);
  const judged = bars.map((bar) => ({ ...bar, ratio: ratioOf(bar, rows) }));
  saveFigures(bench, title, { unit: unit.name, rows, absent, bars: judged });
}

const lengthOf = (seconds: number): Sampling =>
  seconds > LONG ? { maxTime: 0, minTime: 0, minSamples: 1 } : sampling;

/** Throws unless everyone's answer is ours. Returns how long a run took each of them the first time. */
async function agree(title: string, contestants: readonly Contestant[]): Promise<number[]> {
  const seconds: number[] = [];
  let expected: ArrayLike<number> = [];
  for (const [i, { name, answer, runs = 1, tolerance = 1e-9 }] of contestants.entries()) {
    const start = performance.now();
    const given = await answer();
    seconds.push((performance.now() - start) / 1e3 / runs);
    if (i === 0) expected = given;
    const distance = furthest(given, expected);
    if (!(distance <= tolerance)) {
      throw new Error(
        `${title}: the answer of ${name} is off by ${distance} of the largest number, more than ${tolerance}`,
      );
    }
  }
  return seconds;
}

/** The largest difference, relative to the largest expected magnitude. */
function furthest(given: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (given.length !== expected.length) return Number.NaN;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    difference = Math.max(difference, Math.abs(given[i]! - expected[i]!));
  }
  return difference / largest;
}

const ratioOf = ({ against }: Bar, rows: readonly Row[]): number | undefined =>
  rows.find(({ name }) => name === against)?.ratio;

function print(
  title: string,
  unit: Unit,
  rows: readonly Row[],
  absent: readonly Absent[],
  bars: readonly Bar[],
): void {
  const lines = rows.map(({ name, minimum, median, ratio }, i) => {
    const times = [figure(unit.of(minimum)), figure(unit.of(median))];
    if (i === 0) return [name, ...times, '', '', '', ''];
    const faster = ratio <= 1 ? `ours ${figure(1 / ratio)} ×` : `they ${figure(ratio)} ×`;
    const bar = bars.find(({ against }) => against === name);
    return [
      name,
      ...times,
      figure(ratio),
      faster,
      ...(bar ? [bound(bar), verdict(bar, ratio)] : ['', '']),
    ];
  });
  const heads = ['', 'best', 'median', 'ours / peer', 'faster', 'bar', ''];
  printTable(`${title}, ${unit.name}`, heads, lines);
  for (const { name, reason } of absent) console.log(`  ${name}: ${reason}`);
}

/** Whether a bar was met. */
export function verdict({ most, goal }: Bar, ratio: number): string {
  if (ratio > most) return 'MISSED';
  return goal !== undefined && ratio <= goal ? 'met, the goal too' : 'met';
}

export const bound = ({ most, goal }: Bar): string =>
  `≤ ${most}${goal === undefined ? '' : ` (goal ${goal})`}`;
