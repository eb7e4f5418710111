import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  awayFromZero,
  broadcastingShapes,
  distinct,
  dyadic,
  graphOf,
  graphOps,
  incompatibleShapes,
  logUniform,
  recipes,
  SPECIAL,
  shapes,
  special,
  tensor,
  tensors,
} from '../../src/check/random/index.js';
import { broadcastOf } from '../../src/check/reference/index.js';
import { input, type Node, ShapeError } from '../../src/graph/index.js';
import { formatShape, type Shape, size } from '../../src/linalg/index.js';
import * as ops from '../../src/ops/index.js';

const draws = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 500): T[] =>
  fc.sample(arbitrary, { seed: 5, numRuns });

describe('shapes', () => {
  test('have every rank and every length, and few elements', () => {
    const drawn = draws(shapes());
    expect(new Set(drawn.map(({ length }) => length))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(new Set(drawn.flat())).toEqual(new Set([0, 1, 2, 3, 5]));
    expect(Math.max(...drawn.map(size))).toBeLessThanOrEqual(12);
    expect(drawn.some((shape) => size(shape) === 0)).toBe(true);
    const few = draws(shapes({ least: 2, most: 3, elements: 6 }));
    expect(new Set(few.map(({ length }) => length))).toEqual(new Set([2, 3]));
    expect(Math.max(...few.map(size))).toBeLessThanOrEqual(6);
  });

  test('that broadcast do, to what numpy’s rule says, in every op that broadcasts', () => {
    fc.assert(
      fc.property(broadcastingShapes(2), ([a, b]) => {
        const expected = broadcastOf(a!, b!);
        expect(expected).toBeDefined();
        for (const [, f] of broadcasting) expect(called(f, a!, b!).shape).toEqual(expected);
      }),
      { numRuns: 40 },
    );
    const drawn = draws(broadcastingShapes(3));
    expect(drawn.every((each) => broadcastOf(...each) !== undefined)).toBe(true);
    const really = drawn.filter(([a, b]) => formatShape(a!) !== formatShape(b!));
    expect(really.length).toBeGreaterThan(0.4 * drawn.length);
  });

  test('that do not broadcast are refused by every op that does, which names both', () => {
    fc.assert(
      fc.property(incompatibleShapes(), ([a, b]) => {
        expect(broadcastOf(a, b)).toBeUndefined();
        for (const [name, f] of broadcasting) {
          const thrown = errorOf(() => called(f, a, b));
          expect(thrown, name).toBeInstanceOf(ShapeError);
          expect(thrown?.message).toContain(formatShape(a));
          expect(thrown?.message).toContain(formatShape(b));
        }
      }),
      { numRuns: 40 },
    );
    const drawn = draws(incompatibleShapes());
    expect(drawn.some(([a, b]) => a.length !== b.length)).toBe(true);
    expect(drawn.some(([a, b]) => a.length > b.length)).toBe(true);
    expect(drawn.some(([a, b]) => a.length < b.length)).toBe(true);
  });

  type Binary = (a: Node, b: Node) => Node;
  const called = (f: Binary, a: Shape, b: Shape): Node => f(input('a', a), input('b', b));

  /** Whatever makes [2, 3, 1] of [2, 1, 1] and [3, 1]. */
  const broadcasting = Object.entries<unknown>(ops)
    .filter((entry): entry is [string, Binary] => typeof entry[1] === 'function')
    .filter(([, f]) => {
      try {
        return formatShape(called(f, [2, 1, 1], [3, 1]).shape) === '[2, 3, 1]';
      } catch {
        return false;
      }
    });

  test('the ops that broadcast are known', () => {
    const names = broadcasting.map(([name]) => name).sort();
    expect(names).toEqual(
      [
        ...['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'],
        ...['equal', 'greater', 'greaterEqual', 'less', 'lessEqual'],
      ].sort(),
    );
  });
});

describe('numbers', () => {
  test('dyadic: multiples of 1/32 in the range, both ends among them', () => {
    const drawn = draws(dyadic(-1, 0.5));
    expect(drawn.every((x) => Number.isInteger(32 * x) && x >= -1 && x <= 0.5)).toBe(true);
    expect(drawn).toContain(-1);
    expect(drawn).toContain(0.5);
  });

  test('awayFromZero: of either sign, 1/16 away at least', () => {
    const drawn = draws(awayFromZero(2)).map(Math.abs);
    expect(Math.min(...drawn)).toBe(1 / 16);
    expect(Math.max(...drawn)).toBe(2);
    expect(new Set(draws(awayFromZero(2)).map(Math.sign))).toEqual(new Set([-1, 1]));
  });

  test('logUniform: as many in each decade', () => {
    const [least, most] = [1e-300, 1e300];
    const drawn = fc.sample(fc.noBias(logUniform(least, most)), { seed: 5, numRuns: 2000 });
    expect(drawn.every((x) => x >= least && x <= most)).toBe(true);
    for (const [from, to] of [
      [-300, -150],
      [-150, 0],
      [0, 150],
      [150, 300],
    ] as const) {
      const within = drawn.filter((x) => Math.log10(x) > from && Math.log10(x) <= to).length;
      // 2000/4 ± 5 standard deviations
      expect(Math.abs(within - 500)).toBeLessThanOrEqual(97);
    }
  });

  test.each([
    [0, 1],
    [-1, 1],
    [2, 1],
    [1, Infinity],
    [Number.NaN, 1],
  ])('logUniform(%d, %d) is refused', (min, max) => {
    expect(() => logUniform(min, max)).toThrow('the range has to lie above 0');
  });

  test('special: all of them', () => {
    expect(new Set(draws(special()))).toEqual(new Set(SPECIAL));
    expect(SPECIAL.some((x) => Object.is(x, -0))).toBe(true);
  });
});

describe('tensors', () => {
  test('have a value of the domain at each place', () => {
    for (const x of draws(tensors(dyadic(1, 2), { least: 1 }))) {
      expect(x.shape.length).toBeGreaterThanOrEqual(1);
      expect(x.values.every((value) => value >= 1 && value <= 2)).toBe(true);
    }
    expect(draws(tensor([2, 3], dyadic(0, 1)), 1)[0]).toMatchObject({ shape: [2, 3] });
  });

  test('distinct: no two values within 1/8', () => {
    for (const { values } of draws(distinct([3, 4]), 100)) {
      const sorted = [...values].sort((a, b) => a - b);
      expect(sorted.slice(1).every((x, i) => x - sorted[i]! >= 1 / 8)).toBe(true);
    }
  });
});

describe('recipes', () => {
  test('every one is a graph: each vertex of earlier ones, each end used by none', () => {
    fc.assert(
      fc.property(recipes(Object.keys(graphOps), { steps: 12 }), (recipe) => {
        expect(recipe.steps.length).toBeLessThanOrEqual(12);
        const { vertices, ends, inputs } = graphOf(recipe, graphOps);
        expect(inputs.map(({ shape }) => shape)).toEqual(recipe.inputs);
        const used = new Set(vertices.flatMap(({ parents }) => parents));
        for (const [i, { parents, value, op }] of vertices.entries()) {
          expect(parents.every((parent) => parent < i)).toBe(true);
          expect(parents.length > 0).toBe(i >= inputs.length);
          expect(value.values.every(Number.isFinite)).toBe(true);
          expect(ends.includes(i)).toBe(op !== undefined && !used.has(i));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('an op that is not in the table is refused by name', () => {
    const steps = [{ op: 'sine', operands: [0], choice: 0 }];
    expect(() => graphOf({ inputs: [[2]], values: [1], steps }, graphOps)).toThrow(
      'there is no op "sine" among those of the graph',
    );
  });
});

function errorOf(make: () => unknown): Error | undefined {
  try {
    make();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
