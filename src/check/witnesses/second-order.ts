import { constant, input, type Node } from '../../graph/index.js';
import { formatShape, size } from '../../linalg/index.js';
import { concatenate, reshape } from '../../ops/index.js';
import type { Verdict } from '../verdict.js';
import { indexAt } from '../words/text.js';
import { sizeOf } from './compare.js';
import { ROUNDING } from './differences.js';
import { elementAt, noiseOf } from './noise.js';
import { Problem, type ProblemOptions } from './problem.js';

/** How far ∂²L/∂xᵢ∂xⱼ and ∂²L/∂xⱼ∂xᵢ may be apart, relative to the largest. */
const SYMMETRY = 1e-8;

/** Nodes one after the other in a vector. */
const joined = (nodes: readonly Node[]): Node =>
  concatenate(nodes.map((node) => reshape(node, [size(node.shape)])));

/** The gradient of L = ⟨u, f⟩ as a function of its own, whose gradient is of second order. */
export function gradientProblem({ f, xs, slots, engine, u, point, seed }: Problem): Problem {
  const gradient = (...nodes: Node[]): Node => {
    const y = f(...nodes);
    const chosen = slots.map((slot) => nodes[slot]!);
    return joined(engine.gradients(y, chosen, constant(u, y.shape)));
  };
  const inputs = xs.map(({ shape }, slot) => ({ shape, values: point[slot]! }));
  const options: ProblemOptions = { slots, engine, seed: seed + 1 };
  return new Problem(gradient, inputs, options);
}

/** Whether the Hessian of L, computed by the backward pass of the backward pass, is symmetric. */
export function checkSymmetry(problem: Problem): Verdict {
  const { engine, chosen, xs, dy, slots } = problem;
  const gradient = joined(problem.gradients);
  const n = size(gradient.shape);
  const e = input('e', [n]);
  const products = engine.gradients(gradient, chosen, e);
  const prepared = engine.prepare([...products, ...xs, dy, e]);
  const hessian = Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    prepared.run({ ...problem.feeds(), e: unit });
    return products.flatMap((product) => [...prepared.value(product)]);
  });
  prepared.dispose();

  const largest = hessian.flat().reduce((most, h) => Math.max(most, Math.abs(h)), 0);
  const names = slots.flatMap((slot) =>
    Array.from({ length: size(xs[slot]!.shape) }, (_, k) => {
      const { shape } = xs[slot]!;
      return `x${slot + 1}${shape.length > 0 ? formatShape(indexAt(k, shape)) : ''}`;
    }),
  );
  if (largest === 0) return { outcome: 'inconclusive', reason: 'zero', entries: n * n };
  if (!Number.isFinite(largest)) {
    return { outcome: 'inconclusive', reason: 'not finite', entries: n * n };
  }
  // Where all of it is 0 but for rounding, there is nothing to be symmetric.
  const floor = 4 * ROUNDING * sizeOf(problem);
  // And large terms may have cancelled: what their rounding makes of ∂²L/∂xᵢ∂xⱼ.
  const noise = (i: number, j: number): number => {
    const row = joined(engine.gradients(elementAt(gradient, i), chosen));
    return noiseOf(problem, elementAt(row, j));
  };
  let error = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [ij, ji] = [hessian[i]![j]!, hessian[j]![i]!];
      const off = Math.abs(ij - ji);
      if (off <= SYMMETRY * largest) {
        error = Math.max(error, off / largest);
        continue;
      }
      if (off <= floor || off <= noise(i, j) + noise(j, i)) continue;
      const [a, b] = [names[i], names[j]];
      const evidence = `∂²L/∂${a}∂${b} is ${ij} one way round, and ${ji} the other`;
      return { outcome: 'failed', law: 'symmetry', entries: n * n, error, evidence };
    }
  }
  return { outcome: 'passed', entries: n * n, error };
}
