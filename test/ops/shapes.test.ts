import { describe, expect, test } from 'vitest';
import { apply, constant, indices, input, type Node, ShapeError } from '../../src/graph/index.js';
import { Csr } from '../../src/linalg/index.js';
import { add, broadcastTo, pick, reshape, sparseRowsMatmul, where } from '../../src/ops/index.js';

const S = Csr.fromDense(2, 3, Float64Array.of(1, 0, 2, 0, 3, 0));
const [x, y, wide] = [input('x', [3]), input('y', [4]), input('wide', [3, 2])];

describe('an op that is applied without its builder looks at its shapes itself', () => {
  const index = indices('i', [2], { below: 2 });
  const product = sparseRowsMatmul(S, index, wide);
  /** What the backward rule of the product writes. */
  const backward = product.op.vjp(input('dy', [2, 2]), product, index, wide)[1]!()!;

  test.each<[string, () => Node, RegExp]>([
    ['add', () => apply(add(x, x).op, x, y), /^add\(.*needs one shape, not \[3\] and \[4\]/],
    [
      'where',
      () => apply(where(x, x, x).op, x, x, y),
      /^where\(.*needs one shape, not \[3\], \[3\], \[4\]/,
    ],
    [
      'where, of another condition',
      () => apply(where(x, x, x).op, y, x, x),
      /^where\(.*needs one shape, not \[4\], \[3\], \[3\]/,
    ],
    [
      'broadcast',
      () => apply(broadcastTo(x, [2, 3]).op, wide),
      /^broadcast\(.*shapes \[3, 2\] and \[2, 3\] do not broadcast/,
    ],
    [
      'the transposed product with sparse rows: another number of rows',
      () => apply(backward.op, index, input('dy', [3, 2])),
      /^sparseRowsTransposeMatmul\(.*the index has the shape \[n\] and X the shape \[n, k\]/,
    ],
    [
      'the transposed product with sparse rows: no matrix',
      () => apply(backward.op, index, input('dy', [2])),
      /the index has the shape \[n\] and X the shape \[n, k\]/,
    ],
    [
      'the transposed product with sparse rows: an index of two axes',
      () => apply(backward.op, indices('j', [2, 2], { below: 2 }), input('dy', [2, 2])),
      /the index has the shape \[n\] and X the shape \[n, k\]/,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(ShapeError);
    expect(make).toThrow(message);
  });

  test('and takes those that fit', () => {
    expect(apply(add(x, x).op, y, y).shape).toEqual([4]);
    expect(apply(where(x, x, x).op, y, y, y).shape).toEqual([4]);
    expect(apply(backward.op, index, input('dy', [2, 5])).shape).toEqual([3, 5]);
  });
});

test('a shape that is no array', () => {
  expect(() => reshape(x, 3 as never)).toThrow(
    /^reshape: a shape is an array of lengths such as \[2, 3\], not 3/,
  );
});

test('there is nothing to pick from a single number', () => {
  expect(() => pick(constant(1), [0])).toThrow(
    /element 0 is 0; an index is a whole number below 0: there is nothing to choose from/,
  );
  expect(() => pick(constant(1), [])).toThrow(ShapeError);
});
