import { constant, evaluate } from '../../graph/index.js';
import { type Shape, size } from '../../linalg/index.js';
import { type Definition, real, Tensor } from '../reference/index.js';
import type { Build } from '../witnesses/problem.js';
import { elements, type Range, simplest } from './range.js';

/** A number in place of one that is drawn. */
export interface Odd {
  readonly slot: number;
  readonly x: number;
}

const SAMPLES = 4;

/** Whether f is finite at some samples: of its ranges, but for one odd number, if there is one. */
export function finiteIn(
  f: Build,
  way: readonly Shape[],
  ranges: readonly Range[],
  odd?: Odd,
  definition?: Definition,
): boolean {
  for (const xs of samples(way, ranges, odd)) {
    try {
      if (!evaluated(f, xs).every(Number.isFinite)) return false;
      if (definition && !definition(real, ...xs).values.every(Number.isFinite)) return false;
    } catch {
      return false;
    }
  }
  return true;
}

/** Whether f is finite at none of the samples, and does not throw, so that nothing can be told of it there. */
export function finiteNowhere(f: Build, way: readonly Shape[], ranges: readonly Range[]): boolean {
  for (const xs of samples(way, ranges)) {
    try {
      if (evaluated(f, xs).every(Number.isFinite)) return false;
    } catch {
      return false;
    }
  }
  return true;
}

function* samples(
  way: readonly Shape[],
  ranges: readonly Range[],
  odd?: Odd,
): Generator<readonly Tensor[]> {
  const tables = ranges.map((range) => simplest(range, SAMPLES * elements(way)));
  for (let sample = 0; sample < SAMPLES; sample++) {
    let drawn = 0;
    yield way.map((shape, slot) => {
      const table = tables[slot]!;
      // A stride without a factor in common with many lengths: samples look at all of the table.
      const next = (): number => table[(17 * drawn++ + 5 * sample) % table.length]!;
      const values = Array.from({ length: size(shape) }, next);
      if (odd?.slot === slot && values.length > 0) values[sample % values.length] = odd.x;
      return new Tensor(shape, values);
    });
  }
}

const evaluated = (f: Build, xs: readonly Tensor[]): Float64Array =>
  evaluate(f(...xs.map(({ values, shape }) => constant(values, shape))));
