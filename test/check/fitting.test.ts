import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takesAny, UnfitError } from '../../src/check/fitting/attempt.js';
import { casesOf } from '../../src/check/fitting/cases.js';
import { completed, spec } from '../../src/check/fitting/checkable.js';
import { type FittingOptions, fitting } from '../../src/check/fitting/fitting.js';
import { isOp } from '../../src/check/fitting/op-like.js';
import { type Range, simplest } from '../../src/check/fitting/range.js';
import type { Case } from '../../src/check/index.js';
import { type Definition, Tensor } from '../../src/check/reference/index.js';
import { constant, type Node, type Op, ShapeError } from '../../src/graph/index.js';
import { type Shape, size } from '../../src/linalg/index.js';
import {
  acos,
  add,
  customOp,
  exp,
  log,
  log1p,
  matmul,
  mean,
  mul,
  pow,
  sqrt,
  sub,
  sum,
  tanh,
} from '../../src/ops/index.js';

const product = (a: Node, b: Node): Node => matmul(a, b);

describe('simplest', () => {
  test('halves, then quarters, inside of the range, none whole', () => {
    expect(simplest([-3, 3], 6)).toEqual([0.5, -0.5, 1.5, -1.5, 2.5, -2.5]);
    expect(simplest([0, 1], 3)).toEqual([0.5, 0.25, 0.75]);
    expect(simplest([10, 10.25], 1)).toEqual([10.125]);
  });

  test('any range has enough of them, all different, all inside', () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 300 }), ([above, width], count) => {
        const range: Range = [above, above + width];
        const found = simplest(range, count);
        expect(found.length).toBeGreaterThanOrEqual(count);
        expect(found.length).toBeLessThan(8 * count + 16);
        expect(new Set(found).size).toBe(found.length);
        for (const x of found) {
          expect(x > range[0] && x < range[1]).toBe(true);
          // exact sums: no more than 53 bits
          expect(Number.isFinite(x)).toBe(true);
        }
      }),
    );
  });
});

const TINY = 1e-6;

describe('fitting', () => {
  test('an elementwise function takes everything; a product of matrices what chains', () => {
    const all = [[0], [], [1], [2], [1, 2], [2, 1], [3], [2, 2], [5], [2, 3], [3, 2]];
    const large = [
      [2, 1, 2, 2],
      [3, 3],
      [2, 2, 3],
      [2, 9],
    ];
    expect(fitting(exp).shapes).toEqual([...all, ...large].map((shape) => [shape]));
    const { shapes } = fitting(product);
    expect(shapes.length).toBeGreaterThan(4);
    for (const [a, b] of shapes) expect(a!.at(-1)).toBe(b!.at(-2));
    // two lengths of each kind, so that a wrong axis shows
    expect(shapes).toContainEqual([
      [2, 3],
      [3, 2],
    ]);
  });

  test.each<[string, (x: Shape, b: Shape) => boolean, Shape, Shape]>([
    [
      'a row',
      (x, b) => x.length === 2 && b.length === 2 && b[0] === 1 && b[1] === x[1],
      [2, 2],
      [1, 2],
    ],
    [
      'a column',
      (x, b) => x.length === 2 && b.length === 2 && b[1] === 1 && b[0] === x[0],
      [2, 2],
      [2, 1],
    ],
  ])(
    '%s that is repeated along an axis of more than one, so that a missing sum shows',
    (_, fits, ...way) => {
      const repeats = (x: Node, b: Node): Node => {
        if (!fits(x.shape, b.shape)) throw new RangeError('not these');
        return add(x, b);
      };
      expect(fitting(repeats as never, { inputs: 2 }).shapes).toContainEqual(way);
    },
  );

  test('shapes without elements, where the op takes them', () => {
    const emptyOf = (f: Parameters<typeof fitting>[0]): number[][] =>
      fitting(f, { inputs: 1 }).shapes.flatMap(([x]) => (size(x!) === 0 ? [[...x!]] : []));
    expect(emptyOf(exp)).toEqual([[0]]);
    expect(emptyOf((x) => sum(x!, 1))).toEqual([[2, 0]]);
    // there is no mean of nothing, and of what f means none was thought
    expect(emptyOf((x) => mean(x!))).toEqual([]);
    const definition: Definition = (_, x) => new Tensor([], [x!.values.reduce((a) => a)]);
    const found = fitting((x) => sum(x!), { inputs: 1, definition });
    expect(found.shapes[0]).toEqual([[]]);
  });

  test.each<[string, (...xs: Node[]) => Node, number[]]>([
    ['everything', (x) => tanh(x!), [TINY, 40.5, 1000.5, -TINY, -40.5, -1000.5]],
    ['exp, which is no double there', exp, [TINY, 40.5, -TINY, -40.5, -1000.5]],
    ['log', log, [TINY, 40.5, 1000.5]],
    ['acos', acos, [TINY, -TINY]],
  ])('numbers of other sizes, where the domain allows: %s', (_, f, odd) => {
    expect(fitting(f, { inputs: 1 }).odd).toEqual([odd]);
    expect(fitting(f, { inputs: 1, range: [0.5, 1] }).odd).toEqual([[]]);
  });

  test('broadcasts both ways', () => {
    const { shapes } = fitting(add);
    expect(shapes.some(([a, b]) => a!.length < b!.length && a!.length > 0)).toBe(true);
    expect(shapes.some(([a, b]) => a!.length > b!.length && b!.length > 0)).toBe(true);
    expect(shapes.length).toBeLessThanOrEqual(17);
  });

  test('lengths that only the function knows', () => {
    const weight = constant(new Float64Array(28).fill(1), [7, 4]);
    expect(fitting((x) => matmul(x, weight)).shapes).toEqual([[[2, 7]]]);
  });

  test.each<[string, (...xs: Node[]) => Node, Range[]]>([
    ['exp', exp, [[-3, 3]]],
    ['acos', acos, [[-1, 1]]],
    ['log1p', log1p, [[-1, 1]]],
    ['sqrt', sqrt, [[0, 4]]],
    ['logit', (p) => sub(log(p!), log(sub(1, p!))), [[0, 1]]],
    ['arcosh', (x) => log(add(x!, sqrt(sub(mul(x!, x!), 1)))), [[1, 4]]],
  ])('the range of %s', (_, f, ranges) => {
    expect(fitting(f, { inputs: 1 }).ranges).toEqual(ranges);
  });

  test('each input has a range of its own', () => {
    expect(fitting(pow).ranges).toEqual([
      [0, 4],
      [-3, 3],
    ]);
  });

  test('the last parameters may be options', () => {
    expect(fitting((x: Node, axes: unknown) => sum(x, axes as number)).shapes[0]).toHaveLength(1);
  });

  test('what is given is taken', () => {
    const given = { shapes: [[4], [2, 2]], range: [2, 5] } as const;
    expect(fitting(exp, given)).toMatchObject({ shapes: [[[4]], [[2, 2]]], ranges: [[2, 5]] });
    expect(
      fitting(product, {
        shapes: [
          [
            [4, 2],
            [2, 3],
          ],
        ],
        range: [
          [0, 1],
          [-1, 1],
        ],
      }),
    ).toMatchObject({
      shapes: [
        [
          [4, 2],
          [2, 3],
        ],
      ],
      ranges: [
        [0, 1],
        [-1, 1],
      ],
    });
  });

  test('what does not fit', () => {
    const name = 'mine';
    expect(() => fitting(() => exp(1), { name })).toThrow(/^mine names no inputs/);
    expect(() => fitting((x) => x.parents[0]!, { name })).toThrow(
      /^mine gives undefined and no node/,
    );
    expect(() => fitting((x) => matmul(x, constant([[[[[1]]]]])), { name })).not.toThrow();
    const picky = (): never => {
      throw new Error('I take nothing');
    };
    expect(() => fitting(picky, { name, inputs: 1 })).toThrow(UnfitError);
    expect(() => fitting(picky, { name, inputs: 1 })).toThrow(
      'mine takes none of the shapes that were tried; with [] it says: I take nothing',
    );
    expect(() => fitting(add, { name, shapes: [] })).toThrow('mine: shapes is empty');
    expect(() => fitting(add, { name, shapes: [[[2], [2]], [2]] })).toThrow(/2 inputs .* with 1/);
    expect(() => fitting(exp, { name, shapes: [[-1]] })).toThrow(/^mine: shapes: .* length -1/);
    expect(() => fitting(add, { name, range: [[0, 1]] })).toThrow(/for 1 of 2 inputs/);
    expect(() => fitting(exp, { name, range: [1, 1] })).toThrow('mine: [1, 1] is no range');
    expect(() => fitting(exp, { name, range: [0, Infinity] })).toThrow(/no range of finite/);
  });
});

describe('shapes that are given are tried before any law is', () => {
  const name = 'mine';
  const meant = /each way to call it is a list with a shape for each input: what is meant may be/;

  test('the shapes of one call, given as two calls, and the other way round', () => {
    const shapes = [
      [2, 3],
      [3, 4],
    ];
    const [one, all] = [
      () => fitting(product, { name, shapes }),
      () => fitting(exp, { name, shapes: [shapes] }),
    ];
    expect(one).toThrow(
      /^mine: shapes has a way to call it with \[2, 3\], and to that it says: matmul: input B is undefined; .*; each way/,
    );
    expect(one).toThrow(meant);
    expect(one).toThrow(/shapes: \[\[\[2, 3\], \[3, 4\]\]\]$/);
    expect(fitting(product, { name, shapes: [shapes] }).shapes).toEqual([shapes]);
    expect(all).toThrow(
      /^mine: shapes has a way to call it with \[2, 3\] and \[3, 4\], and to that it gives a node that input 2 has no part in; each/,
    );
    expect(all).toThrow(/shapes: \[\[2, 3\], \[3, 4\]\]$/);
  });

  test('what fits neither way is told as f tells it', () => {
    const wrong = (shapes: Shape[] | Shape[][]) => () => fitting(product, { name, shapes });
    expect(
      wrong([
        [
          [2, 3],
          [2, 4],
        ],
      ]),
    ).toThrow(
      /^mine: shapes has a way to call it with \[2, 3\] and \[2, 4\], and to that it says: .*inner lengths 3 and 2 differ/,
    );
    expect(
      wrong([
        [
          [2, 3],
          [2, 4],
        ],
      ]),
    ).not.toThrow(meant);
    expect(wrong([[2, 3]])).not.toThrow(meant);
    expect(wrong([[2, 3]])).toThrow(RangeError);
    const nothing = (() => 3) as never;
    expect(() => fitting(nothing, { name, shapes: [[2]] })).toThrow(
      'mine: shapes has a way to call it with [2], and to that it gives 3 and no node',
    );
  });

  test('an input that f names may have no part in it', () => {
    const first = (x: Node, _: Node): Node => exp(x);
    expect(fitting(first, { shapes: [[[2], [3]]] }).ranges).toHaveLength(2);
    const either = (x: Node, y: Node = constant(1)): Node => add(x, y);
    expect(fitting(either, { shapes: [[[2], [2]]] }).ranges).toHaveLength(2);
  });
});

test.each<[string, (x: Node) => Node, FittingOptions, string]>([
  ['no range that is tried', (x) => log(sub(x, 10)), {}, '-3 and 3'],
  ['the range that is given', log, { range: [-3, -1] }, '-3 and -1'],
  ['whatever the shape', (x) => log(sub(-1, mul(x, x))), { shapes: [[3], [2]] }, '-3 and 3'],
])('what is finite nowhere is not taken: %s', (_, f, options, tried) => {
  const given = (): unknown => fitting(f, { name: 'mine', inputs: 1, ...options });
  expect(given).toThrow(UnfitError);
  expect(given).toThrow(
    `mine is finite nowhere, as far as was tried, between ${tried}; say between which numbers it is: range: [above, below]`,
  );
});

test('what is finite somewhere is', () => {
  // between 2 and 2.5 only
  const window = (x: Node): Node => add(log(sub(x, 2)), log(sub(2.5, x)));
  expect(fitting(window, { shapes: [[]], range: [2.2, 3] }).ranges).toEqual([[2.2, 3]]);
});

test('shapes without elements are shapes', () => {
  expect(fitting(exp, { shapes: [[0, 3]] }).ranges).toEqual([[-3, 3]]);
  expect(simplest([0, 1], 0)).toEqual([]);
});

test('nodes and complaints of another copy of the package', () => {
  const node = { op: {}, parents: [], shape: [2] } as never as Node;
  const complaint = Object.assign(new Error('a node is needed'), { name: 'ChainruleError' });
  const complaining = (): never => {
    throw complaint;
  };
  for (const f of [() => node, complaining]) {
    expect(() => fitting(f, { inputs: 1 })).toThrow(/built with another copy of chainrule/);
  }
});

describe('casesOf', () => {
  test('numbers are different, of their range, and shrink to the simplest', () => {
    const found = fitting(add, {
      name: 'add',
      range: [
        [0, 1],
        [-3, 3],
      ],
    });
    const cases = casesOf(found);
    for (const { inputs, f, text } of fc.sample(cases, { numRuns: 100, seed: 1 })) {
      const [a, b] = inputs.map(({ values }) => values);
      expect(a!.every((x) => x > 0 && x < 1)).toBe(true);
      expect(b!.every((x) => x > -3 && x < 3)).toBe(true);
      for (const values of [a!, b!]) expect(new Set(values).size).toBe(values.length);
      expect(() => f(...inputs.map(({ values, shape }) => constant(values, shape)))).not.toThrow();
      expect(text('a', 'b')).toBe('add(a, b)');
    }
    const { counterexample } = fc.check(
      fc.property(casesOf(fitting(exp)), ({ inputs }) => inputs[0]!.values.length < 2),
      { seed: 1 },
    );
    expect(counterexample![0].inputs[0]!.shape).toEqual([2]);
    expect(new Set(counterexample![0].inputs[0]!.values)).toEqual(new Set([0.5, -0.5]));
  });
});

test('now and then a case has one odd number, and what fails is shrunk to none', () => {
  const odd = ({ inputs }: Case): number[] =>
    inputs[0]!.values.filter((x) => Math.abs(x) < 1e-5 || Math.abs(x) > 3);
  const drawn = fc.sample(casesOf(fitting(tanh)), { numRuns: 400, seed: 1 }).map(odd);
  const some = drawn.filter(({ length }) => length > 0);
  expect(some.length).toBeGreaterThan(400 / 16);
  expect(some.length).toBeLessThan(400 / 5);
  expect(some.every(({ length }) => length === 1)).toBe(true);
  expect(new Set(some.flat())).toEqual(new Set(fitting(tanh).odd[0]));
  const property = fc.property(casesOf(fitting(tanh)), (made) => made.inputs[0]!.values.length < 2);
  for (let seed = 0; seed < 40; seed++) {
    const { counterexample } = fc.check(property, { seed });
    expect(odd(counterexample![0])).toEqual([]);
  }
});

describe('completed', () => {
  const elementwise: Op = {
    name: 'product',
    formula: 'y = a b',
    shape: (a, b) => {
      if (String(a) !== String(b)) throw new Error('two shapes');
      return a!;
    },
    kernel:
      ({ data: y }, { data: a }, { data: b }) =>
      () => {
        for (let i = 0; i < y.length; i++) y[i] = a[i]! * b[i]!;
      },
    vjp: (dy, _, a, b) => [() => mul(dy, b!), () => mul(dy, a!)],
  } as Op;

  test('an op is applied; how many inputs it has is seen from its shape rule', () => {
    expect(isOp(elementwise)).toBe(true);
    expect(isOp(exp)).toBe(false);
    expect(isOp({ name: 'op' })).toBe(false);
    const { fitting: found, f } = completed('product', { f: elementwise });
    expect(found!.shapes.map(([a, b]) => [a, b].map(String))).toContainEqual(['2,3', '2,3']);
    expect(f(constant(2), constant(3)).op).toBe(elementwise);
  });

  test('an op by loops: any number of inputs may be one, and it is differentiated once', () => {
    const plus = customOp({
      name: 'plus',
      shape: (a, b) => {
        if (String(a) !== String(b)) throw new ShapeError('two of one shape');
        return a!;
      },
      forward: (y, [a, b]) => y.data.set(a!.data.map((x, i) => x + b!.data[i]!)),
      backward: ([da, db], dy) => {
        da!.data.set(dy.data);
        db!.data.set(dy.data);
      },
    });
    const { spec: whole, fitting: found } = completed('plus', { f: plus });
    expect(found!.shapes[0]).toHaveLength(2);
    expect(whole.once).toBe(true);
    expect(completed('exp', { f: exp }).spec.once).toBeUndefined();
    expect(takesAny((...xs: Node[]) => xs[0]!)).toBe(true);
    expect(takesAny(() => constant(1))).toBe(false);
    expect(takesAny((x: Node, ..._: Node[]) => x)).toBe(false);
  });

  test('what is said of it is kept; draws of its own are taken', () => {
    const smooth = casesOf(fitting(exp));
    const kept = completed('exp', spec({ f: exp, smooth, once: true }));
    expect(kept).toEqual({ f: exp, spec: { smooth, once: true } });
    expect(completed('exp', spec({ f: exp, flat: true })).spec.flat).toBe(true);
  });
});
