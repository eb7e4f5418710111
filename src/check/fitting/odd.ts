import type { Shape } from '../../linalg/index.js';
import type { Definition } from '../reference/index.js';
import type { Build } from '../witnesses/problem.js';
import { finiteIn } from './finite.js';
import type { Range } from './range.js';

/** What a range that was found is tried beyond: where exp grows large, and where it is no double any more. */
const LARGE = [40.5, 1000.5];
/** Beside 1, and still no smaller than its square is. */
const SMALL = 1e-6;
/** How many of the largest shapes they are tried with, beside the smallest. */
const LARGEST_TRIED = 3;

/**
 * For each input, numbers of another size than those of its range, at which f is finite all the same: where a rule of
 * exponentials becomes 0·∞, and where a difference of equals has no digits left. A range that is given is not left.
 */
export function oddOnes(
  f: Build,
  shapes: readonly (readonly Shape[])[],
  ranges: readonly Range[],
  given: boolean,
  definition?: Definition,
): number[][] {
  const tried = [...shapes.slice(0, 1), ...shapes.slice(1).slice(-LARGEST_TRIED)];
  return ranges.map(([above, below], slot) => {
    const large = given ? [] : LARGE.filter((size) => below > 1 && size > below);
    const sizes = [SMALL, ...large];
    return [...sizes, ...sizes.map((size) => -size)].filter(
      (x) =>
        x > (above < -1 && !given ? Number.NEGATIVE_INFINITY : above) &&
        (x < below || large.includes(x)) &&
        tried.every((way) => finiteIn(f, way, ranges, { slot, x }, definition)),
    );
  });
}
