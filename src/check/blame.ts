import { apply, backward, constant, type Node, slotNames } from '../graph/index.js';
import { size } from '../linalg/index.js';
import { causeOf, causeOfSum, slicesOf } from './cause.js';
import { compare, numericGradient, sizeOf } from './compare.js';
import { culprit } from './culprit.js';
import { weightedDerivative } from './differences.js';
import { evaluateWith } from './engine.js';
import { Interpreter, naiveEngine, topologicalOrder } from './interpreter.js';
import { Problem } from './problem.js';
import { indexAt } from './text.js';
import type { Blame, Cause, Entry } from './verdict.js';
import { weigh } from './weigh.js';

export interface Finding {
  readonly blame: Blame;
  readonly cause?: Cause;
}

const GATE = 1e-9;

/**
 * Why a gradient is wrong. Each node's op is checked by itself, at the values that it sees in the graph; the first whose
 * rule is wrong is to blame. If every one is right, it is the engine, which joins them: then the node nearest to the
 * loss is named whose gradient comes out wrong.
 */
export function findBlame(problem: Problem): Finding | undefined {
  const order = topologicalOrder([problem.y, ...problem.xs]).sort((a, b) => a.id - b.id);
  const interpreter = new Interpreter(order);
  interpreter.run(problem.given());
  const values = new Map(order.map((node) => [node, interpreter.value(node).slice()]));
  const onPath = new Set<Node>(problem.chosen);
  for (const node of order) if (node.parents.some((x) => onPath.has(x))) onPath.add(node);

  const finding =
    firstGuilty(order, onPath, values, false) ??
    firstGuilty(order, onPath, values, true) ??
    guiltyEngine(problem, order, onPath, interpreter);
  interpreter.dispose();
  return finding;
}

/**
 * @param strict whether a slot counts to which the rule gives no gradient on purpose, though differences see one
 */
function firstGuilty(
  order: readonly Node[],
  onPath: ReadonlySet<Node>,
  values: ReadonlyMap<Node, Float64Array>,
  strict: boolean,
): Finding | undefined {
  for (const node of order) {
    const slots = [...node.parents.keys()].filter((slot) => onPath.has(node.parents[slot]!));
    const finding = slots.length > 0 ? checkAlone(node, slots, values, strict) : undefined;
    if (finding) return finding;
  }
  return undefined;
}

/** The op of one node with its parents as inputs; those that nothing is differentiated by are constants. */
function checkAlone(
  node: Node,
  slots: readonly number[],
  values: ReadonlyMap<Node, Float64Array>,
  strict: boolean,
): Finding | undefined {
  const { op, parents } = node;
  const f = (...given: Node[]): Node =>
    apply(
      op,
      ...parents.map((x, slot) =>
        slots.includes(slot) ? given[slots.indexOf(slot)]! : constant(values.get(x)!, x.shape),
      ),
    );
  const inputs = slots.map((slot) => ({
    shape: parents[slot]!.shape,
    values: values.get(parents[slot]!)!,
  }));
  const all = new Problem(f, inputs, { engine: naiveEngine });
  const rule = op.vjp(all.dy, all.y, ...all.y.parents);
  const looked = [...slots.keys()].filter((i) => strict || rule[slots[i]!]);
  const alone = new Problem(f, inputs, { engine: naiveEngine, slots: looked });
  const entries = compare(alone);
  const verdict = weigh(entries, GATE, sizeOf(alone));
  if (verdict.outcome !== 'failed' || !verdict.worst) return undefined;
  const { worst } = verdict;
  const name = (i: number): string => slotNames(op, parents.length)[slots[i]!]!;
  const cause = causeOfRule(alone, entries, worst.slot, name);
  const blame: Blame = {
    suspect: 'rule',
    ...culprit(node),
    slot: slots[worst.slot]!,
    slotName: name(worst.slot),
    index: worst.at,
    entry: { ...worst, slot: slots[worst.slot]! },
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

/** uᵢ·∂yᵢ/∂xᵢ by differences. */
function diagonal(alone: Problem, slot: number): Float64Array {
  return alone.u.map((weight, i) => {
    const weights = alone.u.map((_, k) => (k === i ? weight : 0));
    return numericGradient(alone, slot, weights)[i]!;
  });
}

function guiltyEngine(
  problem: Problem,
  order: readonly Node[],
  onPath: ReadonlySet<Node>,
  interpreter: Interpreter,
): Finding | undefined {
  const { y, u, dy, engine, xs } = problem;
  const given = problem.given();
  const size = sizeOf(problem);
  for (const node of order.toReversed()) {
    if (!onPath.has(node)) continue;
    const [found] = problem.evaluate(engine.gradients(y, [node], dy));
    interpreter.run(given);
    const point = interpreter.value(node).slice();
    const entries = Array.from(point, (x, index): Entry => {
      const moved = point.slice();
      const f = (t: number): Float64Array => {
        moved[index] = t;
        interpreter.run(new Map([...given, [node, moved]]));
        return interpreter.value(y).slice();
      };
      const differences = weightedDerivative(f, u, x, 'both');
      return {
        slot: Math.max(0, xs.indexOf(node)),
        index,
        at: indexAt(index, node.shape),
        x,
        backward: found![index]!,
        differences,
      };
    });
    const verdict = weigh(entries, GATE, size);
    if (verdict.outcome !== 'failed' || !verdict.worst) continue;
    const cause = causeOfSum(
      found!,
      Float64Array.from(entries, ({ differences }) => differences.value),
      termsOf(problem, node),
    );
    const blame: Blame = {
      suspect: 'engine',
      ...culprit(node),
      index: verdict.worst.at,
      entry: verdict.worst,
    };
    return { blame, ...(cause && { cause }) };
  }
  return undefined;
}

/** The terms of the sum over a node's children, by the rules of the children. */
function termsOf(problem: Problem, node: Node): Float64Array[] {
  const { y, dy, xs, u } = problem;
  const terms = backward(y, [node], dy)
    .get(node)
    ?.contributions.map(({ term }) => term);
  if (!terms) return [];
  return evaluateWith(naiveEngine, [...terms, ...xs, dy], problem.feeds(u)).slice(0, terms.length);
}
