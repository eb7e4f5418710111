import { type Shape, size } from '../../linalg/index.js';
import { indexAt } from '../words/text.js';

/** Differences are good to 10⁻⁹ of the largest entry. */
const TOLERANCE = 1e-8;

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

export const isZero = (values: Float64Array): boolean => values.every((value) => value === 0);

/** Equal as far as differences can tell, and not just both 0. */
export function same(a: Float64Array, b: Float64Array): boolean {
  const limit = TOLERANCE * Math.max(largest(a), largest(b));
  return limit > 0 && a.length === b.length && a.every((x, i) => Math.abs(x - b[i]!) <= limit);
}

export const isNegated = (a: Float64Array, b: Float64Array): boolean =>
  same(
    a,
    b.map((x) => -x),
  );

/**
 * c where a = c·b, told by two elements at least. Of one element any a is some multiple of b: then by what a and b are
 * nearby, where that is finite, and else if c is a simple fraction.
 */
export function factorOf(
  a: Float64Array,
  b: Float64Array,
  nearby?: () => readonly [a: Float64Array, b: Float64Array],
): number | undefined {
  const c = ratioOf(a, b);
  if (c === undefined) return undefined;
  const telling = b.filter((x) => Math.abs(x) > 1e-3 * largest(b)).length;
  if (telling > 1) return c;
  const found = nearby?.();
  const isTold = found?.every((gradient) => gradient.every(Number.isFinite))
    ? isClose(c, ratioOf(...found))
    : isSimple(c);
  return isTold ? c : undefined;
}

const isClose = (c: number, other: number | undefined): boolean =>
  other !== undefined && Math.abs(other / c - 1) <= TOLERANCE;

function ratioOf(a: Float64Array, b: Float64Array): number | undefined {
  let ab = 0;
  let bb = 0;
  for (const [i, x] of b.entries()) {
    ab += x * a[i]!;
    bb += x * x;
  }
  const c = ab / bb;
  if (!Number.isFinite(c) || c === 0) return undefined;
  const scaled = b.map((x) => c * x);
  return same(a, scaled) ? c : undefined;
}

/** A fraction of small whole numbers. */
const isSimple = (c: number): boolean =>
  [1, 2, 3, 4].some((q) => {
    const p = Math.round(c * q);
    return p !== 0 && Math.abs(p) <= 4 && Math.abs(c * q - p) < TOLERANCE;
  });

/** The order of axes in which b reads as a; undefined if there is none, or it is the order that they have. */
export function permutationOf(
  a: Float64Array,
  b: Float64Array,
  shape: Shape,
): readonly number[] | undefined {
  return permutations([...shape.keys()])
    .slice(1)
    .find((order) => same(a, permuted(b, shape, order)));
}

function permuted(values: Float64Array, shape: Shape, order: readonly number[]): Float64Array {
  const result = order.map((axis) => shape[axis]!);
  return values.map((_, flat) => {
    const at = indexAt(flat, result);
    const from = new Array<number>(shape.length);
    for (const [i, axis] of order.entries()) from[axis] = at[i]!;
    return values[flatOf(from, shape)]!;
  });
}

const flatOf = (index: readonly number[], shape: Shape): number =>
  index.reduce((flat, i, axis) => flat * shape[axis]! + i, 0);

/** All orders; the first is the one given. */
function permutations(axes: readonly number[]): number[][] {
  if (axes.length === 0) return [[]];
  return axes.flatMap((axis, i) =>
    permutations(axes.toSpliced(i, 1)).map((rest) => [axis, ...rest]),
  );
}

/** How far b has to be moved along which axis to be a, round the end or with zeros coming in. */
export function shiftOf(
  a: Float64Array,
  b: Float64Array,
  shape: Shape,
): { readonly axis: number; readonly by: 1 | -1 } | undefined {
  for (const [axis, length] of shape.entries()) {
    if (length < 2) continue;
    for (const by of [1, -1] as const) {
      for (const round of [true, false]) {
        if (same(a, moved(b, shape, axis, by, round))) return { axis, by };
      }
    }
  }
  return undefined;
}

function moved(
  values: Float64Array,
  shape: Shape,
  axis: number,
  by: number,
  round: boolean,
): Float64Array {
  const length = shape[axis]!;
  return values.map((_, flat) => {
    const at = indexAt(flat, shape);
    const from = at[axis]! - by;
    if (!round && (from < 0 || from >= length)) return 0;
    at[axis] = (from + length) % length;
    return values[flatOf(at, shape)]!;
  });
}

/** The seed with zeros everywhere but at one place along one axis: for each place along each axis. */
export function* slicesOf(
  seed: Float64Array,
  shape: Shape,
): Generator<readonly [axis: number, slice: Float64Array]> {
  for (const [axis, length] of shape.entries()) {
    if (length < 2 || size(shape) !== seed.length) continue;
    for (let place = 0; place < length; place++) {
      yield [axis, seed.map((u, flat) => (indexAt(flat, shape)[axis] === place ? u : 0))];
    }
  }
}
