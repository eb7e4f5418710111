import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'in-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = {
  'counter.ts': 'export const counter = { value: 0 };',
  'a.test.ts': `
    import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
    import { counter } from './counter.js';
    const order: string[] = [];
    beforeEach(() => { order.push('outer'); });
    describe('a suite', () => {
      beforeAll(() => { order.push('all'); });
      beforeEach(() => { order.push('inner'); });
      afterEach(() => { order.push('after'); });
      test.each([[1, 2], [2, 3]])('%d + 1 = %d', (a, b) => { expect(a + 1).toBe(b); });
      test('what ran before', () => {
        expect(order).toEqual(['all', 'outer', 'inner', 'after', 'outer', 'inner', 'after', 'outer', 'inner']);
      });
    });
    test('counts', () => { expect(++counter.value).toBe(1); });
    test('fails', () => { expect([1, 2]).toEqual([1, 3]); });
    test('waits', async () => { await Promise.resolve(); expect(() => { throw new RangeError('x') }).toThrow(/x/); });
    test.skip('is skipped', () => { throw new Error('called'); });`,
  'mocks.test.ts': `import { vi, test } from 'vitest'; vi.mock('./counter.js'); test('x', () => {});`,
  'awaits.test.ts': `import { test } from 'vitest'; await Promise.resolve(); test('x', () => {});`,
};

interface Outcome {
  readonly left: [file: string, reason: string][];
  readonly first: [id: string, error: string | undefined][];
  readonly again: string[];
  readonly anew: string[];
  readonly refused: string;
}

let outcome: Outcome;

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const at = (name: string): string =>
    JSON.stringify(new URL(`../../mutation/in-process/${name}.mjs`, import.meta.url).href);
  const script = `
    const { Bundle } = await import(${at('bundle')});
    const { Tests } = await import(${at('tests')});
    const bundle = await Bundle.of(['a.test.ts', 'awaits.test.ts', 'mocks.test.ts']);
    const run = async (tests, wanted) => {
      const results = [];
      await tests.run('a.test.ts', wanted, async ({ id }, call) => { results.push([id, await call()]); });
      return results;
    };
    const failed = (results) => results.filter(([, error]) => error).map(([id]) => id);
    const tests = new Tests(bundle);
    const first = await run(tests);
    const counts = new Set(['a.test.ts#counts']);
    console.log(JSON.stringify({
      left: [...bundle.without],
      first,
      again: failed(await run(tests, counts)),
      anew: failed(await run(new Tests(bundle), counts)),
      refused: await tests.run('mocks.test.ts', undefined, () => {}),
    }));`;
  const args = ['--input-type=module', '-e', script];
  const env = { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' };
  outcome = JSON.parse(
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env }),
  ) as Outcome;
});

test('tests are called with their hooks, and named as vitest names them', () => {
  expect(outcome.first.map(([id]) => id)).toEqual([
    'a.test.ts#a suite 1 + 1 = 2',
    'a.test.ts#a suite 2 + 1 = 3',
    'a.test.ts#a suite what ran before',
    'a.test.ts#counts',
    'a.test.ts#fails',
    'a.test.ts#waits',
  ]);
});

test('a test that fails says so', () => {
  expect(outcome.first.filter(([, error]) => error)).toEqual([
    ['a.test.ts#fails', expect.stringContaining('deeply equal')],
  ]);
});

test('modules keep what they remember, until all is loaded anew', () => {
  expect(outcome.again).toEqual(['a.test.ts#counts']);
  expect(outcome.anew).toEqual([]);
});

test('what needs vitest itself, or cannot be bundled, is left out', () => {
  expect(outcome.refused).toMatch(/vi.mock needs vitest/);
  expect(outcome.left).toEqual([['awaits.test.ts', expect.stringMatching(/await/)]]);
});
