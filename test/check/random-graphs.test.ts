import { describe, expect, test } from 'vitest';
import { draw } from '../../fuzz/draw.js';
import { shown } from '../../fuzz/save.js';
import { Tally } from '../../fuzz/tally.js';
import { graphOps, type LaneName, lanes, statements } from '../../src/check/random/index.js';
import * as ops from '../../src/ops/index.js';
import { type Change, CLASSIC } from '../faults/fault.js';
import { plantedOps } from '../faults/plant.js';

// `npm run check:gradients` draws as many as you like, of any seed.
const SEED = 2026;
const GRAPHS: Record<LaneName, number> = {
  'first order': 1500,
  'second order': 250,
  exact: 250,
  paths: 250,
  laws: 100,
};
const tallies = new Map((Object.keys(lanes) as LaneName[]).map((lane) => [lane, new Tally()]));

describe.each([...tallies])('%s', (lane, tally) => {
  test(`no random graph is wrong: ${lanes[lane].holds}`, () => {
    const failure = draw({ lane, seed: SEED, runs: GRAPHS[lane] }, tally);
    expect(failure && shown(failure)).toBeUndefined();
  });

  test('of few is nothing to be seen', async ({ annotate }) => {
    const share = (n: number): number => n / tally.graphs;
    await annotate(`${lane}: inconclusive ${tally.unclear}, all zero ${share(tally.allZero)}`);
    expect(tally.graphs).toBe(GRAPHS[lane]);
    expect(tally.unclear).toBeLessThanOrEqual(0.05);
    // Second derivatives are 0 of all that is linear, or linear piece by piece.
    expect(share(tally.allZero)).toBeLessThanOrEqual(lane === 'second order' ? 0.3 : 0.15);
  });
});

describe('the graphs', () => {
  const tally = tallies.get('first order')!;

  test('most have a node whose gradient is a sum, and every op is differentiated', async ({
    annotate,
  }) => {
    const fanOut = tally.shared / tally.graphs;
    const unfit = tally.unfit / tally.steps;
    await annotate(`fan-out ${fanOut}, steps that do not fit ${unfit}`);
    expect(fanOut).toBeGreaterThanOrEqual(0.8);
    expect(unfit).toBeLessThanOrEqual(0.25);
    expect([...tally.ops.keys()].sort()).toEqual(Object.keys(graphOps).sort());
    expect(Math.min(...tally.ops.values())).toBeGreaterThanOrEqual(10);
  });

  test('no op of the library is missing but for a reason', () => {
    const reasons: Record<string, string> = {
      sign: 'a step',
      greater: 'a step',
      greaterEqual: 'a step',
      less: 'a step',
      lessEqual: 'a step',
      equal: 'a step',
      stopGradient: 'is there to hide a slope that differences see',
      oneHot: 'what it depends on are indices',
      sparseRows: 'what it depends on are indices',
      normalNoise: 'a leaf',
      uniformNoise: 'a leaf',
      sampleNormal: 'has no definition, as noise is drawn',
      customOp: 'an op is what it makes',
    };
    const missing = Object.entries(ops)
      .filter(([name, value]) => typeof value === 'function' && !Object.hasOwn(graphOps, name))
      .map(([name]) => name);
    expect(missing.sort()).toEqual(Object.keys(reasons).sort());
  });
});

// A lane that cannot fail checks nothing. Each of these faults is seen by its lane; most of them by no other.
const faults: Record<LaneName, { op: string; change: Change }> = {
  'first order': {
    op: 'tanh',
    change: () => ({ vjp: (dy, y) => [() => ops.mul(dy, ops.sub(1, y))] }),
  },
  'second order': {
    op: 'square',
    change: () => ({ vjp: (dy, _y, x) => [() => ops.mul(dy, ops.mul(2, ops.stopGradient(x!)))] }),
  },
  exact: { op: 'neg', change: () => ({ vjp: (dy) => [() => ops.mul(dy, -1 - 2 ** -52)] }) },
  paths: {
    op: 'sin',
    change: () => ({ vjp: (dy, _y, x) => [() => ops.mul(dy, ops.cos(ops.mul(x!, 1 + 1e-9)))] }),
  },
  laws: {
    op: 'exp',
    change: () => ({
      vjp: (dy, y) => [() => ops.mul(ops.mul(dy, y), ops.add(1, ops.mul(2 ** -48, dy)))],
    }),
  },
};

test.each(Object.entries(faults) as [LaneName, (typeof faults)[LaneName]][])(
  'a fault that the lane is there for is found, and shrunk: %s',
  (lane, { op, change }) => {
    const fault = {
      name: op,
      kind: 'factor',
      what: 'planted',
      source: CLASSIC,
      op,
      change,
    } as const;
    const ops = plantedOps(lanes[lane].ops, fault);
    const failure = draw({ lane, ops, seed: SEED, runs: 1000 }, new Tally());
    expect(failure && statements(failure.graph)).toHaveLength(1);
  },
);
