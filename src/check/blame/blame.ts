import { size } from '../../linalg/index.js';
import type { Blame, Cause, Entry, Finding, Verdict } from '../verdict.js';
import { compare, numericGradient, sizeOf } from '../witnesses/compare.js';
import { weightedDerivative } from '../witnesses/differences.js';
import { Problem } from '../witnesses/problem.js';
import { weigh } from '../witnesses/weigh.js';
import { type Alone, nodesAlone } from './alone.js';
import { blameEngine } from './blame-engine.js';
import { causeOf } from './cause.js';
import { culprit } from './culprit.js';
import { slicesOf } from './likeness.js';
import { blameNotFinite } from './not-finite.js';

const GATE = 1e-9;
/** What x is multiplied by for a point near it: on the same side of 0. */
const NEARBY = 15 / 16;

/**
 * Why a gradient is wrong. Each node's op is checked by itself, at the values that it sees in the graph; the first whose
 * rule is wrong is to blame; else the one that makes NaN of a finite gradient. If every one is right, it is the engine,
 * which joins them: then the node nearest to the loss is named whose gradient comes out wrong.
 * @param worst of what was seen of the whole
 */
export function findBlame(problem: Problem, worst: Entry | undefined): Finding {
  const nodes = [...nodesAlone(problem)];
  // A rule that gives nothing on purpose (stopGradient) is the last to be suspected.
  for (const given of [true, false]) {
    for (const alone of nodes) {
      const finding = checkRule(alone, given ? alone.ruled : undefined);
      if (finding) return finding;
    }
  }
  return blameNotFinite(problem) ?? blameEngine(problem) ?? { blame: someEngine(problem, worst) };
}

/** The first node whose op breaks a law by itself; if none does, the engine is to blame. */
export function findOffender(
  problem: Problem,
  check: (problem: Problem) => Verdict | undefined,
): Finding {
  for (const { node, problem: alone } of nodesAlone(problem)) {
    const own = alone();
    const broken = check(own)?.outcome === 'failed';
    own.dispose();
    if (broken) return { blame: { suspect: 'rule', ...culprit(node) } };
  }
  return blameNotFinite(problem) ?? { blame: someEngine(problem, undefined) };
}

function checkRule(
  { node, problem, slotOf, nameOf }: Alone,
  inputs: readonly number[] | undefined,
): Finding | undefined {
  const alone = problem(inputs);
  const entries = compare(alone);
  const verdict = weigh(entries, GATE, sizeOf(alone));
  const worst = verdict.outcome === 'failed' ? verdict.worst : undefined;
  const cause = worst && causeOfRule(alone, entries, worst.slot, nameOf);
  alone.dispose();
  if (!worst) return undefined;
  const blame: Blame = {
    suspect: 'rule',
    ...culprit(node),
    slot: slotOf(worst.slot),
    slotName: nameOf(worst.slot),
    index: worst.at,
    entry: { ...worst, slot: slotOf(worst.slot) },
  };
  return { blame, ...(cause && { cause }) };
}

function causeOfRule(
  alone: Problem,
  entries: readonly Entry[],
  slot: number,
  name: (slot: number) => string,
): Cause | undefined {
  const { xs, y, u } = alone;
  const own = entries.filter((entry) => entry.slot === slot);
  const shape = xs[slot]!.shape;
  const others = [...xs.keys()].filter((i) => i !== slot && size(xs[i]!.shape) === size(shape));
  const gradientFor = (weights: Float64Array): Float64Array =>
    numericGradient(alone, slot, weights);
  return causeOf({
    analytic: Float64Array.from(own, ({ backward }) => backward),
    numeric: Float64Array.from(own, ({ differences }) => differences.value),
    shape,
    seed: u,
    unseeded: () => gradientFor(u.map(() => 1)),
    others: () => others.map((i) => [name(i), numericGradient(alone, i, u)] as const),
    untransposed: () => (size(y.shape) === size(shape) ? pushed(alone, slot) : undefined),
    nearby: () => gradientsNearby(alone, slot),
    diagonal: () => (size(y.shape) === size(shape) ? diagonal(alone, slot) : undefined),
    parts: function* () {
      for (const [axis, slice] of slicesOf(u, y.shape)) yield [axis, gradientFor(slice)] as const;
    },
  });
}

/** J·u by differences: how y moves when x does, in the direction u. */
function pushed(alone: Problem, slot: number): Float64Array {
  const { point, u } = alone;
  const line = (s: number): Float64Array =>
    alone.at(point.map((x, i) => (i === slot ? x.map((value, k) => value + s * u[k]!) : x)));
  return u.map((_, k) => {
    const weights = u.map((_, i) => (i === k ? 1 : 0));
    return weightedDerivative(line, weights, 0, 'both').value;
  });
}

/** The gradient of one slot by the rule and by differences, where all inputs are a little nearer to 0. */
function gradientsNearby(alone: Problem, slot: number): [Float64Array, Float64Array] {
  const { f, engine, slots, seed, xs, point } = alone;
  const inputs = xs.map(({ shape }, i) => {
    const values = point[i]!.map((x) => (x === 0 ? 2 ** -5 : NEARBY * x));
    return { shape, values };
  });
  const near = new Problem(f, inputs, { engine, slots, seed });
  const found = [
    near.gradientsFor()[slots.indexOf(slot)]!,
    numericGradient(near, slot, near.u),
  ] as [Float64Array, Float64Array];
  near.dispose();
  return found;
}

/** uᵢ·∂yᵢ/∂xᵢ by differences. */
function diagonal(alone: Problem, slot: number): Float64Array {
  return alone.u.map((weight, i) => {
    const weights = alone.u.map((_, k) => (k === i ? weight : 0));
    return numericGradient(alone, slot, weights)[i]!;
  });
}

/** Where it cannot be told at which node the engine goes wrong: at the result. */
function someEngine({ y }: Problem, worst: Entry | undefined): Blame {
  return { suspect: 'engine', ...culprit(y), ...(worst && { index: worst.at, entry: worst }) };
}
