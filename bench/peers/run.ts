// `npm run bench:peers` holds every contest, `npm run bench:peers matmul` that one. Options are handed on:
// `-- --quick` (a look, not a measurement), `-- --slow` (also what takes minutes), `-- --json FILE`.
// Each work has a process of its own, so that what the compiler learned from one does not colour the next. In
// the end all bars are listed, and how far from each we are.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { saveFigures } from '../support/figures.js';
import { chosen, flags, options } from '../support/options.js';
import { figure, printTable } from '../support/table.js';
import { bundledWork } from './bundled.js';
import { type Bar, bound, verdict } from './contest.js';

const here = import.meta.dirname;
const works = readdirSync(`${here}/works`).map((file) => file.slice(0, -'.ts'.length));
const held = chosen('npm run bench:peers', works);
if (!existsSync(`${here}/node_modules`)) {
  console.error(
    'The peers are not installed, and the main install leaves them out. To install them (some 360 MB):\n\n' +
      '  npm ci --prefix bench/peers',
  );
  process.exit(1);
}

const json = resolve(options.json ?? join(mkdtempSync(join(tmpdir(), 'peers-')), 'figures.json'));
introduce();
const failed = held.filter((work) => {
  console.log(`\n── ${work} ──`);
  const script = [bundledWork(work), ...flags({ ...options, json })];
  return spawnSync(process.execPath, script, { stdio: 'inherit', cwd: here }).status !== 0;
});
judge(held.filter((work) => !failed.includes(work)));
if (failed.length > 0) {
  console.error(`\nNot finished: ${failed.join(', ')}.`);
  process.exit(1);
}

function introduce(): void {
  const { dependencies } = JSON.parse(readFileSync(`${here}/package.json`, 'utf8'));
  const peers = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  const python = spawnSync('python3', ['-B', `${here}/python/versions.py`], { encoding: 'utf8' });
  const others = python.stdout?.trim() || 'no python3';
  console.log(`Peers: ${peers.join(', ')}; ${others}.`);
  console.log('One thread each. The best of interleaved rounds; ratios are our time over theirs.');
  if (options.quick) console.log('--quick: a look, not a measurement.');
  if (options.json !== undefined)
    saveFigures('peers', 'versions', { packages: dependencies, others });
}

interface Table {
  readonly bars: readonly (Bar & { readonly ratio?: number })[];
}

function judge(finished: readonly string[]): void {
  const all = finished.length > 0 ? JSON.parse(readFileSync(json, 'utf8')) : {};
  const tables = finished.flatMap((work) => Object.entries<Table>(all[`peers/${work}`]));
  const lines = tables.flatMap(([title, { bars }]) =>
    bars.map((bar) => {
      const { against, ratio } = bar;
      const told = [title, against, bound(bar)];
      return ratio === undefined
        ? [...told, '', 'not judged']
        : [...told, figure(ratio), verdict(bar, ratio)];
    }),
  );
  if (lines.length > 0) printTable('Bars', ['', 'against', 'bar', 'ours / peer', ''], lines);
}
