// Start-up: kernels are assembled when they are first asked for. What that costs in a process that has done
// nothing yet, best and median of fresh processes.

import { spawnSync } from 'node:child_process';
import { bundled } from './support/bundled.js';
import { figure, printTable } from './support/table.js';

const PROCESSES = 15;

const script = bundled('bench/support/start-once.ts');
const runs = Array.from({ length: PROCESSES }, (): Record<string, number> => {
  const { stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  return JSON.parse(stdout);
});
const rows = Object.keys(runs[0]!).map((name) => {
  const times = runs.map((run) => run[name]!).sort((a, b) => a - b);
  return [name, figure(times[0]!), figure(times[PROCESSES >> 1]!)];
});
printTable('The first use in a fresh process, ms', ['', 'best', 'median'], rows);
