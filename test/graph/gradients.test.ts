import { describe, expect, test } from 'vitest';
import {
  apply,
  backward,
  constant,
  evaluate,
  evaluateAll,
  from,
  full,
  gradient,
  gradients,
  hvp,
  input,
  jvp,
  type Op,
  Parameters,
  ShapeError,
  trace,
} from '../../src/graph/index.js';
import { mul, sin, square, sum } from '../../src/ops/index.js';

const opOf = (more: Partial<Op>): Op => ({
  name: 'op',
  formula: '',
  shape: (x) => x,
  kernel:
    ({ data: y }, { data: x }) =>
    () =>
      y.set(x),
  vjp: () => [],
  ...more,
});

describe('what can be differentiated without a seed', () => {
  test('a single element, of whatever rank', () => {
    for (const shape of [[], [1], [1, 1]]) {
      const x = input('x', shape);
      const [dx] = gradients(square(x), [x]);
      expect(dx!.shape).toEqual(shape);
      expect([...evaluate(dx!, { x: 3 })]).toEqual([6]);
      expect(backward(x, [x]).get(x)!.contributions).toEqual([]);
    }
  });

  test('nothing else, be it nothing at all', () => {
    for (const shape of [[2], [1, 2], [2, 1], [0], [1, 0]]) {
      const x = input('x', shape);
      expect(() => gradients(square(x), [x])).toThrow(ShapeError);
      expect(gradients(square(x), [x], full(shape, 1))[0]!.shape).toEqual(shape);
    }
  });
});

test('what is no node is told so, by the place where it was given', () => {
  const x = input('x', []);
  const none = undefined as never;
  expect(() => gradients(none, [x])).toThrow(/^gradients: input y is undefined; a node/);
  expect(() => gradients(square(x), [x, none])).toThrow(/^gradients: input xs\[1\] is undefined/);
});

test('a rule that gives a constant, whatever comes from above', () => {
  const x = input('x', [2]);
  const slope = apply(opOf({ vjp: () => [() => constant([3, 5])] }), x);
  // ∂Σ/∂x = (3, 5) does not depend on what J is multiplied by, so that forward mode finds no product.
  expect([...gradient(sum(slope), x, { x: [1, 1] })]).toEqual([3, 5]);
  expect([...evaluate(jvp(slope, [x], [constant([1, 1])]))]).toEqual([0, 0]);
  expect([...evaluate(hvp(sum(slope), [x], [constant([1, 1])])[0]!)]).toEqual([0, 0]);
});

test('a rule may give null, or nothing, for an input that no gradient goes to', () => {
  const [x, y] = [input('x', [2]), input('y', [2])];
  for (const rule of [[null], [null, undefined], []]) {
    const node = apply(opOf({ vjp: () => rule as null[] }), x, y);
    const found = backward(sum(node), [x, y]);
    expect([found.has(x), found.has(y), found.has(node)]).toEqual([false, false, true]);
    expect([...gradient(sum(node), y, { x: [1, 2], y: [3, 4] })]).toEqual([0, 0]);
  }
});

test('forward mode and Hessians of several inputs: products of each with its own tangent, added up', () => {
  // f = Σ a²b: J·(s, t) = 2ab·s + a²·t; H·(s, t) = (2b·s + 2a·t, 2a·s).
  const [a, b] = [input('a', [2]), input('b', [2])];
  const f = mul(square(a), b);
  const [s, t] = [constant([1, 10]), constant([100, 1000])];
  const feeds = { a: [2, 3], b: [5, 7] };
  const [product, ha, hb] = evaluateAll(
    [jvp(f, [a, b], [s, t]), ...hvp(sum(f), [a, b], [s, t]), a, b],
    feeds,
  );
  expect([...product!]).toEqual([20 + 400, 420 + 9000]);
  expect([...ha!]).toEqual([10 + 400, 140 + 6000]);
  expect([...hb!]).toEqual([4, 60]);
});

test('evaluating writes no backward pass: an op that has no rule has values', () => {
  const vjp = (): never => {
    throw new Error('no rule');
  };
  const w = new Parameters().add('w', from([7]));
  expect([...evaluate(apply(opOf({ vjp }), w))]).toEqual([7]);
});

describe('a trace', () => {
  const x = input('x', [2]);

  test('tells settings where there are some, labels, and what the inputs are called', () => {
    const { nodes } = trace(sum(sin(x), [0]), { x: [0, 0] });
    expect(nodes.map(({ op, settings, label, slots }) => [op, settings, label, slots])).toEqual([
      ['input', undefined, 'x', []],
      ['sin', undefined, undefined, ['x']],
      ['sum', { axes: [0] }, undefined, ['x']],
    ]);
    expect(nodes.map((node) => Object.keys(node).includes('settings'))).toEqual([
      false,
      false,
      true,
    ]);
    expect(nodes.map((node) => Object.keys(node).includes('label'))).toEqual([true, false, false]);
  });

  test('of Σ over children: each term goes on as it is', () => {
    // ∂(x²·x)/∂x as a loss: the terms x·2x (as two) and x² of a Σ.
    const z = input('z', []);
    const [dz] = gradients(mul(mul(z, z), z), [z]);
    expect(dz!.op.name).toBe('Σ');
    const { nodes, gradients: traced } = trace(dz!, { z: 5 });
    const terms = traced
      .flatMap(({ terms }) => terms)
      .filter(({ child }) => child === nodes.length);
    expect(terms.length).toBe(dz!.parents.length);
    for (const { upstream, local, value } of terms) {
      expect([upstream, local, value]).toEqual([[1], [1], [1]]);
    }
    expect(traced.at(-1)!.value).toEqual([30]);
  });
});
