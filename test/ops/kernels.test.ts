import { describe, expect, test } from 'vitest';
import {
  constant,
  evaluate,
  evaluateAll,
  Graph,
  indices,
  input,
  jvp,
  type Node,
} from '../../src/graph/index.js';
import { type BinaryKernel, Csr, rowMajor, size, useSimd, view } from '../../src/linalg/index.js';
import * as ops from '../../src/ops/index.js';
import { binary, inRows } from '../../src/ops/kernels.js';

const counted = (shape: readonly number[]): Node =>
  constant(
    Float64Array.from({ length: size(shape) }, (_, i) => i + 1),
    shape,
  );

/** All positions of a shape, in row-major order. */
const positions = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>(
    (all, length) => all.flatMap((at) => Array.from({ length }, (_, i) => [...at, i])),
    [[]],
  );
const offset = (at: readonly number[], strides: readonly number[]): number =>
  at.reduce((total, i, axis) => total + i * strides[axis]!, 0);

describe('element by element, by the definition', () => {
  test.each([
    [
      [2, 3, 2, 2, 3],
      [4, 2, 0, 3, 1],
    ],
    [
      [2, 3, 2, 2, 3],
      [1, 0, 3, 2, 4],
    ],
    [
      [3, 2, 2, 2],
      [3, 1, 2, 0],
    ],
    [
      [2, 2, 3, 2, 2, 2],
      [0, 2, 1, 4, 3, 5],
    ],
    [
      [2, 2, 3, 2, 2, 2],
      [5, 4, 3, 2, 1, 0],
    ],
    [
      [2, 1, 3, 1, 2],
      [4, 1, 0, 3, 2],
    ],
    [
      [2, 3, 4, 5],
      [2, 3, 0, 1],
    ],
  ])('the axes of %j in the order %j', (shape, order) => {
    const x = counted(shape);
    const y = ops.transpose(x, order);
    const strides = order.map((axis) => rowMajor(shape)[axis]!);
    for (const on of [true, false]) {
      useSimd(on);
      expect([...evaluate(y)]).toEqual(positions(y.shape).map((at) => offset(at, strides) + 1));
    }
    useSimd(true);
  });

  const shape = [2, 3, 2, 2];
  const subsets = Array.from({ length: 16 }, (_, bits) =>
    [0, 1, 2, 3].filter((axis) => (bits >> axis) % 2 === 1),
  );
  test.each(subsets)('reductions over axes %j', (...axes) => {
    const x = counted(shape);
    const kept = shape.filter((_, axis) => !axes.includes(axis));
    const groups = new Map<string, number[]>(positions(kept).map((at) => [at.join(), []]));
    for (const [i, at] of positions(shape).entries()) {
      groups.get(at.filter((_, axis) => !axes.includes(axis)).join())!.push(i + 1);
    }
    const lists = [...groups.values()];
    const of = (f: (list: number[]) => number): number[] => lists.map(f);
    const [total, most, least, length] = evaluateAll([
      ops.sum(x, axes),
      ops.max(x, axes),
      ops.min(x, axes),
      ops.norm(x, axes),
    ]);
    expect([...total!]).toEqual(of((list) => list.reduce((a, b) => a + b, 0)));
    expect([...most!]).toEqual(of((list) => Math.max(...list)));
    expect([...least!]).toEqual(of((list) => Math.min(...list)));
    for (const [i, squares] of of((list) => list.reduce((a, b) => a + b * b, 0)).entries()) {
      expect(length![i]! / Math.sqrt(squares)).toBeCloseTo(1, 14);
    }
  });
});

describe('what is bound', () => {
  const bindings = (shape: number[], ...strides: number[][]): number[] => {
    const lengths: number[] = [];
    const views = strides.map((each) => ({ data: new Float64Array(999), shape, strides: each }));
    inRows({ ...view(new Float64Array(size(shape)), shape) }, views, (_to, n) => {
      lengths.push(n);
      return () => {};
    });
    return lengths;
  };

  test('rows as long as can be, and as few walks', () => {
    expect(bindings([2, 3, 4], [12, 4, 1])).toEqual([24]);
    expect(bindings([2, 3, 4], [12, 4, 1], [0, 0, 0])).toEqual([24]);
    expect(bindings([2, 3, 4, 5], [60, 20, 5, 1])).toEqual([120]);
    expect(bindings([2, 1, 3], [3, 77, 1])).toEqual([6]);
    expect(bindings([2, 3], [1, 2])).toEqual([3]);
    expect(bindings([2, 3, 4], [0, 4, 1])).toEqual([12]);
    expect(bindings([2, 3, 4], [0, 0, 1])).toEqual([4]);
    expect(bindings([2, 3, 4], [100, 10, 1])).toEqual([4, 4]);
    expect(bindings([2, 3, 4, 5], [60, 20, 1, 4])).toEqual([5, 5, 5, 5, 5, 5]);
    expect(bindings([], [])).toEqual([1]);
    expect(bindings([1, 1], [9, 9])).toEqual([1]);
  });

  test('of two inputs: a single step from each element to the next, or rows', () => {
    let calls: unknown[] = [];
    const stretch = (): void => {};
    const recorded: BinaryKernel = Object.assign(() => {}, {
      on: (...[y, , p, , q]: Parameters<BinaryKernel['on']>) => {
        calls.push([y.length, p, q]);
        return stretch;
      },
      onRows: (...[y, n, p, q]: Parameters<BinaryKernel['onRows']>) => {
        calls.push([y.length, n, [p.row, p.step], [q.row, q.step]]);
        return stretch;
      },
      loop: stretch,
    });
    const bound = (shape: number[], a: number[], b: number[]): unknown[] => {
      calls = [];
      const data = new Float64Array(24);
      const y = view(new Float64Array(size(shape)), shape);
      const { work } = binary(recorded)(
        y,
        { data, shape, strides: a },
        { data, shape, strides: b },
      );
      expect(work!.pieces).toBe(size(shape));
      expect(work!.cost).toBeGreaterThan(0);
      expect(work!.cost).toBeLessThan(1);
      return calls;
    };
    expect(bound([2, 3], [3, 1], [3, 1])).toEqual([[6, 1, 1]]);
    expect(bound([2, 3], [0, 0], [3, 1])).toEqual([[6, 0, 1]]);
    expect(bound([2, 3], [3, 1], [0, 0])).toEqual([[6, 1, 0]]);
    expect(bound([2, 3], [0, 0], [0, 0])).toEqual([[6, 0, 0]]);
    expect(bound([1, 3], [7, 0], [7, 1])).toEqual([[3, 0, 1]]);
    expect(bound([], [], [])).toEqual([[1, 1, 1]]);
    expect(bound([2, 3], [3, 1], [0, 1])).toEqual([[6, 3, [3, 1], [0, 1]]]);
    expect(bound([2, 3], [1, 0], [3, 1])).toEqual([[6, 3, [1, 0], [3, 1]]]);
  });

  test('a function of one number may be a long one: some nanoseconds', () => {
    const at = view(new Float64Array(4), [4]);
    const { work } = ops.exp(input('e', [4])).op.kernel(at, at);
    expect(work!.cost).toBeGreaterThan(1);
    expect(work!.cost).toBeLessThan(30);
  });

  const x = input('x', [4, 6]);
  const v = (...shape: number[]) => view(new Float64Array(size(shape)), shape);

  test('a kernel of one stretch tells its work, and what a piece costs, roughly', () => {
    const costs = (node: Node, ...inputs: number[][]): number => {
      const { work } = node.op.kernel(v(...node.shape), ...inputs.map((shape) => v(...shape)));
      expect(work, String(node)).toBeDefined();
      return work!.cost;
    };
    const single: [Node, number[]][] = [
      [ops.leakyRelu(x), [4, 6]],
      [ops.clamp(x, 0, 1), [4, 6]],
      [ops.transpose(x), [4, 6]],
    ];
    for (const [node, shape] of single) {
      expect(costs(node, shape)).toBeGreaterThan(0);
      expect(costs(node, shape)).toBeLessThan(10);
    }
    // In proportion to what is added up, or copied.
    const summed = (n: number): number => costs(ops.sum(input('s', [2, n]), 1), [2, n]);
    const copied = (n: number): number => {
      const index = indices('i', [3], { below: 2 });
      return costs(ops.gather(input('t', [2, n]), index), [2, n], [3]);
    };
    for (const cost of [summed, copied]) {
      expect(cost(1)).toBeGreaterThan(0);
      expect(cost(1)).toBeLessThan(0.9);
      expect(cost(64)).toBe(64 * cost(1));
    }
  });

  test('a row of a sparse product costs what its numbers do', () => {
    const diagonal = (n: number, times: number): Csr =>
      Csr.fromTriplets(
        n,
        n,
        Array.from({ length: n * times }, (_, i) => i % n),
        Array.from({ length: n * times }, (_, i) => (i + Math.floor(i / n)) % n),
        new Array(n * times).fill(1),
      );
    const cost = (S: Csr, k: number): number =>
      ops.sparseMatmul(S, input('X', [S.columns, k])).op.kernel(v(S.rows, k), v(S.columns, k)).work!
        .cost;
    const one = cost(diagonal(8, 1), 1);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(0.9);
    expect(cost(diagonal(8, 1), 4)).toBe(4 * one);
    expect(cost(diagonal(8, 2), 1)).toBe(2 * one);
    expect(cost(diagonal(16, 1), 1)).toBe(one);
  });
});

describe('what leaves a node as it is', () => {
  const x = input('x', [2, 3]);
  test('gives back the node', () => {
    expect(ops.transpose(x, [0, 1])).toBe(x);
    expect(ops.transpose(x, [0, -1])).toBe(x);
    expect(ops.slice(x, [null, [0, 3]])).toBe(x);
    expect(
      ops.pad(x, [
        [0, 0],
        [0, 0],
      ]),
    ).toBe(x);
    expect(ops.reshape(x, [2, 3])).toBe(x);
    expect(ops.broadcastTo(x, [2, 3])).toBe(x);
    expect(ops.sum(x, [])).toBe(x);
  });

  test('of other ranks, or of nothing', () => {
    const row = input('row', [2]);
    expect(() => ops.concatenate([x, row], 1)).toThrow(/must be equal but for axis 1/);
    expect(() => ops.concatenate([row, x], 0)).toThrow(/must be equal but for axis 0/);
    const none = input('none', [0]);
    expect(ops.stack([none, none]).shape).toEqual([2, 0]);
    expect(ops.stack([none, none], 1).shape).toEqual([0, 2]);
  });
});

test('cross-entropy: what is certain and held to be impossible costs ∞, what neither expects nothing', () => {
  const logits = constant([[0, Number.NEGATIVE_INFINITY]]);
  const of = (target: number[]): number =>
    evaluate(ops.crossEntropy(logits, constant([target])))[0]!;
  expect(of([1, 0])).toBeCloseTo(0, 15);
  expect(of([0, 1])).toBe(Number.POSITIVE_INFINITY);
});

test('noise has a shape and a label, and passes no gradient on', () => {
  for (const make of [ops.normalNoise, ops.uniformNoise]) {
    const node = make([2, 3], { label: 'ε' });
    expect(node.op.shape()).toEqual([2, 3]);
    expect(node.op.vjp(node, node)).toEqual([]);
    for (const label of ['', undefined, 3]) {
      expect(() => make([2], { label: label as string })).toThrow(/a label is needed/);
    }
  }
});

describe('rows of a sparse matrix', () => {
  // [[0, 2, 0], [1, 0, 3]]
  const S = Csr.fromDense(2, 3, Float64Array.of(0, 2, 0, 1, 0, 3));
  const index = indices('i', [2], { below: 2 });

  test('are those of the run, with zeros between', () => {
    const node = ops.sparseRows(S, index);
    const graph = new Graph(node, { wrt: [] });
    graph.forward({ i: [1, 1] });
    expect([...graph.value(node)]).toEqual([1, 0, 3, 1, 0, 3]);
    graph.forward({ i: [0, 1] });
    expect([...graph.value(node)]).toEqual([0, 2, 0, 1, 0, 3]);
    expect(node.op.vjp(node, node, index)).toEqual([null]);
  });

  test('times a matrix, forward: J·T = S[rows]·T', () => {
    const X = input('X', [3, 1]);
    const y = ops.sparseRowsMatmul(S, index, X);
    const product = jvp(y, [X], [constant([[1], [10], [100]])]);
    const values = evaluateAll([product, y], { i: [1, 0], X: [[1], [2], [3]] });
    expect(values.map((each) => [...each])).toEqual([
      [301, 20],
      [10, 4],
    ]);
  });

  test('say what they are', () => {
    expect(ops.sparseMatmul(S, input('X', [3, 1])).op.settings).toEqual({
      ...{ rows: 2, columns: 3, transpose: false },
    });
    const rows = ops.sparseRows(S, index);
    expect([rows.op.settings, rows.op.slots]).toEqual([{ rows: 2, columns: 3 }, ['index']]);
    expect(ops.sparseRowsMatmul(S, index, input('X', [3, 1])).op.settings).toEqual({
      ...{ rows: 2, columns: 3 },
    });
  });
});
