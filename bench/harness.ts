// What every bench shares. Benchmark.js takes the samples; around it stand the precautions that make
// two numbers comparable:
//  - rounds are interleaved (a b c, a b c, …), so that a busy minute hits every case;
//  - the minimum and the median of all samples are printed, not the mean, which other work inflates;
//  - every case returns a number that goes into a sink, so that nothing is optimised away;
//  - no setup or teardown: Benchmark.js would recompile the case from its source and lose its imports.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import Benchmark from 'benchmark';
import { fillNormal, randomKey } from '../src/linalg/index.js';

export interface Case {
  readonly name: string;
  /** One unit of work. The number it returns must depend on all of it. */
  readonly run: () => number;
}

/** How a time is told: a rate, or a time for each piece of the work. */
export interface Unit {
  readonly name: string;
  readonly of: (seconds: number) => number;
}

export const gigaflops = (flops: number): Unit => ({
  name: 'GFLOP/s',
  of: (seconds) => flops / seconds / 1e9,
});

export const nanosecondsEach = (elements: number): Unit => ({
  name: 'ns/element',
  of: (seconds) => (seconds * 1e9) / elements,
});

export const microseconds: Unit = { name: 'µs', of: (seconds) => seconds * 1e6 };

export const milliseconds: Unit = { name: 'ms', of: (seconds) => seconds * 1e3 };

interface Row {
  readonly name: string;
  /** Seconds a run: the shortest sample, and the one in the middle. */
  readonly minimum: number;
  readonly median: number;
  readonly samples: number;
}

const options = given();

function given(): { readonly quick: boolean; readonly json?: string } {
  try {
    return parseArgs({
      options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}. There are --quick and --json FILE.`);
    process.exit(1);
  }
}

const rounds = options.quick ? 1 : 3;
/** Seconds of sampling a case and round, and the shortest a sample may be. */
const sampling = options.quick
  ? { maxTime: 0.01, minTime: 0.001, minSamples: 2 }
  : { maxTime: 0.3, minTime: 0.01, minSamples: 5 };

let sink = 0;

/** Measures the cases against each other and prints a row for each; the ratio is to the first case. */
export function compare(title: string, unit: Unit, cases: readonly Case[]): void {
  const samples = cases.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of cases.entries()) samples[i]!.push(...sample(one));
  }
  if (Number.isNaN(sink))
    throw new Error(`${title}: a case returned NaN; it computes something else`);
  const rows = cases.map(({ name }, i) => summary(name, samples[i]!));
  print(title, unit, rows);
  if (options.json !== undefined) save(options.json, title, unit, rows);
}

function sample({ name, run }: Case): readonly number[] {
  const work = (): void => {
    sink += run();
  };
  const benchmark = new Benchmark(name, work, sampling).run({ async: false });
  // Benchmark.js keeps an exception to itself.
  if (benchmark.error) throw benchmark.error;
  return benchmark.stats.sample;
}

function summary(name: string, samples: readonly number[]): Row {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return { name, minimum: sorted[0]!, median, samples: sorted.length };
}

function print(title: string, unit: Unit, rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const cell = (x: number): string => x.toPrecision(3).padStart(10);
  console.log(`\n${title}, ${unit.name}`);
  console.log(`  ${''.padEnd(width)}${'best'.padStart(10)}${'median'.padStart(10)}     speed`);
  for (const { name, minimum, median } of rows) {
    const times = (rows[0]!.minimum / minimum).toFixed(2).padStart(8);
    const figures = cell(unit.of(minimum)) + cell(unit.of(median));
    console.log(`  ${name.padEnd(width)}${figures}${times} ×`);
  }
}

/** Puts the table into FILE under its bench and title, next to what other benches have put there. */
function save(file: string, title: string, unit: Unit, rows: readonly Row[]): void {
  const results = existing(file);
  const bench = basename(process.argv[1]!, '.ts');
  const machine = `${cpus()[0]?.model}, Node ${process.version}`;
  results[bench] = { ...results[bench], [title]: { unit: unit.name, machine, rows } };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

function existing(file: string): Record<string, object> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
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
