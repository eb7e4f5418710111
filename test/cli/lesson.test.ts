// docs/checking.md is a lesson with many figures: what it shows is what comes out. (So it is of what README shows of it.)
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../examples/wrong-softmax.js';
import { type Build, checkGradient, derivative, type Verdict } from '../../src/check/index.js';
import { apply, constant, type Node, type Op } from '../../src/graph/index.js';
import { tanh } from '../../src/linalg/index.js';
import { mean, mul, sub, sum } from '../../src/ops/index.js';
import { run } from './support/spawn.js';

const page = readFileSync('docs/checking.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');

describe('what the command prints', () => {
  const shown = /<!-- chainrule (check [^\n]*) -->\n```\n(.*?)```/gs;
  const blocks = [...page.matchAll(shown), ...readme.matchAll(shown)];
  const printed = blocks.map(([, args]) => run('src/cli/main.ts', ...args!.split(' ')));

  test.each(blocks.map(([, args, block], i) => [args!, block!, i] as const))(
    '%s',
    async (args, block, i) => {
      const { stdout } = await printed[i]!;
      expect(stdout, `copy what "npm run -s chainrule -- ${args}" prints into the page`).toBe(
        block,
      );
    },
  );

  test('there are three', () => expect(blocks).toHaveLength(3));
});

test('the blocks of tests are files of tests', () => {
  const blocks = [...page.matchAll(/<!-- (test\/\S+) -->\n```ts\n(.*?)```/gs)];
  expect(blocks).toHaveLength(2);
  for (const [, file, code] of blocks) {
    expect(code, `copy ${file} into the page`).toBe(readFileSync(file!, 'utf8'));
  }
});

describe('rules of softmax, by seed', () => {
  const { op } = softmax(constant([1, 2]));
  const along = (fold: typeof sum, x: Node): Node => fold(x, -1, { keepAxes: true });
  const right = (dy: Node, y: Node): Node => mul(y, sub(dy, along(sum, mul(dy, y))));
  const rules = new Map<string, (dy: Node, y: Node) => Node>([
    ['y (dy − Σ dy y)', right],
    ['2 y (dy − Σ dy y)', (dy, y) => mul(2, right(dy, y))],
    ['y (dy − mean dy)', (dy, y) => mul(y, sub(dy, along(mean, dy)))],
    ['0', (dy) => mul(0, dy)],
    ['y (1 − y) dy', (dy, y) => mul(mul(y, sub(1, y)), dy)],
  ]);
  const rows = [...page.matchAll(/^\| `([^`]+)`.* \| (.*) \| (.*) \|$/gm)];

  test('all of them are there', () => {
    expect(rows.map(([, rule]) => rule)).toEqual([...rules.keys()]);
  });

  test.each(rows.map(([, rule, ones, random]) => [rule!, ones!, random!] as const))(
    '%s',
    (rule, ones, random) => {
      const own: Op = { ...op, vjp: (dy, y) => [() => rules.get(rule)!(dy, y)] };
      const f: Build = (x) => apply(own, x);
      const point = [[[0.5, -1, 2]]];
      expect(said(checkGradient((x) => sum(f(x)), point)).split(':')[0]).toBe(ones);
      expect(said(checkGradient(f, point))).toBe(random);
    },
  );

  function said(verdict: Verdict): string {
    if (verdict.outcome !== 'failed' || !verdict.cause) return verdict.outcome;
    return `failed: ${verdict.cause.name}`;
  }
});

describe('differences of tanh at ½', () => {
  // 1/cosh²(½)
  const exact = 0.7864477329659274;
  const { value, error } = derivative(tanh, 0.5);

  test('rows of the table', () => {
    const rows = [...page.matchAll(/^\| (h = 10⁻(.)|extrapolated) \| (.*) \|$/gm)];
    expect(rows).toHaveLength(5);
    for (const [, , exponent, off] of rows) {
      const h = exponent && Number(`1e-${'⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(exponent)}`);
      const slope = h ? (tanh(0.5 + h) - tanh(0.5 - h)) / (2 * h) : value;
      expect(inPowers(Math.abs(slope - exact) / exact)).toBe(off);
    }
  });

  test('the answer, and how far it trusts itself', () => {
    expect(page.replaceAll(/\s+/g, ' ')).toContain(`${value.toFixed(14)} ± ${inPowers(error)}`);
    expect(Math.abs(value - exact)).toBeLessThan(error);
  });

  /** 1.2·10⁻⁵ */
  function inPowers(x: number): string {
    const [digits, exponent] = x.toExponential(1).split('e-');
    return `${digits}·10⁻${[...exponent!].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
  }
});
