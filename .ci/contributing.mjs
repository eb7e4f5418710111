// Does what CONTRIBUTING.md tells a contributor to do, in a copy of the sources, and sees whether it
// compiles and passes. Then breaks the new rule, and sees whether that is noticed.

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const page = readFileSync('CONTRIBUTING.md', 'utf8');
const blocks = [...page.matchAll(/<!-- (.*?) -->\n```ts\n(.*?)```\n/gs)];
if (blocks.length !== page.split('```ts\n').length - 1) {
  throw new Error('CONTRIBUTING.md: a block of TypeScript does not say where it goes');
}

const copy = mkdtempSync(join(tmpdir(), 'contributing-'));
try {
  for (const path of [
    'src',
    'test',
    'docs',
    'examples',
    'fuzz',
    'mutation',
    'tsconfig.json',
    'vitest.config.ts',
    'package.json',
  ]) {
    cpSync(path, join(copy, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
  for (const [, instruction, code] of blocks) follow(instruction, code);

  run('tsc', '--noEmit');
  const tests = ['vitest', 'run', 'test/ops', '-t', 'softsign'];
  run(...tests);

  edit('src/ops/softsign.ts', 'div(dy, square(', 'div(dy, mul(2, ');
  edit('src/ops/softsign.ts', 'square }', 'mul }');
  if (passes(...tests)) throw new Error('a wrong rule went unnoticed');
  console.log('What CONTRIBUTING.md says compiles and passes, and a wrong rule is noticed.');
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function follow(instruction, code) {
  const [, append] = /^append (\S+)$/.exec(instruction) ?? [];
  const [, line, file] = /^after "(.*)" in (\S+)$/.exec(instruction) ?? [];
  if (append) appendFileSync(join(copy, append), `\n${code}`);
  else edit(file, `${line}\n`, `${line}\n${code}`);
}

function edit(file, from, to) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not have ${from} once`);
  writeFileSync(path, text.replace(from, to));
}

function run(...command) {
  execFileSync('npx', command, { cwd: copy, stdio: 'inherit' });
}

function passes(...command) {
  try {
    execFileSync('npx', command, { cwd: copy, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
