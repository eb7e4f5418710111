import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/cli/compile.js';
import { explanation } from '../../src/cli/explanation.js';
import { parseValues } from '../../src/cli/values.js';
import { trace } from '../../src/graph/trace.js';

function explained(program: string, ...values: string[]): string {
  const given = parseValues(values);
  const text = explanation(trace(compile(program, given), Object.fromEntries(given)));
  return stripVTControlCharacters(text);
}

describe('both passes as text, the numbers by hand', () => {
  test('tanh(w*x + b): tanh 0.6 = 0.537050, 1 − tanh² 0.6 = 0.711578', () => {
    expect(explained('tanh(w*x + b)', 'w=0.5', 'x=1', 'b=0.1').split('\n')).toEqual([
      'Forward: for i = 1 … 6, compute vᵢ from its parents',
      '',
      '  1  w              0.5',
      '  2  x              1',
      '  3  b              0.1',
      '  4  v₄ = w · x     0.5',
      '  5  v₅ = v₄ + b    0.6',
      '  6  v₆ = tanh v₅   0.53705',
      '',
      'Backward: for i = 6 … 1, ∂L/∂vᵢ = Σ over children j of ∂L/∂vⱼ · ∂vⱼ/∂vᵢ',
      '',
      '  6  ∂L/∂v₆ = 1   where the pass begins',
      '',
      '  5  ∂L/∂v₅ = ∂L/∂v₆ · ∂v₆/∂v₅',
      '            =      1 · 0.711578',
      '            = 0.711578',
      '',
      '  4  ∂L/∂v₄ =   ∂L/∂v₅ · ∂v₅/∂v₄',
      '            = 0.711578 · 1',
      '            = 0.711578',
      '',
      '  3  ∂L/∂b =   ∂L/∂v₅ · ∂v₅/∂b',
      '           = 0.711578 · 1',
      '           = 0.711578',
      '',
      '  2  ∂L/∂x =   ∂L/∂v₄ · ∂v₄/∂x',
      '           = 0.711578 · 0.5',
      '           = 0.355789',
      '',
      '  1  ∂L/∂w =   ∂L/∂v₄ · ∂v₄/∂w',
      '           = 0.711578 · 1',
      '           = 0.711578',
    ]);
  });

  test('two children side by side, negative numbers in parentheses', () => {
    // L = −3x · x² at x = 2: ∂L/∂x = −9x² = −36
    const text = explained('a = -3*x; b = x^2; L = a*b', 'x=2');
    expect(text.split('\n').slice(-4)).toEqual([
      '  1  ∂L/∂x = ∂L/∂b · ∂b/∂x + ∂L/∂a · ∂a/∂x',
      '           =    −6 · 4     +     4 · (−3)',
      '           =      −24      +     (−12)',
      '           = −36',
    ]);
  });

  test('many children: a line each; one that uses it twice says where', () => {
    const text = explained('x*x + x + x + x + x + x', 'x=3');
    expect(text).toMatch(
      /∂v₂\/∂x \(as a\) = 1 · 3 = 3\n +\+ ∂L\/∂v₂ · ∂v₂\/∂x \(as b\) = 1 · 3 = 3\n +=/,
    );
    expect(text).toMatch(/\n += 11$/);
  });

  test('where nothing comes back, it says so; what is not a number is shown', () => {
    expect(explained('sign(x) * y', 'x=2', 'y=3')).toContain(
      '∂L/∂x = 0   nothing that leads to L passes a gradient on',
    );
    expect(explained('log(x)', 'x=0')).toMatch(/v₂ = ln x +−∞\n[\s\S]*= +1 · ∞\n += ∞$/);
  });

  test('tensors: what the rule wrote in place of a product of numbers', () => {
    const text = explained('sum(matmul(X, w))', 'X=[[1,2],[3,4]]', 'w=[[5],[6]]');
    expect(text).toContain(
      '∂L/∂w = ∂L/∂v₃ · ∂v₃/∂w\n           = matmul(X, ∂L/∂v₃, transposeA)\n           = [[4], [6]]',
    );
  });
});

// The command itself, in processes of its own. They are slow to start, so they run side by side.

const folder = mkdtempSync(join(tmpdir(), 'explain-'));
const html = join(folder, 'chain.html');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function chainrule(args: readonly string[], { stopReading = false } = {}): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    if (stopReading) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

const runs = {
  good: chainrule(['explain', 'tanh(w*x + b)', 'w=0.5', 'x=1', 'b=0.1']),
  notes: chainrule(['explain', '--html', html]),
  json: chainrule(['explain', '--json', 'log(x)', 'x=-1']),
  mistake: chainrule(['explain', 'tahn(x)', 'x=1']),
  misuse: chainrule(['explain', '-x^2', 'x=3']),
  pipe: chainrule(['explain', `${'x+'.repeat(1500)}x`, 'x=1'], { stopReading: true }),
};

describe('the command', () => {
  test('prints both passes and ends with 0', async () => {
    const { code, stdout, stderr } = await runs.good;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`${explained('tanh(w*x + b)', 'w=0.5', 'x=1', 'b=0.1')}\n`);
  });

  test("without an expression: the notes' chain; --html writes a page, and nothing beside it", async () => {
    const { code, stdout, stderr } = await runs.notes;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(html);
    expect(readdirSync(folder)).toEqual(['chain.html']);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  test('--json prints JSON, whatever the numbers', async () => {
    const { code, stdout } = await runs.json;
    expect(code).toBe(0);
    expect(JSON.parse(stdout).nodes[1]).toMatchObject({ op: 'log', value: ['NaN'] });
  });

  test('a mistake: its place, exit code 1, no stack', async () => {
    expect(await runs.mistake).toEqual({
      code: 1,
      stdout: '',
      stderr: 'chainrule: there is no function tahn; did you mean tanh?\n  tahn(x)\n  ^^^^\n',
    });
  });

  test('misuse: what to do instead, exit code 2', async () => {
    const { code, stdout, stderr } = await runs.misuse;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^chainrule: unknown option '-x\^2'\n.* explain -- "-x\^2" x=3\n$/);
  });

  test('a reader that has seen enough is no error', async () => {
    const { code, stderr } = await runs.pipe;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
