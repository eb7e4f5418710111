import { constant, gradients, jvp } from '../graph/index.js';
import { type Estimate, ROUNDING, weightedDerivative } from './differences.js';
import { type Build, generic, problem, type Value } from './problem.js';

/** One number by three roads: ⟨J·t, u⟩ = ⟨t, Jᵀu⟩ = d/ds ⟨u, f(x + s·t)⟩ at s = 0. */
export interface TransposeVerdict {
  readonly outcome: 'passed' | 'failed';
  /** ⟨J·t, u⟩, J·t by forward mode. */
  readonly forward: number;
  /** ⟨t, Jᵀu⟩, Jᵀu by the backward pass. */
  readonly reverse: number;
  /** By differences, which know of no rule. */
  readonly differences: Estimate;
  /** Σ of the sizes of the terms of both inner products: what rounding is measured by. */
  readonly scale: number;
}

/**
 * Whether forward and reverse mode are each other's transpose, for random t and u: to 10⁻¹² of the terms,
 * and to what differences can tell. Forward mode is a vjp of a vjp, so the first comparison is one of the
 * rules with their own rules (is each linear in ∂L/∂y?), the second one of both with f itself.
 */
export function checkTranspose(
  f: Build,
  inputs: readonly Value[],
  options: { seed?: number } = {},
): TransposeVerdict {
  const { seed = 0 } = options;
  const { xs, y, point, at, evaluate, dispose } = problem(f, inputs);
  const u = generic(y.shape, seed, 'transpose: u');
  const t = xs.map(({ shape }, slot) => generic(shape, seed, `transpose: t${slot}`));
  const tangents = xs.map((x, slot) => constant(t[slot]!, x.shape));
  const [Jt, ...Ju] = evaluate([jvp(y, xs, tangents), ...gradients(y, xs, constant(u, y.shape))]);

  let scale = 0;
  const inner = (a: Float64Array, b: Float64Array): number =>
    a.reduce((total, value, i) => {
      scale += Math.abs(value * b[i]!);
      return total + value * b[i]!;
    }, 0);
  const forward = inner(Jt!, u);
  const reverse = t.reduce((total, each, slot) => total + inner(each, Ju[slot]!), 0);
  const line = (s: number): Float64Array =>
    at(point.map((x, slot) => x.map((value, i) => value + s * t[slot]![i]!)));
  const differences = weightedDerivative(line, u, 0, 'both');
  dispose();

  // Where the terms themselves cancel, what is left is the rounding of numbers of the size of t and u.
  const floor = 4 * ROUNDING * sizeOf(u) * t.reduce((total, each) => total + sizeOf(each), 0);
  const limit = 1e-12 * scale + floor;
  const agree = Math.abs(forward - reverse) <= limit;
  const right = Math.abs(reverse - differences.value) <= 10 * differences.error + limit;
  return { outcome: agree && right ? 'passed' : 'failed', forward, reverse, differences, scale };
}

const sizeOf = (values: Float64Array): number =>
  values.reduce((total, value) => total + Math.abs(value), 0);
