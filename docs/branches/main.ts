/**
 * Runs the tests of some rooms and holds their branches to a list: each is taken by a test, or listed with the reason why none
 * takes it. Prints both by room, writes docs/coverage.md, and fails for a branch that is neither, as for one that is listed
 * and taken (or gone). `npm run coverage`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../src/report/index.js';
import { type Branch, branchesOf, type Coverage } from './branches.js';
import { type Listed, listed } from './listed.js';
import { page } from './page.js';
import { ROOMS } from './rooms.js';

const root = new URL('../..', import.meta.url).pathname;
const branches = branchesOf(measure(), root);
const isOf = ({ file, source, way }: Listed, branch: Branch): boolean =>
  file === branch.file && source === branch.source && way === branch.way;

const missing = branches.filter(
  (branch) => !branch.covered && !listed.some((each) => isOf(each, branch)),
);
const needless = listed.filter(
  (each) => branches.filter((branch) => !branch.covered && isOf(each, branch)).length !== 1,
);

const rows = ROOMS.map((room) => {
  const here = branches.filter((branch) => branch.room === room);
  const open = missing.filter((branch) => branch.room === room).length;
  const covered = here.filter((branch) => branch.covered).length;
  return [room, here.length, covered, here.length - covered - open, open].map(String);
});
const columns = ['room', 'branches', 'covered', 'listed', 'missing'];
console.log(
  `\n${table(
    columns.map((head, i) => ({ head, align: i ? 'right' : 'left' })),
    rows,
  )}`,
);

for (const { file, line, way, source } of missing) {
  console.log(`\nNot taken, not listed: ${file}:${line} (${way})\n  ${source}`);
}
for (const { file, way, source } of needless) {
  console.log(`\nListed, but taken, gone, or there twice: ${file} (${way})\n  ${source}`);
}
if (missing.length + needless.length > 0) process.exitCode = 1;
else writeFileSync(new URL('../coverage.md', import.meta.url), page(columns, rows, listed));

/** What the tests reach, in Istanbul's format. */
function measure(): Coverage {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = new URL('vitest.config.ts', import.meta.url).pathname;
  const options = ['--config', config, `--coverage.reportsDirectory=${folder}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...options, '--reporter=dot'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
  const report = JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8')) as Coverage;
  rmSync(folder, { recursive: true });
  return report;
}
