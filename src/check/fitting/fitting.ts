import { Node } from '../../graph/index.js';
import { formatShape, type Shape, size } from '../../linalg/index.js';
import type { Definition } from '../reference/index.js';
import type { Build } from '../witnesses/problem.js';
import { attempt, halves, kindOf, takesAny, UnfitError } from './attempt.js';
import { finiteIn, finiteNowhere } from './finite.js';
import { givenRanges, givenShapes } from './given.js';
import { oddOnes } from './odd.js';
import { elements, type Range } from './range.js';

/** How a function is called; what is left out is found by trying. */
export interface FittingOptions {
  /** What it is called in messages and in the text of a case; `f` where left out. */
  readonly name?: string;
  /** How many inputs it has; as many as f names, or fewer, where left out. */
  readonly inputs?: number;
  /** Ways to call it: each a shape for every input, or just the shape where it has a single one. */
  readonly shapes?: readonly (Shape | readonly Shape[])[];
  /** What its inputs lie between, all of them or each. */
  readonly range?: Range | readonly Range[];
  /** TypeScript that calls it, given that of its inputs; `name(x1, x2)` where left out. */
  readonly text?: (...inputs: string[]) => string;
  /** What f means: where that is not finite, f is not looked at beyond its usual shapes and numbers. */
  readonly definition?: Definition;
}

/** A function and ways to call it. */
export interface Fitting {
  /** Builds graph from nodes. */
  readonly f: Build;
  readonly name: string;
  /** Each a shape for every input; the smallest first. */
  readonly shapes: readonly (readonly Shape[])[];
  /** One for each input. */
  readonly ranges: readonly Range[];
  /** For each input, numbers far larger or smaller than those of its range, to be drawn now and then. */
  readonly odd: readonly (readonly number[])[];
  readonly text?: (...inputs: string[]) => string;
}

/**
 * Finds shapes that a function of nodes takes, and ranges in which its values are finite, by trying a few.
 * @throws RangeError for shapes and ranges that do not fit each other
 * @throws UnfitError if none of the shapes fits, with what the function says to that; if it gives no node, or one of
 * another copy of this package; if it is finite nowhere
 */
export function fitting(f: Build, options: FittingOptions = {}): Fitting {
  const { name = 'f', inputs, text, definition } = options;
  const full = options.shapes
    ? givenShapes(f, name, options.shapes)
    : fittingShapes(f, name, inputs === undefined ? countsOf(f) : [inputs]);
  const count = full[0]!.length;
  if (inputs !== undefined && inputs !== count) {
    throw new RangeError(
      `${name}: inputs is ${inputs}, and shapes has ways to call it with ${count}`,
    );
  }
  const ranges = options.range
    ? givenRanges(name, options.range, count)
    : fittingRanges(f, full, count);
  if (full.every((way) => finiteNowhere(f, way, ranges))) {
    throw new UnfitError(
      `${name} is finite nowhere, as far as was tried, between ${ranges.map((range) => range.join(' and ')).join('; ')}; say between which numbers it is: range: [above, below]`,
    );
  }
  const odd = oddOnes(f, full, ranges, options.range !== undefined, definition);
  const empty = EMPTY.map((shape) => new Array<Shape>(count).fill(shape)).find((way) =>
    finiteIn(f, way, ranges, undefined, definition),
  );
  const shapes = empty && !options.shapes ? [empty, ...full] : full;
  return { f, name, shapes, ranges, odd, ...(text && { text }) };
}

/** How many inputs f may have: the last that it names may be options; `(...xs)` takes any number. */
function countsOf(f: Build): number[] {
  if (takesAny(f)) return [1, 2, 3];
  return Array.from({ length: f.length }, (_, i) => f.length - i);
}

/** Shapes that are tried, the simplest first. */
const POOL: readonly Shape[] = [
  ...[[], [1], [2], [3], [2, 2], [2, 3], [3, 2], [1, 2], [2, 1], [3, 3], [5]],
  ...[
    [2, 2, 3],
    [2, 9],
    [2, 1, 2, 2],
  ],
];
/** Shapes without elements: the first that fits is among those that are found. */
const EMPTY: readonly Shape[] = [[0], [2, 0]];
/** Lengths of a last axis that are tried next, for functions that hold a weight or the like. */
const LENGTHS = Array.from({ length: 64 }, (_, k) => k + 1);
const MOST_TRIES = 1000;
/** More ways to call it than these are not needed. */
const ENOUGH = 16;

function fittingShapes(f: Build, name: string, counts: readonly number[]): Shape[][] {
  if (counts.length === 0) throw new UnfitError(`${name} names no inputs; say what it is fed with`);
  let complaint = '';
  for (const ways of [pooled, withOtherLengths]) {
    for (const count of counts) {
      const found: Shape[][] = [];
      for (const way of ways(count)) {
        const y = attempt(f, name, halves(way));
        if (y instanceof Node) {
          if (size(y.shape) > 0) found.push(way);
        } else if (y instanceof Error) {
          complaint ||= `; with ${way.map(formatShape).join(' and ')} it says: ${y.message}`;
        } else {
          throw new UnfitError(`${name} gives ${kindOf(y)} and no node`, true);
        }
      }
      if (found.length > 0) return someOf(found);
    }
  }
  throw new UnfitError(`${name} takes none of the shapes that were tried${complaint}`);
}

/** Of many, a few of each size. */
function someOf(found: readonly Shape[][]): Shape[][] {
  const step = Math.max(1, found.length / ENOUGH);
  const chosen = new Set(found.map((_, i) => Math.floor(i * step)));
  return found.filter((_, i) => chosen.has(i)).sort((a, b) => elements(a) - elements(b));
}

/** All inputs of one shape, then shapes of the pool in every combination, the simplest first. */
function* pooled(count: number): Generator<Shape[]> {
  const same = POOL.map((shape) => new Array<Shape>(count).fill(shape));
  yield* same;
  if (count === 1) return;
  let tries = 0;
  for (let sum = 1; sum <= count * (POOL.length - 1); sum++) {
    for (const places of tuples(count, sum, POOL.length - 1)) {
      if (places.every((place) => place === places[0])) continue;
      if (tries++ >= MOST_TRIES) return;
      yield places.map((place) => POOL[place]!);
    }
  }
}

function* withOtherLengths(count: number): Generator<Shape[]> {
  for (const length of LENGTHS) {
    for (const shape of [[length], [2, length], [length, 2]]) yield new Array(count).fill(shape);
  }
}

/** All lists of `count` whole numbers from 0 to `most` that add up to `sum`. */
function* tuples(count: number, sum: number, most: number): Generator<number[]> {
  if (count === 1) {
    if (sum <= most) yield [sum];
    return;
  }
  for (let first = 0; first <= Math.min(sum, most); first++) {
    for (const rest of tuples(count - 1, sum - first, most)) yield [first, ...rest];
  }
}

/** Ranges that are tried: for exp, artanh, log, logit, arcosh. */
const RANGES: readonly Range[] = [
  [-3, 3],
  [-1, 1],
  [0, 4],
  [0, 1],
  [1, 4],
];
/** With more inputs than these, all are of one range. */
const MOST_COMBINED = 3;
const SHAPES_SAMPLED = 4;

/** The simplest ranges for which f is finite at all samples; if there are none, everything. */
function fittingRanges(f: Build, shapes: readonly (readonly Shape[])[], count: number): Range[] {
  for (let sum = 0; sum <= count * (RANGES.length - 1); sum++) {
    const combined = count <= MOST_COMBINED;
    const same = sum % count === 0 ? [new Array<number>(count).fill(sum / count)] : [];
    for (const places of combined ? tuples(count, sum, RANGES.length - 1) : same) {
      const ranges = places.map((place) => RANGES[place]!);
      if (shapes.slice(-SHAPES_SAMPLED).every((way) => finiteIn(f, way, ranges))) return ranges;
    }
  }
  return new Array(count).fill(RANGES[0]);
}
