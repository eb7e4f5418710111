import fc from 'fast-check';
import { tensor } from '../../../src/check/random/tensors.js';
import type { Definition, Tensor } from '../../../src/check/reference/index.js';
import type { Misfit, OpSpec, Point } from '../../../src/check/spec.js';
import { input, type Node } from '../../../src/graph/index.js';
import type * as ops from '../../../src/ops/index.js';
import { axesOf } from '../support/axes.js';
import { shapes } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, point } from './builders.js';

export type Reducer = (x: Node, axes?: ops.Axes, options?: ops.ReduceOptions) => Node;
type Reduction = (axes?: ops.Axes, options?: ops.ReduceOptions) => Definition;

/** Axes that are not there, or named twice. */
export const wrongAxes = (name: string, f: Reducer): Misfit[] => [
  {
    make: () => f(input('x', [2, 3]), 2),
    message: new RegExp(
      `^${name}\\(input \\[2, 3\\] "x"\\): there is no axis 2; its axes are 0 … 1, or −2 … −1`,
    ),
  },
  { make: () => f(input('x', [2, 3]), -3), message: /there is no axis -3/ },
  { make: () => f(input('x', [2, 3]), 0.5), message: /there is no axis 0.5/ },
  { make: () => f(input('x', [2, 3]), [0, Number.NaN]), message: /there is no axis NaN/ },
  { make: () => f(input('x', [2, 3]), [0, -2]), message: /the axes \[0, -2\] name one axis twice/ },
  { make: () => f(input('x', []), 0), message: /there is no axis 0; it has none/ },
];

/** A reduction over some axes; `least` elements along them at least. */
export function reduction(
  name: string,
  f: Reducer,
  definition: Reduction,
  values: (shape: readonly number[]) => fc.Arbitrary<Tensor>,
  more: Partial<OpSpec> = {},
  least = 0,
): OpSpec {
  const drawn = shapes()
    .chain((shape) => fc.tuple(values(shape), axesOf(shape.length), fc.boolean()))
    .filter(([{ shape }, axes]) => {
      const along = typeof axes === 'number' ? [axes] : (axes ?? shape.map((_, axis) => axis));
      return along.reduce((n, axis) => n * shape.at(axis)!, 1) >= least;
    });
  return {
    smooth: drawn.map(([x, axes, keepAxes]) => {
      const options = keepAxes ? { keepAxes } : undefined;
      return shown({
        text: (node) => call(name, node, axes, options),
        f: (node) => f(node, axes, options),
        definition: definition(axes, options),
        inputs: [x],
      });
    }),
    misfits: wrongAxes(name, f),
    ...more,
  };
}

export const dyadics = (shape: readonly number[]): fc.Arbitrary<Tensor> => tensor(shape, all);

/** A point of a function of one tensor. */
export const of = (
  text: string,
  f: Reducer,
  x: Tensor,
  value: number[],
  gradient: number[],
  tolerance?: number,
): Point => ({
  ...point(text, (node) => f(node!), [x], value, gradient),
  ...(tolerance && { tolerance }),
});
