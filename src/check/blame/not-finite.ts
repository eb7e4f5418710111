import { backward, slotNames } from '../../graph/index.js';
import { evaluateWith } from '../engine.js';
import type { Finding } from '../verdict.js';
import { naiveEngine } from '../witnesses/interpreter.js';
import type { Problem } from '../witnesses/problem.js';
import { indexAt } from '../words/text.js';
import { culprit } from './culprit.js';

/**
 * The op nearest to the loss whose rule makes NaN or ∞ of a gradient that is finite; undefined if none does. By itself the
 * rule may be right: it is by the gradient that comes to it, 0 of what a mask selects away, that 0·∞ arises.
 */
export function blameNotFinite(problem: Problem): Finding | undefined {
  const { y, chosen, dy, xs, u } = problem;
  const tape = backward(y, chosen, dy);
  const edges = [...tape].flatMap(([parent, { contributions }]) =>
    contributions.map((edge) => ({ ...edge, parent, given: tape.get(edge.child)!.node })),
  );
  const nodes = edges.flatMap(({ term, given }) => [term, given]);
  const values = evaluateWith(naiveEngine, [...nodes, ...xs, dy], problem.feeds(u));
  const found = edges
    .map((edge, i) => ({ ...edge, at: values[2 * i]!.findIndex(isWild), from: values[2 * i + 1]! }))
    .filter(({ at, from }) => at >= 0 && !from.some(isWild))
    .sort((a, b) => b.child.id - a.child.id)[0];
  if (!found) return undefined;
  const { child, slot, parent, at } = found;
  const slotName = slotNames(child.op, child.parents.length)[slot]!;
  const index = indexAt(at, parent.shape);
  return {
    blame: { suspect: 'rule', ...culprit(child), slot, slotName, index },
    cause: { name: 'not finite', text: MASK },
  };
}

const MASK =
  'it makes NaN or ∞ of a finite ∂L/∂y: 0·∞, where ∂y/∂x is not finite; keep such an x away from the op, where(x > 0, x, 1), and not only its result from the loss';

const isWild = (x: number): boolean => !Number.isFinite(x);
