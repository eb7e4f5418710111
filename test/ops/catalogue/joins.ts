import fc from 'fast-check';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { input } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { shapes } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, point, scalar, vector } from './builders.js';

const x23 = () => input('x', [2, 3]);

/** Tensors that can stand behind each other along an axis: one length may differ. */
const behindEachOther = fc
  .tuple(shapes({ least: 1, most: 3, elements: 6 }), fc.nat(), fc.integer({ min: 1, max: 3 }))
  .chain(([shape, seed, parts]) => {
    const axis = seed % shape.length;
    const lengths = fc.array(fc.constantFrom(1, 2, 3, 2, 3, 0), {
      minLength: parts,
      maxLength: parts,
    });
    return lengths.chain((list) =>
      fc.tuple(
        fc.constant(axis - (seed % 2 === 0 ? 0 : shape.length)),
        fc.tuple(...list.map((length) => tensor(shape.with(axis, length), all))),
      ),
    );
  });

export const joins = {
  concatenate: {
    smooth: behindEachOther.map(([axis, inputs]) =>
      shown({
        text: (...nodes) => call('concatenate', nodes, axis),
        f: (...nodes) => ops.concatenate(nodes, axis),
        definition: definitions.concatenate(axis),
        inputs,
      }),
    ),
    special: [
      point('with itself', (x) => ops.concatenate([x!, x!]), [vector(1, 2)], [1, 2, 1, 2], [2, 2]),
      point(
        'nothing between',
        (x, y, z) => ops.concatenate([x!, y!, z!]),
        [vector(1), vector(), vector(2)],
        [1, 2],
        [1],
        [],
        [1],
      ),
    ],
    misfits: [
      {
        make: () => ops.concatenate([x23(), input('y', [2, 2])]),
        message:
          /^concatenate\(a = input \[2, 3\] "x", b = input \[2, 2\] "y"\): \[2, 3\] and \[2, 2\] must be equal but for axis 0/,
      },
      {
        make: () => ops.concatenate([x23(), input('y', [3, 3])], 1),
        message: /must be equal but for axis 1/,
      },
      {
        make: () => ops.concatenate([x23(), input('y', [2])]),
        message: /must be equal but for axis 0/,
      },
      { make: () => ops.concatenate([]), message: /at least one node/ },
      { make: () => ops.concatenate([x23()], 2), message: /there is no axis 2/ },
      { make: () => ops.concatenate([x23()], -3), message: /there is no axis -3/ },
      { make: () => ops.concatenate([1, 2]), message: /there is no axis 0; it has none/ },
    ],
  },
  stack: {
    smooth: shapes({ most: 3, elements: 6 }).chain((shape) =>
      fc
        .tuple(
          fc.array(tensor(shape, all), { minLength: 1, maxLength: 3 }),
          fc.integer({ min: -shape.length - 1, max: shape.length }),
        )
        .map(([inputs, axis]) =>
          shown({
            text: (...nodes) => call('stack', nodes, axis),
            f: (...nodes) => ops.stack(nodes, axis),
            definition: definitions.stack(axis),
            inputs,
          }),
        ),
    ),
    special: [
      point('of numbers', (x) => ops.stack([x!, 2]), [scalar(1)], [1, 2], [1]),
      point('with itself', (x) => ops.stack([x!, x!], 1), [vector(1, 2)], [1, 1, 2, 2], [2, 2]),
    ],
    misfits: [
      {
        make: () => ops.stack([x23(), input('y', [2, 2])]),
        message: /^stack: input \[2, 3\] "x" and input \[2, 2\] "y" have different shapes/,
      },
      { make: () => ops.stack([]), message: /at least one node/ },
      { make: () => ops.stack([x23()], 3), message: /there is no axis 3 in a result of 3 axes/ },
      { make: () => ops.stack([x23()], -4), message: /there is no axis -4/ },
      { make: () => ops.stack([x23()], 0.5), message: /there is no axis 0.5/ },
    ],
  },
} satisfies Partial<Record<OpName, OpSpec>>;
