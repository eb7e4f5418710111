import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/cli/compile.js';
import { parse } from '../../src/cli/expression.js';
import { literal, parseValues } from '../../src/cli/values.js';
import { trace } from '../../src/graph/trace.js';

function run(program: string, ...values: string[]) {
  const given = parseValues(values);
  return trace(compile(program, given), Object.fromEntries(given));
}

const result = (program: string, ...values: string[]): number =>
  run(program, ...values).nodes.at(-1)!.value[0]!;

test('inputs come first, in the order in which they are mentioned; names are labels', () => {
  const { nodes } = run('h = w*x + b; L = (h - y)^2', 'y=1', 'b=2', 'x=3', 'w=4');
  const named = nodes.filter(({ label }) => label !== undefined);
  expect(named.map(({ i, label }) => `${i} ${label}`)).toEqual([
    '1 w',
    '2 x',
    '3 b',
    '4 y',
    '6 h',
    '8 L',
  ]);
  expect(nodes.at(-1)!.value).toEqual([(4 * 3 + 2 - 1) ** 2]);
});

test('a second name for a node does not take the first away', () => {
  const { nodes } = run('v = x; w = v; w*1', 'x=2');
  expect(nodes.map(({ label }) => label)).toEqual(['x', undefined, undefined]);
});

test('literals among themselves are numbers: an exponent of 1/2 is a square root, not a node', () => {
  const { nodes } = run('x^(1/2)', 'x=9');
  expect(nodes.map(({ op }) => op)).toEqual(['input', 'sqrt']);
});

test('pi is known, unless it is given', () => {
  expect(result('cos(pi) + cos(2*π)')).toBe(0);
  expect(result('pi + 1', 'pi=3')).toBe(4);
});

// JavaScript reads + − * / and parentheses as we do, and computes them with the same doubles.
const arithmetic = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'arithmetic' },
    fc.oneof(
      fc.constantFrom('x', 'y'),
      fc.integer({ min: 0, max: 64 }).map((k) => String(k / 16)),
    ),
    {
      weight: 4,
      arbitrary: fc
        .tuple(tie('expression'), fc.constantFrom(' + ', ' - ', ' * ', ' / '), tie('expression'))
        .map((parts) => parts.join('')),
    },
    tie('expression').map((inside) => `(${inside})`),
    tie('expression').map((inside) => `- ${inside}`),
  ),
})).expression;

test('random arithmetic has the value that JavaScript gives it, bit for bit', () => {
  const number = fc.integer({ min: -64, max: 64 }).map((k) => k / 16);
  fc.assert(
    fc.property(arithmetic, number, number, (source, x, y) => {
      const used = { x, y };
      const values = Object.entries(used).filter(([name]) => source.includes(name));
      const expected = new Function('x', 'y', `return ${source}`)(x, y) as number;
      expect(result(source, ...values.map(([name, value]) => `${name}=${value}`))).toBe(expected);
    }),
    { numRuns: 300 },
  );
});

describe('values', () => {
  test('numbers and lists', () => {
    const values = parseValues(['x=-1/4', 'v=[1, 2e1, -.5]', 'W=[[1,2],[3,4]]', 'vᵢ = 4']);
    expect([...values]).toEqual([
      ['x', -0.25],
      ['v', [1, 20, -0.5]],
      [
        'W',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['vᵢ', 4],
    ]);
  });

  test('vectors and matrices go through', () => {
    expect(result('sum(x * [1, 10, 100])', 'x=[1,2,3]')).toBe(321);
    expect(result('sum(matmul(A, B))', 'A=[[1,2]]', 'B=[[3],[4]]')).toBe(11);
    expect(result('dot(x, x)', 'x=[1,2,3]')).toBe(14);
    expect(result('norm([x, 4])', 'x=3')).toBe(5);
    expect(result('sum(softmax(x) * [1, 3])', 'x=[7,7]')).toBe(2);
    expect(result('sum(logSoftmax(x) * [1, 0])', 'x=[7,7]')).toBeCloseTo(-Math.LN2, 14);
    expect(result('sum(matmul(x, transpose(x)))', 'x=[[1,2]]')).toBe(5);
  });

  test.each([
    ['0.5', '"0.5" is no value; values are given as name=number, such as x=0.5 or x=[1,2,3]'],
    ['x=1; y=2', /is no value/],
    ['x=y', 'a number is needed here\n  x=y\n    ^'],
    ['x=2^3', 'a number is needed here\n  x=2^3\n    ^^^'],
    ['x=[[1],[2,3]]', /parts of a list must have one shape.*\n {2}.*\n {9}\^{5}$/],
    ['x=', /missing at the end/],
  ])('%j is refused', (value, message) => {
    expect(() => parseValues([value])).toThrow(message);
  });

  test('each name once', () => {
    expect(() => parseValues(['x=1', 'x=2'])).toThrow('x is given two values');
  });

  test('no name is special', () => {
    expect(result('constructor + __proto__', 'constructor=1', '__proto__=2')).toBe(3);
    expect(literal('3', parse('3')[0]!.value)).toBe(3);
  });
});

describe('mistakes', () => {
  test.each([
    ['', [], /^there is nothing to compute here$/],
    ['softmax(x)', ['x=1'], /there is no axis.*\n {2}softmax\(x\)\n {2}\^{10}$/],
    ['tahn(x)', ['x=1'], 'there is no function tahn; did you mean tanh?\n  tahn(x)\n  ^^^^'],
    ['sofplus(x)', ['x=1'], /did you mean softplus\?/],
    ['toString(x)', ['x=1'], /there is no function toString; there are: square, /],
    ['x + y', ['x=1'], 'y has no value: give it one, such as y=0.5\n  x + y\n      ^'],
    ['2*rate', ['rat=1'], 'rate has no value; did you mean rat?\n  2*rate\n    ^^^^'],
    ['x*W', ['x=1', 'w=2'], /W has no value; did you mean w\?/],
    ['x + y', ['x=1', 'z=2'], /y has no value, while z is given one but never used/],
    ['x', ['x=1', 'y=2'], 'y is given a value but never used; the names used are: x'],
    ['v = x; v*2', ['x=1', 'v=2'], /v has two values.*\n {2}v = x; v\*2\n {2}\^{5}$/],
    ['x = 1; x = 2; x', [], /x has a value already.*\n.*\n {9}\^{5}$/],
    ['y = z; z = x; y', ['x=1'], 'z gets its value only further on\n  y = z; z = x; y\n      ^'],
    ['2*x; x', ['x=1'], 'this is not used: give it a name, or put it last\n  2*x; x\n  ^^^'],
    ['max(x, 1, 2)', ['x=1'], /max takes 1 or 2 inputs, not 3/],
    ['tanh()', [], /tanh takes 1 input, not 0/],
    [
      'x + y',
      ['x=[1,2]', 'y=[1,2,3]'],
      /shapes \[2\] and \[3\] do not broadcast.*\n.*\n {2}\^{5}$/s,
    ],
    ['x * 2', ['x=[1,2]'], /has the shape \[2\], but a loss is a single number: take sum/],
    ['sum([[1, 2], [x]])', ['x=1'], /^stack.*\n.*\n {6}\^{13}$/],
  ])('%s with %j', (program, values, message) => {
    expect(() => run(program, ...values)).toThrow(message);
    try {
      run(program, ...values);
    } catch (error) {
      expect((error as Error).name).toBe('Mistake');
    }
  });
});
