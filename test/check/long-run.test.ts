import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Options, optionsOf } from '../../fuzz/options.js';
import { type Run, run } from '../../fuzz/run.js';
import { tryFolder } from '../../fuzz/save.js';
import { summary } from '../../fuzz/summary.js';
import { ProgressBar } from '../../src/report/index.js';

// `npm run check:gradients`

describe('options', () => {
  const defaults = { ops: 0, secondOrder: false, only: undefined, out: 'test/replays' };

  test('as they are given, and left out', () => {
    expect(optionsOf(['--graphs', '1e6', '--seed', '-7'])).toEqual({
      ...defaults,
      graphs: 1e6,
      seed: -7,
    });
    expect(optionsOf(['--ops', '20', '--seed=1', '--only', 'mul, sin', '--second-order'])).toEqual({
      ...defaults,
      graphs: 0,
      ops: 20,
      seed: 1,
      only: ['mul', 'sin'],
      secondOrder: true,
    });
    expect(optionsOf([])).toMatchObject({ graphs: 1e5, seed: expect.any(Number) });
    expect(optionsOf(['--help'])).toBeUndefined();
  });

  test.each([
    [['--graph', '10'], "Unknown option '--graph'"],
    [['100'], "Unexpected argument '100'"],
    [['--graphs'], "Option '--graphs <value>' argument missing"],
    [['--graphs', 'many'], '--graphs many: this is no whole number'],
    [['--graphs', '1.5'], '--graphs 1.5: this is no whole number'],
    [['--graphs', '-5'], '--graphs -5: it cannot be negative'],
    [['-5'], "Unknown option '-5'"],
    [['--ops=-1'], '--ops -1: it cannot be negative'],
    [['--graphs', '0'], '--graphs 0: there is nothing to do'],
    [['--seed', ''], '--seed : this is no whole number'],
    [['--only', 'mul,sotfmax'], '--only: there is no op "sotfmax"; did you mean softmax?'],
    [['--only', 'nope'], '--only: there is no op "nope". There are: add, sub,'],
    [['--ops', '5', '--only', 'power'], '--only power: of single ops, there are no uses of it'],
  ])('%s is refused', (args, message) => {
    expect(() => optionsOf(args)).toThrow(message);
  });
});

const ONLY = ['mul', 'sin', 'max'];
const SMALL: Options = { ...optionsOf(['--graphs', '50', '--seed', '3'])!, only: ONLY };

async function ran(options: Options, stopped = () => false): Promise<Run> {
  const never = (): never => {
    throw new Error('nothing is wrong, and nothing to be told');
  };
  const bar = new ProgressBar({ write: () => true });
  return run(options, { bar, stopped, failed: never, wrong: never }, 50);
}

test('a seed draws the same again, whatever else is drawn', async () => {
  const [one, other] = [await ran(SMALL), await ran({ ...SMALL, ops: 20 })];
  for (const [lane, tally] of one.tallies) {
    expect({ ...other.tallies.get(lane), milliseconds: 0 }).toEqual({ ...tally, milliseconds: 0 });
    expect(tally.graphs).toBe(lane === 'first order' ? 50 : 2);
  }
  expect(other.uses.uses).toBe(20);
  const text = summary(other);
  for (const part of [
    'seed 3',
    'first order',
    'fan-out',
    'uses of single ops: 20',
    'No gradient was wrong.',
  ]) {
    expect(text).toContain(part);
  }
  for (const op of ONLY) expect(text).toMatch(new RegExp(`\\b${op} \\d`));
});

test('only some ops are drawn; and when it is stopped, what was seen so far is told', async () => {
  let asked = 0;
  const stopped = (): boolean => ++asked > 1;
  const result = await ran({ ...SMALL, graphs: 1e6 }, stopped);
  expect(result.interrupted).toBe(true);
  const tally = result.tallies.get('first order')!;
  expect(tally.graphs).toBe(50);
  expect([...tally.ops.keys()].sort()).toEqual([...ONLY].sort());
  expect(summary(result)).toContain('seed 3, interrupted');
});

describe('the command', () => {
  const out = mkdtempSync('node_modules/.cache/long-run-');
  afterAll(() => rmSync(out, { recursive: true }));

  const command = JSON.parse(readFileSync('package.json', 'utf8')).scripts['check:gradients'];
  const start = (...args: string[]) =>
    spawnSync(`${command} ${args.join(' ')}`, {
      encoding: 'utf8',
      shell: true,
      env: { ...process.env, PATH: `node_modules/.bin${delimiter}${process.env['PATH']}` },
    });

  test('ends with 0 and a summary, or with 2 and the way to use it, without a stack', () => {
    const right = start(
      '--graphs',
      '250',
      '--only',
      'mul',
      '--seed',
      '3',
      '--out',
      join(out, 'none'),
    );
    expect(right.status).toBe(0);
    expect(right.stdout).toContain('No gradient was wrong.');
    expect(readdirSync(out)).toEqual([]);
    const wrong = start('--graphs', 'many');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/^check:gradients: --graphs many: .*\n\nnpm run check:gradients/);
    expect(wrong.stderr).not.toMatch(/^\s+at /m);
  });

  test('where failures could not be saved, nothing begins', () => {
    expect(() => tryFolder(join(out, 'new', 'folder'))).not.toThrow();
    expect(readdirSync(out)).toEqual([]);
    const nowhere = start('--graphs', '1e9', '--out', 'package.json/replays');
    expect(nowhere).toMatchObject({ status: 2, stdout: '' });
    expect(nowhere.stderr).toMatch(
      /^check:gradients: --out package.json\/replays: nothing can be saved there \(ENOTDIR: not a directory\)\n/,
    );
  });
});
