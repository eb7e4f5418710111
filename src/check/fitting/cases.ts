import fc from 'fast-check';
import { type Shape, size } from '../../linalg/index.js';
import { Tensor } from '../reference/index.js';
import type { Case } from '../use.js';
import type { Fitting } from './fitting.js';
import { elements, simplest } from './range.js';

/** So many different numbers of a range at least, and so many for each element of a case. */
const FEWEST = 128;
const PER_ELEMENT = 4;

/**
 * Draws cases of a function: some of the shapes that fit, and numbers of its range. The numbers of a case are all
 * different and none is whole, so that ties and the kinks that functions have at round numbers are left out; and they
 * are as simple as can be, 0.5 before 1.5 before 0.25, in what a failure shrinks to.
 */
export function casesOf(fitting: Fitting): fc.Arbitrary<Case> {
  const { f, name, shapes, ranges, text = calling(name) } = fitting;
  const most = Math.max(...shapes.map(elements));
  const tables = ranges.map((range) => simplest(range, Math.max(FEWEST, PER_ELEMENT * most)));
  const last = Math.min(...tables.map((table) => table.length)) - 1;

  const casesIn = (way: readonly Shape[]): fc.Arbitrary<Case> => {
    const length = elements(way);
    const places = fc.uniqueArray(fc.nat(last), { minLength: length, maxLength: length });
    return places.map((drawn) => {
      const rest = [...drawn];
      const inputs = way.map((shape, slot) => {
        const values = rest.splice(0, size(shape)).map((place) => tables[slot]![place]!);
        return new Tensor(shape, values);
      });
      return { text, f, inputs };
    });
  };
  // Small shapes are not drawn more often than others, but are what a failure shrinks to.
  return fc.noBias(fc.nat(shapes.length - 1)).chain((k) => casesIn(shapes[k]!));
}

const calling =
  (name: string) =>
  (...inputs: string[]): string =>
    `${name}(${inputs.join(', ')})`;
