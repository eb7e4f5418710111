import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asFunction } from '../../src/check/random/as-function.js';
import { graphOf } from '../../src/check/random/graphs.js';
import { lanes } from '../../src/check/random/lanes/index.js';
import type { Recipe } from '../../src/check/random/recipe.js';
import { faults } from './catalogue.js';
import { alarms, checkerNames, markOf } from './checkers/compare.js';
import type { Fault } from './fault.js';
import { type Find, inALine, isLane } from './hunt.js';
import { kept } from './libraries/kept.js';

const { faults: asked, alarms: ofLibraries, versions } = kept();
const lines = readFileSync(new URL('smallest.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const smallest = new Map(
  lines.map((line) => {
    const { fault, recipe } = JSON.parse(line) as { fault: string; recipe: Recipe };
    return [fault, recipe] as const;
  }),
);

/** The graph that the kit found, as far as a checker is handed it; where it is the one that they were handed. */
function found(fault: Fault): Find | undefined {
  const { by = 'first order' } = fault;
  const recipe = smallest.get(fault.name);
  if (!recipe || !isLane(by)) return undefined;
  const graph = graphOf(recipe, lanes[by].ops);
  const small = inALine(graph);
  if (small.text !== asked[fault.name]?.graph) return undefined;
  const inputs = graph.inputs.map(({ shape, values }) => ({
    shape,
    values: Float64Array.from(values),
  }));
  const right = { f: asFunction(graph), inputs };
  return { oracle: '', draws: 0, ...small, right };
}

describe('what torch, JAX and autograd themselves said of the faults', () => {
  test('is kept, with their versions', () => {
    expect(Object.keys(versions)).toEqual(['torch', 'jax', 'autograd']);
    const names = new Set(faults.map(({ name }) => name));
    expect(Object.keys(asked).filter((name) => !names.has(name))).toEqual([]);
  });

  test('of the ops with nothing planted: right, but where their ports are wrong, too', () => {
    // Differences see the slope that stopGradient hides; those of JAX are off near the pole of 1/x.
    expect(ofLibraries).toEqual({
      gradcheck: ['stopGradient'],
      'gradcheck, fast': ['stopGradient'],
      'JAX check_grads': ['reciprocal', 'stopGradient'],
      'autograd check_grads': ['stopGradient'],
    });
    for (const name of checkerNames) expect(alarms(name)).toEqual(ofLibraries[name]);
  });

  test('is what their ports say', () => {
    const cases = faults.flatMap((fault) => {
      const find = found(fault);
      return find ? checkerNames.map((name) => ({ fault, find, name })) : [];
    });
    const apart = cases.filter(
      ({ fault, find, name }) => markOf(name, fault, find) !== asked[fault.name]!.said[name],
    );
    expect(cases.length).toBeGreaterThan(400);
    // A sum of two terms has the same bits at every second run: it depends on how many runs lie between the two that are
    // compared.
    expect(apart.map(({ fault, name }) => `${name}: ${fault.name}`)).toEqual([
      'gradcheck: sums in any order',
    ]);
  });
});
