import fc from 'fast-check';
import { tensor } from '../../../src/check/random/tensors.js';
import { broadcastOf, definitions, Tensor } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { input } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { broadcastingShapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, point, scalar, vector } from './builders.js';

const x23 = () => input('x', [2, 3]);

/** [start, end) for each axis, some counted from the end and some left out. */
const rangesOf = (shape: readonly number[]) =>
  fc.tuple(
    ...shape.map((length) =>
      fc.tuple(fc.nat(length), fc.nat(length), fc.nat(15)).map(([a, b, choice]) => {
        const how = Math.ceil(choice / 3);
        if (how === 2 || how === 3) return null;
        // empty ranges seldom: where a = b, it is mostly the one element there
        const widened = Math.max(a, b) + (a === b && how > 0 ? 1 : 0);
        const [start, end] = widened > length ? [0, length] : [Math.min(a, b), widened];
        return how === 1 && end < length
          ? ([start, end - length] as const)
          : ([start, end] as const);
      }),
    ),
  );

export const layout = {
  broadcastTo: {
    smooth: broadcastingShapes(2).chain(([a, b]) =>
      tensor(a!, all).map((x) => {
        const shape = broadcastOf(a!, b!)!;
        return shown({
          text: (node) => call('broadcastTo', node, shape),
          f: (node) => ops.broadcastTo(node, shape),
          definition: definitions.broadcastTo(shape),
          inputs: [x],
        });
      }),
    ),
    special: [
      point(
        'a number to six',
        (x) => ops.broadcastTo(x!, [2, 3]),
        [scalar(4)],
        [4, 4, 4, 4, 4, 4],
        [6],
      ),
      point('to nothing', (x) => ops.broadcastTo(x!, [0, 2]), [vector(1, 2)], [], [0, 0]),
      point(
        'a column',
        (x) => ops.broadcastTo(x!, [2, 3]),
        [matrix([1], [2])],
        [1, 1, 1, 2, 2, 2],
        [3, 3],
      ),
    ],
    misfits: [
      {
        make: () => ops.broadcastTo(x23(), [3, 2]),
        message: /^broadcast\(x = input \[2, 3\] "x"\): .*\[2, 3\].*\[3, 2\]/,
      },
      { make: () => ops.broadcastTo(x23(), [3]), message: /\[2, 3\] cannot be broadcast to \[3\]/ },
      {
        make: () => ops.broadcastTo(x23(), [2, 1]),
        message: /\[2, 3\] cannot be broadcast to \[2, 1\]/,
      },
      {
        make: () => ops.broadcastTo(x23(), [2, 3, 3]),
        message: /shapes \[2, 3\] and \[2, 3, 3\] do not broadcast/,
      },
      {
        make: () => ops.broadcastTo(1, [-3]),
        message: /^broadcastTo: the shape \[-3\] has the length -3/,
      },
      { make: () => ops.broadcastTo(1, [1.5]), message: /^broadcastTo: the shape \[1.5\]/ },
    ],
  },
  reshape: {
    smooth: fc.tuple(tensors(all), fc.nat(4)).map(([x, choice]) => {
      const n = x.values.length;
      const options = [[n], [1, n, 1], [...x.shape].reverse(), [n, 1], [1, ...x.shape]];
      const shape = options[choice]!;
      const open = n > 0 && choice !== 2 ? shape.with(shape.indexOf(n), -1) : shape;
      return shown({
        text: (node) => call('reshape', node, open),
        f: (node) => ops.reshape(node, open),
        definition: definitions.reshape(shape),
        inputs: [x],
      });
    }),
    misfits: [
      {
        make: () => ops.reshape(x23(), [4]),
        message: /^reshape\(x = input \[2, 3\] "x"\): \[4\] has 4 elements, but x has 6/,
      },
      { make: () => ops.reshape(x23(), []), message: /\[\] has 1 elements, but x has 6/ },
      {
        make: () => ops.reshape(x23(), [-1, 4]),
        message: /no length in place of −1 makes \[-1, 4\] hold 6 elements/,
      },
      { make: () => ops.reshape(x23(), [-1, -1]), message: /\[-1, -1\]/ },
      { make: () => ops.reshape(x23(), [-1, 0]), message: /\[-1, 0\]/ },
      { make: () => ops.reshape(x23(), [2.5, 2.4]), message: /^reshape: the shape \[2.5, 2.4\]/ },
    ],
  },
  transpose: {
    smooth: tensors(all).chain((x) =>
      fc
        .option(fc.shuffledSubarray([...x.shape.keys()], { minLength: x.shape.length }), {
          nil: undefined,
        })
        .map((order) =>
          shown({
            text: (node) => call('transpose', node, order),
            f: (node) => ops.transpose(node, order),
            definition: definitions.transpose(order),
            inputs: [x],
          }),
        ),
    ),
    special: [
      point(
        'an order that is not its own inverse',
        (x) => ops.mul(ops.transpose(x!, [1, -1, 0]), ops.transpose(x!, [-2, 2, 0])),
        [new Tensor([1, 2, 3], [1, 2, 3, 4, 5, 6])],
        [1, 4, 9, 16, 25, 36],
        [2, 4, 6, 8, 10, 12],
      ),
    ],
    misfits: [
      {
        make: () => ops.transpose(x23(), [0, 0]),
        message: /^transpose\(input \[2, 3\] "x"\): \[0, 0\] is no order of its 2 axes/,
      },
      { make: () => ops.transpose(x23(), [1, -1]), message: /\[1, -1\] is no order/ },
      { make: () => ops.transpose(x23(), [0]), message: /\[0\] is no order/ },
      { make: () => ops.transpose(x23(), [0, 1, 1]), message: /\[0, 1, 1\] is no order/ },
      { make: () => ops.transpose(x23(), [0, 2]), message: /there is no axis 2/ },
    ],
  },
  slice: {
    smooth: tensors(all, { least: 1 }).chain((x) =>
      rangesOf(x.shape).map((ranges) =>
        shown({
          text: (node) => call('slice', node, ranges),
          f: (node) => ops.slice(node, ranges),
          definition: definitions.slice(ranges),
          inputs: [x],
        }),
      ),
    ),
    special: [
      point(
        'the leading rows, and the axes after the last range whole',
        (x) => ops.slice(x!, [[0, 1]]),
        [matrix([1, 2], [3, 4])],
        [1, 2],
        [1, 1, 0, 0],
      ),
      point('nothing', (x) => ops.slice(x!, [[1, 1]]), [vector(1, 2)], [], [0, 0]),
      point(
        'the last, from the end',
        (x) => ops.slice(x!, [[-2, -1]]),
        [vector(1, 2, 3)],
        [2],
        [0, 1, 0],
      ),
    ],
    misfits: [
      {
        make: () => ops.slice(x23(), [[0, 3]]),
        message:
          /^slice\(input \[2, 3\] "x"\): the range \[0, 3\) does not lie within axis 0, which has 0 … 2/,
      },
      { make: () => ops.slice(x23(), [[1, 0]]), message: /the range \[1, 0\)/ },
      { make: () => ops.slice(x23(), [[-3, 1]]), message: /the range \[-3, 1\)/ },
      { make: () => ops.slice(x23(), [null, [0, -4]]), message: /the range \[0, -4\).*axis 1/ },
      { make: () => ops.slice(x23(), [[0, 0.5]]), message: /the range \[0, 0.5\)/ },
      { make: () => ops.slice(x23(), [[0, Number.NaN]]), message: /the range \[0, NaN\)/ },
      { make: () => ops.slice(x23(), [null, null, null]), message: /3 ranges for 2 axes/ },
    ],
  },
  pad: {
    smooth: tensors(all).chain((x) =>
      fc
        .tuple(
          fc.constantFrom(undefined, 0, -1.5),
          fc.tuple(...x.shape.map(() => fc.tuple(fc.nat(2), fc.nat(2)))),
        )
        .map(([value, margins]) =>
          shown({
            text: (node) => call('pad', node, margins, value),
            f: (node) => ops.pad(node, margins, value),
            definition: definitions.pad(margins, value),
            inputs: [x],
          }),
        ),
    ),
    special: [
      point('nothing, all around', (x) => ops.pad(x!, [[1, 2]], 7), [vector()], [7, 7, 7], []),
      point(
        'a margin that is not finite does not come back',
        (x) => ops.pad(x!, [[1, 0]], Number.NaN),
        [vector(3)],
        [Number.NaN, 3],
        [1],
      ),
    ],
    misfits: [
      {
        make: () => ops.pad(x23(), [[1, 1]]),
        message: /^pad\(input \[2, 3\] "x"\): one pair \[before, after\].*2 axes/,
      },
      {
        make: () =>
          ops.pad(x23(), [
            [1, 1],
            [-1, 0],
          ]),
        message: /whole numbers ≥ 0/,
      },
      {
        make: () =>
          ops.pad(x23(), [
            [1, 1],
            [0.5, 0],
          ]),
        message: /whole numbers ≥ 0/,
      },
      { make: () => ops.pad(x23(), [[1, 1], [1]]), message: /whole numbers ≥ 0/ },
    ],
  },
} satisfies Partial<Record<OpName, OpSpec>>;
