import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  checkSpec,
  explainReport,
  LAWS,
  type Law,
  type LawReport,
  type OpSpec,
} from '../../src/check/index.js';
import { constant, gradients } from '../../src/graph/index.js';
import { square, sum } from '../../src/ops/index.js';
import { catalogue } from './catalogue/index.js';

/** Draws of each law for each op. Seed and path of a failure are printed; give them as options to see it again. */
const RUNS = 10;
const seed = Math.floor(Math.random() * 2 ** 30);

/**
 * Laws on points that are listed are the tests of points.test.ts, one for each point; and of random graphs there are
 * more elsewhere.
 */
const listed: readonly Law[] = ['graphs', 'kinks', 'special points', 'misfits'];
const drawn = (Object.keys(LAWS) as Law[]).filter((law) => !listed.includes(law));
const reports: (LawReport & { readonly flat: boolean })[] = [];

/** What a law needs that an op has not, by the op's own word. */
const isFor = ({ cut, once }: OpSpec, law: Law): boolean => {
  const differences: readonly Law[] = ['gradient', 'forward mode', 'second order', 'symmetry'];
  const twice: readonly Law[] = ['second order', 'symmetry'];
  return !(cut && differences.includes(law)) && !(once && twice.includes(law));
};

describe.each(Object.entries(catalogue))('%s', (name, spec) => {
  test.each(drawn.filter((law) => isFor(spec, law)))('%s', (law) => {
    // Seeds of their own, or what is drawn would be the same shapes for each.
    const own = seed + 100 * Object.keys(catalogue).indexOf(name) + drawn.indexOf(law);
    const options = { laws: [law], runs: RUNS, seed: own, gate: 1e-10 };
    const report = checkSpec(name, spec, options);
    const [found] = report.laws as [LawReport];
    reports.push({ ...found, flat: spec.flat === true });
    if (found.outcome === 'skipped') expect(found.reason).toBe('there is no definition');
    else expect(report.outcome, explainReport(report)).toBe('passed');
  });

  if (spec.once) {
    test('a second derivative is refused, by name', () => {
      const [made] = fc.sample(spec.smooth, 1);
      const xs = made!.inputs.map(({ values, shape }) => constant(values, shape));
      const first = gradients(sum(made!.f(...xs)), xs);
      expect(() => gradients(sum(square(first[0]!)), xs)).toThrow(
        /cube was given by numeric loops, so it has no second derivative/,
      );
    });
  }
});

describe('the checks are not empty', () => {
  const total = (field: 'draws' | 'inconclusive' | 'zero'): number =>
    reports.reduce((sum, report) => sum + report[field], 0);

  test('of at most 5 % of the draws nothing can be told', () => {
    expect(total('inconclusive')).toBeLessThanOrEqual(0.05 * total('draws'));
  });

  test('differences can tell of every draw with a gradient, and at most a sixth have none', () => {
    const first = reports.filter(({ law, flat }) => law === 'gradient' && !flat);
    const sum = (field: 'draws' | 'inconclusive' | 'zero'): number =>
      first.reduce((total, report) => total + report[field], 0);
    expect(sum('inconclusive') - sum('zero')).toBeLessThanOrEqual(0.01 * sum('draws'));
    expect(sum('zero')).toBeLessThanOrEqual(sum('draws') / 6);
  });

  test('a law without a definition is left out for few', () => {
    const skipped = reports.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.length).toBeLessThanOrEqual(10);
  });

  afterAll(() => {
    const share = (part: number): string => `${((100 * part) / total('draws')).toFixed(1)} %`;
    console.log(
      `${total('draws')} draws, seed ${seed}: nothing told of ${share(total('inconclusive'))}, all gradients 0 in ${share(total('zero'))}`,
    );
  });
});
