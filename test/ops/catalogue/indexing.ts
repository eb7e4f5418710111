import fc from 'fast-check';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions, type Tensor } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { constant, indices, input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { shapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, point, scalar, vector } from './builders.js';

const x23 = () => input('x', [2, 3]);

/** Indices along an axis of some length, of a shape of their own. */
const picks = (length: number): fc.Arbitrary<Tensor> =>
  (length === 0 ? fc.constant([0]) : shapes({ most: 2, elements: 4 })).chain((shape) =>
    tensor(shape, fc.nat(Math.max(length - 1, 0))),
  );

/** An index as ops take it. */
export const indexOf = (index: Tensor): Node =>
  constant(Float64Array.from(index.values), index.shape);

/** Tensors with rows of some width at least, and an index for each row. */
export const rowsWithIndex = (width: number): fc.Arbitrary<[Tensor, Tensor]> =>
  shapes({ least: 1, most: 3 })
    .filter((shape) => shape.at(-1)! >= width)
    .chain((shape) =>
      fc.tuple(tensor(shape, all), tensor(shape.slice(0, -1), fc.nat(shape.at(-1)! - 1))),
    );

export const indexing = {
  gather: {
    smooth: tensors(all, { least: 1 })
      .filter(({ shape }) => shape.every((length) => length > 0))
      .chain((x) =>
        fc.integer({ min: -x.shape.length, max: x.shape.length - 1 }).chain((axis) =>
          picks(x.shape.at(axis)!).map((index) =>
            shown({
              text: (node) => call('gather', node, index, axis),
              f: (node) => ops.gather(node, indexOf(index), axis),
              definition: definitions.gather(index, axis),
              inputs: [x],
            }),
          ),
        ),
      ),
    special: [
      point(
        'a row that is asked for twice gets both gradients',
        (x) => ops.gather(x!, [1, 0, 1]),
        [matrix([7], [8], [9])],
        [8, 7, 8],
        [1, 2, 0],
      ),
      point('no row', (x) => ops.gather(x!, new Float64Array(0)), [matrix([7], [8])], [], [0, 0]),
    ],
    misfits: [
      {
        make: () => ops.gather(x23(), [0, 2]),
        message: /^gather: the index .*element 1 is 2; an index is a whole number from 0 to 1/,
      },
      { make: () => ops.gather(x23(), [0, -1]), message: /element 1 is -1/ },
      { make: () => ops.gather(x23(), [0.5]), message: /element 0 is 0.5/ },
      { make: () => ops.gather(x23(), [Number.NaN]), message: /element 0 is NaN/ },
      { make: () => ops.gather(x23(), [0], 2), message: /there is no axis 2/ },
      { make: () => ops.gather(scalarInput(), [0]), message: /there is no axis 0; it has none/ },
      {
        make: () => ops.gather(x23(), input('k', [2])),
        message: /the index input \[2\] "k" is not checked; it has to be made by indices/,
      },
      {
        make: () => ops.gather(x23(), indices('k', [2], { below: 3 })),
        message: /^gather: the index .* goes up to 2, but there are 2 to choose from/,
      },
    ],
  },
  scatter: {
    smooth: fc
      .tuple(
        shapes({ most: 1, elements: 2 }),
        shapes({ most: 1, elements: 2 }),
        fc.integer({ min: 1, max: 4 }),
      )
      .chain(([before, after, length]) =>
        picks(length).chain((index) =>
          tensor([...before, ...index.shape, ...after], all).map((x) => {
            const axis = before.length;
            return shown({
              text: (node) => call('scatter', node, index, length, axis),
              f: (node) => ops.scatter(node, indexOf(index), length, axis),
              definition: definitions.scatter(index, length, axis),
              inputs: [x],
            });
          }),
        ),
      ),
    special: [
      point(
        'two rows for one place are added, and one place gets none',
        (x) => ops.scatter(x!, [2, 0, 2], 4),
        [vector(1, 2, 4)],
        [2, 0, 5, 0],
        [1, 1, 1],
      ),
      point('nothing', (x) => ops.scatter(x!, new Float64Array(0), 2), [vector()], [0, 0], []),
    ],
    misfits: [
      {
        make: () => ops.scatter(x23(), [0, 3], 3),
        message: /^scatter: the index .*element 1 is 3; an index is a whole number from 0 to 2/,
      },
      {
        make: () => ops.scatter(x23(), [0, 1, 2], 3),
        message:
          /^scatter\(x = input \[2, 3\] "x", index = constant \[3\]\): x has \[2\] where the index has \[3\], from axis 0 on/,
      },
      { make: () => ops.scatter(x23(), [0, 1], -1), message: /-1/ },
      { make: () => ops.scatter(x23(), [0, 1], 2.5), message: /2\.5/ },
      { make: () => ops.scatter(x23(), [0, 1], 2, -1), message: /cannot begin at axis -1 of x/ },
      {
        make: () => ops.scatter(x23(), 1, 5, 3),
        message:
          /^scatter\(x = input \[2, 3\] "x", index = constant \[\]\): .*cannot begin at axis 3 of x, only at 0 … 2/,
      },
      {
        make: () => ops.scatter(scalarInput(), [0], 5),
        message: /cannot begin at axis 0 of x, which has fewer than the index/,
      },
    ],
  },
  pick: {
    smooth: rowsWithIndex(1).map(([x, index]) =>
      shown({
        text: (node) => call('pick', node, index),
        f: (node) => ops.pick(node, indexOf(index)),
        definition: definitions.pick(index),
        inputs: [x],
      }),
    ),
    special: [
      point(
        'what is not picked does not show',
        (x) => ops.pick(x!, [1, 0]),
        [matrix([Number.NaN, 2], [3, Number.POSITIVE_INFINITY])],
        [2, 3],
        [0, 1, 1, 0],
      ),
    ],
    misfits: [
      {
        make: () => ops.pick(x23(), [0, 1, 2]),
        message:
          /^pick\(x = input \[2, 3\] "x", index = constant \[3\]\): the index has one number for each row of x: \[2\]/,
      },
      {
        make: () => ops.pick(x23(), [[0, 1]]),
        message: /the index has one number for each row of x: \[2\]/,
      },
      {
        make: () => ops.pick(x23(), [0, 3]),
        message: /element 1 is 3; an index is a whole number from 0 to 2/,
      },
      {
        make: () => ops.pick(input('x', [1, 0]), [0]),
        message: /element 0 is 0; an index is a whole number below 0: there is nothing to choose/,
      },
      { make: () => ops.pick(scalarInput(), 0), message: /^pick: the index .*nothing to choose/ },
    ],
  },
  place: {
    smooth: fc
      .tuple(shapes({ most: 3, elements: 6 }), fc.integer({ min: 1, max: 3 }))
      .chain(([shape, width]) =>
        fc.tuple(tensor(shape, all), tensor(shape, fc.nat(width - 1))).map(([x, index]) =>
          shown({
            text: (node) => call('place', node, index, width),
            f: (node) => ops.place(node, indexOf(index), width),
            definition: definitions.place(index, width),
            inputs: [x],
          }),
        ),
      ),
    special: [point('a number', (x) => ops.place(x!, 1, 3), [scalar(5)], [0, 5, 0], [1])],
    misfits: [
      {
        make: () => ops.place(x23(), [0, 1], 2),
        message:
          /^place\(x = input \[2, 3\] "x", index = constant \[2\]\): x and index need one shape, not \[2, 3\] and \[2\]/,
      },
      { make: () => ops.place(input('x', [2]), [0, 5], 5), message: /element 1 is 5/ },
      { make: () => ops.place(input('x', [2]), [0, 1], -2), message: /^place: the shape \[-2\]/ },
    ],
  },
  oneHot: {
    smooth: fc
      .tuple(shapes({ most: 2, elements: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([shape, width]) =>
        fc
          .tuple(tensor(shape, fc.nat(width - 1)), tensor([...shape, width], all))
          .map(([index, x]) =>
            shown({
              text: (node) => call('mul', node, call('oneHot', index, width)),
              f: (node) => ops.mul(node, ops.oneHot(indexOf(index), width)),
              definition: (A, a) => definitions.mul(A, a, definitions.oneHot(index, width)(A)),
              inputs: [x],
            }),
          ),
      ),
    misfits: [
      { make: () => ops.oneHot([3], 3), message: /^oneHot: the index .*element 0 is 3/ },
      { make: () => ops.oneHot([-1], 3), message: /^oneHot: the index .*element 0 is -1/ },
      { make: () => ops.oneHot([0], 2.5), message: /^oneHot: the shape \[2.5\]/ },
    ],
  },
} satisfies Partial<Record<OpName, OpSpec>>;

function scalarInput(): Node {
  return input('x', []);
}
