import { describe, expect, test } from 'vitest';
import {
  broadcastOf,
  type Definition,
  definitions,
  fold,
  fractions,
  indicesOf,
  rational,
  real,
  Tensor,
  zip,
} from '../../src/check/reference/index.js';

// Definitions are what all else is measured by, so they are held to results that can be read off: numpy's documented
// examples, and what can be counted.

const nested = (value: unknown): Tensor => {
  const shape: number[] = [];
  for (let v = value; Array.isArray(v); v = v[0]) shape.push(v.length);
  return new Tensor(shape, [value].flat(5) as number[]);
};
const arange = (...shape: number[]): Tensor =>
  new Tensor(
    shape,
    Array.from({ length: shape.reduce((n, length) => n * length, 1) }, (_, k) => k),
  );
const gives = (definition: Definition, inputs: readonly unknown[], expected: unknown): void => {
  const tensors = inputs.map((x) => (x instanceof Tensor ? x : nested(x)));
  expect(definition(real, ...tensors)).toEqual(nested(expected));
};

describe('tensors', () => {
  test('an index counts the last axis fastest', () => {
    expect([...indicesOf([2, 2])]).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect([...indicesOf([])]).toEqual([[]]);
    expect([...indicesOf([2, 0])]).toEqual([]);
    expect(arange(2, 3).at([1, 0])).toBe(3);
  });

  test('at reads as broadcasting does', () => {
    expect(nested([[1], [2]]).at([7, 1, 5])).toBe(2);
    expect(nested(4).at([3, 3])).toBe(4);
  });

  test('a shape that the values do not fill', () => {
    expect(() => new Tensor([2, 2], [1, 2, 3])).toThrow(
      'a tensor of shape [2,2] has 4 values, not 3',
    );
  });

  test('broadcasting, by the examples of the manual of numpy', () => {
    expect(broadcastOf([256, 256, 3], [3])).toEqual([256, 256, 3]);
    expect(broadcastOf([8, 1, 6, 1], [7, 1, 5])).toEqual([8, 7, 6, 5]);
    expect(broadcastOf([15, 3, 5], [15, 1, 5])).toEqual([15, 3, 5]);
    expect(broadcastOf([1], [0])).toEqual([0]);
    expect(broadcastOf()).toEqual([]);
    expect(broadcastOf([3], [4])).toBeUndefined();
    expect(broadcastOf([2, 1], [8, 4, 3])).toBeUndefined();
    expect(broadcastOf([0], [2])).toBeUndefined();
    expect(() => zip((a) => a, arange(2), arange(3))).toThrow(RangeError);
    expect(zip((a, b) => 10 * a + b, nested([[1], [2]]), nested([3, 4])).values).toEqual([
      13, 14, 23, 24,
    ]);
  });

  test('a reduction gets its elements in row-major order', () => {
    const listed = (axes: number[], keep = false) => {
      const texts = new Tensor([2, 2, 2], ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
      return fold(texts, axes, keep, (elements) => elements.join(''));
    };
    expect(listed([0, 2]).values).toEqual(['abef', 'cdgh']);
    expect(listed([1], true)).toEqual(new Tensor([2, 1, 2], ['ac', 'bd', 'eg', 'fh']));
    expect(listed([]).values).toHaveLength(8);
    expect(fold(arange(0, 2), [0], false, (elements) => elements.length).values).toEqual([0, 0]);
  });
});

describe('definitions', () => {
  const { sum, mean, variance, max, min, norm } = definitions;

  test('reductions', () => {
    gives(sum(), [arange(2, 3)], 15);
    gives(sum(0), [arange(2, 3)], [3, 5, 7]);
    gives(sum([-1, 0]), [arange(2, 3)], 15);
    gives(mean(1, { keepAxes: true }), [arange(2, 3)], [[1], [4]]);
    gives(variance(), [[1, 2, 3, 4]], 1.25);
    gives(variance(0, { correction: 1 }), [[1, 2, 6]], 7);
    gives(
      max(-1),
      [
        [
          [1, 5],
          [4, 2],
        ],
      ],
      [5, 4],
    );
    gives(
      min(0),
      [
        [
          [1, 5],
          [4, 2],
        ],
      ],
      [1, 2],
    );
    gives(norm(), [[3, -4]], 5);
    expect(mean()(fractions, new Tensor([3], [1, 2, 2].map(rational))).values.map(String)).toEqual([
      '5/3',
    ]);
  });

  test('softmax of logarithms', () => {
    const rows = nested([
      [0, Math.log(3)],
      [Math.log(2), Math.log(6)],
    ]);
    const parts = [0.25, 0.75, 0.25, 0.75];
    for (const [k, part] of parts.entries()) {
      expect(definitions.softmax()(real, rows).values[k]).toBeCloseTo(part, 15);
      expect(definitions.logSoftmax(1)(real, rows).values[k]).toBeCloseTo(Math.log(part), 15);
    }
    const columns = definitions.softmax(0)(real, rows).values;
    expect(columns[0]! + columns[2]!).toBeCloseTo(1, 15);
    expect(definitions.logSumExp(0)(real, rows).values[0]).toBeCloseTo(Math.log(3), 15);
  });

  test('products', () => {
    const A = nested([
      [1, 2],
      [3, 4],
    ]);
    gives(definitions.matmul(), [A, [[5], [6]]], [[17], [39]]);
    gives(definitions.matmul({ transposeA: true }), [A, [[5], [6]]], [[23], [34]]);
    gives(definitions.matmul({ transposeB: true }), [A, [[5, 6]]], [[17], [39]]);
    gives(definitions.matmul(), [[A.values.length ? [[2]] : [], [[3]]], [[5]]], [[[10]], [[15]]]);
    gives(definitions.sparseMatmul(A, { transpose: true }), [[[5], [6]]], [[23], [34]]);
    gives(definitions.sparseRowsMatmul(A, nested([1, 1])), [[[5], [6]]], [[39], [39]]);
    expect(() => definitions.matmul()(real, arange(2, 1, 1), arange(3, 1, 1))).toThrow(RangeError);
  });

  test('layout', () => {
    const x = arange(2, 3);
    gives(
      definitions.transpose(),
      [x],
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    );
    gives(
      definitions.transpose([1, 2, 0]),
      [arange(1, 2, 3)],
      [
        [[0], [1], [2]],
        [[3], [4], [5]],
      ],
    );
    expect(definitions.transpose([1, -1, 0])(real, arange(1, 2, 3)).shape).toEqual([2, 3, 1]);
    gives(
      definitions.reshape([3, 2]),
      [x],
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    );
    gives(
      definitions.slice([null, [-2, 3]]),
      [x],
      [
        [1, 2],
        [4, 5],
      ],
    );
    gives(definitions.slice([[1, 2]]), [x], [[3, 4, 5]]);
    gives(
      definitions.pad(
        [
          [1, 0],
          [0, 1],
        ],
        9,
      ),
      [[[1]]],
      [
        [9, 9],
        [1, 9],
      ],
    );
    gives(
      definitions.concatenate(-1),
      [
        [[1], [2]],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      [
        [1, 3, 4],
        [2, 5, 6],
      ],
    );
    gives(
      definitions.stack(-1),
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 3],
        [2, 4],
      ],
    );
    gives(
      definitions.broadcastTo([2, 2]),
      [[1, 2]],
      [
        [1, 2],
        [1, 2],
      ],
    );
  });

  test('indices', () => {
    const x = arange(3, 2);
    gives(
      definitions.gather(nested([2, 0])),
      [x],
      [
        [4, 5],
        [0, 1],
      ],
    );
    gives(
      definitions.gather(nested([[1], [0]]), -1),
      [x],
      [
        [[1], [0]],
        [[3], [2]],
        [[5], [4]],
      ],
    );
    gives(definitions.gather(nested(1), 0), [x], [2, 3]);
    gives(definitions.scatter(nested([1, 1, 3]), 4), [[5, 6, 7]], [0, 11, 0, 7]);
    gives(definitions.scatter(nested([1, 0]), 2, 1), [[[5, 6]]], [[6, 5]]);
    gives(definitions.pick(nested([1, 0, 1])), [x], [1, 2, 5]);
    gives(
      definitions.place(nested([1, 0]), 2),
      [[5, 6]],
      [
        [0, 5],
        [6, 0],
      ],
    );
    gives(definitions.oneHot(nested([2]), 3), [], [[0, 0, 1]]);
  });

  test('losses', () => {
    const close = (definition: Definition, inputs: unknown[], expected: number) =>
      expect(definition(real, ...inputs.map(nested)).values[0]).toBeCloseTo(expected, 14);
    gives(
      definitions.squaredError,
      [
        [1, 5],
        [4, 1],
      ],
      25,
    );
    close(
      definitions.crossEntropy,
      [
        [0, Math.log(3)],
        [0.5, 0.5],
      ],
      Math.log(4) - Math.log(3) / 2,
    );
    close(definitions.crossEntropyOfClass(nested([1])), [[[0, Math.log(3)]]], Math.log(4 / 3));
    close(definitions.binaryCrossEntropy, [Math.log(3), 1], Math.log(4 / 3));
    // two Gaussians: equal but for the mean, and equal but for the spread
    close(definitions.gaussianKl, [[3], [0], [1], [0]], 2);
    close(definitions.gaussianKl, [[0], [Math.log(4)], [0], [0]], (4 - 1 - Math.log(4)) / 2);
    close(definitions.gaussianEntropy, [[0], [0]], Math.log(2 * Math.PI * Math.E) / 2);
    close(
      definitions.gaussianCrossEntropy,
      [[3], [0], [1], [0]],
      Math.log(2 * Math.PI * Math.E) / 2 + 2,
    );
  });
});
