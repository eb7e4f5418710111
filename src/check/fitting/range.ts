import { type Shape, size } from '../../linalg/index.js';

/** The numbers between two numbers. */
export type Range = readonly [above: number, below: number];

/** The elements of all inputs. */
export const elements = (way: readonly Shape[]): number =>
  way.reduce((total, shape) => total + size(shape), 0);

/**
 * At least `count` numbers inside of a range, the simplest first: odd multiples of ½ (or of a smaller power of two
 * where the range is narrow, a larger one where it is wide), then of ¼, of ⅛, …
 */
export function simplest([above, below]: Range, count: number): number[] {
  if (count < 1) return [];
  let step = 1;
  while (step > below - above) step /= 2;
  while (step * count < below - above) step *= 2;
  const found: number[] = [];
  for (step /= 2; found.length < count; step /= 2) {
    const level: number[] = [];
    for (let k = Math.ceil(above / step); k * step < below; k++) {
      if (k % 2 !== 0 && k * step > above) level.push(k * step);
    }
    found.push(...level.sort((a, b) => Math.abs(a) - Math.abs(b) || b - a));
  }
  return found;
}
