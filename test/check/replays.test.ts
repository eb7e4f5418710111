import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draw } from '../../fuzz/draw.js';
import { save } from '../../fuzz/save.js';
import { Tally } from '../../fuzz/tally.js';
import { ourEngine } from '../../src/check/index.js';
import {
  type GraphOps,
  graphOps,
  type Replay,
  readReplay,
  replay,
  writeReplay,
} from '../../src/check/random/index.js';
import type { Node } from '../../src/graph/index.js';
import { mul, stopGradient } from '../../src/ops/index.js';

const folder = 'test/replays';

// What long runs have found, in the library or in what checks it.
test.each(readdirSync(folder))('%s passes now', (file) => {
  const verdict = replay(readReplay(readFileSync(join(folder, file), 'utf8')));
  expect(verdict).toMatchObject({ outcome: 'passed' });
});

describe('a fault', () => {
  const { mul: right } = graphOps;
  const ops: GraphOps = {
    ...graphOps,
    mul: {
      arity: 2,
      use: (choice, ...operands) => {
        const use = right!.use(choice, ...operands);
        return use && { ...use, f: (a, b) => mul(a!, stopGradient(b!)) };
      },
    },
  };

  test('is found, saved, and refused when it is replayed', () => {
    const failure = draw({ lane: 'first order', ops, seed: 7, runs: 1000 }, new Tally());
    const out = mkdtempSync(join(tmpdir(), 'replays-'));
    const saved = readReplay(readFileSync(save(failure!, out), 'utf8'));
    rmSync(out, { recursive: true });
    expect(saved.found).toBe(failure!.explanation);
    expect(replay(saved, { ops })).toMatchObject({
      outcome: 'failed',
      oracle: 'forward mode',
      explanation: failure!.explanation,
    });
    expect(replay(saved).outcome).toBe('passed');
    expect(failure!.graph.recipe.steps.map(({ op }) => op)).toEqual(['mul']);
  });

  test('of the engine is refused as well', () => {
    const file = readReplay(readFileSync(join(folder, 'weights-that-cancel.json'), 'utf8'));
    const engine = {
      ...ourEngine,
      gradients: (_y: Node, xs: readonly Node[]) => xs.map((x) => mul(0, x)),
    };
    expect(replay({ ...file, lane: 'first order' }, { engine }).outcome).toBe('failed');
  });
});

describe('a file', () => {
  const one: Replay = {
    lane: 'exact',
    found: 'two\nlines',
    recipe: {
      inputs: [[2, 3], []],
      values: [0.5, -0, 1 / 3, 5e-324, Infinity, -Infinity],
      steps: [{ op: 'neg', operands: [3, 0, 1], choice: 12 }],
    },
  };

  test('is read as it was written', () => {
    expect(readReplay(writeReplay(one))).toEqual(one);
    expect(Object.is(readReplay(writeReplay(one)).recipe.values[1], -0)).toBe(true);
  });

  test.each([
    ['{}', 'a replay: the lane is undefined; it is one of first order, second order'],
    ['3', 'a replay: the file is 3, not an object'],
    ['{ "lane": "exact" }', 'a replay: the recipe is undefined, not an object'],
    [
      '{ "lane": "exact", "found": [], "recipe": { "inputs": 3 } }',
      'a replay: inputs is 3, not a list',
    ],
  ])('that is none is refused: %s', (file, message) => {
    expect(() => readReplay(file)).toThrow(RangeError);
    expect(() => readReplay(file)).toThrow(message);
  });

  test('of an op that there is no more says so', () => {
    const steps = [{ op: 'nag', operands: [0], choice: 0 }];
    expect(() => replay({ ...one, recipe: { ...one.recipe, steps } })).toThrow('"nag"');
  });
});
