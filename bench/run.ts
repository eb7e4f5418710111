// `npm run bench` runs every bench that takes times, `npm run bench matmul` that one. Each has a process
// of its own, so that what the compiler learned from one does not colour the next. Options are handed
// on: `-- --quick` (a look, not a measurement), `-- --json FILE`.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { bundled } from './support/bundled.js';
import { chosen, flags, options } from './support/options.js';

const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && file !== 'harness.ts')
  .map((file) => file.slice(0, -'.ts'.length));

/** Those that take times, and with them the options above. */
const timed = benches.filter((bench) =>
  readFileSync(`${import.meta.dirname}/${bench}.ts`, 'utf8').includes(`from './harness.js'`),
);

for (const bench of chosen('npm run bench', benches, timed)) {
  console.log(`\n── ${bench} ──`);
  const script = bundled(`${import.meta.dirname}/${bench}.ts`);
  const given = timed.includes(bench) ? flags(options) : [];
  const { status } = spawnSync(process.execPath, [script, ...given], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
