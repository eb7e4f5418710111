import { ChainruleError, constant, gradients, type Node } from '../../graph/index.js';
import { size } from '../../linalg/index.js';
import { mul, reshape, sum } from '../../ops/index.js';
import { ROUNDING } from './differences.js';
import { Interpreter, topologicalOrder } from './interpreter.js';
import type { Problem } from './problem.js';

/** What a kernel may round its result by, in units of the last place, with those after it. */
const UNITS = 16;

/**
 * What rounding alone may move a number by: each value vᵢ that it is computed from is off by about ε·|vᵢ|, which moves the
 * number r by ε·|vᵢ·∂r/∂vᵢ|.
 *
 *     noise = ε · Σᵢ |vᵢ · ∂r/∂vᵢ|
 *
 * Where large values cancel, as in softmax(100·x) or in a mean that is subtracted, that is more than the size of r tells.
 * 0 for what cannot be differentiated.
 * @param result a single number, a node of the problem's inputs and its ∂L/∂y
 */
export function noiseOf(problem: Problem, result: Node): number {
  const nodes = topologicalOrder([result]);
  const slopes = slopesOf(result, nodes);
  const interpreter = new Interpreter(topologicalOrder([...nodes, ...slopes, ...problem.xs]));
  interpreter.run(problem.given());
  let noise = 0;
  for (const [i, slope] of slopes.entries()) {
    const [v, dv] = [interpreter.value(nodes[i]!), interpreter.value(slope)];
    for (let k = 0; k < v.length; k++) noise += Math.abs(v[k]! * dv[k]!);
  }
  interpreter.dispose();
  return UNITS * ROUNDING * noise;
}

/**
 * What rounding may move differences of L = ⟨u, y⟩ by: the noise of L on either side, over steps of down to 2⁻⁶, or that
 * share of a smaller x.
 * @param scale the size of x
 */
export const noiseOfDifferences = (problem: Problem, scale: number): number =>
  (2 ** 6 * noiseOf(problem, weighted(problem.y, problem.u))) / Math.min(1, scale || 1);

/** By the rules of the library and of the ops, whatever engine is looked at. */
function slopesOf(result: Node, nodes: readonly Node[]): Node[] {
  try {
    return gradients(result, nodes);
  } catch (error) {
    if (error instanceof ChainruleError) return [];
    throw error;
  }
}

/** ⟨weights, x⟩ */
export function weighted(x: Node, weights: Float64Array): Node {
  return sum(mul(reshape(x, [size(x.shape)]), constant(weights, [weights.length])));
}

/** One element of a node. */
export function elementAt(x: Node, index: number): Node {
  const unit = new Float64Array(size(x.shape));
  unit[index] = 1;
  return weighted(x, unit);
}
