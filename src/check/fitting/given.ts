import { Node } from '../../graph/index.js';
import { checkShape, formatShape, rangeError, type Shape } from '../../linalg/index.js';
import { topologicalOrder } from '../witnesses/interpreter.js';
import type { Build } from '../witnesses/problem.js';
import { attempt, halves, kindOf, takesAny } from './attempt.js';
import { elements, type Range } from './range.js';

/**
 * The ways to call f that a spec gives, the smallest first, after f has been called in each of them: what f says to them
 * is about the spec, and no law of f.
 * @throws RangeError with that, and with what may be meant
 */
export function givenShapes(
  f: Build,
  name: string,
  shapes: readonly (Shape | readonly Shape[])[],
): Shape[][] {
  const isShape = (way: Shape | readonly Shape[]): way is Shape =>
    way.every((part) => typeof part === 'number');
  const ways = shapes.map((way) =>
    (isShape(way) ? [way] : [...way]).map((shape) => checkShape(shape, `${name}: shapes`)),
  );
  const count = ways[0]?.length;
  if (count === undefined) throw new RangeError(`${name}: shapes is empty`);
  const odd = ways.find((way) => way.length !== count);
  if (odd) {
    throw new RangeError(
      `${name}: shapes has a way to call it with ${count} inputs and one with ${odd.length}`,
    );
  }
  tryGiven(f, name, ways);
  return ways.sort((a, b) => elements(a) - elements(b));
}

function tryGiven(f: Build, name: string, ways: readonly (readonly Shape[])[]): void {
  for (const way of ways) {
    const xs = halves(way);
    const y = attempt(f, name, xs);
    const says = y instanceof Error ? `it says: ${y.message}` : complaintOf(f, xs, y);
    if (says === undefined) continue;
    const call = `a way to call it with ${way.map(formatShape).join(' and ')}`;
    throw rangeError(`${name}: shapes has ${call}, and to that ${says}${meant(f, name, ways)}`);
  }
}

/** That f gives no node, or one that an input which it does not name has no part in. */
function complaintOf(f: Build, xs: readonly Node[], y: unknown): string | undefined {
  if (!(y instanceof Node)) return `it gives ${kindOf(y)} and no node`;
  if (takesAny(f)) return undefined;
  const used = topologicalOrder([y]);
  const idle = xs.findIndex((x, slot) => slot >= f.length && !used.includes(x));
  return idle < 0 ? undefined : `it gives a node that input ${idle + 1} has no part in`;
}

/** A list with the shapes of one call is easily taken for a list of calls, and the other way round. */
function meant(f: Build, name: string, ways: readonly (readonly Shape[])[]): string {
  const other = ways.length === 1 ? ways[0]!.map((shape) => [shape]) : [ways.flat()];
  const isOther = ways.length === 1 || ways.every((way) => way.length === 1);
  const fits = (way: readonly Shape[]): boolean => {
    const xs = halves(way);
    const y = attempt(f, name, xs);
    return !(y instanceof Error) && complaintOf(f, xs, y) === undefined;
  };
  if (!isOther || !other.every(fits)) return '';
  const list = other.map((way) => (way.length === 1 ? formatShape(way[0]!) : listed(way)));
  return `; each way to call it is a list with a shape for each input: what is meant may be shapes: [${list.join(', ')}]`;
}

const listed = (way: readonly Shape[]): string => `[${way.map(formatShape).join(', ')}]`;

export function givenRanges(name: string, range: Range | readonly Range[], count: number): Range[] {
  const isRange = (given: Range | readonly Range[]): given is Range => typeof given[0] === 'number';
  const ranges = isRange(range) ? new Array<Range>(count).fill(range) : [...range];
  if (ranges.length !== count) {
    throw new RangeError(`${name}: range is given for ${ranges.length} of ${count} inputs`);
  }
  for (const [above, below] of ranges) {
    if (!(above < below) || !Number.isFinite(below - above)) {
      throw new RangeError(`${name}: [${above}, ${below}] is no range of finite numbers`);
    }
  }
  return ranges;
}
