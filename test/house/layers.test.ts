import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A rule that cannot be broken checks nothing: plant a house with one fault for each rule, and see
// that `npm run layers` finds every one of them, and no other.

const planted = `
linalg-imports-only-from-below   | linalg/up.ts       | import '../graph/index.js';
graph-imports-only-from-below    | graph/up.ts        | import '../ops/index.js';
ops-imports-only-from-below      | ops/up.ts          | import '../optim/index.js';
optim-imports-only-from-below    | optim/beside.ts    | import '../text/index.js';
text-imports-only-from-below     | text/beside.ts     | import '../optim/index.js';
models-imports-only-from-below   | models/beside.ts   | import '../check/index.js';
check-imports-only-from-below    | check/beside.ts    | import '../models/index.js';
report-imports-only-from-below   | report/beside.ts   | import '../io/index.js';
io-imports-only-from-below       | io/beside.ts       | import '../report/index.js';
cli-imports-only-from-below      | cli/roof.ts        | import '../index.js';
explorer-imports-only-from-below | explorer/up.ts     | import '../cli/index.js';
ops-imports-only-from-below      | ops/roof.ts        | import '../index.js';
ops-imports-only-from-below      | ops/type.ts        | import type { Room } from '../models/index.js';
ops-imports-only-from-below      | ops/again.ts       | export type { Room } from '../cli/index.js';
ops-imports-only-from-below      | ops/inline.ts      | export let x: import('../check/index.js').Room;
no-room-without-a-floor          | shed/a.ts          | import '../linalg/index.js';
no-circles                       | models/chicken.ts  | import type { Egg } from './egg.js';
                                 | models/egg.ts      | import type { Hen } from './chicken.js';
nothing-but-src-in-src           | models/test.ts     | import type {} from '../../test/a.js';
no-development-packages-in-src   | cli/dev.ts         | import type {} from 'vitest';
node-only-upstairs               | models/node.ts     | import 'node:fs';
nothing-unresolved               | report/nowhere.ts  | import './nowhere-to-be-found.js';
                                 | cli/down.ts        | import '../explorer/index.js'; import 'node:fs';
                                 | index.ts           | export * from './models/index.js';`
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()) as [string, string, string]);

const rooms = 'linalg graph ops optim text models check report io cli explorer'.split(' ');

let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    copyFileSync(file, join(house, file));
  }
  symlinkSync(resolve('node_modules'), join(house, 'node_modules'), 'junction');
  write('test/a.ts', 'export {};');
  for (const room of rooms) write(`src/${room}/index.ts`, 'export type Room = 1;');
  for (const [, file, source] of planted) write(`src/${file}`, source);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

test('each rule of the house finds the fault planted for it, and finds no other', () => {
  expect(violations().sort()).toEqual(
    planted
      .filter(([rule]) => rule !== '')
      .map(([rule, file]) => `${rule}: src/${file}`)
      .sort(),
  );
});

function violations(): string[] {
  const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const options = { cwd: house, encoding: 'utf8', maxBuffer: 1e8 } as const;
  const report = run(() => execFileSync(process.execPath, [cruiser, ...args], options));
  const { summary } = JSON.parse(report) as Report;
  const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  return [...new Set(found)];
}

interface Report {
  readonly summary: { readonly violations: { rule: { name: string }; from: string }[] };
}

/** What a program prints, even if it ends with an error, as a linter does that found something. */
function run(program: () => string): string {
  try {
    return program();
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
