import { describe, expect, test } from 'vitest';
import { constant, evaluate, gradients, indices, input, type Node } from '../../src/graph/index.js';
import { ancestors } from '../../src/graph/order.js';
import { Csr, type Shape, size, type View, view } from '../../src/linalg/index.js';
import { broadcastShape } from '../../src/ops/broadcast.js';
import * as ops from '../../src/ops/index.js';

/** The ops that lead from some inputs to a node, in the order in which they are computed. */
const opsOf = (node: Node): string[] =>
  ancestors([node])
    .map(({ op }) => op.name)
    .filter((name) => name !== 'input' && name !== 'constant');

/** The numbers of a view, row-major, read by the definition of strides. */
function read({ data, shape, strides }: View): number[] {
  const at = (axis: number, offset: number): number[] =>
    axis === shape.length
      ? [data[offset]!]
      : Array.from({ length: shape[axis]! }, (_, i) =>
          at(axis + 1, offset + i * strides[axis]!),
        ).flat();
  return at(0, 0);
}

describe('what moves no numbers is another view of the same buffer, with the numbers that its kernel writes', () => {
  const nodes: [Shape, (x: Node) => Node][] = [
    [[2, 3], (x) => ops.reshape(x, [3, 2])],
    [[2, 3], (x) => ops.reshape(x, [6])],
    [[2, 3], (x) => ops.stopGradient(x)],
    [[3], (x) => ops.broadcastTo(x, [2, 3])],
    [[2, 1], (x) => ops.broadcastTo(x, [2, 4])],
    [[2, 1], (x) => ops.broadcastTo(x, [3, 2, 4])],
    [[1, 2], (x) => ops.broadcastTo(x, [2, 1, 2])],
    [[], (x) => ops.broadcastTo(x, [2, 2])],
  ];
  test.each(nodes)('%j', (shape, made) => {
    const numbers = Float64Array.from({ length: size(shape) }, (_, i) => i + 1);
    const node = made(input('x', shape));
    const x = view(numbers, shape);
    const seen = node.op.alias!(x);
    expect(seen.data).toBe(numbers);
    expect(seen.shape).toEqual(node.shape);
    const written = view(new Float64Array(size(node.shape)), node.shape);
    node.op.kernel(written, x)(1);
    expect(read(seen)).toEqual([...written.data]);
    expect([...written.data]).toEqual([...evaluate(node, { x: numbers })]);
  });
});

describe('no more nodes than are needed', () => {
  const x = input('x', [3]);
  /** The ops that make the gradient of what was repeated of that of the whole, dy. */
  const summed = (from: Shape, to: Shape): string[] => {
    const x = input('x', from);
    const dy = input('dy', to);
    return opsOf(gradients(ops.broadcastTo(x, to), [x], dy)[0]!);
  };

  test('for the gradient of a broadcast: what was repeated is summed, what was only given an axis is not', () => {
    expect(summed([3], [1, 3])).toEqual(['reshape']);
    expect(summed([1, 1], [1, 1, 1])).toEqual(['reshape']);
    expect(summed([3], [2, 3])).toEqual(['sum']);
    expect(summed([], [2, 3])).toEqual(['sum']);
    expect(summed([1, 3], [2, 3])).toEqual(['sum', 'reshape']);
    expect(summed([2, 1], [4, 2, 3])).toEqual(['sum', 'reshape']);
  });

  test('nor shapes: of two that are equal, the first is the one', () => {
    const shape = [2, 1, 3];
    expect(broadcastShape(shape, [2, 1, 3])).toBe(shape);
  });

  test('for a product of matrices, stacks of them, or a stack and one', () => {
    const of = (a: Shape, b: Shape, transposes = {}): string[] =>
      opsOf(ops.matmul(input('a', a), input('b', b), transposes));
    expect(of([2, 3], [3, 4])).toEqual(['matmul']);
    expect(of([3, 2], [3, 4], { transposeA: true })).toEqual(['matmul']);
    expect(of([5, 2, 3], [5, 3, 4])).toEqual(['matmul']);
    // One tall matrix; but the rows of transposed ones do not follow each other.
    expect(of([5, 2, 3], [3, 4])).toEqual(['reshape', 'matmul', 'reshape']);
    expect(of([5, 3, 2], [3, 4], { transposeA: true })).toEqual(['broadcast', 'matmul']);
    expect(of([2, 3], [5, 3, 4])).toEqual(['broadcast', 'matmul']);
    expect(of([5, 1, 2, 3], [6, 3, 4])).toEqual(['broadcast', 'broadcast', 'matmul']);
  });

  test('for the gradient of a reduction: what is to be repeated along an axis is divided before', () => {
    const [y] = gradients(ops.max(x, [0]), [x]);
    const shapes = ancestors([y!]).filter(({ op }) => op.name === 'div');
    expect(shapes.map(({ shape }) => shape)).toEqual([[1]]);
  });
});

describe('products with rows of a sparse matrix', () => {
  const S = Csr.fromDense(2, 3, Float64Array.of(0, 2, 0, 1, 0, 3));
  const index = indices('i', [4], { below: 2 });

  test('say what does not fit', () => {
    for (const shape of [[3], [3, 2, 1], [2, 3], []]) {
      expect(() => ops.sparseRowsMatmul(S, index, input('X', shape))).toThrow(
        `sparseRowsMatmul(index = ${index}, X = input [${shape.join(', ')}] "X"): ` +
          'the index has the shape [n] and X the shape [3, k]',
      );
    }
    const two = indices('two', [4, 1], { below: 2 });
    expect(() => ops.sparseRowsMatmul(S, two, input('X', [3, 2]))).toThrow(/the shape \[n\]/);
  });

  test('and their adjoint, which refuses a gradient of another shape', () => {
    const y = ops.sparseRowsMatmul(S, index, input('X', [3, 2]));
    const [dX] = gradients(y, [y.parents[1]!], constant(new Float64Array(8), [4, 2]));
    const { op, shape } = dX!;
    expect(shape).toEqual([3, 2]);
    expect([op.slots, op.settings]).toEqual([['index', 'X'], { rows: 2, columns: 3 }]);
    expect(op.shape([4], [4, 7])).toEqual([3, 7]);
    for (const [i, X] of [
      [[4], [4]],
      [[4], [4, 2, 1]],
      [[4], [3, 2]],
      [
        [4, 1],
        [4, 2],
      ],
    ]) {
      expect(() => op.shape(i!, X!)).toThrow('the index has the shape [n] and X the shape [n, k]');
    }
  });
});
