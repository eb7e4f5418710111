import { describe, expect, test } from 'vitest';
import {
  ChainruleError,
  constant,
  evaluate,
  full,
  gradients,
  indices,
  input,
  isConstant,
  isInput,
  isParameter,
  type Node,
  type Numbers,
  Parameters,
  ShapeError,
  zeros,
} from '../../src/graph/index.js';
import { fill, leafOp, shapeOfNumbers } from '../../src/graph/leaves.js';
import { isInMemory } from '../../src/linalg/index.js';

const valuesOf = ({ op }: Node): Float64Array => {
  if (!isConstant(op)) throw new Error('no constant');
  return op.values;
};

describe('the kinds of leaves', () => {
  const kinds: [string, Node, boolean[], string][] = [
    ['input', input('x', [2]), [true, false, false], 'y = x'],
    ['indices', indices('i', [2], { below: 3 }), [true, false, false], 'y = i'],
    ['constant', constant([1, 2]), [false, true, false], 'y = c'],
    ['constant', full([2], 1), [false, true, false], 'y = c'],
    ['parameter', new Parameters().add('w', zeros([2])), [false, false, true], 'y = w'],
  ];
  test.each(kinds)('%s', (name, { op, parents, shape, label }, is, formula) => {
    expect([isInput(op), isConstant(op), isParameter(op)]).toEqual(is);
    expect(op.name).toBe(name);
    expect(op.formula).toBe(formula);
    expect(parents).toEqual([]);
    expect(shape).toEqual([2]);
    expect(op.shape()).toEqual([2]);
    expect(label).toBe({ input: 'x', indices: 'i', parameter: 'w' }[name]);
  });

  test('a leaf computes nothing, and passes no gradient on', () => {
    const op = leafOp('input', 'y = x', [2]);
    const y = { data: Float64Array.of(1, 2), shape: [2], strides: [1] };
    expect(op.kernel(y)(1)).toBeUndefined();
    expect([...y.data]).toEqual([1, 2]);
    const x = input('x', [2]);
    expect(op.vjp(x, x)).toEqual([]);
    expect(gradients(x, [x], x)).toEqual([x]);
  });

  test('from 4096 numbers on a constant lies where kernels read it', () => {
    for (const [length, inside] of [
      [4095, false],
      [4096, true],
    ] as const) {
      for (const node of [constant(new Array(length).fill(3)), full([length], 3)]) {
        expect(isInMemory(valuesOf(node))).toBe(inside);
        expect([...valuesOf(node)]).toEqual(new Array(length).fill(3));
      }
    }
  });

  test('a constant is a copy', () => {
    const values = Float64Array.of(1, 2);
    const node = constant(values);
    values.fill(9);
    expect([...evaluate(node)]).toEqual([1, 2]);
  });

  test('names', () => {
    for (const bad of ['', undefined, 3, null]) {
      expect(() => input(bad as never, [2])).toThrow(ChainruleError);
      expect(() => input(bad as never, [2])).toThrow(/^input: a name is needed/);
      expect(() => indices(bad as never, [2], { below: 1 })).toThrow(/^indices: a name is needed/);
    }
  });

  test('indices choose from a whole number of rows, at least one', () => {
    for (const below of [0, -1, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3']) {
      const make = () => indices('k', [1], { below: below as number });
      expect(make).toThrow(ChainruleError);
      expect(make).toThrow(/below is/);
    }
    expect(indices('k', [1], { below: 1 }).shape).toEqual([1]);
    expect(() => indices('k', [-1], { below: 1 })).toThrow(/^indices "k": the shape \[-1\]/);
    expect(() => input('x', [-1])).toThrow(/^input "x": the shape \[-1\]/);
    expect(() => full([-1], 1)).toThrow(/^full: the shape \[-1\]/);
    expect(() => constant([], [-1])).toThrow(/^constant: the shape \[-1\]/);
  });
});

describe('numbers as a user writes them', () => {
  test('their shape', () => {
    const cases: [Numbers, number[]][] = [
      [3, []],
      [[], [0]],
      [[3], [1]],
      [Float64Array.of(1, 2), [2]],
      [
        [[], []],
        [2, 0],
      ],
      [[[1, 2, 3]], [1, 3]],
      [
        [Float64Array.of(1, 2), [3, 4], new Float32Array(2)],
        [3, 2],
      ],
      [[[[1], [2]]], [1, 2, 1]],
    ];
    for (const [values, shape] of cases) expect(shapeOfNumbers(values, 'w')).toEqual(shape);
  });

  test.each<[string, Numbers, RegExp]>([
    ['rows of two lengths', [[1], [2, 3]], /row 0 has shape \[1\], row 1 has \[2\]/],
    ['a row that is longer by an axis', [[1], [[1]]], /row 0 has shape \[1\], row 1 has \[1, 1\]/],
    ['one shorter by an axis', [[[1]], [1]], /row 0 has shape \[1, 1\], row 1 has \[1\]/],
    ['a number among rows', [[1], 1], /row 0 has shape \[1\], row 1 has \[\]/],
    [
      'the last row',
      [
        [1, 2],
        [1, 2],
        [1, 2, 3],
      ],
      /row 2 has \[3\]/,
    ],
    ['deep within', [[[1, 2]], [[1, 2, 3]]], /row 0 has shape \[1, 2\], row 1 has \[1, 3\]/],
  ])('ragged: %s', (_, values, message) => {
    expect(() => shapeOfNumbers(values, 'w')).toThrow(ShapeError);
    expect(() => shapeOfNumbers(values, 'w')).toThrow(/^w: nested arrays are ragged/);
    expect(() => shapeOfNumbers(values, 'w')).toThrow(message);
  });

  const long = Array.from({ length: 20 }, (_, i) => i - 0.5);
  test.each<[string, Numbers, number[]]>([
    ['a number for one element', 5, [1, 1]],
    ['a few numbers, typed', Float64Array.of(1, 2, 3, 4), [2, 2]],
    ['many numbers, typed', Float64Array.from(long), [20]],
    ['many numbers, singly precise', Float32Array.from(long), [4, 5]],
    ['many numbers', long, [5, 4]],
    [
      'rows',
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [3, 2],
    ],
    [
      'rows of rows',
      [
        [[1], [2]],
        [[3], [4]],
      ],
      [2, 2, 1],
    ],
    ['none', [], [0]],
    ['rows of nothing', [[], []], [2, 0]],
  ])('are copied: %s', (_, values, shape) => {
    const flat =
      typeof values === 'number'
        ? [values]
        : [values].flat(9).flatMap((v) => [...(typeof v === 'number' ? [v] : (v as Float64Array))]);
    const out = new Float64Array(flat.length).fill(Number.NaN);
    fill(out, shape, values, 'w');
    expect([...out]).toEqual(flat);
  });

  test.each<[string, Numbers, number[], string]>([
    ['a number for two', 5, [2], 'a single number'],
    ['a number for none', 5, [0], 'a single number'],
    ['too few, typed', new Float64Array(3), [4], '3 numbers'],
    ['too many, typed', new Float64Array(21), [20], '21 numbers'],
    ['too many', [1, 2, 3], [2], '3 numbers'],
    ['an axis too many', [[1], [2]], [2], 'numbers of shape [2, 1]'],
    ['an axis too few', [[1], [2]], [2, 1, 1], 'numbers of shape [2, 1]'],
    ['rows for columns', [[1, 2, 3]], [3, 1], 'numbers of shape [1, 3]'],
    ['a row of another length', [[1, 2]], [1, 3], 'numbers of shape [1, 2]'],
  ])('that do not fit: %s', (_, values, shape, given) => {
    const out = new Float64Array(shape.reduce((product, length) => product * length, 1));
    const message = `w: got ${given}, but its shape is [${shape.join(', ')}] (${out.length} numbers)`;
    expect(() => fill(out, shape, values, 'w')).toThrow(ShapeError);
    expect(() => fill(out, shape, values, 'w')).toThrow(message);
    expect(out.every((value) => value === 0)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['text', '12'],
    ['a text of the right length among rows', [[1], ['a']]],
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
    ['a function of one argument', (x: number) => x],
    ['an object of some length', { length: 'two' }],
    ['text among numbers', [1, '2']],
    ['null among numbers', [null, 1]],
    ['null among rows', [[1], null]],
  ])('that are none: %s', (_, values) => {
    const out = new Float64Array(2);
    expect(() => fill(out, [2], values as Numbers, 'w')).toThrow(ShapeError);
    expect(() => fill(out, [2], values as Numbers, 'w')).toThrow(/^w: /);
    expect(() => constant(values as Numbers)).toThrow(ShapeError);
    expect(() => constant(values as Numbers)).toThrow(/^constant: .* (is no number|ragged)/);
  });

  test('that are none, where one would do', () => {
    for (const values of ['5', null, undefined, ['5'], [null], {}, true]) {
      const out = new Float64Array(1);
      expect(() => fill(out, [1], values as Numbers, 'w')).toThrow(ShapeError);
      expect(() => fill(out, [], values as Numbers, 'w')).toThrow(/^w: .* is no number/);
      expect(out[0]).toBe(0);
    }
    const out = new Float64Array(1);
    fill(out, [1], [5], 'w');
    expect(out[0]).toBe(5);
  });

  test('the number of full is one', () => {
    expect(() => full([2], '1' as never)).toThrow('full: 1 is no number');
    expect([...valuesOf(full([2, 2], -0))]).toEqual([-0, -0, -0, -0]);
    expect([...valuesOf(full([], 7))]).toEqual([7]);
  });
});
