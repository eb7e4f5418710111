import type { Arithmetic } from '../arithmetic.js';
import type { Definition } from '../definition.js';
import { fold, Tensor } from '../tensor.js';
import { axisOf, range, square, total } from './support.js';

/** Axes counted from either end; all of them where left out. */
export type Axes = number | readonly number[];

/** What becomes of the axes that are reduced. */
export interface Reduced {
  /** They stay, with the length 1. */
  readonly keepAxes?: boolean;
}

/** f of all elements along the axes. */
function reduction(
  f: <T>(A: Arithmetic<T>, elements: readonly T[]) => T,
  axes: Axes | undefined,
  { keepAxes = false }: Reduced = {},
): Definition {
  return (A, x) => {
    const named = typeof axes === 'number' ? [axes] : (axes ?? range(x.shape.length));
    const along = named.map((axis) => axisOf(x, axis));
    return fold(x, along, keepAxes, (elements) => f(A, elements));
  };
}

const average = <T>(A: Arithmetic<T>, xs: readonly T[]): T => A.div(total(A, xs), A.of(xs.length));

export const sum = (axes?: Axes, options?: Reduced): Definition => reduction(total, axes, options);

export const mean = (axes?: Axes, options?: Reduced): Definition =>
  reduction(average, axes, options);

/** Σ(x − x̄)²/(n − correction) */
export function variance(
  axes?: Axes,
  { correction = 0, ...options }: Reduced & { readonly correction?: number } = {},
): Definition {
  return reduction(
    (A, xs) => {
      const middle = average(A, xs);
      const squares = xs.map((x) => square(A, A.sub(x, middle)));
      return A.div(total(A, squares), A.of(xs.length - correction));
    },
    axes,
    options,
  );
}

/** The first of those that no other is better than. */
const best = <T>(
  A: Arithmetic<T>,
  xs: readonly T[],
  better: (a: number, b: number) => boolean,
  none: number,
): T => xs.reduce((so, x) => (better(A.valueOf(x), A.valueOf(so)) ? x : so), xs[0] ?? A.of(none));

export const max = (axes?: Axes, options?: Reduced): Definition =>
  reduction((A, xs) => best(A, xs, (a, b) => a > b, Number.NEGATIVE_INFINITY), axes, options);

export const min = (axes?: Axes, options?: Reduced): Definition =>
  reduction((A, xs) => best(A, xs, (a, b) => a < b, Number.POSITIVE_INFINITY), axes, options);

/** Σ eˣ */
const exponentials = <T>(A: Arithmetic<T>, xs: readonly T[]): T =>
  total(
    A,
    xs.map((x) => A.apply('exp', x)),
  );

const logSum = <T>(A: Arithmetic<T>, xs: readonly T[]): T => A.apply('log', exponentials(A, xs));

/** ln Σ eˣ */
export const logSumExp = (axes?: Axes, options?: Reduced): Definition =>
  reduction(logSum, axes, options);

/** √Σ x² */
export const norm = (axes?: Axes, options?: Reduced): Definition =>
  reduction(
    (A, xs) => {
      const squares = xs.map((x) => square(A, x));
      return A.apply('sqrt', total(A, squares));
    },
    axes,
    options,
  );

/** f of each element and all that stand along one axis with it. */
function alongAxis(
  f: <T>(A: Arithmetic<T>, element: T, row: readonly T[]) => T,
  axis: number,
): Definition {
  return (A, x) => {
    const at = axisOf(x, axis);
    return Tensor.make(x.shape, (index) => {
      const row = range(x.shape[at]!).map((i) => x.at(index.with(at, i)));
      return f(A, x.at(index), row);
    });
  };
}

/** eˣ/Σ eˣ */
export const softmax = (axis = -1): Definition =>
  alongAxis((A, x, row) => A.div(A.apply('exp', x), exponentials(A, row)), axis);

/** x − ln Σ eˣ */
export const logSoftmax = (axis = -1): Definition =>
  alongAxis((A, x, row) => A.sub(x, logSum(A, row)), axis);
