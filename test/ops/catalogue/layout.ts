import fc from 'fast-check';
import { constant, input } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import { broadcastable, dyadic, shapes, tensor, tensors } from '../support/arbitraries.js';
import { type Entry, type OpName, shown } from '../support/entry.js';
import { broadcastOf, count, indicesOf, Tensor } from '../support/tensor.js';

const all = dyadic(-4, 4);
const x23 = () => input('x', [2, 3]);

/** A shape with another length along one axis, or one more axis. */
const stacked = fc
  .tuple(shapes(1, 3, 6), fc.nat(), fc.integer({ min: 1, max: 3 }))
  .chain(([shape, seed, parts]) => {
    const axis = seed % shape.length;
    const lengths = fc.array(fc.integer({ min: 0, max: 3 }), {
      minLength: parts,
      maxLength: parts,
    });
    return lengths.chain((list) =>
      fc.tuple(
        fc.constant(axis),
        fc.tuple(...list.map((length) => tensor(shape.with(axis, length), all))),
      ),
    );
  });

/** Indices along an axis of some length, of a shape of their own. */
const picks = (length: number, most = 2): fc.Arbitrary<Tensor> =>
  (length === 0 ? fc.constant([0]) : shapes(0, most, 4)).chain((shape) =>
    tensor(shape, fc.nat(Math.max(length - 1, 0))),
  );

const nested = (index: Tensor) => constant(Float64Array.from(index.values), index.shape);

export const layout = {
  broadcastTo: {
    smooth: broadcastable(2).chain(([a, b]) =>
      tensor(a!, all).map((x) => {
        const shape = broadcastOf(a!, b!);
        return shown({
          text: `broadcastTo(x, [${shape}])`,
          f: (node) => ops.broadcastTo(node, shape),
          inputs: [x],
          expected: Tensor.make(shape, (index) => x.at(index)),
        });
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.broadcastTo(x23(), [3, 2]),
        message: /^broadcast\(x = input \[2, 3\] "x"\): .*\[2, 3\].*\[3, 2\]/,
      },
      { make: () => ops.broadcastTo(x23(), [3]), message: /\[2, 3\] cannot be broadcast to \[3\]/ },
      {
        make: () => ops.broadcastTo(1, [-3]),
        message: /^broadcastTo: the shape \[-3\] has the length -3/,
      },
    ],
  },
  reshape: {
    smooth: fc.tuple(tensors(all), fc.nat(4)).map(([x, choice]) => {
      const n = count(x.shape);
      const options = [[n], [1, n, 1], [...x.shape].reverse(), [n, 1], [1, ...x.shape]];
      const shape = options[choice]!;
      const open = n > 0 && choice !== 2 ? shape.with(shape.indexOf(n), -1) : shape;
      return shown({
        text: `reshape(x, [${open}])`,
        f: (node) => ops.reshape(node, open),
        inputs: [x],
        expected: new Tensor(shape, x.values),
      });
    }),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.reshape(x23(), [4]),
        message: /^reshape\(x = input \[2, 3\] "x"\): \[4\] has 4 elements, but x has 6/,
      },
      {
        make: () => ops.reshape(x23(), [-1, 4]),
        message: /no length in place of −1 makes \[-1, 4\] hold 6 elements/,
      },
      { make: () => ops.reshape(x23(), [-1, -1]), message: /\[-1, -1\]/ },
    ],
  },
  transpose: {
    smooth: tensors(all).chain((x) =>
      fc
        .option(fc.shuffledSubarray([...x.shape.keys()], { minLength: x.shape.length }), {
          nil: undefined,
        })
        .map((given) => {
          const order = given ?? [...x.shape.keys()].reverse();
          return shown({
            text: `transpose(x, ${JSON.stringify(given)})`,
            f: (node) => ops.transpose(node, given),
            inputs: [x],
            expected: Tensor.make(
              order.map((axis) => x.shape[axis]!),
              (index) => {
                const from = new Array<number>(order.length);
                for (const [i, axis] of order.entries()) from[axis] = index[i]!;
                return x.at(from);
              },
            ),
          });
        }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.transpose(x23(), [0, 0]),
        message: /^transpose\(input \[2, 3\] "x"\): \[0, 0\] is no order of its 2 axes/,
      },
      { make: () => ops.transpose(x23(), [0]), message: /\[0\] is no order/ },
      { make: () => ops.transpose(x23(), [0, 2]), message: /there is no axis 2/ },
    ],
  },
  slice: {
    smooth: tensors(all, 1).chain((x) =>
      fc
        .tuple(...x.shape.map((length) => fc.tuple(fc.nat(length), fc.nat(length), fc.nat(4))))
        .map((cuts) => {
          // empty ranges seldom: where a = b, it is mostly the one element there
          const ranges = cuts.map(([a, b, how], axis): [number, number] => {
            const end = Math.max(a, b) + (a === b && how > 0 ? 1 : 0);
            return end > x.shape[axis]! ? [0, x.shape[axis]!] : [Math.min(a, b), end];
          });
          const given = ranges.map(([start, end], axis) => {
            const how = cuts[axis]![2];
            const length = x.shape[axis]!;
            if (how > 1 && how < 4) return null;
            return how === 1 && end < length
              ? ([start, end - length] as const)
              : ([start, end] as const);
          });
          const whole = ranges.map((range, axis) => (given[axis] ? range : [0, x.shape[axis]!]));
          return shown({
            text: `slice(x, ${JSON.stringify(given)})`,
            f: (node) => ops.slice(node, given),
            inputs: [x],
            expected: Tensor.make(
              whole.map(([start, end]) => end! - start!),
              (index) => x.at(index.map((i, axis) => i + whole[axis]![0]!)),
            ),
          });
        }),
    ),
    kinks: [],
    special: [
      {
        text: 'the leading rows, and the axes after the last range whole',
        f: (x) => ops.slice(x, [[0, 1]]),
        inputs: [new Tensor([2, 2], [1, 2, 3, 4])],
        value: [1, 2],
        gradient: [[1, 1, 0, 0]],
      },
    ],
    misfits: [
      {
        make: () => ops.slice(x23(), [[0, 3]]),
        message:
          /^slice\(input \[2, 3\] "x"\): the range \[0, 3\) does not lie within axis 0, which has 0 … 2/,
      },
      { make: () => ops.slice(x23(), [[1, 0]]), message: /the range \[1, 0\)/ },
      { make: () => ops.slice(x23(), [[0, 0.5]]), message: /the range \[0, 0.5\)/ },
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
            text: `pad(x, ${JSON.stringify(margins)}, ${value})`,
            f: (node) => ops.pad(node, margins, value),
            inputs: [x],
            expected: Tensor.make(
              x.shape.map((length, axis) => margins[axis]![0] + length + margins[axis]![1]),
              (index) => {
                const from = index.map((i, axis) => i - margins[axis]![0]);
                const within = from.every((i, axis) => i >= 0 && i < x.shape[axis]!);
                return within ? x.at(from) : (value ?? 0);
              },
            ),
          }),
        ),
    ),
    kinks: [],
    special: [],
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
    ],
  },
  concatenate: {
    smooth: stacked.map(([axis, parts]) =>
      shown({
        text: `concatenate([…], ${axis})`,
        f: (...nodes) => ops.concatenate(nodes, axis - parts[0]!.shape.length),
        inputs: parts,
        expected: joined(parts, axis),
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.concatenate([x23(), input('y', [2, 2])]),
        message:
          /^concatenate\(a = input \[2, 3\] "x", b = input \[2, 2\] "y"\): \[2, 3\] and \[2, 2\] must be equal but for axis 0/,
      },
      {
        make: () => ops.concatenate([x23(), input('y', [2])]),
        message: /must be equal but for axis 0/,
      },
      { make: () => ops.concatenate([]), message: /at least one node/ },
      { make: () => ops.concatenate([x23()], 2), message: /there is no axis 2/ },
      { make: () => ops.concatenate([1, 2]), message: /there is no axis 0; it has none/ },
    ],
  },
  stack: {
    smooth: shapes(0, 3, 6).chain((shape) =>
      fc
        .tuple(
          fc.array(tensor(shape, all), { minLength: 1, maxLength: 3 }),
          fc.integer({ min: -shape.length - 1, max: shape.length }),
        )
        .map(([parts, axis]) => {
          const at = axis < 0 ? axis + shape.length + 1 : axis;
          return shown({
            text: `stack([…], ${axis})`,
            f: (...nodes) => ops.stack(nodes, axis),
            inputs: parts,
            expected: Tensor.make(shape.toSpliced(at, 0, parts.length), (index) =>
              parts[index[at]!]!.at(index.toSpliced(at, 1)),
            ),
          });
        }),
    ),
    kinks: [],
    special: [
      {
        text: 'of numbers',
        f: (x) => ops.stack([x, 2]),
        inputs: [new Tensor([], [1])],
        value: [1, 2],
        gradient: [[1]],
      },
    ],
    misfits: [
      {
        make: () => ops.stack([x23(), input('y', [2, 2])]),
        message: /^stack: input \[2, 3\] "x" and input \[2, 2\] "y" have different shapes/,
      },
      { make: () => ops.stack([]), message: /at least one node/ },
      { make: () => ops.stack([x23()], 3), message: /there is no axis 3 in a result of 3 axes/ },
    ],
  },

  gather: {
    smooth: tensors(all, 1)
      .filter(({ shape }) => shape.every((length) => length > 0))
      .chain((x) =>
        fc.nat(x.shape.length - 1).chain((axis) =>
          picks(x.shape[axis]!).map((index) =>
            shown({
              text: `gather(x, ${index}, ${axis})`,
              f: (node) => ops.gather(node, nested(index), axis),
              inputs: [x],
              expected: Tensor.make(x.shape.toSpliced(axis, 1, ...index.shape), (at) =>
                x.at(
                  at.toSpliced(
                    axis,
                    index.shape.length,
                    index.at(at.slice(axis, axis + index.shape.length)),
                  ),
                ),
              ),
            }),
          ),
        ),
      ),
    kinks: [],
    special: [
      {
        text: 'a row that is asked for twice gets both gradients',
        f: (x) => ops.gather(x, [1, 0, 1]),
        inputs: [new Tensor([3, 1], [7, 8, 9])],
        value: [8, 7, 8],
        gradient: [[1, 2, 0]],
      },
    ],
    misfits: [
      {
        make: () => ops.gather(x23(), [0, 2]),
        message: /^gather: the index .*element 1 is 2; an index is a whole number from 0 to 1/,
      },
      { make: () => ops.gather(x23(), [0.5]), message: /element 0 is 0.5/ },
      { make: () => ops.gather(x23(), [0], 2), message: /there is no axis 2/ },
      {
        make: () => ops.gather(x23(), input('k', [2])),
        message: /the index input \[2\] "k" is not checked; it has to be made by indices/,
      },
    ],
  },
  scatter: {
    smooth: fc
      .tuple(shapes(0, 1, 2), shapes(0, 1, 2), fc.integer({ min: 1, max: 4 }))
      .chain(([before, after, length]) =>
        picks(length).chain((index) =>
          tensor([...before, ...index.shape, ...after], all).map((x) => {
            const axis = before.length;
            const shape = [...before, length, ...after];
            return shown({
              text: `scatter(x, ${index}, ${length}, ${axis})`,
              f: (node) => ops.scatter(node, nested(index), length, axis),
              inputs: [x],
              expected: scattered(x, index, shape, axis),
            });
          }),
        ),
      ),
    kinks: [],
    special: [],
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
      {
        make: () => ops.scatter(x23(), 1, 5, 3),
        message:
          /^scatter\(x = input \[2, 3\] "x", index = constant \[\]\): .*cannot begin at axis 3 of x, only at 0 … 2/,
      },
      {
        make: () => ops.scatter(input('x', []), [0], 5),
        message: /cannot begin at axis 0 of x, which has fewer than the index/,
      },
    ],
  },
  pick: {
    smooth: shapes(1, 3)
      .filter((shape) => shape.at(-1)! > 0)
      .chain((shape) =>
        fc
          .tuple(tensor(shape, all), tensor(shape.slice(0, -1), fc.nat(shape.at(-1)! - 1)))
          .map(([x, index]) =>
            shown({
              text: `pick(x, ${index})`,
              f: (node) => ops.pick(node, nested(index)),
              inputs: [x],
              expected: Tensor.make(index.shape, (at) => x.at([...at, index.at(at)])),
            }),
          ),
      ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.pick(x23(), [0, 1, 2]),
        message:
          /^pick\(x = input \[2, 3\] "x", index = constant \[3\]\): the index has one number for each row of x: \[2\]/,
      },
      {
        make: () => ops.pick(x23(), [0, 3]),
        message: /element 1 is 3; an index is a whole number from 0 to 2/,
      },
      {
        make: () => ops.pick(input('x', [1, 0]), [0]),
        message: /element 0 is 0; an index is a whole number below 0: there is nothing to choose/,
      },
    ],
  },
  place: {
    smooth: fc.tuple(shapes(0, 3, 6), fc.integer({ min: 1, max: 3 })).chain(([shape, width]) =>
      fc.tuple(tensor(shape, all), tensor(shape, fc.nat(width - 1))).map(([x, index]) =>
        shown({
          text: `place(x, ${index}, ${width})`,
          f: (node) => ops.place(node, nested(index), width),
          inputs: [x],
          expected: Tensor.make([...shape, width], (at) =>
            index.at(at.slice(0, -1)) === at.at(-1) ? x.at(at.slice(0, -1)) : 0,
          ),
        }),
      ),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.place(x23(), [0, 1], 2),
        message:
          /^place\(x = input \[2, 3\] "x", index = constant \[2\]\): x and index need one shape, not \[2, 3\] and \[2\]/,
      },
      { make: () => ops.place(input('x', [2]), [0, 5], 5), message: /element 1 is 5/ },
    ],
  },
  oneHot: {
    smooth: fc.tuple(shapes(0, 2, 4), fc.integer({ min: 1, max: 4 })).chain(([shape, width]) =>
      fc.tuple(tensor(shape, fc.nat(width - 1)), tensor([...shape, width], all)).map(([index, x]) =>
        shown({
          text: `x · oneHot(${index}, ${width})`,
          f: (node) => ops.mul(node, ops.oneHot(nested(index), width)),
          inputs: [x],
          expected: Tensor.make(x.shape, (at) =>
            index.at(at.slice(0, -1)) === at.at(-1) ? x.at(at) : 0,
          ),
        }),
      ),
    ),
    kinks: [],
    special: [],
    misfits: [
      { make: () => ops.oneHot([3], 3), message: /^oneHot: the index .*element 0 is 3/ },
      { make: () => ops.oneHot([0], 2.5), message: /^oneHot: the shape \[2.5\]/ },
    ],
  },
} satisfies Partial<Record<OpName, Entry>>;

function joined(parts: readonly Tensor[], axis: number): Tensor {
  const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  return Tensor.make(parts[0]!.shape.with(axis, length), (index) => {
    let place = index[axis]!;
    let part = 0;
    while (place >= parts[part]!.shape[axis]!) place -= parts[part++]!.shape[axis]!;
    return parts[part]!.at(index.with(axis, place));
  });
}

function scattered(x: Tensor, index: Tensor, shape: readonly number[], axis: number): Tensor {
  return Tensor.make(shape, (at) =>
    [...indicesOf(index.shape)]
      .filter((from) => index.at(from) === at[axis])
      .reduce((total, from) => total + x.at(at.toSpliced(axis, 1, ...from)), 0),
  );
}
