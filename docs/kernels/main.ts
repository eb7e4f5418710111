/**
 * Measures kernels on this machine, writes the tables of docs/kernels.md between their marks, and draws
 * its pictures. `npm run kernels` runs the benches it needs; `npm run kernels -- --quick` is a look, not a
 * measurement; `-- --from FILE` takes the figures of `npm run bench -- --json FILE` (and of bench:peers), without measuring.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFindings } from '../experiments/document.js';
import { type Finding, printed } from '../experiments/experiment.js';
import type { Figures } from './figures.js';
import { drawLadder, ladderTable } from './ladder.js';
import { peersTable } from './peers.js';
import { drawRoofline, rooflineTable } from './roofline.js';
import { threadsTable } from './threads.js';

const BENCHES = ['matmul', 'roofline', 'threads'];

const { values } = parseArgs({
  options: { from: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const figures = values.from === undefined ? measure() : read(values.from);

const tables: Finding[] = [];
const pictures: Record<string, string> = {};
if (figures.matmul) {
  tables.push(ladderTable(figures.matmul));
  pictures['kernels-ladder'] = drawLadder(figures.matmul);
}
if (figures.roofline) {
  tables.push(rooflineTable(figures.roofline));
  pictures['kernels-roofline'] = drawRoofline(figures.roofline);
}
if (figures.threads) tables.push(threadsTable(figures.threads));
const peers = peersTable(figures);
if (peers) tables.push(peers);

for (const finding of tables) console.log(`\n${printed(finding)}`);
const page = new URL('../kernels.md', import.meta.url);
writeFileSync(page, withFindings(readFileSync(page, 'utf8'), tables));
const images = new URL('../img/', import.meta.url);
mkdirSync(images, { recursive: true });
for (const [name, svg] of Object.entries(pictures)) {
  writeFileSync(new URL(`${name}.svg`, images), `${svg.trimEnd()}\n`);
  console.log(`docs/img/${name}.svg`);
}

function measure(): Figures {
  const file = join(mkdtempSync(join(tmpdir(), 'kernels-')), 'figures.json');
  const run = new URL('../../bench/run.ts', import.meta.url).pathname;
  const quick = values.quick ? ['--quick'] : [];
  for (const bench of BENCHES) {
    const script = ['--import', 'tsx', run, bench, '--json', file, ...quick];
    const { status } = spawnSync(process.execPath, script, { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
  return read(file);
}

function read(file: string): Figures {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`kernels: ${file} cannot be read: ${(error as Error).message}`);
    process.exit(1);
  }
}
