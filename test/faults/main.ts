/** Hunts the planted faults and writes docs/faults.md: `npm run faults`; with a name or a part of it, hunts those and prints. */
import { writeFileSync } from 'node:fs';
import { faults } from './catalogue.js';
import { type Find, hunt, SEED } from './hunt.js';
import { MOST_NODES, page, type Repeats, rowOf } from './page.js';
import { shares } from './shares.js';

const SEEDS = [1, 2, 3, 4, 5];
const GRAPHS = 10_000;

const [part] = process.argv.slice(2);
if (part === undefined) writeAll();
else for (const fault of called(part)) show(fault);

/** The fault of that name, or else all that have it in their names. */
function called(name: string): typeof faults {
  const exact = faults.filter((fault) => fault.name === name);
  const found = exact.length > 0 ? exact : faults.filter((fault) => fault.name.includes(name));
  if (found.length > 0) return found;
  console.error(`faults: no fault has ${JSON.stringify(name)} in its name; see docs/faults.md`);
  process.exit(1);
}

function show(fault: (typeof faults)[number]): void {
  const find = hunt(fault);
  if (!find) process.exitCode = 1;
  console.log(find ? lineOf(fault.name, find) : `${fault.name}: not found`);
}

function lineOf(name: string, { oracle, draws, nodes, text }: Find): string {
  const looked = `${String(draws).padStart(5)} ${draws === 1 ? 'graph' : 'graphs'}`;
  return `${name.padEnd(36)} ${oracle.padEnd(15)} ${looked}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}: ${text}`;
}

function writeAll(): void {
  const repeats = { hunts: 0, missed: 0, small: 0, largest: 0 };
  let slowest = { name: '', draws: 0 };
  const finds = new Map<string, Find>();
  for (const seed of SEEDS) {
    for (const fault of faults) {
      const find = hunt(fault, { seed });
      repeats.hunts += 1;
      if (!find) {
        console.log(`${fault.name}: not found with seed ${seed}`);
        process.exitCode = 1;
        repeats.missed += 1;
        continue;
      }
      if (find.nodes <= MOST_NODES) repeats.small += 1;
      repeats.largest = Math.max(repeats.largest, find.nodes);
      if (find.draws > slowest.draws) slowest = { name: fault.name, draws: find.draws };
      if (seed !== SEED) continue;
      finds.set(fault.name, find);
      console.log(lineOf(fault.name, find));
    }
  }
  const rows = faults.flatMap((fault) => {
    const find = finds.get(fault.name);
    return find ? [rowOf(fault, find)] : [];
  });
  const all: Repeats = { seeds: SEEDS, ...repeats, slowest };
  writeFileSync(
    new URL('../../docs/faults.md', import.meta.url),
    page(rows, all, shares(GRAPHS, SEED)),
  );
  const lines = rows.flatMap(({ fault, find: { recipe } }) =>
    recipe ? [`${JSON.stringify({ fault: fault.name, recipe })}\n`] : [],
  );
  writeFileSync(new URL('smallest.jsonl', import.meta.url), lines.join(''));
  console.log(
    `\n${rows.length} faults, the largest graph of ${Math.max(...rows.map(({ find }) => find.nodes))} nodes: docs/faults.md`,
  );
}
