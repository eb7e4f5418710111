import { describe, expect, test } from 'vitest';
import { asFunction } from '../../src/check/random/as-function.js';
import { type RandomGraph, read, valuesOf } from '../../src/check/random/build.js';
import type { GraphOp } from '../../src/check/random/graph-op.js';
import type { Step } from '../../src/check/random/recipe.js';
import { type Definition, definitions, real, Tensor } from '../../src/check/reference/index.js';
import type { Use } from '../../src/check/use.js';
import { input } from '../../src/graph/index.js';
import { add, neg } from '../../src/ops/index.js';

const step = (op: string, ...operands: number[]): Step => ({ op, operands, choice: 0 });
const scalars = (length: number): number[][] => Array.from({ length }, () => []);
const using = (definition: Definition): Use => ({ text: () => '', f: neg, definition });

describe('a recipe is read', () => {
  test('values are taken in turn, and vertices that nobody takes are ends', () => {
    const ops: Record<string, GraphOp> = {
      add: { arity: 2, use: () => ({ ...using(definitions.add), f: add }) },
      neg: { arity: 1, use: () => using(definitions.neg) },
    };
    const graph = read(
      {
        inputs: [[2], [3]],
        values: [1, 2, 4],
        steps: [step('neg', 0, 5), step('add', 0, 0), step('neg', 3, 7)],
      },
      ops,
    );
    expect(graph.inputs.map(({ values }) => values)).toEqual([
      [1, 2],
      [4, 1, 2],
    ]);
    const shown = graph.vertices.map(({ op, parents, value }) => [op, parents, value.values]);
    expect(shown).toEqual([
      [undefined, [], [1, 2]],
      [undefined, [], [4, 1, 2]],
      ['neg', [1], [-4, -1, -2]],
      ['add', [2, 2], [-8, -2, -4]],
      ['neg', [0], [-1, -2]],
    ]);
    expect(graph.ends).toEqual([3, 4]);
    const given = [new Tensor([2], [3, 5]), new Tensor([3], [1, 0, 2])];
    const values = valuesOf(graph, real, given);
    expect(given.length).toBe(2);
    expect(values.slice(2).map((each) => each.values)).toEqual([
      [-1, -0, -2],
      [-2, -0, -4],
      [-3, -5],
    ]);
  });

  test('as a function, one that leads nowhere is its last input', () => {
    const graph = read({ inputs: [[2], [3], []], values: [1], steps: [] }, {});
    const last = input('z', []);
    expect(asFunction(graph)(input('x', [2]), input('y', [3]), last)).toBe(last);
  });

  /** The numbers of the vertices that a step is tried with, in this order. */
  const tried = (vertices: number, ...operands: number[]): number[][] => {
    const tries: number[][] = [];
    const use: GraphOp['use'] = (_, ...xs) => {
      tries.push(xs.map(({ values }) => values[0]!));
      return undefined;
    };
    const probe = { arity: operands.length as 1 | 2 | 3, use };
    const numbers = Array.from({ length: vertices }, (_, i) => i);
    const recipe = {
      inputs: scalars(vertices),
      values: numbers,
      steps: [step('probe', ...operands)],
    };
    expect(read(recipe, { probe }).vertices.length).toBe(vertices);
    return tries;
  };

  test('operands are counted back from the newest, then all others are tried, the last one first', () => {
    expect(tried(3, 0)).toEqual([[2], [1], [0]]);
    expect(tried(3, 7)).toEqual([[1], [0], [2]]);
    expect(tried(3, 0, 1)).toEqual([
      [2, 1],
      [2, 0],
      [2, 2],
      [1, 1],
      [1, 0],
      [1, 2],
      [0, 1],
      [0, 0],
      [0, 2],
    ]);
    expect(tried(2, 0, 0, 0).map((each) => each.join(''))).toEqual([
      '111',
      '110',
      '101',
      '100',
      '011',
      '010',
      '001',
      '000',
    ]);
  });

  test('but no more than 64 of them', () => {
    expect(tried(4, 0, 0, 0).length).toBe(64);
    expect(tried(5, 0, 0, 0).length).toBe(64);
    expect(tried(5, 0, 0, 0).at(-1)).toEqual([2, 2, 1]);
    expect(tried(70, 0).length).toBe(64);
  });

  /** How many vertices there are when an op gives these values. */
  const made = (values: number[]): RandomGraph =>
    read(
      { inputs: [[]], values: [1], steps: [step('gives', 0)] },
      { gives: { arity: 1, use: () => using(() => new Tensor([values.length], values) as never) } },
    );

  test('what is too long or too large is left out', () => {
    for (const values of [[64], [-64], [], new Array(36).fill(1), [1, 64, -2]]) {
      expect(made(values).vertices.length).toBe(2);
    }
    for (const values of [[64.5], [-65], new Array(37).fill(1), [1, 65], [Number.NaN, 1]]) {
      expect(made(values).vertices.length).toBe(1);
    }
  });

  test('of ops that there are, whose meaning is known', () => {
    const recipe = { inputs: [[]], values: [1], steps: [step('mine', 0)] };
    expect(() => read(recipe, {})).toThrow('there is no op "mine" among those of the graph');
    const { definition: _, ...use } = using(definitions.neg);
    expect(() => read(recipe, { mine: { arity: 1, use: () => use } })).toThrow(
      'the op "mine" has no definition; random graphs are compared with what their ops mean',
    );
  });
});
