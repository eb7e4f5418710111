import type { Entry, Verdict } from '../verdict.js';
import { elementOf, indexAt, placeIn } from '../words/text.js';
import { along } from './compare.js';
import { derivative, type Estimate, ROUNDING, type Side } from './differences.js';
import { type Build, type BuildOf, Problem, type ProblemOptions, type Value } from './problem.js';

/** Slopes from one side with a larger error than this are no witness. */
const GATE = 1e-9;
const SAFETY = 10;
const TOLERANCE = 1e-12;

/**
 * For points where f has a kink: every entry of the Jacobian must lie between the derivatives from the left and from
 * the right of its element of y, so that it is a slope that f has on some side, or in between. Where f ends, the
 * side that there is counts alone; where it becomes vertical, as √ at 0, the slope is infinite.
 */
export function checkKink<const Inputs extends readonly Value[]>(
  f: BuildOf<Inputs>,
  inputs: Inputs,
  options?: ProblemOptions,
): Verdict;
export function checkKink(
  f: Build,
  inputs: readonly Value[],
  options: ProblemOptions = {},
): Verdict {
  const problem = new Problem(f, inputs, options);
  const looks = [...looksAt(problem)];
  problem.dispose();
  const entries = looks.length;
  const wrong = looks.find(({ excess }) => excess > 1);
  if (wrong) {
    const { entry, slopes, element } = wrong;
    const input = placeIn(`input ${entry.slot + 1}`, entry.at);
    const between = `from ${slopes?.low} to ${slopes?.high}`;
    const evidence = `${input} = ${entry.x}, for ${element}: the slopes on its two sides go ${between}`;
    const error = Math.abs(entry.backward - entry.differences.value);
    return { outcome: 'failed', law: 'kinks', entries, error, evidence, worst: entry };
  }
  const rough = looks.find(({ slopes }) => !slopes);
  if (rough) return { outcome: 'inconclusive', reason: 'rough', entries, worst: rough.entry };
  if (looks.length === 0) return { outcome: 'inconclusive', reason: 'zero', entries };
  const worst = looks.reduce((most, look) => (look.excess > most.excess ? look : most)).entry;
  return { outcome: 'passed', entries, worst, error: 0 };
}

/** One entry of the Jacobian. */
interface Look {
  readonly entry: Entry;
  /** The element of y, in words. */
  readonly element: string;
  /** Undefined where f has none on either side, or none that can be told. */
  readonly slopes: Slopes | undefined;
  /** How far outside of them the entry lies, in what it may; 0 where they are not known. */
  readonly excess: number;
}

function* looksAt(problem: Problem): Generator<Look> {
  const { slots, xs, y, point, u } = problem;
  const rows = Array.from(u, (_, k) => problem.gradientsFor(u.map((_, i) => (i === k ? 1 : 0))));
  for (const [i, slot] of slots.entries()) {
    for (const [index, x] of point[slot]!.entries()) {
      const f = remembered(along(problem, slot, index));
      const at = indexAt(index, xs[slot]!.shape);
      for (const [k, row] of rows.entries()) {
        const backward = row[i]![index]!;
        const slopes = range((t) => f(t)[k]!, x);
        const differences = slopes ? nearest(slopes, backward) : UNKNOWN;
        const entry = { slot, index, at, x, backward, differences };
        const element = elementOf('y', k, y.shape);
        yield { entry, element, slopes, excess: slopes ? excessOf(entry) : 0 };
      }
    }
  }
}

const UNKNOWN: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };

/** Of the slopes between two, the nearest to a gradient. */
const nearest = ({ low, high, error }: Slopes, gradient: number): Estimate => ({
  value: Number.isNaN(gradient) ? low : Math.max(low, Math.min(gradient, high)),
  error,
});

function excessOf({ backward, differences: { value, error } }: Entry): number {
  if (backward === value) return 0;
  const excess =
    Math.abs(backward - value) / (SAFETY * error + TOLERANCE * Math.max(1, Math.abs(value)));
  return Number.isNaN(excess) ? Number.POSITIVE_INFINITY : excess;
}

interface Slopes {
  readonly low: number;
  readonly high: number;
  readonly error: number;
}

/** From the one-sided derivative on one side to that on the other; undefined if there is none on either. */
function range(f: (x: number) => number, x: number): Slopes | undefined {
  const sides = (['left', 'right'] as const).map((side) => slopeOn(f, x, side));
  const found = sides.filter((slope) => slope !== undefined);
  if (found.length === 0 || found.includes('rough')) return undefined;
  const slopes = found.filter((slope) => slope !== 'rough');
  return {
    low: Math.min(...slopes.map(({ value }) => value)),
    high: Math.max(...slopes.map(({ value }) => value)),
    error: Math.max(...slopes.map(({ error }) => error)),
  };
}

/** The one-sided derivative; undefined where f ends or jumps. */
function slopeOn(
  f: (x: number) => number,
  x: number,
  side: Side & ('left' | 'right'),
): { value: number; error: number } | 'rough' | undefined {
  const change = (h: number): number => (side === 'left' ? f(x) - f(x - h) : f(x + h) - f(x));
  const [far, near, nearest] = [2 ** -20, 2 ** -28, 2 ** -36].map(change) as [
    number,
    number,
    number,
  ];
  if (!Number.isFinite(nearest)) return undefined;
  // Over 2⁻⁸ of the way, a smooth f changes by 2⁻⁸, √ by 2⁻⁴, and one that jumps by as much as before.
  const shrinks = (small: number, large: number): number => Math.abs(small / large);
  if (far !== 0 && shrinks(near, far) > 2 ** -7 && shrinks(nearest, near) > 2 ** -7) {
    const jumps = shrinks(nearest, near) > 0.5;
    return jumps ? undefined : { value: Math.sign(nearest) * Number.POSITIVE_INFINITY, error: 0 };
  }
  const { value, error } = derivative(f, x, side);
  const limit = GATE * Math.max(1, Math.abs(value), Math.abs(f(x)));
  return error <= limit ? { value, error: error + ROUNDING * Math.abs(value) } : 'rough';
}

/** The elements of y are asked for one by one, at the same points. */
function remembered(f: (x: number) => Float64Array): (x: number) => Float64Array {
  const known = new Map<number, Float64Array>();
  return (x) => {
    const found = known.get(x);
    if (found) return found;
    const y = f(x);
    known.set(x, y);
    return y;
  };
}
