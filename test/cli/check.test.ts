import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as kit from '../../src/check/index.js';
import { checkSubject } from '../../src/cli/check/check-subject.js';
import type { Exports } from '../../src/cli/check/module.js';
import { otherText, outcomeOf, reportText, summaryText } from '../../src/cli/check/report-text.js';
import { type Sorted, sortExports } from '../../src/cli/check/subjects.js';
import { constant, type Node, sumOp } from '../../src/graph/index.js';
import { exp, matmul, mul, tanh } from '../../src/ops/index.js';
import { chainrule } from './support/run.js';
import { run } from './support/spawn.js';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a module of a user's and returns its path. */
function module(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

// A project of the kind that `npm init` makes: no word of ES modules.
module('package.json', '{ "type": "commonjs" }');
module('helper.ts', 'export enum Kind { half = 0.5 }\n');

const loaded = run(
  'test/cli/support/load-modules.ts',
  module(
    'good.ts',
    "import { mul } from 'chainrule/ops';\nimport { Kind } from './helper.js';\n" +
      'export const half = (x: never): unknown => mul(x, Kind.half);\nexport default half;\n',
  ),
  module('plain.mjs', 'export const a = 1, b = 2;\n'),
  module('old.cjs', 'exports.f = 1;\n'),
  module('bad.ts', 'export const a = 1;\nexport const = 2;\n'),
  module('bad.mjs', '\nexport  const = 2;\n'),
  module('throws.ts', "const f = (): never => {\n  throw new TypeError('not today');\n};\nf();\n"),
  module('text.mjs', "throw 'a text';\n"),
  module('absent.mjs', "import './nowhere.js';\n"),
  module('unknown.mjs', "import { nothing } from 'chainrule/ops';\nnothing();\n"),
  join(folder, 'nowhere.ts'),
  folder,
  module('ops.py', ''),
  module('twin.js', 'exports.fromJs = 1;\n'),
  module('twin.ts', 'export const fromTs = 1;\n'),
).then(({ stdout }) => JSON.parse(stdout) as string[]);

describe('loading a module of a user', () => {
  const at = (name: string): string => join(folder, name);

  test('TypeScript with enums and names in .js, JavaScript, CommonJS', async () => {
    expect((await loaded).slice(0, 3)).toEqual(['default half', 'a b', 'default f']);
  });

  test('of two files of one name, the one that is named', async () => {
    expect((await loaded).slice(12)).toEqual(['default fromJs', 'fromTs']);
  });

  test.each<[string, number, string]>([
    [
      'bad.ts',
      3,
      '$:2:14: Expected identifier but found "="\n  export const = 2;\n               ^',
    ],
    [
      'bad.mjs',
      4,
      "$:2:15: SyntaxError: Unexpected token '='\n  export  const = 2;\n                ^",
    ],
    ['throws.ts', 5, "$:2:9: TypeError: not today\n  throw new TypeError('not today');\n        ^"],
    ['text.mjs', 6, '$: it throws a text, which is no Error'],
    ['absent.mjs', 7, `$: Cannot find module '${at('nowhere.js')}' imported from $`],
    [
      'unknown.mjs',
      8,
      "$:1:1: SyntaxError: The requested module 'chainrule/ops' does not provide an export named 'nothing'\n  import { nothing } from 'chainrule/ops';\n  ^",
    ],
    ['nowhere.ts', 9, '$: there is no such file.'],
    ['', 10, `${folder} is a folder; name a module in it.`],
    ['ops.py', 11, '$: a TypeScript or JavaScript module is needed (.ts, .js, .mjs, …).'],
  ])('%s', async (name, place, message) => {
    const expected = `Mistake: ${message.replaceAll('$', at(name))}`;
    expect((await loaded)[place]).toBe(expected);
  });
});

describe('what is checked of what is exported', () => {
  const sorted = (exports: Exports, only?: string[]): Sorted =>
    sortExports(kit, 'mine.ts', exports, only);
  const names = ({ subjects }: Sorted): string[] => subjects.map(({ name }) => name);

  test('functions of nodes, ops, specs', () => {
    const found = sorted({ exp, matmul, sumOp, root: kit.spec({ f: exp, range: [1, 2] }) });
    expect(names(found)).toEqual(['exp', 'matmul', 'sumOp', 'root']);
    expect(found.others).toEqual([]);
    expect(found.subjects[3]!.fitting!.ranges).toEqual([[1, 2]]);
  });

  test('what they are called in a case is how they are imported', () => {
    const found = sorted({ exp, sumOp, default: mul, root: kit.spec({ f: exp }) }).subjects;
    const [a, b, c, d] = found.map(
      ({ spec }) => fc.sample(spec.smooth, { numRuns: 1, seed: 1 })[0]!,
    );
    expect(a!.text('x')).toBe('exp(x)');
    expect(b!.text('x')).toBe('apply(sumOp, x)');
    expect(c!.text('x')).toBe('root.f(x)');
    expect(d!.text('x1', 'x2')).toBe('mine(x1, x2)');
  });

  test('a default export, once; a CommonJS module', () => {
    expect(names(sorted({ default: exp }))).toEqual(['default']);
    expect(names(sorted({ exp, default: exp }))).toEqual(['exp']);
    expect(names(sorted({ default: { exp, mul }, exp }))).toEqual(['exp', 'mul']);
    expect(names(sorted({ default: sumOp }))).toEqual(['default']);
    expect(names(sorted({ default: kit.spec({ f: exp }), __esModule: true }))).toEqual(['default']);
  });

  test('only those that are named', () => {
    expect(names(sorted({ exp, mul, a: 1 }, ['mul']))).toEqual(['mul']);
    expect(() => sorted({ softmax: exp }, ['sotfmax'])).toThrow(
      'mine.ts exports no sotfmax; did you mean softmax?',
    );
    expect(() => sorted({ exp }, ['tanh'])).toThrow('mine.ts exports no tanh; it exports exp.');
  });

  test('the rest is named, with the reason; what cannot be tried is not passed over', () => {
    class Model {}
    const five = (x: Node): number => x.id * 0 + 5;
    const picky = (_: Node): Node => {
      throw new RangeError('never');
    };
    const others = {
      Model,
      five,
      picky,
      main: () => {
        throw new Error('it is not called');
      },
      node: constant(1),
      pi: 3,
      empty: null,
    };
    expect(sorted({ exp, ...others }).others).toEqual([
      { name: 'Model', wanted: false, reason: 'a class' },
      { name: 'five', wanted: false, reason: 'gives 5 and no node' },
      {
        name: 'picky',
        wanted: true,
        reason: 'picky takes none of the shapes that were tried; with [] it says: never',
      },
      {
        name: 'main',
        wanted: false,
        reason: 'names no inputs; if it has some, say how many: spec({ f, inputs: 2 })',
      },
      {
        name: 'node',
        wanted: false,
        reason: 'a node (constant []); a function of its inputs can be checked',
      },
      { name: 'pi', wanted: false, reason: 'a number and no function of nodes' },
      { name: 'empty', wanted: false, reason: 'an object and no function of nodes' },
    ]);
    const { main: _, picky: __, ...nothing } = others;
    expect(() => sorted(nothing)).toThrow(
      /^mine.ts exports nothing that can be checked: .*\n {2}Model: a class\n/,
    );
    expect(() => sorted({})).toThrow(/It exports nothing at all/);
    const odd = sorted({ odd: { f: exp, domian: [0, 1] } }).others;
    expect(odd).toEqual([
      {
        name: 'odd',
        wanted: true,
        mistaken: true,
        reason: 'odd: no key is called "domian"; did you mean domain?',
      },
    ]);
    // a spec means to be checked
    expect(sorted({ a: kit.spec({ f: five as never }) }).others[0]).toMatchObject({ wanted: true });
  });
});

describe('the report', () => {
  const subject = sortExports(kit, 'mine.ts', { exp }).subjects[0]!;
  const law = {
    law: 'gradient',
    outcome: 'passed',
    draws: 100,
    inconclusive: 0,
    zero: 0,
    error: 0,
  } as const;
  const text = (report: Partial<kit.Report>, file = 'src/mine.ts'): string[] => {
    const whole = { name: 'exp', outcome: 'passed', seed: 1, laws: [law], ...report } as const;
    const shown = reportText(file, subject, whole, kit.LAWS, 70);
    return stripVTControlCharacters(shown).split('\n');
  };

  test('a line for each law that was looked at', () => {
    const laws: kit.LawReport[] = [
      { ...law, error: 2.345e-13 },
      {
        ...law,
        law: 'second order',
        outcome: 'inconclusive',
        inconclusive: 30,
        reason: 'too rough',
      },
      { ...law, law: 'order', draws: 1 },
      { ...law, law: 'zero seed', inconclusive: 7 },
      { ...law, law: 'kinks', outcome: 'skipped', reason: 'none are listed' },
      { ...law, law: 'special points', draws: 2 },
    ];
    expect(text({ outcome: 'inconclusive', laws })).toEqual([
      '? exp  15 shapes, [0] to [2, 9]; numbers in (−3, 3), some of size',
      '       1e-6, 40.5, 1000.5',
      '  ✓ gradient        100 draws, worst error 2.3e-13',
      '  ? second order    too rough',
      '  ✓ order           1 draw, bit for bit',
      '  ✓ zero seed       100 draws, 7 of them tell nothing, bit for bit',
      '  ✓ special points  2 points, bit for bit',
    ]);
  });

  test('a reason that is long stands under itself', () => {
    const reason = 'every gradient was 0 in all 5 draws, so a rule that gives nothing would pass';
    const laws = [{ ...law, outcome: 'inconclusive', reason } as const];
    expect(text({ outcome: 'inconclusive', laws }).slice(2)).toEqual([
      '  ? gradient  every gradient was 0 in all 5 draws, so a rule that',
      '              gives nothing would pass',
    ]);
  });

  test.each([
    [
      'src/mine.ts',
      { wrong: kit.spec({ f: exp, definition: (_, x) => x! }) },
      "{ wrong } from './mine.js'",
      '(x) => wrong.f(x)',
      '{ definition: wrong.definition }',
    ],
    [
      '../a b.mts',
      { default: { f: exp, definition: (_: unknown, x: unknown) => x } },
      "mine from './a b.mjs'",
      '(x) => mine.f(x)',
      '{ definition: mine.definition }',
    ],
  ])('what is to be pasted names the module: %s', (file, exports, imported, call, settings) => {
    const subject = sortExports(kit, file, exports).subjects[0]!;
    const report = checkSubject(kit, subject, { seed: 1, law: ['value'] }, () => {});
    const printed = report.laws[0]!.counterexample!.text;
    expect(printed).toBe(
      `import { assertPassed, checkLaw } from 'chainrule/check';\nimport ${imported};\n\n` +
        `assertPassed(checkLaw(\n  'value',\n  ${call},\n  [{ shape: [], values: [0.5] }],\n  ${settings},\n));`,
    );
  });

  test('where nothing was checked, nothing is shown', () => {
    const settings = { runs: 3, seed: 1, law: ['kinks'] } as const;
    const report = checkSubject(kit, subject, settings, () => {});
    expect(report.outcome).toBe('inconclusive');
    expect(text(report)[2]).toBe('  ? nothing of what was asked for is there to be checked');
  });

  test('of a long function fewer cases are drawn, unless more are asked for', () => {
    const long = (x: Node): Node => Array.from({ length: 100 }).reduce<Node>(tanh, x);
    const subject = sortExports(kit, 'mine.ts', { long }).subjects[0]!;
    const drawn = (settings: { readonly runs?: number }): readonly [number, string[]] => {
      const asked = { seed: 1, law: ['determinism'], ...settings } as const;
      const report = checkSubject(kit, subject, asked, () => {});
      return [report.laws[0]!.draws, text(report).filter((line) => line.includes('nodes'))];
    };
    const [draws, remark] = drawn({});
    expect(draws).toBeLessThan(50);
    expect(remark).toEqual([
      expect.stringMatching(`^ {4}\\(it is made of 101 nodes, so ${draws} cases`),
    ]);
    expect(drawn({ runs: 20 })).toEqual([20, []]);
  });

  test('the smallest case of the first law that is broken, with the way back to it', () => {
    const counterexample = {
      text:
        "import { assertGradient } from 'chainrule/check';\nimport { exp } from './mine.js';\n\n" +
        'assertGradient(exp, [1]);',
      explanation: `a gradient is wrong:\n  likely cause     ${'so long a sentence '.repeat(5).trim()}`,
      seed: -3,
      path: '5:1',
    };
    const broken = { ...law, outcome: 'failed', draws: 6, counterexample } as const;
    const laws = [broken, { ...broken, law: 'second order', draws: 1 } as const];
    expect(text({ outcome: 'failed', laws })).toEqual([
      '✗ exp  15 shapes, [0] to [2, 9]; numbers in (−3, 3), some of size',
      '       1e-6, 40.5, 1000.5',
      '  ✗ gradient      refuted by draw 6',
      '  ✗ second order  refuted by the first draw',
      '',
      '    Not so: the gradient is that of differences.',
      '    The smallest case that shows it:',
      '',
      "      import { assertGradient } from 'chainrule/check';",
      "      import { exp } from './mine.js';",
      '',
      '      assertGradient(exp, [1]);',
      '',
      '    a gradient is wrong:',
      '      likely cause     so long a sentence so long a sentence so long a',
      '                       sentence so long a sentence so long a sentence',
      '',
      '    see it again: chainrule check src/mine.ts --only exp --law gradient --seed -3 --path 5:1',
      '    (what else is refuted may follow from this; --law shows it by itself)',
    ]);
  });

  test('of several laws, the most telling one is explained', () => {
    const counterexample = { text: 'exp(1)', explanation: 'wrong' };
    const broken = { ...law, outcome: 'failed', counterexample } as const;
    const laws = [broken, { ...broken, law: 'untouched' } as const];
    const shown = text({ outcome: 'failed', laws, telling: 'untouched' });
    expect(shown).toContain('    Not so: inputs and seed are left as they were.');
    expect(shown.at(-2)).toMatch(/--law untouched$/);
    expect(shown.at(-1)).toMatch(/what else is refuted may follow from this/);
  });

  test('where nothing is broken, a draw that tells nothing is shown', () => {
    const verdict = { outcome: 'inconclusive', reason: 'zero', entries: 1 } as const;
    const untold = {
      text: 'f(1)',
      explanation: 'every gradient was 0',
      verdict,
      seed: 1,
      path: '4',
    };
    const open = { ...law, outcome: 'inconclusive', reason: 'zeros', untold } as const;
    const laws = [
      law,
      { ...open, law: 'linearity' } as const,
      { ...open, law: 'branches' } as const,
    ];
    expect(text({ outcome: 'inconclusive', laws }).slice(5)).toEqual([
      '',
      '    Not known: the backward pass is linear in its seed, bit for bit.',
      '    One of the draws that tell nothing of it:',
      '',
      '      f(1)',
      '',
      '    every gradient was 0',
      '',
      '    see it again: chainrule check src/mine.ts --only exp --law linearity --seed 1 --path 4',
    ]);
    const counterexample = { text: 'g(1)', explanation: 'wrong' };
    const broken = { ...law, law: 'order', outcome: 'failed', counterexample } as const;
    expect(text({ outcome: 'failed', laws: [open, broken] })).toContain('      g(1)');
  });

  test('a point that is listed is no draw, and a law is said once', () => {
    const meaning = kit.LAWS['special points'];
    const explanation = `a law is broken: ${meaning}: it is 0, and should be 1`;
    const counterexample = { text: 'exp(0)', explanation };
    const laws = [
      { ...law, law: 'special points', outcome: 'failed', draws: 3, counterexample } as const,
    ];
    expect(text({ outcome: 'failed', laws }).slice(2)).toEqual([
      '  ✗ special points  refuted by point 3',
      '',
      '    Not so: where differences see nothing, the gradient is the one',
      '    that is known.',
      '    The point that shows it:',
      '',
      '      exp(0)',
      '',
      '    it is 0, and should be 1',
      '',
      '    see it again: chainrule check src/mine.ts --only exp --law special-points',
    ]);
  });

  test.each([
    ['my ops/mine.ts', '"my ops/mine.ts"'],
    ['a $1 "b".ts', '"a \\$1 \\"b\\".ts"'],
    ['../é_1-@x/C:\\mine+1.ts', '../é_1-@x/C:\\mine+1.ts'],
  ])('the way back has the path %s as one word', (file, word) => {
    const counterexample = { text: 'exp(0)', explanation: 'wrong' };
    const broken = { ...law, law: 'kinks', outcome: 'failed', counterexample } as const;
    expect(text({ outcome: 'failed', laws: [broken] }, file).at(-1)).toBe(
      `    see it again: chainrule check ${word} --only exp --law kinks`,
    );
  });

  test('the summary, and what it comes to', () => {
    const checked = (outcome: kit.Report['outcome']) => ({
      subject,
      report: { name: 'exp', outcome, seed: 1, laws: [] },
    });
    const untried = { name: 'picky', reason: 'it takes nothing', wanted: true };
    const passed = [checked('passed'), checked('passed')];
    const plain = (...given: Parameters<typeof summaryText>): string =>
      stripVTControlCharacters(summaryText(...given));
    expect(plain(passed, [])).toBe('2 passed');
    expect(outcomeOf(passed, [{ ...untried, wanted: false }])).toBe('passed');
    expect(plain([...passed, checked('inconclusive')], [untried])).toBe('2 passed, 2 inconclusive');
    expect(outcomeOf(passed, [untried])).toBe('inconclusive');
    expect(outcomeOf([...passed, checked('inconclusive')], [])).toBe('inconclusive');
    expect(plain([checked('failed'), ...passed], [])).toBe('2 passed, 1 failed');
    expect(outcomeOf([checked('inconclusive'), checked('failed')], [untried])).toBe('failed');
    const mistaken = { ...untried, mistaken: true } as const;
    expect(outcomeOf(passed, [untried, mistaken])).toBe('failed');
    expect(plain(passed, [untried, mistaken])).toBe('2 passed, 1 failed, 1 inconclusive');
    expect(stripVTControlCharacters(otherText(mistaken, 80))).toBe(
      '✗ picky  has a wrong spec\n    it takes nothing',
    );
    expect(stripVTControlCharacters(otherText(untried, 80))).toBe(
      '? picky  could not be tried\n    it takes nothing\n    (say how it is called: spec({ f, shapes, range }); or leave it out: --only)',
    );
  });
});

describe('the command', () => {
  const check = (...args: string[]) => run('src/cli/main.ts', 'check', ...args);
  const flat = module(
    'flat.ts',
    "import { mul } from 'chainrule/ops';\nexport const flat = (x: never) => mul(x, 0);\n",
  );
  const ends = module(
    'ends.ts',
    'export const ends = (x: never) => {\n  process.exit(0);\n  return x;\n};\n',
  );
  const waits = module('waits.mjs', 'await new Promise(() => {});\nexport const f = (x) => x;\n');
  const open = module(
    'open.mjs',
    "import { createServer } from 'node:http';\nimport { mul } from 'chainrule/ops';\n" +
      'createServer().listen(0);\nsetInterval(() => {}, 1000);\nsetImmediate(() => process.exit(0));\n' +
      'process.exitCode = 0;\nexport const flat = (x) => mul(x, 0);\n',
  );
  const mistaken = module(
    'mistaken.ts',
    "import { exp } from 'chainrule/ops';\nexport const odd = { f: exp, shaeps: [[2]] };\n",
  );
  const talks = module(
    'talks.ts',
    "import { exp } from 'chainrule/ops';\nconsole.log('loaded');\n" +
      "export const talks = (x: never) => {\n  process.stdout.write('called\\n');\n  return exp(x);\n};\n",
  );
  const dot = join(folder, 'pictures', 'wrong.dot');
  const softmax = 'examples/wrong-softmax.ts';
  const runs = {
    json: check(softmax, '--only', 'softmax', '--json', '--runs', '10', '--first-order'),
    replay: check(
      softmax,
      '--only',
      'wrongSoftmax',
      '--law',
      'gradient',
      '--path',
      '0:1',
      '--dot',
      dot,
    ),
    flat: check(flat, '--runs', '3'),
    only: check(softmax, '--only', 'sotfmax'),
    ends: check(ends),
    waits: check(waits),
    mistaken: check(mistaken, '--allow-inconclusive'),
    talks: check(talks, '--json', '--runs', '1', '--law', 'gradient'),
    open: check(open, '--runs', '1', '--law', 'gradient'),
    allowed: check(flat, '--runs', '3', '--allow-inconclusive', '--law', 'gradient', '--dot', dot),
  };

  test('--json: one object, and nothing beside it; --first-order leaves the second one out', async () => {
    const { code, stdout, stderr } = await runs.json;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { file, outcome, checked, others } = JSON.parse(stdout);
    expect({ file, outcome, others }).toEqual({ file: softmax, outcome: 'passed', others: [] });
    const laws = (checked as kit.Report[])[0]!.laws.filter((law) => law.outcome === 'passed');
    expect(laws.map(({ law, draws }) => `${law} ${draws}`)).toEqual([
      'gradient 10',
      'linearity 10',
      'zero seed 10',
      'branches 10',
      'order 10',
      'poison 10',
      'untouched 10',
      'determinism 10',
    ]);
  });

  test('--path draws one case again; --dot writes its graph, the guilty node in red', async () => {
    const { code, stdout } = await runs.replay;
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ gradient {2}refuted by the first draw\n\n/);
    expect(stdout).toMatch(/--law gradient --seed 1 --path 0:1/);
    const picture = readFileSync(dot, 'utf8');
    expect(picture).toMatch(/^digraph \{\n[\s\S]*\n\}\n$/);
    expect(picture).toMatch(/v1 \[label="constant \[.*\] \\"x1\\"", shape=plaintext\];/);
    expect(picture).toMatch(
      /v2 \[label="wrongSoftmax \[.*\]", penwidth=2, color=red, fontcolor=red\];/,
    );
    expect(picture).toContain('  v1 -> v2;\n');
  });

  test('what cannot be told is no pass, unless that is allowed', async () => {
    const { code, stdout } = await runs.flat;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\? flat .*\n {2}\? gradient +every gradient was 0 in all 3 draws/);
    expect(stdout).toMatch(
      /\n {4}\(if its gradient is 0 by definition, say so: .*\n\n1 inconclusive\n$/,
    );
    expect(await runs.allowed).toMatchObject({
      code: 0,
      stderr: `chainrule: no draw failed, so there is no graph for ${dot}\n`,
    });
  });

  test('a wrong spec is not what --allow-inconclusive allows', async () => {
    expect(await runs.mistaken).toEqual({
      code: 1,
      stdout:
        '✗ odd  has a wrong spec\n    odd: no key is called "shaeps"; did you mean shapes?\n\n1 failed\n',
      stderr: '',
    });
  });

  test('--json: what the module prints goes elsewhere', async () => {
    const { code, stdout, stderr } = await runs.talks;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'passed' });
    expect(stderr).toMatch(/^loaded\n(called\n)+$/);
  });

  test('a module that ends the program, or waits for ever, is no pass', async () => {
    expect(await runs.ends).toEqual({
      code: 2,
      stdout: '',
      stderr: `chainrule: ${ends}:2:11: the program is ended here, before the check is done\n  process.exit(0);\n          ^\n`,
    });
    expect(await runs.waits).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `chainrule: ${waits}: it waits at its top level for what never comes, so nothing is checked\n`,
    });
  });

  test('what a module leaves open is not waited for, and what it still does changes nothing', async () => {
    const { code, stdout } = await runs.open;
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n1 inconclusive\n$/);
  });

  test.runIf(existsSync('/dev/full'))('a report that cannot be written is no pass', () => {
    const full = openSync('/dev/full', 'w');
    const args = ['--import', 'tsx', 'src/cli/main.ts', 'check', softmax, '--only', 'softmax'];
    const { status, stderr } = spawnSync(process.execPath, [...args, '--runs', '1'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(status).toBeGreaterThan(0);
    expect(stderr).toBe('chainrule: ENOSPC: no space left on device, write\n');
  });

  test('misuse, mistakes', async () => {
    const { code, stderr } = await chainrule('check', softmax, '--path', 'five');
    expect(code).toBe(2);
    expect(stderr).toMatch(/argument 'five' is invalid\. It is to be numbers with colons/);
    const missing = join(folder, 'nowhere.ts');
    for (const [args, said] of [
      [[softmax, '--law', 'gradeint'], 'There is no law "gradeint"; did you mean gradient?'],
      [[missing], `${missing}: there is no such file.`],
      [[missing, '--dot', folder], `${folder} is a folder; name a file in it.`],
      [
        [missing, '--dot', 'package.json/wrong.dot'],
        `${resolve('package.json')} is a file, so nothing can be written into it.`,
      ],
    ] as const) {
      expect(await chainrule('check', ...args)).toEqual({
        code: 2,
        stdout: '',
        stderr: `chainrule: ${said}\n`,
      });
    }
    expect(await runs.only).toEqual({
      code: 2,
      stdout: '',
      stderr: `chainrule: ${softmax} exports no sotfmax; did you mean softmax?\n`,
    });
  });
});
