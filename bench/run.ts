// `npm run bench` runs every bench that takes times, `npm run bench matmul` that one. Each has a process
// of its own, so that what the compiler learned from one does not colour the next. What follows the name
// is handed on: `-- --quick` (a look, not a measurement), `-- --json FILE`.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && file !== 'harness.ts')
  .map((file) => file.slice(0, -'.ts'.length));

/** Those that take times, and with them the options above. */
const timed = benches.filter((bench) =>
  readFileSync(`${import.meta.dirname}/${bench}.ts`, 'utf8').includes(`from './harness.js'`),
);

const [first] = process.argv.slice(2);
const chosen = first === undefined || first.startsWith('-') ? undefined : first;
const rest = process.argv.slice(chosen === undefined ? 2 : 3);
if (first === '--help' || first === '-h') {
  console.log(`npm run bench [${benches.join(' | ')}] -- [--quick] [--json FILE]`);
  process.exit();
}
if (chosen !== undefined && !benches.includes(chosen)) {
  console.error(`There is no bench "${chosen}". There are: ${benches.join(', ')}.`);
  process.exit(1);
}

for (const bench of chosen === undefined ? timed : [chosen]) {
  console.log(`\n── ${bench} ──`);
  const file = `${import.meta.dirname}/${bench}.ts`;
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
