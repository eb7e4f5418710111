import { constant, input } from '../../../graph/index.js';
import { size } from '../../../linalg/index.js';
import { type Engine, evaluateWith } from '../../engine.js';
import { countPaths, overPaths, type Step, Tensor } from '../../reference/index.js';
import { type Measured, measured } from '../../reference/measured.js';
import { asFunction, joinedValues } from '../as-function.js';
import type { RandomGraph } from '../build.js';
import { generic } from '../check-graph.js';
import { agree, type LaneVerdict, NOTHING } from '../lane.js';

const MOST_PATHS = 200;
const TOLERANCE = 1e-12;

/**
 * Every partial derivative is the sum over all paths from the loss to its input of the products of the Jacobians along
 * them: the chain rule before anything is shared, so what is summed over children is seen to be summed right.
 */
export function checkPaths(graph: RandomGraph, engine: Engine): LaneVerdict {
  const { vertices, inputs, ends } = graph;
  if (ends.length === 0) return NOTHING;
  const steps: Step[] = vertices
    .slice(inputs.length)
    .map(({ use, parents }) => ({ definition: use!.definition!, parents }));
  steps.push({ definition: (_, ...xs) => joinedValues([...xs.keys()], xs), parents: ends });
  if (countPaths(inputs.length, steps) > MOST_PATHS) {
    return { outcome: 'inconclusive', reason: `more than ${MOST_PATHS} paths` };
  }
  const length = ends.reduce((n, i) => n + size(vertices[i]!.value.shape), 0);
  const u = Float64Array.from({ length }, (_, k) => generic(k + 7));
  const { gradients } = overPaths<Measured>(
    measured,
    inputs.map((x) => x.map(measured.of)),
    steps,
    { seed: new Tensor([length], Array.from(u, measured.of)) },
  );

  const xs = inputs.map(({ shape }, i) => input(`x${i + 1}`, shape));
  const y = asFunction(graph)(...xs);
  const dxs = engine.gradients(y, xs, constant(u, y.shape));
  const feeds = Object.fromEntries(
    inputs.map(({ values }, i) => [`x${i + 1}`, Float64Array.from(values)]),
  );
  const found = evaluateWith(engine, [...dxs, ...xs], feeds);
  let worst = 0;
  let allZero = true;
  for (const [i, gradient] of gradients.entries()) {
    for (const [k, { x: exact, size: scale }] of gradient.values.entries()) {
      const dx = found[i]![k]!;
      const what = `∂L/∂x${i + 1}, element ${k}, and the sum over the paths`;
      const wrong = agree('paths', dx, exact, TOLERANCE * scale, what);
      if (wrong) return wrong;
      if (scale > 0) worst = Math.max(worst, Math.abs(dx - exact) / scale);
      if (dx !== 0) allZero = false;
    }
  }
  return { outcome: 'passed', allZero, errors: { paths: worst } };
}
