import fc from 'fast-check';
import { type Definition, definitions } from '../../../src/check/reference/index.js';
import type { OpSpec, Point } from '../../../src/check/spec.js';
import { input, type Node } from '../../../src/graph/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { shapes } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { slope, type Unary, vector } from './builders.js';

import { dyadics, of, type Reducer } from './reduction.js';

const NONE = Number.NEGATIVE_INFINITY;
const _INFINITY = Number.POSITIVE_INFINITY;
const tiny = 4.248354255291589e-18; // e^−40/(1 + e^−40)

/** A function along one axis that keeps it. */
function alongAxis(
  name: string,
  f: (x: Node, axis?: number) => Node,
  definition: (axis?: number) => Definition,
  special: readonly Point[],
): OpSpec {
  const drawn = shapes({ least: 1 }).chain((shape) =>
    fc
      .option(fc.integer({ min: -shape.length, max: shape.length - 1 }), { nil: undefined })
      .chain((axis) => {
        // of an axis of length 1 the result is a constant: that is a special point
        const along = axis ?? -1;
        const long = shape.with(along, shape.at(along) === 1 ? 2 : shape.at(along)!);
        return fc.tuple(dyadics(long), fc.constant(axis));
      }),
  );
  return {
    smooth: drawn.map(([x, axis]) =>
      shown({
        text: (node) => call(name, node, axis),
        f: (node) => f(node, axis),
        definition: definition(axis),
        inputs: [x],
      }),
    ),
    special,
    misfits: [
      {
        make: () => f(input('x', [2]), 1),
        message: new RegExp(`^${name}\\(input \\[2\\] "x"\\): there is no axis 1`),
      },
      { make: () => f(input('x', [2, 3]), -3), message: /there is no axis -3/ },
      { make: () => f(input('x', [2, 3]), 0.5), message: /there is no axis 0.5/ },
      { make: () => f(input('x', [])), message: /there is no axis -1; it has none/ },
    ],
  };
}

/** One element of a vector. */
const element = (x: Node, i: number): Node => ops.slice(x, [[i, i + 1]]);

export const softmaxes = {
  softmax: alongAxis('softmax', ops.softmax, definitions.softmax, [
    of('of one element', ops.softmax as Reducer, vector(5), [1], [0]),
    {
      text: 'softmax([0, −745]): the small one is not lost',
      f: (x) => ops.softmax(x),
      inputs: [vector(0, -745)],
      value: [1, 5e-324],
    },
    of(
      'the small one of [40, 0] has slopes',
      (x) => element(ops.softmax(x), 1),
      vector(40, 0),
      [tiny],
      [-tiny, tiny],
    ),
    of(
      'and how the large one moves with it',
      (x) => element(slopeOf(ops.softmax, x, 0), 1),
      vector(40, 0),
      [-tiny],
      [tiny, -tiny],
    ),
    of(
      'the small one of [709.78, 0]',
      (x) => element(ops.softmax(x), 1),
      vector(709.78, 0),
      [5.577796105262746e-309],
      [-5.577796105262746e-309, 5.577796105262746e-309],
    ),
    of('shifted by 1000', ops.softmax as Reducer, vector(1000, 1000), [0.5, 0.5], [0, 0]),
    of('of −∞ only', ops.softmax as Reducer, vector(NONE, NONE), [0, 0], [0, 0]),
    of('with one −∞', (x) => element(ops.softmax(x), 0), vector(0, NONE), [1], [0, 0]),
  ]),
  logSoftmax: alongAxis('logSoftmax', ops.logSoftmax, definitions.logSoftmax, [
    of('of one element', ops.logSoftmax as Reducer, vector(5), [0], [0]),
    {
      text: 'logSoftmax([0, −40])',
      f: (x) => ops.logSoftmax(x),
      inputs: [vector(0, -40)],
      value: [-tiny, -40],
    },
    of(
      'the small one of [40, 0]',
      (x) => element(ops.logSoftmax(x), 1),
      vector(40, 0),
      [-40],
      [-1, 1],
    ),
    of(
      'its slope by the large one',
      (x) => element(slopeOf(ops.logSoftmax, x, 0), 1),
      vector(40, 0),
      [-tiny],
      [tiny, -tiny],
    ),
  ]),
} satisfies Partial<Record<OpName, OpSpec>>;

/** ∂yᵢ/∂x of a function from vectors to vectors. */
function slopeOf(f: Unary, x: Node, i: number): Node {
  return slope(element(f(x), i), x);
}
