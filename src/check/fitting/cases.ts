import fc from 'fast-check';
import { type Shape, size } from '../../linalg/index.js';
import { Tensor } from '../reference/index.js';
import type { Case } from '../use.js';
import type { Fitting } from './fitting.js';
import { elements, simplest } from './range.js';

/** So many different numbers of a range at least, and so many for each element of a case. */
const FEWEST = 128;
const PER_ELEMENT = 4;

/** Which input, which of its elements, and which odd number it is to be, each modulo how many there are. */
interface Strange {
  readonly slot: number;
  readonly place: number;
  readonly which: number;
}

/** One case in eight has a number of another size than the others. What fails is shrunk to none. */
const oddDraws: fc.Arbitrary<Strange | undefined> = fc.oneof(
  { withCrossShrink: true },
  { weight: 7, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.record({ slot: fc.nat(7), place: fc.nat(35), which: fc.nat(5) }) },
);

function withOdd(
  inputs: readonly Tensor[],
  odd: readonly (readonly number[])[],
  { slot, place, which }: Strange,
): readonly Tensor[] {
  const chosen = slot % inputs.length;
  const { shape, values } = inputs[chosen]!;
  const numbers = odd[chosen]!;
  if (values.length === 0 || numbers.length === 0) return inputs;
  const replaced = values.with(place % values.length, numbers[which % numbers.length]!);
  return inputs.with(chosen, new Tensor(shape, replaced));
}

/**
 * Draws cases of a function: some of the shapes that fit, and numbers of its range. The numbers of a case are all
 * different and none is whole, so that ties and the kinks that functions have at round numbers are left out; and they
 * are as simple as can be, 0.5 before 1.5 before 0.25, in what a failure shrinks to. Now and then one of them is odd.
 */
export function casesOf(fitting: Fitting): fc.Arbitrary<Case> {
  const { f, name, shapes, ranges, odd, text = calling(name) } = fitting;
  const most = Math.max(...shapes.map(elements));
  const tables = ranges.map((range) => simplest(range, Math.max(FEWEST, PER_ELEMENT * most)));
  const last = Math.min(...tables.map((table) => table.length)) - 1;

  const inputsIn = (way: readonly Shape[]): fc.Arbitrary<readonly Tensor[]> => {
    const length = elements(way);
    const places = fc.uniqueArray(fc.nat(last), { minLength: length, maxLength: length });
    return places.map((drawn) => {
      const rest = [...drawn];
      return way.map((shape, slot) => {
        const values = rest.splice(0, size(shape)).map((place) => tables[slot]![place]!);
        return new Tensor(shape, values);
      });
    });
  };
  // Small shapes are not drawn more often than others, but are what a failure shrinks to.
  const inputs = fc.noBias(fc.nat(shapes.length - 1)).chain((k) => inputsIn(shapes[k]!));
  return fc.tuple(inputs, oddDraws).map(([drawn, strange]) => {
    return { text, f, inputs: strange ? withOdd(drawn, odd, strange) : drawn };
  });
}

export const calling =
  (name: string) =>
  (...inputs: string[]): string =>
    `${name}(${inputs.join(', ')})`;
