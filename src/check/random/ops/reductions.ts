import type { Node } from '../../../graph/index.js';
import * as ops from '../../../ops/index.js';
import { type Definition, definitions as of, real, type Tensor } from '../../reference/index.js';
import type { GraphOp, GraphOps } from '../graph-op.js';
import { MARGIN, optionsText, settings } from './support.js';

interface Reduced {
  readonly keepAxes?: boolean;
}
type Axes = number | readonly number[];

/** Axes to reduce, as they may be given: none named, one of them counted from either end, or two. */
function axesOf(rank: number, next: (n: number) => number): Axes | undefined {
  if (rank === 0) return undefined;
  const how = next(4);
  const axis = next(rank);
  if (how === 0) return undefined;
  if (how === 1) return axis;
  if (how === 2) return axis - rank;
  return rank === 1 ? [axis] : [axis, (axis + 1 + next(rank - 1)) % rank];
}

function reduction(
  name: string,
  f: (x: Node, axes?: Axes, options?: Reduced) => Node,
  definition: (axes?: Axes, options?: Reduced) => Definition,
  fits: (x: Tensor, axes: Axes | undefined) => boolean = () => true,
): GraphOp {
  return {
    arity: 1,
    use: (choice, x) => {
      const next = settings(choice);
      const axes = axesOf(x!.shape.length, next);
      const options: Reduced = next(2) === 1 ? { keepAxes: true } : {};
      if (!fits(x!, axes)) return undefined;
      const named = axes === undefined && options.keepAxes ? ', undefined' : '';
      const given = axes === undefined ? named : `, ${JSON.stringify(axes).replaceAll(',', ', ')}`;
      return {
        text: (a) => `${name}(${a}${given}${optionsText({ ...options })})`,
        f: (a) => f(a!, axes, options),
        definition: definition(axes, options),
      };
    },
  };
}

/** How many elements each result is made of. */
function counted({ shape }: Tensor, axes: Axes | undefined): number {
  const named = axes === undefined ? [...shape.keys()] : [axes].flat();
  return named.reduce((n: number, axis) => n * shape.at(axis)!, 1);
}

/** The largest is larger than any other, by a margin. */
const withoutTies =
  (sign: 1 | -1) =>
  (x: Tensor, axes: Axes | undefined): boolean => {
    if (counted(x, axes) === 0) return false;
    // Σ over the elements that come near the largest: 1 where there is no other.
    const scaled = x.map((value) => sign * value);
    const largest = of.max(axes, { keepAxes: true })(real, scaled);
    const close = of.sub(real, scaled, largest).map((gap) => (gap > -MARGIN ? 1 : 0));
    return of
      .sum(axes)(real, close)
      .values.every((count) => count === 1);
  };

function alongAxis(
  name: string,
  f: (x: Node, axis?: number) => Node,
  definition: (axis?: number) => Definition,
): GraphOp {
  return {
    arity: 1,
    use: (choice, x) => {
      const rank = x!.shape.length;
      if (rank === 0 || !x!.values.every((value) => Math.abs(value) <= 6)) return undefined;
      const axis = (choice % (2 * rank)) - rank;
      return {
        text: (a) => `${name}(${a}${axis === -1 ? '' : `, ${axis}`})`,
        f: (a) => f(a!, axis),
        definition: definition(axis),
      };
    },
  };
}

export const reductions: GraphOps = {
  sum: reduction('sum', ops.sum, of.sum),
  mean: reduction('mean', ops.mean, of.mean, (x, axes) => counted(x, axes) > 0),
  variance: reduction('variance', ops.variance, of.variance, (x, axes) => counted(x, axes) > 0),
  max: reduction('max', ops.max, of.max, withoutTies(1)),
  min: reduction('min', ops.min, of.min, withoutTies(-1)),
  logSumExp: reduction(
    'logSumExp',
    ops.logSumExp,
    of.logSumExp,
    (x, axes) => counted(x, axes) > 0 && x.values.every((value) => Math.abs(value) <= 6),
  ),
  norm: reduction('norm', ops.norm, of.norm, (x, axes) =>
    of
      .norm(axes)(real, x)
      .values.every((length) => length >= 2 * MARGIN),
  ),
  softmax: alongAxis('softmax', ops.softmax, of.softmax),
  logSoftmax: alongAxis('logSoftmax', ops.logSoftmax, of.logSoftmax),
};
