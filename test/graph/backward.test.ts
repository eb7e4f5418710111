import { expect, test } from 'vitest';
import {
  apply,
  backward,
  ChainruleError,
  evaluate,
  gradient,
  gradients,
  input,
  Node,
  type Op,
  sumOp,
} from '../../src/graph/index.js';
import { add, mul, stopGradient, sum } from '../../src/ops/index.js';

const x = input('x', [2]);
const y = input('y', [2]);

/** Whom a pass gives a gradient. */
const reached = (loss: Node, xs: Node[]): Node[] => [...backward(loss, xs).keys()];

test('a gradient goes to those between some x and the loss, from the loss on, and to no other', () => {
  const product = mul(x, y);
  const loss = sum(add(product, y));
  expect(reached(loss, [x])).toEqual([loss, loss.parents[0], product, x]);
  expect(reached(loss, [product])).toEqual([loss, loss.parents[0], product]);
  expect(reached(loss, [loss])).toEqual([loss]);
  expect(reached(loss, [input('unread', [2])])).toEqual([]);
  expect(reached(loss, [])).toEqual([]);
});

test('the loss has no children: its gradient is 1, the sum of no contributions', () => {
  for (const shape of [[], [1], [1, 1]]) {
    const loss = input('loss', shape);
    const found = backward(loss, [loss]).get(loss)!;
    expect(found.contributions).toEqual([]);
    expect(evaluate(found.node)).toEqual(Float64Array.of(1));
    expect(found.node.shape).toEqual(shape);
  }
  for (const shape of [[2], [1, 2], [0]]) {
    expect(() => backward(input('loss', shape), [])).toThrow(/a loss has a single element/);
  }
});

test('what stands behind a stopped gradient gets none', () => {
  const loss = sum(stopGradient(mul(x, 2)));
  expect(reached(loss, [x])).toEqual([loss, loss.parents[0]]);
  expect(evaluate(gradients(loss, [x])[0]!)).toEqual(Float64Array.of(0, 0));
});

test('a rule is not asked for where nobody wants its terms', () => {
  const once: Op = {
    name: 'once',
    formula: 'y = x',
    shape: (shape) => shape,
    kernel: (to, from) => () => to.data.set(from.data),
    vjp: () => {
      throw new Error('asked for');
    },
  };
  const made = apply(once, x);
  expect(gradient(sum(mul(made, made)), made, { x: [3, -5] })).toEqual(Float64Array.of(6, -10));
  expect(() => gradients(sum(made), [x])).toThrow('asked for');
});

test('a rule that gives a node, where a function that writes it is due, is told so', () => {
  const twice: Op = {
    name: 'twice',
    formula: 'y = 2x',
    shape: (shape) => shape,
    kernel: (to, from) => () => to.data.set(from.data.map((v) => 2 * v)),
    // @ts-expect-error: as who writes JavaScript may, without the arrow
    vjp: (dy) => [mul(dy, 2)],
  };
  const wrong = (): unknown => gradients(sum(apply(twice, x)), [x]);
  expect(wrong).toThrow(ChainruleError);
  expect(wrong).toThrow(
    /the backward rule of twice is wrong: for its input x it gave mul \[2\]; .* `\[\(\) => mul\(dy, b\), …\]`, not/,
  );
});

test('edges are told apart by child and slot', () => {
  const [square, loss] = [mul(x, x), input('u', [2])];
  const { contributions } = backward(square, [x], loss).get(x)!;
  expect(contributions.map(({ child, slot }) => [child, slot])).toEqual([
    [square, 0],
    [square, 1],
  ]);
});

test('a sum over more children than fit on the stack as arguments has a rule all the same', () => {
  const n = 2 ** 20;
  const w = input('w', []);
  const total = new Node(sumOp, new Array<Node>(n).fill(w), []);
  const { contributions } = backward(total, [w]).get(w)!;
  expect(contributions.length).toBe(n);
  expect(evaluate(contributions[n - 1]!.term)).toEqual(Float64Array.of(1));
});
