import { describe, expect, test } from 'vitest';
import {
  constant,
  evaluate,
  from,
  Graph,
  gradient,
  gradients,
  indices,
  input,
  type Node,
  Parameters,
  slotNames,
} from '../../src/graph/index.js';
import { view } from '../../src/linalg/index.js';
import * as ops from '../../src/ops/index.js';

const x = input('x', [2, 3]);
const y = input('y', [2, 3]);
const row = indices('row', [2], { below: 2 });
const column = indices('column', [2], { below: 3 });

describe('what a node says of itself', () => {
  const settings: [Node, object][] = [
    [ops.leakyRelu(x, 0.25), { slope: 0.25 }],
    [ops.leakyRelu(x), { slope: 0.01 }],
    [ops.clamp(x, -1, 2), { low: -1, high: 2 }],
    [ops.gather(x, [1], 1), { axis: 1 }],
    [ops.gather(x, [1]), { axis: 0 }],
    [ops.scatter(x, [0, 4], 5), { axis: 0, length: 5 }],
    [ops.scatter(x, [0, 4, 4], 6, 1), { axis: 1, length: 6 }],
    [
      ops.place(
        x,
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
        4,
      ),
      { width: 4 },
    ],
    [ops.sum(x, [1]), { axes: [1] }],
    [ops.sum(x, [-1, 0]), { axes: [1, 0] }],
    [ops.max(x, -2), { axes: [0] }],
    [ops.softmax(x), { axis: 1 }],
    [ops.logSoftmax(x, 0), { axis: 0 }],
    [ops.reshape(x, [3, -1]), { shape: [3, 2] }],
    [ops.broadcastTo(x, [4, 2, 3]), { shape: [4, 2, 3] }],
    [ops.transpose(x), { order: [1, 0] }],
    [ops.slice(x, [[0, 1]]), { starts: [0, 0], ends: [1, 3] }],
    [
      ops.pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        7,
      ),
      {
        margins: [
          [1, 0],
          [0, 2],
        ],
        value: 7,
      },
    ],
    [ops.concatenate([x, y], -1), { axis: 1 }],
    [ops.matmul(x, y, { transposeB: true }), { transposeA: false, transposeB: true }],
    [ops.matmul(x, y, { transposeA: true }), { transposeA: true, transposeB: false }],
    [ops.normalNoise([2], { seed: 4, label: 'ε' }), { seed: 4, label: 'ε' }],
    [ops.uniformNoise([2], { label: 'u' }), { seed: 0, label: 'u' }],
  ];
  test.each(settings)('%s: its settings', ({ op }, expected) => {
    expect(op.settings).toEqual(expected);
  });

  const slots: [Node, string[]][] = [
    [ops.gather(x, row), ['x', 'index']],
    [ops.scatter(x, row, 2), ['x', 'index']],
    [ops.pick(x, column), ['x', 'index']],
    [ops.place(input('v', [2]), column, 3), ['x', 'index']],
    [ops.where(x, y, x), ['condition', 'a', 'b']],
    [ops.matmul(x, y, { transposeB: true }), ['A', 'B']],
    [ops.add(x, y), ['a', 'b']],
    [ops.tanh(x), ['x']],
  ];
  test.each(slots)('%s: what its inputs are called', ({ op, parents }, expected) => {
    expect(slotNames(op, parents.length)).toEqual(expected);
  });

  test('whether element i needs element i alone', () => {
    const alone = [
      ...[ops.add, ops.sub, ops.mul, ops.div, ops.maximum, ops.greater].map((f) => f(x, y)),
      ...[ops.neg, ops.tanh, ops.exp, ops.relu, ops.abs].map((f) => f(x)),
      ...[ops.leakyRelu(x), ops.clamp(x, 0, 1), ops.where(x, x, y)],
    ];
    for (const node of alone) expect(node.op.elementwise, String(node)).toBe(true);
    const together = [ops.sum(x), ops.softmax(x), ops.transpose(x), ops.gather(x, row)];
    for (const node of together) expect(node.op.elementwise, String(node)).toBeFalsy();
  });

  test('whether it reads what is repeated without having it written out, and whether it adds rows into zeros', () => {
    const strides = [ops.add(x, y), ops.where(x, x, y), ops.broadcastTo(x, [2, 2, 3])];
    for (const node of strides) expect(node.op.readsStrides, String(node)).toBe(true);
    for (const node of [ops.tanh(x), ops.sum(x), ops.matmul(x, y, { transposeB: true })]) {
      expect(node.op.readsStrides, String(node)).toBeFalsy();
    }
    expect(ops.scatter(x, row, 2).op.scattersRows).toBe(true);
    expect(ops.scatter(x, [0, 0, 0], 2, 1).op.scattersRows).toBe(false);
  });

  test('a rule has an entry for each input: null where no gradient goes', () => {
    const nodes: [Node, boolean[]][] = [
      [ops.greater(x, y), [false, false]],
      [ops.greaterEqual(x, y), [false, false]],
      [ops.equal(x, y), [false, false]],
      [ops.sign(x), [false]],
      [ops.stopGradient(x), [false]],
      [ops.gather(x, row), [true, false]],
      [ops.scatter(x, row, 2), [true, false]],
      [ops.pick(x, column), [true, false]],
      [ops.place(input('v', [2]), column, 3), [true, false]],
      [ops.where(x, x, y), [false, true, true]],
      [ops.add(x, y), [true, true]],
      [ops.tanh(x), [true]],
    ];
    for (const [node, goes] of nodes) {
      const rule = node.op.vjp(node, node, ...node.parents);
      expect(
        rule.map((term) => term !== null),
        String(node),
      ).toEqual(goes);
    }
  });

  test('exponents of which there is a simpler op', () => {
    expect(ops.pow(x, 1)).toBe(x);
    const names = [2, 0.5, -1, 3, 0, 1.5].map((b) => ops.pow(x, b).op.name);
    expect(names).toEqual(['square', 'sqrt', 'reciprocal', 'pow', 'pow', 'pow']);
  });

  test('what an alias would show can be copied as well', () => {
    for (const node of [ops.stopGradient(x), ops.reshape(x, [6])]) {
      const to = view(new Float64Array(6), node.shape);
      node.op.kernel(to, view(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]))(1);
      expect([...to.data]).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });
});

describe('powers where both are 0, or the exponent is', () => {
  const [a, b] = [input('a', []), input('b', [])];
  const slope = (x: Node, feeds: { a: number; b: number }): number =>
    gradient(ops.pow(a, b), x, feeds)[0]!;

  test('0⁰ is 1 whatever the base, and 0ᵇ is 0 for b > 0', () => {
    expect(slope(a, { a: 0, b: 0 })).toBe(0);
    expect(slope(a, { a: 3, b: 0 })).toBe(0);
    expect(slope(b, { a: 0, b: 2 })).toBe(0);
  });

  test('∂²aᵇ/∂a∂b = aᵇ⁻¹(1 + b ln a), which is 1/a at b = 0', () => {
    const [db] = gradients(ops.pow(a, b), [b]);
    const [da] = gradients(ops.pow(a, b), [a]);
    for (const base of [2, 4, 0.5]) {
      expect(gradient(da!, b, { a: base, b: 0 })[0]).toBe(1 / base);
      expect(gradient(db!, a, { a: base, b: 0 })[0]).toBeCloseTo(1 / base, 14);
    }
  });
});

describe('indices', () => {
  test('columns of a parameter: its gradient has no rows to be told of', () => {
    const w = new Parameters().add(
      'w',
      from([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    );
    const chosen = ops.gather(w, [2, 0, 2], 1);
    expect([...evaluate(chosen)]).toEqual([3, 1, 3, 6, 4, 6]);
    const weights = constant([
      [1, 2, 4],
      [8, 16, 32],
    ]);
    const graph = new Graph(ops.sum(ops.mul(chosen, weights)));
    graph.forward();
    graph.backward();
    expect([...graph.gradients]).toEqual([2, 0, 5, 16, 0, 40]);
    expect(graph.reached[0]!.touched).toBeUndefined();
  });

  test('where those of a scatter can begin', () => {
    expect(() => ops.scatter(x, row, 2, 2)).toThrow(/begin at axis 2 of x, only at 0 … 1/);
    expect(() =>
      ops.scatter(
        x,
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
        2,
        1,
      ),
    ).toThrow(/only at 0 … 0/);
    expect(() => ops.scatter(input('v', [2]), [[0, 0]], 2)).toThrow(
      /which has fewer than the index/,
    );
    expect(() => ops.scatter(x, row, 2, 0.5)).toThrow(/begin at axis 0.5/);
    expect(() => ops.scatter(x, row, 2, -1)).toThrow(/begin at axis -1/);
  });

  test('a number has no rows to pick from', () => {
    expect(() => ops.pick(input('s', []), 0)).toThrow(/nothing to choose from/);
    expect(() => ops.pick(input('s', []), indices('i', [], { below: 1 }))).toThrow(
      /goes up to 0, but there are 0/,
    );
  });
});
