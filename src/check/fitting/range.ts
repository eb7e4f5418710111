import { type Shape, size } from '../../linalg/index.js';

/** The numbers between two numbers. */
export type Range = readonly [above: number, below: number];

/** The elements of all inputs. */
export const elements = (way: readonly Shape[]): number =>
  way.reduce((total, shape) => total + size(shape), 0);

/**
 * At least `count` numbers inside of a range, the simplest first: odd multiples of ½ (or of a smaller power of two
 * where the range is narrow, a larger one where it is wide), then of ¼, of ⅛, …
 * @throws RangeError if there are not so many doubles in the range that are told apart by this
 */
export function simplest([above, below]: Range, count: number): number[] {
  if (count < 1) return [];
  let step = 1;
  while (step > below - above) step /= 2;
  while (step * count < below - above) step *= 2;
  const found: number[] = [];
  const largest = Math.max(Math.abs(above), Math.abs(below));
  for (step /= 2; found.length < count; step /= 2) {
    if (!(step * 2 ** 53 > largest)) {
      throw new RangeError(
        `range [${above}, ${below}] is too narrow to draw ${count} numbers from`,
      );
    }
    const level: number[] = [];
    for (let k = Math.ceil(above / step); k * step < below; k++) {
      if (k % 2 !== 0 && k * step > above) level.push(k * step);
    }
    found.push(...level.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a));
  }
  return found;
}
