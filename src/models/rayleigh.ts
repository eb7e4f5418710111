import { constant, Graph, type Node, normal, Parameters } from '../graph/index.js';
import { norm2 } from '../linalg/index.js';
import { div, log, matmul, neg, square, sub, sum } from '../ops/index.js';
import { gradientDescent, trainingStep } from '../optim/index.js';
import type { Progress } from './method.js';

/** How the Rayleigh quotient is climbed. */
export interface RayleighOptions {
  /** Directions [d] that v has to be perpendicular to: orthonormal, one array each. */
  readonly perpendicularTo?: readonly Float64Array[];
  /** α (default ½). */
  readonly rate?: number;
  readonly steps?: number;
  readonly seed?: number;
}

export interface RayleighStep extends Progress {
  /** v before the step, [d], of length 1. */
  readonly v: Float64Array;
}

/**
 * The notes' maximisation, done by this engine's own gradients in place of eigenvalue theory:
 *
 *     max ‖Xv‖² over ‖v‖ = 1   as   min −ln(‖Xv‖² / ‖v‖²) over all v
 *
 * At ‖v‖ = 1 and λ = ‖Xv‖² the gradient is 2(v − XᵀXv/λ), so a step at the rate ½ leads from v to
 * XᵀXv/λ: gradient descent *is* the power iteration. Yields −ln λ at every step.
 * @param X [n, d], row-major
 * @returns v [d], of length 1
 * @throws RangeError for a bad rate; ShapeError when X's length is no multiple of d
 */
export function* rayleighAscent(
  X: Float64Array,
  d: number,
  options: RayleighOptions = {},
): Generator<RayleighStep, Float64Array> {
  const { perpendicularTo = [], rate = 0.5, steps = 500, seed = 1 } = options;
  const w = new Parameters({ seed });
  const v = perpendicular(w.add('v', normal([d, 1])), perpendicularTo);
  const Xv = matmul(constant(X, [X.length / d, d]), v);
  const graph = new Graph(neg(log(div(sum(square(Xv)), sum(square(v))))), { keep: [v] });
  const optimizer = gradientDescent({ rate });
  for (let step = 1; step <= steps; step++) {
    const unit = ofLength1(graph, v);
    w.values.set(unit);
    yield { step, steps, loss: trainingStep(graph, {}, optimizer), v: unit };
  }
  const found = ofLength1(graph, v);
  graph.dispose();
  optimizer.dispose();
  w.dispose();
  return found;
}

/** v − Σ q(qᵀv) */
function perpendicular(v: Node, to: readonly Float64Array[]): Node {
  if (to.length === 0) return v;
  const flat = Float64Array.from(to.flatMap((q) => [...q]));
  const Q = constant(flat, [to.length, v.shape[0]!]);
  return sub(v, matmul(Q, matmul(Q, v), { transposeA: true }));
}

/** v/‖v‖ as it is now. The loss does not look at v's length, so it may be 1 at every step. */
function ofLength1(graph: Graph, v: Node): Float64Array {
  graph.forward();
  const value = graph.value(v);
  const length = norm2(value);
  return value.map((x) => x / length);
}
