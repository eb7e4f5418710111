import { input } from '../../graph/index.js';
import { sameShape } from '../../linalg/index.js';
import type { Verdict } from '../verdict.js';
import { firstDifference } from '../witnesses/bits.js';
import type { Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** What the inputs of the other use are multiplied by: other numbers, and hardly farther from where f is defined. */
const NEARBY = 1 + 2 ** -10;

/**
 * f that is called once more, beside another use of it at other numbers, gives the same bits: neither f nor an op in it
 * keeps anything from one use to the next, as a layer does that holds its input for the backward pass.
 */
export function checkAfresh(problem: Problem): Verdict {
  const { f, xs, y, slots, chosen, dy, engine, gradients } = problem;
  const failed = (evidence: string): Verdict => {
    const error = Number.POSITIVE_INFINITY;
    return { outcome: 'failed', law: 'determinism', entries: 1, error, evidence };
  };
  const again = f(...xs);
  const others = xs.map(({ shape }, slot) => input(`x${slot + 1}′`, shape));
  const beside = f(...others);
  if (![again, beside].every(({ shape }) => sameShape(shape, y.shape))) {
    return failed(
      `f gives ${y} for some inputs, then ${again} for the same, and ${beside} for some of the same shapes`,
    );
  }
  const nodes = [again, ...engine.gradients(again, chosen, dy)];
  const theirs = [
    beside,
    ...engine.gradients(
      beside,
      slots.map((slot) => others[slot]!),
      dy,
    ),
  ];
  const prepared = engine.prepare([...nodes, ...theirs, ...xs, ...others, dy]);
  const run = (stretch: number): Float64Array[] => {
    const near = others.map((_, slot) => problem.point[slot]!.map((x) => stretch * x));
    const named = Object.fromEntries(near.map((values, slot) => [`x${slot + 1}′`, values]));
    prepared.run({ ...problem.feeds(), ...named });
    return nodes.map((node) => prepared.value(node));
  };
  let found: Float64Array[];
  try {
    found = run(NEARBY);
  } catch {
    // A kernel may refuse numbers that have lost their structure, probabilities that do not add up to 1.
    found = run(1);
  }
  prepared.dispose();

  const names = [String(y), ...slots.map((slot) => `∂L/∂x${slot + 1}`)];
  const expected = problem.evaluate([y, ...gradients]);
  for (const [i, values] of found.entries()) {
    const at = firstDifference(expected[i]!, values);
    if (at < 0) continue;
    const where = elementOf(names[i]!, at, nodes[i]!.shape);
    return failed(
      `${where} is ${expected[i]![at]}, and ${values[at]} where f is called again, beside another use of it: it keeps something from one use to the next`,
    );
  }
  return { outcome: 'passed', entries: found.length, error: 0 };
}
