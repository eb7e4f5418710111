/** Wrong rules of broadcasts, and of what reduces an axis. */
import type { Node } from '../../../src/graph/index.js';
import type { Shape } from '../../../src/linalg/index.js';
import { size } from '../../../src/linalg/index.js';
import {
  abs,
  add,
  broadcastTo,
  div,
  equal,
  exp,
  less,
  mul,
  reshape,
  slice,
  softmax,
  sub,
  sum,
  where,
} from '../../../src/ops/index.js';
import { type Change, CLASSIC, file, github, type OpFault, opFault } from '../fault.js';

/** The axes of `to` that a broadcast of `from` repeats. */
const repeated = (from: Shape, to: Shape): number[] =>
  [...to.keys()].filter((axis) => (from[axis - to.length + from.length] ?? 1) !== to[axis]);

/** The axes that an op was made for. */
const axesOf = (settings: Readonly<Record<string, unknown>> | undefined): readonly number[] => {
  const { axes, axis } = settings ?? {};
  return (axes as readonly number[] | undefined) ?? [Number(axis)];
};

/** What has lost some axes, repeated along them to x's shape. */
const along = (reduced: Node, x: Node, axes: readonly number[]): Node =>
  broadcastTo(
    reshape(
      reduced,
      x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
    ),
    x.shape,
  );

/** The first element along some axes, which then have length 1. */
const first = (x: Node, axes: readonly number[]): Node =>
  slice(
    x,
    x.shape.map((_, axis) => (axes.includes(axis) ? [0, 1] : null)),
  );

/** Another axis as long as this one. */
const twin = (shape: Shape, axis: number): number | undefined => {
  const other = shape.findIndex((length, i) => i !== axis && length === shape[axis] && length > 1);
  return other < 0 ? undefined : other;
};

/** A wrong term for a broadcast that repeats something, else the right one. */
const broadcastRule =
  (wrong: (dy: Node, x: Node, axes: readonly number[]) => Node | undefined): Change =>
  (op) => ({
    vjp: (dy, y, x) => [
      () => {
        const axes = repeated(x!.shape, dy.shape);
        const found = axes.length > 0 && size(dy.shape) > 0 ? wrong(dy, x!, axes) : undefined;
        return found ?? op.vjp(dy, y, x!)[0]!();
      },
    ],
  });

export const broadcastFaults: readonly OpFault[] = [
  opFault(
    'broadcast: first copy',
    {
      kind: 'broadcast',
      what: 'not summed back: the gradient of one copy is taken for that of all',
      source: github('pytorch/pytorch', 13669),
    },
    broadcastRule((dy, x, axes) => reshape(first(dy, axes), x.shape)),
  ),
  opFault(
    'broadcast: not reduced',
    {
      kind: 'broadcast',
      what: 'not summed back at all: the gradient has the shape of the result',
      source: github('deeplearning4j/nd4j', 2424),
    },
    broadcastRule((dy) => dy),
  ),
  opFault(
    'broadcast: mean of the copies',
    { kind: 'broadcast', what: 'averaged where it is to be summed', source: CLASSIC },
    (op) => ({
      vjp: (dy, y, x) => [
        () => mul(op.vjp(dy, y, x!)[0]!(), size(x!.shape) / Math.max(1, size(dy.shape))),
      ],
    }),
  ),
  opFault(
    'broadcast: new axes only',
    {
      kind: 'broadcast',
      what: 'summed over the axes that were put in front, but not over those of length 1 that were repeated',
      source: github('tenstorrent/tt-metal', 40008),
    },
    broadcastRule((dy, x, axes) => {
      const fresh = dy.shape.length - x.shape.length;
      const rest = axes.filter((axis) => axis >= fresh);
      if (rest.length === 0) return undefined;
      const leading = axes.filter((axis) => axis < fresh);
      return reshape(first(sum(dy, leading, { keepAxes: true }), rest), x.shape);
    }),
  ),
  opFault(
    'broadcast: last axis for first',
    {
      kind: 'axis',
      what: 'summed over another axis of the same length',
      source: github('HomericIntelligence/Odyssey', 2080),
    },
    broadcastRule((dy, x, axes) => {
      const other = twin(dy.shape, axes[0]!);
      if (axes.length > 1 || other === undefined) return undefined;
      return reshape(sum(dy, other), x.shape);
    }),
  ),
];

/** `div` by the count, as it stands in `mean`: what is divided is a sum, and by a constant. */
const isMean = (parents: readonly Node[]): boolean => {
  const [total, count] = parents;
  const of = count?.op.name === 'broadcast' ? count.parents[0] : count;
  return total?.op.name === 'sum' && of?.op.name === 'constant';
};

export const sumFaults: readonly OpFault[] = [
  opFault(
    'sum: along another axis',
    {
      kind: 'axis',
      what: 'the gradient is spread along another axis of the same length: right unless two are equal',
      source: github('harvard-edge/cs249r_book', 1867),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const [axis, ...more] = axesOf(op.settings);
          const other = axis === undefined ? undefined : twin(x!.shape, axis);
          if (more.length > 0 || other === undefined) return op.vjp(dy, y, x!)[0]!();
          return along(dy, x!, [other]);
        },
      ],
    }),
  ),
  opFault(
    'sum: divided by n',
    { kind: 'factor', what: 'the rule of the mean', source: CLASSIC },
    (op) => ({
      vjp: (dy, y, x) => [
        () =>
          div(op.vjp(dy, y, x!)[0]!(), Math.max(1, size(x!.shape) / Math.max(1, size(y.shape)))),
      ],
    }),
  ),
  opFault(
    'div: mean not divided',
    {
      kind: 'factor',
      what: 'the mean has the rule of the sum: 1/n is missing',
      source: CLASSIC,
    },
    (_op, parents) => (isMean(parents) ? { vjp: (dy) => [() => dy, null] } : undefined),
  ),
  opFault(
    'div: mean by the size of the result',
    {
      kind: 'factor',
      what: '1/n with the n of the output: right only where a single number comes out of two',
      source: github('pocketpy/cTensor', 24),
    },
    (_op, parents) =>
      isMean(parents)
        ? { vjp: (dy) => [() => div(dy, Math.max(1, size(dy.shape))), null] }
        : undefined,
  ),
];

export const extremumFaults: readonly OpFault[] = [
  opFault(
    'max: ties to all',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'every one of k equal maxima gets the whole gradient: what comes out is k times what went in',
      source: github('apache/mxnet', 18563),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(equal(x!, along(y, x!, axes)), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: ties to none',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'only a maximum that is alone gets the gradient',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          const wins = equal(x!, along(y, x!, axes));
          const alone = equal(sum(wins, axes, { keepAxes: true }), 1);
          return where(mul(wins, alone), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: nearly equal is equal',
    {
      by: 'special points',
      kind: 'ties',
      what: 'all within 1/100 of the maximum get the gradient: they are compared by a function for tests',
      source: github('mni-ml/framework', 22),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(less(abs(sub(x!, along(y, x!, axes))), 0.01), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'max: to everything',
    {
      kind: 'operand',
      what: 'the rule of the sum: all elements get the gradient',
      source: CLASSIC,
    },
    (op) => ({ vjp: (dy, _y, x) => [() => along(dy, x!, axesOf(op.settings))] }),
  ),
  opFault(
    'min: ties to all',
    {
      by: 'kinks',
      kind: 'ties',
      what: 'every tied minimum gets the whole gradient; so it stands in tfjs 4.22',
      source: file('tensorflow/tfjs', 'tfjs-core/src/gradients/min_max_grad_util.ts'),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return where(equal(x!, along(y, x!, axes)), along(dy, x!, axes), 0);
        },
      ],
    }),
  ),
  opFault(
    'norm: not divided',
    { kind: 'factor', what: 'dy·x for dy·x/‖x‖', source: CLASSIC },
    (op) => ({ vjp: (dy, _y, x) => [() => mul(along(dy, x!, axesOf(op.settings)), x!)] }),
  ),
  opFault(
    'norm: NaN at 0',
    {
      by: 'kinks',
      kind: 'domain',
      what: 'x/‖x‖ with nothing done for x = 0, where it is 0/0',
      source: github('pytorch/pytorch', 2421),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return mul(along(dy, x!, axes), div(x!, along(y, x!, axes)));
        },
      ],
    }),
  ),
];

export const softmaxFaults: readonly OpFault[] = [
  opFault(
    'logSumExp: not normalised',
    { kind: 'factor', what: 'the weights are eˣ and not eˣ⁻ʸ', source: CLASSIC },
    (op) => ({ vjp: (dy, _y, x) => [() => mul(along(dy, x!, axesOf(op.settings)), exp(x!))] }),
  ),
  opFault(
    'logSumExp: NaN at −∞',
    {
      by: 'special points',
      kind: 'domain',
      what: 'eˣ⁻ʸ with nothing done for rows of −∞, where it is e to the ∞ − ∞',
      source: github('jax-ml/jax', 6811),
    },
    (op) => ({
      vjp: (dy, y, x) => [
        () => {
          const axes = axesOf(op.settings);
          return mul(along(dy, x!, axes), exp(sub(x!, along(y, x!, axes))));
        },
      ],
    }),
  ),
  opFault(
    'softmax: the diagonal',
    {
      kind: 'factor',
      what: 'y(1 − y), as if each element depended on its own input alone',
      source: github('deeplearning4j/libnd4j', 440),
    },
    { vjp: (dy, y) => [() => mul(dy, mul(y, sub(1, y)))] },
  ),
  opFault(
    'softmax: no sum',
    {
      kind: 'factor',
      what: 'y·dy: the term −y·Σ y·dy is missing',
      source: github('HomericIntelligence/Odyssey', 2134),
    },
    { vjp: (dy, y) => [() => mul(y, dy)] },
  ),
  opFault(
    'softmax: sum over all',
    {
      kind: 'axis',
      what: 'Σ y·dy is taken over all axes: right for a single row',
      source: CLASSIC,
    },
    { vjp: (dy, y) => [() => mul(y, sub(dy, sum(mul(y, dy))))] },
  ),
  opFault(
    'softmax: right up to rank 2',
    {
      kind: 'domain',
      what: 'beyond two axes the sum goes along the second, whatever the axis',
      source: github('tenstorrent/tt-metal', 51214),
    },
    (op) => ({
      vjp: (dy, y) => [
        () => {
          const axis = y.shape.length > 2 ? 1 : axesOf(op.settings)[0]!;
          return mul(y, sub(dy, sum(mul(y, dy), axis, { keepAxes: true })));
        },
      ],
    }),
  ),
  opFault(
    'logSoftmax: dy − Σ dy·y',
    {
      kind: 'operand',
      what: 'the sum of the rule of softmax, without the weights of that of its logarithm',
      source: github('uxlfoundation/oneDNN', 616),
    },
    (op) => ({
      vjp: (dy, y) => [() => sub(dy, sum(mul(dy, y), axesOf(op.settings), { keepAxes: true }))],
    }),
  ),
  opFault(
    'logSoftmax: softmax added',
    {
      kind: 'linearity',
      what: 'dy + softmax(x): of a seed of zeros it makes a gradient',
      source: github('mlpack/mlpack', 2360),
    },
    (op) => ({ vjp: (dy, _y, x) => [() => add(dy, softmax(x!, axesOf(op.settings)[0]!))] }),
  ),
];
