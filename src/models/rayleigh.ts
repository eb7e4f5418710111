import { constant, Graph, type Node, normal, Parameters } from '../graph/index.js';
import { norm2 } from '../linalg/index.js';
import { div, log, matmul, neg, square, sub, sum } from '../ops/index.js';
import { gradientDescent, trainingStep } from '../optim/index.js';
import type { Progress } from './method.js';

export interface RayleighOptions {
  /** Directions [d] that v has to be perpendicular to: orthonormal, one array each. */
  readonly perpendicularTo?: readonly Float64Array[];
  /** α (default ½). */
  readonly rate?: number;
  readonly steps?: number;
  readonly seed?: number;
}

/**
 * The notes' maximisation, done by this engine's own gradients in place of eigenvalue theory:
 *
 *     max ‖Xv‖² over ‖v‖ = 1   as   min −ln(‖Xv‖² / ‖v‖²) over all v
 *
 * At ‖v‖ = 1 and λ = ‖Xv‖² the gradient is 2(v − XᵀXv/λ), so a step at the rate ½ leads from v to XᵀXv/λ: gradient
 * descent *is* the power iteration. Yields −ln λ at every step.
 * @param X [n, d], row-major
 * @returns v [d], of length 1
 */
export function* rayleighAscent(
  X: Float64Array,
  d: number,
  options: RayleighOptions = {},
): Generator<Progress, Float64Array> {
  const { perpendicularTo = [], rate = 0.5, steps = 500, seed = 1 } = options;
  const w = new Parameters({ seed });
  const v = perpendicular(w.add('v', normal([d, 1])), perpendicularTo);
  const Xv = matmul(constant(X, [X.length / d, d]), v);
  const graph = new Graph(neg(log(div(sum(square(Xv)), sum(square(v))))), { keep: [v] });
  const optimizer = gradientDescent({ rate });
  for (let step = 1; step <= steps; step++) {
    const loss = trainingStep(graph, {}, optimizer);
    scaleToLength1(w.values);
    yield { step, steps, loss };
  }
  graph.forward();
  const found = graph.value(v);
  graph.dispose();
  return scaleToLength1(found);
}

/** v − Σ q(qᵀv) */
function perpendicular(v: Node, to: readonly Float64Array[]): Node {
  if (to.length === 0) return v;
  const Q = constant(
    to.flatMap((q) => [...q]),
    [to.length, v.shape[0]!],
  );
  return sub(v, matmul(Q, matmul(Q, v), { transposeA: true }));
}

/** The loss does not look at v's length, so it may be set to 1 between two steps. */
function scaleToLength1(v: Float64Array): Float64Array {
  const length = norm2(v);
  for (let i = 0; i < v.length; i++) v[i]! /= length;
  return v;
}
