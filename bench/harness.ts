// What every bench shares, and the precautions that make two numbers comparable:
//  - rounds are interleaved (a b c, a b c, …), so that a busy minute hits every case;
//  - the minimum and the median of all samples are printed, not the mean, which other work inflates;
//  - every case returns a number that goes into a sink, so that nothing is optimised away;
//  - no setup or teardown: Benchmark.js would recompile the case from its source and lose its imports.

import { parse } from 'node:path';
import { fillNormal, randomKey } from '../src/linalg/index.js';
import { saveFigures } from './support/figures.js';
import { type Case, rounds, type Summary, sample, summary } from './support/sampling.js';
import { figure, printTable } from './support/table.js';
import type { Unit } from './support/units.js';

export type { Case } from './support/sampling.js';
export * from './support/units.js';

/** The most that the machine can do, measured between the cases: what each of them is a share of. */
export interface Peak extends Case {
  /** A rate of the same name as the cases': what `run` does, per second. */
  readonly unit: Unit;
}

/**
 * Measures the cases against each other and prints a row for each; `speed` is relative to the first case.
 * With a peak, a row also says how much of it was reached.
 */
export function compare(title: string, unit: Unit, cases: readonly Case[], peak?: Peak): void {
  const all = peak ? [...cases, peak] : cases;
  const samples = all.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of all.entries()) samples[i]!.push(...sample(one));
  }
  const rows = all.map(({ name }, i) => ({ name, ...summary(samples[i]!) }));
  const top = peak ? peak.unit.of(rows.pop()!.minimum) : undefined;
  print(title, unit, rows, top);
  const height = top === undefined ? {} : { peak: { name: peak!.name, value: top } };
  saveFigures(parse(process.argv[1]!).name, title, { unit: unit.name, rows, ...height });
}

type Row = Summary & { readonly name: string };

function print(title: string, unit: Unit, rows: readonly Row[], peak: number | undefined): void {
  const heads = ['', 'best', 'median', 'speed', ...(peak === undefined ? [] : ['of peak'])];
  const lines = rows.map(({ name, minimum, median }) => {
    const best = unit.of(minimum);
    const speed = `${(rows[0]!.minimum / minimum).toFixed(2)} ×`;
    const share = peak === undefined ? [] : [`${Math.round((100 * best) / peak)} %`];
    return [name, figure(best), figure(unit.of(median)), speed, ...share];
  });
  const top = peak === undefined ? '' : ` (peak ${figure(peak)})`;
  printTable(`${title}, ${unit.name}${top}`, heads, lines);
}

/** Throws unless two results are the same numbers, bit for bit: a fast wrong answer is no answer. */
export function assertSame(what: string, a: Float64Array, b: Float64Array): void {
  const i = a.findIndex((x, index) => !Object.is(x, b[index]));
  if (i >= 0) throw new Error(`${what}: element ${i} is ${a[i]} in one and ${b[i]} in the other`);
}

/** Standard normal numbers, other ones for each label. */
export function normals(length: number, label: string): Float64Array {
  const numbers = new Float64Array(length);
  fillNormal(numbers, randomKey(1, label));
  return numbers;
}
