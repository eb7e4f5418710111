import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Expression, parse } from '../../src/cli/expression.js';

/** An expression without its places. */
type Tree =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'negative'; of: Tree }
  | { kind: 'binary'; op: string; a: Tree; b: Tree }
  | { kind: 'call'; name: string; args: Tree[] }
  | { kind: 'list'; items: Tree[] };

function bare(expression: Expression): Tree {
  const { start: _start, end: _end, ...tree } = expression;
  switch (tree.kind) {
    case 'negative':
      return { ...tree, of: bare(tree.of) };
    case 'binary':
      return { ...tree, a: bare(tree.a), b: bare(tree.b) };
    case 'call':
      return { ...tree, args: tree.args.map(bare) };
    case 'list':
      return { ...tree, items: tree.items.map(bare) };
    default:
      return tree;
  }
}

const only = (source: string): Tree => bare(parse(source)[0]!.value);
const x = { kind: 'name', name: 'x' };
const y = { kind: 'name', name: 'y' };
const number = (value: number): Tree => ({ kind: 'number', value });

describe('what binds tighter', () => {
  test.each([
    ['x - y - 1', '(x - y) - 1'],
    ['x / y / 2', '(x / y) / 2'],
    ['x ^ y ^ 2', 'x ^ (y ^ 2)'],
    ['x + y * 2', 'x + (y * 2)'],
    ['-x ^ 2', '-(x ^ 2)'],
    ['-x * y', '(-x) * y'],
    ['x * -y ^ 2', 'x * (-(y ^ 2))'],
    ['x ^ -y ^ 2', 'x ^ (-(y ^ 2))'],
    ['x - -y', 'x - (-y)'],
    ['2 ^ x * y', '(2 ^ x) * y'],
    ['x ** 2 · y − 3 ÷ x', '((x ^ 2) * y) - (3 / x)'],
  ])('%s is %s', (plain, explicit) => {
    expect(only(plain)).toEqual(only(explicit));
  });

  test('trees, spelled out', () => {
    expect(only('-x ^ 2')).toEqual({
      kind: 'negative',
      of: { kind: 'binary', op: '^', a: x, b: number(2) },
    });
    expect(only('f(x, -y)')).toEqual({
      kind: 'call',
      name: 'f',
      args: [x, { kind: 'negative', of: y }],
    });
    expect(only('[[1, .5], [2e3, x]]')).toEqual({
      kind: 'list',
      items: [
        { kind: 'list', items: [number(1), number(0.5)] },
        { kind: 'list', items: [number(2000), x] },
      ],
    });
  });
});

test('statements, names and places', () => {
  const statements = parse('vᵢ = 4;\n L′ = vᵢ ^ 2\n;');
  expect(statements.map(({ name }) => name)).toEqual(['vᵢ', 'L′']);
  const source = 'a + tanh(b * c)';
  const sum = parse(source)[0]!.value as Expression & { kind: 'binary' };
  expect(source.slice(sum.b.start, sum.b.end)).toBe('tanh(b * c)');
  const [product] = (sum.b as Expression & { kind: 'call' }).args;
  expect(source.slice(product!.start, product!.end)).toBe('b * c');
});

// Random trees, written with no parentheses but those that are needed and some that are not.
const atom = fc.oneof(
  fc.constantFrom('x', 'y', 'vᵢ', 'w_2').map((name): Tree => ({ kind: 'name', name })),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(number),
);
const trees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'tree' },
    atom,
    tie('tree').map((of): Tree => ({ kind: 'negative', of })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('tree'), tie('tree'))
      .map(([op, a, b]): Tree => ({ kind: 'binary', op, a, b })),
    fc
      .tuple(fc.constantFrom('tanh', 'f'), fc.array(tie('tree'), { maxLength: 3 }))
      .map(([name, args]): Tree => ({ kind: 'call', name, args })),
  ),
})).tree;

/** Precedences as a school book has them: sums, products, signs, powers. */
const LEVEL: Record<string, number> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };

function print(tree: Tree, least: number, redundant: () => boolean): string {
  const again = (part: Tree, level: number): string => print(part, level, redundant);
  const inParentheses = (text: string, level: number): string =>
    level < least || redundant() ? `( ${text} )` : text;
  switch (tree.kind) {
    case 'number':
      return String(tree.value);
    case 'name':
      return tree.name;
    case 'list':
      return `[${tree.items.map((item) => again(item, 0)).join(',')}]`;
    case 'call':
      return `${tree.name} (${tree.args.map((arg) => again(arg, 0)).join(', ')})`;
    case 'negative':
      return inParentheses(`-${again(tree.of, 3)}`, 3);
    case 'binary': {
      const level = LEVEL[tree.op]!;
      // A power is read from the right, and may have a sign in its exponent; the others from the left.
      const [left, right] = tree.op === '^' ? [5, 3] : [level, level + 1];
      return inParentheses(`${again(tree.a, left)}${tree.op} ${again(tree.b, right)}`, level);
    }
  }
}

test('random expressions, written out and read again, are the same', () => {
  fc.assert(
    fc.property(trees, fc.infiniteStream(fc.nat(9)), (tree, random) => {
      const redundant = (): boolean => random.next().value === 0;
      expect(only(print(tree, 0, redundant))).toEqual(tree);
    }),
    { numRuns: 500 },
  );
});

test('whatever is typed is read, or refused with a caret at a place of it', () => {
  const words = fc.constantFrom(
    ...'xy12.+-*/^()[],;=\n \t·², '.split(''),
    'tanh',
    '1e',
    '**',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (typed) => {
      try {
        parse(typed.join(''));
      } catch (error) {
        expect((error as Error).name).toBe('Mistake');
        const nothing = typed.join('').trim() === '';
        expect((error as Error).message).toMatch(
          nothing ? /^[^\n]+$/ : /^[^\n]+\n {2}.*\n {2} *\^+$/,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

describe('mistakes', () => {
  test.each([
    ['tanh(w*x + b', 'this ( is never closed\n  tanh(w*x + b\n      ^'],
    ['x +', 'a number, a name or a parenthesis is missing at the end\n  x +\n     ^'],
    ['x; * y', 'a number, a name or a parenthesis is missing before "*"\n  x; * y\n     ^'],
    ['2x', 'a sign is missing before "x"; a product is written with *\n  2x\n   ^'],
    ['(x))', 'there is no opening bracket for this )\n  (x))\n     ^'],
    ['x + 1 = 2', 'only a single name can stand to the left of an =\n  x + 1 = 2\n        ^'],
    ['(x, y)', /a comma only separates .*\n {2}\(x, y\)\n {6}\^$/],
    ['()', 'there is nothing between these parentheses\n  ()\n  ^^'],
    ['x ? y', '"?" means nothing here\n  x ? y\n    ^'],
    ['  ', /there is nothing to compute here/],
    ['a = 1\nb = a +\n c = 2', /missing at the end of the statement\n {2}b = a \+\n {9}\^$/],
  ])('%j', (source, message) => {
    expect(() => parse(source)).toThrow(message);
  });

  test('expressions that would exhaust the stack are refused', () => {
    expect(() => parse('('.repeat(1e4))).toThrow(/nested more than 200 deep|too long/);
    expect(() => parse(`${'-'.repeat(4000)}x`)).toThrow(/nested more than 200 deep/);
    expect(() => parse(`${'x+'.repeat(1e5)}x`)).toThrow(/too long/);
    expect(parse(`${'x+'.repeat(2000)}x`)).toHaveLength(1);
  });
});
