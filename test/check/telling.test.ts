import { describe, expect, test } from 'vitest';
import { assertOp, checkOp, explainReport, type Law, type Report } from '../../src/check/index.js';
import { mostTelling } from '../../src/check/words/telling.js';
import type { Node, Op } from '../../src/graph/index.js';
import { abs, mul, square, sum } from '../../src/ops/index.js';
import { cubeOp } from './support/ops.js';
import { writing } from './support/your-module.js';

const settings = { seed: 1, runs: 5 };
const withKernel = (cube: (y: Float64Array, x: Float64Array) => void): Op => ({
  ...cubeOp,
  kernel:
    ({ data: y }, { data: x }) =>
    () =>
      cube(y, x),
});
const withRule = (rule: (dy: Node, x: Node) => Node): Op => ({
  ...cubeOp,
  vjp: (dy, _, x) => [() => rule(dy, x!)],
});
const brokenIn = ({ laws }: Report): Law[] =>
  laws.flatMap(({ law, counterexample }) => (counterexample ? [law] : []));

describe('of several laws that are broken, the one that explains the others', () => {
  let runs = 0;
  const counts = withKernel((y, x) => {
    runs += 1;
    for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3 * (runs % 7);
  });
  const adds = withKernel((y, x) => {
    for (let i = 0; i < y.length; i++) y[i]! += x[i]! ** 3;
  });
  test.each<[string, Op, telling: Law, broken: Law]>([
    ['it writes to its inputs', writing, 'untouched', 'gradient'],
    ['it counts its runs', counts, 'determinism', 'order'],
    ['it adds to what was there', adds, 'poison', 'order'],
    ['a rule forgets ∂L/∂y', withRule((_, x) => mul(3, square(x))), 'gradient', 'linearity'],
    [
      'it takes |∂L/∂y|',
      withRule((dy, x) => mul(abs(dy), mul(3, square(x)))),
      'linearity',
      'gradient',
    ],
    ['a rule throws', withRule((dy) => sum(dy)), 'gradient', 'untouched'],
  ])('%s', (_, op, telling, broken) => {
    const report = checkOp(op, {}, settings);
    expect(brokenIn(report)).toEqual(expect.arrayContaining([telling, broken]));
    expect(report.telling).toBe(telling);
    const text = explainReport(report);
    // one program, and under its law
    expect(text.match(/chainrule\/check/g)).toHaveLength(1);
    expect(text).toMatch(
      /\n {2}\(what else is refuted may follow from this; { laws: \['.*'\] } shows it by itself\)/,
    );
    expect(() => assertOp(op, {}, { ...settings, laws: [telling] })).toThrow(/chainrule\/check/);
  });

  test('what is not the same twice is not said to read what it has not written', () => {
    expect(brokenIn(checkOp(counts, {}, settings))).not.toContain('poison');
  });

  test('where nothing is broken, none', () => {
    const report = checkOp(cubeOp, {}, settings);
    expect(mostTelling(report.laws)).toBeUndefined();
    expect(report).not.toHaveProperty('telling');
  });
});
