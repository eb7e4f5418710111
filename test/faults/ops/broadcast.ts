/** Wrong rules of broadcasts and sums, which are each other's. */
import type { Node } from '../../../src/graph/index.js';
import { type Shape, size } from '../../../src/linalg/index.js';
import { div, mul, reshape, slice, sum } from '../../../src/ops/index.js';
import { type Change, CLASSIC, github, type OpFault, opFault } from '../fault.js';
import { along, axesOf } from './axes.js';

/** The axes of `to` that a broadcast of `from` repeats. */
const repeated = (from: Shape, to: Shape): number[] =>
  [...to.keys()].filter((axis) => (from[axis - to.length + from.length] ?? 1) !== to[axis]);

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
