import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { draw } from '../../fuzz/draw.js';
import { Tally } from '../../fuzz/tally.js';
import { ourEngine } from '../../src/check/engine.js';
import { read } from '../../src/check/random/build.js';
import { lanes } from '../../src/check/random/lanes/index.js';
import type { Recipe } from '../../src/check/random/recipe.js';
import { blamed, isTold } from './blame.js';
import { catalogue, faults } from './catalogue.js';
import { alarms } from './checkers/compare.js';
import { evaluatorOf } from './engines/evaluator.js';
import { loopOf } from './engines/loop.js';
import { CLASSIC, kinds } from './fault.js';
import { hunt, isLane, MOST_DRAWS, replay } from './hunt.js';
import { MOST_NODES } from './page.js';
import { plantedOps } from './plant.js';
import { shares } from './shares.js';

/** Another one than docs/faults.md is written with. */
const SEED = 5;

test.each(faults.map((fault) => [fault.name, fault] as const))('found: %s', (_name, fault) => {
  const found = hunt(fault, { seed: SEED, shrink: false });
  expect(found?.draws ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(MOST_DRAWS);
});

describe('the smallest graphs of docs/faults.md', () => {
  const known = new Map(
    readFileSync(new URL('smallest.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const { fault, recipe } = JSON.parse(line) as { fault: string; recipe: Recipe };
        return [fault, recipe] as const;
      }),
  );
  const drawn = faults.flatMap((fault) => {
    const { by = 'first order' } = fault;
    return isLane(by) ? [[fault.name, fault, by] as const] : [];
  });

  test('are there for every fault that graphs find', () => {
    expect([...known.keys()]).toEqual(drawn.map(([name]) => name));
  });

  test.each(drawn)(
    '%s: fails with the fault, passes without, and is small',
    (name, fault, lane) => {
      const recipe = known.get(name)!;
      // Ops of the random graphs that read a recipe otherwise make other graphs of these.
      expect(replay(recipe, lane, fault), '`npm run faults` finds graphs anew').toBeDefined();
      expect(replay(recipe, lane)).toBeUndefined();
      const { vertices, ends } = read(recipe, lanes[lane].ops);
      const needed = new Set(ends);
      for (const i of needed) for (const parent of vertices[i]!.parents) needed.add(parent);
      expect(needed.size).toBeLessThanOrEqual(MOST_NODES);
    },
  );

  test('show whose fault it is', () => {
    const blame = new Map(
      faults.filter(isTold).map((fault) => [fault, blamed(fault, known.get(fault.name)!)] as const),
    );
    const told = [...blame].filter(([, who]) => who === 'op' || who === 'engine');
    expect(told.length).toBeGreaterThanOrEqual(0.85 * blame.size);
    expect([...blame].filter(([, who]) => who === 'innocent')).toEqual([]);
  });
});

describe('controls: with nothing planted, nothing is found', () => {
  const engines = {
    'the loop that backward passes are made of': { ...ourEngine, gradients: loopOf() },
    'the evaluator that buffers are planted in': { ...ourEngine, prepare: evaluatorOf() },
  };
  test.each(Object.entries(engines))('%s', (_name, engine) => {
    for (const lane of ['first order', 'second order'] as const) {
      expect(draw({ lane, seed: 1, runs: 150, engine }, new Tally())).toBeUndefined();
    }
  });

  test('ops that are copied to be planted in', () => {
    const { ops } = lanes['first order'];
    for (const op of ['broadcast', 'mul', 'sum']) {
      const copies = plantedOps(ops, {
        ...{ name: `${op}: copied`, kind: 'factor', what: '', source: CLASSIC, op },
        change: () => ({}),
      });
      const failure = draw({ lane: 'first order', seed: 1, runs: 150, ops: copies }, new Tally());
      expect(failure).toBeUndefined();
    }
  });

  test('the usual tests of tfjs; those of the others are in libraries.test.ts', () => {
    expect(alarms('tfjs')).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('has sixty faults and more, of every kind, each with a name of its own', () => {
    expect(faults.length).toBeGreaterThanOrEqual(64);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
  });

  test('names the place where it was seen for every second fault at least', () => {
    const seen = faults.filter(({ source }) => source !== CLASSIC);
    expect(seen.length).toBeGreaterThanOrEqual(faults.length / 2);
  });

  test('stands in docs/faults.md as it is', () => {
    const text = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
    const named = [...text.matchAll(/^\| \*\*(.+?)\*\*<br>/gm)].map(([, name]) => name);
    expect(named).toEqual(
      Object.values(catalogue).flatMap((list) =>
        list.map(({ name }) => name.replaceAll('|', '\\|')),
      ),
    );
  });
});

test('random graphs say something: they share nodes, and few are zero, rough or left out', () => {
  for (const { what, share, bound, atLeast } of shares(1000, SEED)) {
    const text = `${what}: ${(100 * share).toFixed(1)} %`;
    if (atLeast) expect(share, text).toBeGreaterThanOrEqual(bound);
    else expect(share, text).toBeLessThanOrEqual(bound);
  }
});
