import { input } from '../../graph/index.js';
import { sum } from '../../ops/index.js';
import { type Engine, evaluateWith, ourEngine } from '../engine.js';
import type { Law } from '../law.js';
import type { Misfit, Point } from '../spec.js';
import type { Verdict } from '../verdict.js';
import { elementOf } from '../words/text.js';
import { checkKink } from './kink.js';

/** Four units in the last place. */
const TOLERANCE = 4 * 2 ** -52;

/**
 * The value of f at a point, and the gradient of the sum of its elements, are those that are known: to some units in
 * the last place; zeros, infinities and NaN are what they are, 0 of either sign.
 */
export function checkPoint(
  point: Point,
  engine: Engine = ourEngine,
  law: Law = 'special points',
): Verdict {
  const { f, inputs, value, gradient, tolerance = TOLERANCE } = point;
  const xs = inputs.map(({ shape }, slot) => input(`x${slot + 1}`, shape));
  const y = f(...xs);
  const nodes = [y, ...engine.gradients(sum(y), xs)];
  const feeds = Object.fromEntries(inputs.map(({ values }, slot) => [`x${slot + 1}`, values]));
  const found = evaluateWith(engine, [...nodes, ...xs], feeds);
  const known = [
    { name: 'y', node: y, expected: value },
    ...xs.map((x, slot) => ({ name: `∂Σy/∂x${slot + 1}`, node: x, expected: gradient?.[slot] })),
  ];

  let entries = 0;
  let error = 0;
  for (const [i, { name, node, expected }] of known.entries()) {
    if (!expected) continue;
    const actual = found[i]!;
    if (actual.length !== expected.length) {
      const evidence = `${name} has ${actual.length} elements, not ${expected.length}`;
      return { outcome: 'failed', law, entries, error: Number.POSITIVE_INFINITY, evidence };
    }
    for (const [k, exact] of expected.entries()) {
      const off = distance(actual[k]!, exact);
      entries += 1;
      if (off <= tolerance) {
        error = Math.max(error, off);
        continue;
      }
      const where = `${elementOf(name, k, node.shape)} at ${point.text}`;
      const evidence = `${where}: it is ${actual[k]}, and should be ${exact}`;
      return { outcome: 'failed', law, entries, error: off, evidence };
    }
  }
  return { outcome: 'passed', entries, error };
}

/** Relative; infinite where one of them is 0, ∞ or NaN and the other is not. */
function distance(actual: number, exact: number): number {
  if (actual === exact || (Number.isNaN(actual) && Number.isNaN(exact))) return 0;
  const off = Math.abs(actual - exact) / Math.abs(exact);
  return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
}

/** A point where f has a kink: what the table says there, and that it lies between the slopes on its sides. */
export function checkKinkPoint(point: Point, engine: Engine = ourEngine): Verdict {
  const known = checkPoint(point, engine, 'kinks');
  if (known.outcome === 'failed') return known;
  const looked = [...point.inputs.keys()].filter((slot) => point.gradient?.[slot] !== null);
  return checkKink(point.f, point.inputs, { slots: looked, engine });
}

/** What JavaScript throws where code breaks on what it was not made for. */
const BREAKS = new Set(['TypeError', 'ReferenceError']);

/** A wrong use has to be refused, with a message that says so. */
export function checkMisfit({ make, message }: Misfit): Verdict {
  const failed = (evidence: string): Verdict => {
    const error = Number.POSITIVE_INFINITY;
    return { outcome: 'failed', law: 'misfits', entries: 1, error, evidence };
  };
  try {
    make();
  } catch (error) {
    if (!(error instanceof Error)) return failed(`it throws ${String(error)}, which is no error`);
    const said = `it says ${error.name}: ${error.message}`;
    if (BREAKS.has(error.name)) return failed(`${said}; that is no error of a wrong use`);
    if (!message.test(error.message)) return failed(`${said}; that does not match ${message}`);
    return { outcome: 'passed', entries: 1, error: 0 };
  }
  return failed(`nothing is thrown, where the message should match ${message}`);
}
