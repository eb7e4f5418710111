import { isWrittenOut, type Segment } from '../graph/index.js';
import { norm2, parametric, rangeError } from '../linalg/index.js';

/** Norms of single segments, to be joined; grows to the most segments that were ever clipped at once. */
let norms = new Float64Array();

/**
 * Scales the gradient down to the norm `max` if it is longer, keeping its direction. (Pascanu, Mikolov &
 * Bengio 2013)
 * @param gradients changed in place
 * @param segments what to measure and scale as one vector; the whole of `gradients` by default. A part's
 * norm is the norm of its segments' norms.
 * @returns the norm before, of which +∞ (beyond the largest number) is clipped all the same; where an
 * element itself is not finite, nothing is changed and the norm is not finite either
 * @throws RangeError if `max` is not > 0, or for `graph.sparseGradients` with rows that are not written out
 */
export function clipByNorm(
  gradients: Float64Array,
  max: number,
  segments?: readonly Segment[],
): number {
  checkBound('clipByNorm', max);
  checkWrittenOut('clipByNorm', gradients, segments);
  const norm = normOf(gradients, segments);
  if (!(norm > max)) return norm;
  if (norm < Number.POSITIVE_INFINITY) {
    shorten(gradients, segments, norm, max);
  } else if (allFinite(gradients, segments)) {
    shorten(gradients, segments, 2 ** 600, 1);
    shorten(gradients, segments, normOf(gradients, segments), max);
  }
  return norm;
}

/**
 * Brings every element into [−max, max]. Unlike `clipByNorm` it turns the gradient.
 * @throws RangeError as `clipByNorm`
 */
export function clipByValue(
  gradients: Float64Array,
  max: number,
  segments?: readonly Segment[],
): void {
  checkBound('clipByValue', max);
  checkWrittenOut('clipByValue', gradients, segments);
  forEachSpan(gradients, segments, (from, to) => {
    parametric.clamp(gradients, gradients, -max, max, from, to);
  });
}

function normOf(gradients: Float64Array, segments: readonly Segment[] | undefined): number {
  if (!segments) return norm2(gradients);
  if (norms.length < segments.length) norms = new Float64Array(segments.length);
  for (let i = 0; i < segments.length; i++) {
    norms[i] = norm2(gradients, segments[i]!.offset, segments[i]!.length);
  }
  return norm2(norms, 0, segments.length);
}

/** From one length to another, in two operations: max/norm by itself can sink below the normal numbers. */
function shorten(
  gradients: Float64Array,
  segments: readonly Segment[] | undefined,
  norm: number,
  max: number,
): void {
  forEachSpan(gradients, segments, (from, to) => {
    parametric.rescale(gradients, gradients, norm, max, from, to);
  });
}

function allFinite(gradients: Float64Array, segments: readonly Segment[] | undefined): boolean {
  let finite = true;
  forEachSpan(gradients, segments, (from, to) => {
    for (let i = from; i < to; i++) finite &&= Number.isFinite(gradients[i]!);
  });
  return finite;
}

function forEachSpan(
  gradients: Float64Array,
  segments: readonly Segment[] | undefined,
  visit: (from: number, to: number) => void,
): void {
  if (!segments) visit(0, gradients.length);
  else for (const { offset, length } of segments) visit(offset, offset + length);
}

function checkWrittenOut(
  name: string,
  gradients: Float64Array,
  segments: readonly Segment[] | undefined,
): void {
  if (isWrittenOut(gradients)) return;
  if (segments?.every((segment) => isWrittenOut(gradients, segment))) return;
  throw rangeError(
    `${name}: graph.sparseGradients does not hold the rows of every table; pass graph.gradients`,
  );
}

function checkBound(name: string, max: number): void {
  if (!(max > 0)) throw rangeError(`${name}: max is ${max}; a bound is a number > 0`);
}
