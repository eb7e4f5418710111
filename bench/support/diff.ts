// `npm run bench:diff BEFORE.json AFTER.json`: two runs of the benches side by side, as ratios of their best times.
// Below 1 the second is faster. What only one of them has is left out, and counted.

import { readFileSync } from 'node:fs';
import { figure, printTable } from './table.js';

interface Table {
  readonly machine: string;
  readonly rows?: readonly { readonly name: string; readonly minimum: number }[];
}
type Figures = Readonly<Record<string, Readonly<Record<string, Table>>>>;

const [before, after] = process.argv.slice(2);
if (before === undefined || after === undefined) {
  console.error('npm run bench:diff BEFORE.json AFTER.json (files that --json has written)');
  process.exit(1);
}
const [first, second] = [timesOf(before), timesOf(after)];
const both = [...first.keys()].filter((name) => second.has(name));
if (both.length === 0) {
  console.error(`${before} and ${after} have no case in common`);
  process.exit(1);
}
const ratios = both.map((name) => second.get(name)! / first.get(name)!);
printTable(
  `${after} against ${before}`,
  ['', 'before, µs', 'after, µs', 'ratio'],
  both.map((name, i) => [
    name,
    figure(first.get(name)! * 1e6),
    figure(second.get(name)! * 1e6),
    ratios[i]!.toFixed(2),
  ]),
);
const sorted = [...ratios].sort((a, b) => a - b);
const middle = sorted[Math.floor(sorted.length / 2)]!;
const alone = first.size + second.size - 2 * both.length;
console.log(
  `\nThe ratio in the middle is ${middle.toFixed(2)}. ${alone} cases are in one file only.`,
);

function timesOf(file: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const [bench, tables] of Object.entries(read(file))) {
    for (const [title, { rows = [] }] of Object.entries(tables)) {
      for (const { name, minimum } of rows) times.set(`${bench}: ${title}, ${name}`, minimum);
    }
  }
  return times;
}

function read(file: string): Figures {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file} cannot be read: ${(error as Error).message}`);
    process.exit(1);
  }
}
