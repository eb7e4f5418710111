import { constant, full, type Node } from '../graph/index.js';
import { size } from '../linalg/index.js';
import { ROUNDING, weightedDerivative } from './differences.js';
import { type Build, generic, Problem, type ProblemOptions, type Value } from './problem.js';
import { duals, real, Tensor } from './reference/index.js';
import { figure } from './text.js';
import type { Definition } from './use.js';
import type { Verdict } from './verdict.js';

/** How far ⟨J·t, u⟩ and ⟨t, Jᵀu⟩ may be apart, relative to the sizes of the terms that they are sums of. */
const TOLERANCE = 1e-12;
/** Differences with a larger error are no witness, and how far off what they say may be, in errors. */
const GATE = 1e-9;
const SAFETY = 10;

export interface TransposeOptions extends ProblemOptions {
  /** What f means. Forward mode is then by dual numbers over it, and shares no rule with reverse mode. */
  readonly definition?: Definition;
}

/**
 * Whether forward and reverse mode are each other's transpose, ⟨J·t, u⟩ = ⟨t, Jᵀu⟩, for random t and u.
 *
 * Without a definition forward mode is a vjp of a vjp, so it is a comparison of the rules with their own rules: is each
 * linear in ∂L/∂y, and is its derivative by ∂L/∂y right? With one it is compared with what f means. Either is compared
 * with differences too, d/ds ⟨u, f(x + s·t)⟩ at s = 0, which know of no rule.
 * @throws ChainruleError without a definition, for an op that can be differentiated only once
 */
export function checkTranspose(
  f: Build,
  inputs: readonly Value[],
  options: TransposeOptions = {},
): Verdict {
  const problem = new Problem(f, inputs, options);
  const { definition } = options;
  const forward = definition ? checkDuals(problem, definition) : checkJvp(problem);
  const verdict = forward.outcome === 'failed' ? forward : checkDirection(problem);
  problem.dispose();
  return verdict.outcome === 'passed' ? forward : verdict;
}

/** J·t in the direction of some t, and what its rounding is measured by. */
interface Tangent {
  readonly values: ArrayLike<number>;
  readonly terms: ArrayLike<number>;
}

/** Forward mode by dual numbers over the definition. */
export function checkDuals(problem: Problem, definition: Definition): Verdict {
  const t = directions(problem);
  const inputs = problem.xs.map(({ shape }, slot) => {
    const tangent = t.get(slot) ?? new Float64Array(size(shape));
    const values = Array.from(problem.point[slot]!, (x, k) => {
      return { x, t: tangent[k]!, terms: Math.abs(tangent[k]!) };
    });
    return new Tensor(shape, values);
  });
  const { values } = definition(duals(real), ...inputs);
  const forward = { values: values.map((y) => y.t), terms: values.map((y) => y.terms) };
  return agree(problem, t, forward, 'by dual numbers over the definition');
}

/** Forward mode as a vjp of a vjp: u ↦ Jᵀu is linear, so its own vector-Jacobian product with t is J·t. */
export function checkJvp(problem: Problem): Verdict {
  const { y, slots, chosen, engine } = problem;
  const t = directions(problem);
  const zero = full(y.shape, 0);
  const products = engine.gradients(y, chosen, zero).map((product, i): Node => {
    const tangent = constant(t.get(slots[i]!)!, product.shape);
    return engine.gradients(product, [zero], tangent)[0]!;
  });
  const columns = problem.evaluate(products);
  const sum = problem.u.map((_, k) => columns.reduce((total, column) => total + column[k]!, 0));
  const sizes = sum.map((_, k) => columns.reduce((total, each) => total + Math.abs(each[k]!), 0));
  return agree(problem, t, { values: sum, terms: sizes }, 'by a vjp of the vjp');
}

/** J·t by differences. */
function checkDirection(problem: Problem): Verdict {
  const { u, slots, point } = problem;
  const t = directions(problem);
  const line = (s: number): Float64Array =>
    problem.at(point.map((x, slot) => x.map((value, i) => value + s * (t.get(slot)?.[i] ?? 0))));
  const { value, error } = weightedDerivative(line, u, 0, 'both');
  const found = problem.gradientsFor(u);
  let reverse = 0;
  let scale = Math.abs(value);
  for (const [i, slot] of slots.entries()) {
    for (const [k, direction] of t.get(slot)!.entries()) {
      reverse += direction * found[i]![k]!;
      scale += Math.abs(direction * found[i]![k]!);
    }
  }
  const off = Math.abs(reverse - value);
  if (!(error <= GATE * scale)) {
    return { outcome: 'inconclusive', reason: 'rough', entries: u.length };
  }
  if (off <= SAFETY * error + TOLERANCE * scale) {
    return { outcome: 'passed', entries: u.length, error: off / scale };
  }
  const evidence = `⟨t, Jᵀu⟩ is ${reverse} by the backward pass, and differences in the direction t give ${value} ± ${figure(error)}`;
  return {
    outcome: 'failed',
    law: 'forward mode',
    entries: u.length,
    error: off / scale,
    evidence,
  };
}

function directions({ xs, slots, seed }: Problem): Map<number, Float64Array> {
  return new Map(
    slots.map((slot) => [slot, generic(xs[slot]!.shape, seed, `transpose: t${slot}`)]),
  );
}

function agree(
  problem: Problem,
  t: ReadonlyMap<number, Float64Array>,
  { values, terms }: Tangent,
  how: string,
): Verdict {
  const { u, slots } = problem;
  const transposed = problem.gradientsFor(u);
  let forward = 0;
  let reverse = 0;
  let scale = 0;
  for (const [k, weight] of u.entries()) {
    forward += weight * values[k]!;
    scale += Math.abs(weight) * terms[k]!;
  }
  for (const [i, slot] of slots.entries()) {
    for (const [k, direction] of t.get(slot)!.entries()) {
      const product = direction * transposed[i]![k]!;
      reverse += product;
      scale += Math.abs(product);
    }
  }
  const entries = u.length;
  if (!Number.isFinite(forward) || !Number.isFinite(scale)) {
    return { outcome: 'inconclusive', reason: 'not finite', entries };
  }
  if (scale === 0) return { outcome: 'inconclusive', reason: 'zero', entries };
  const length = (all: Float64Array): number => all.reduce((sum, x) => sum + Math.abs(x), 0);
  // Where the terms themselves cancel, what is left is the rounding of numbers of the size of t and u.
  const lengths = [...t.values()].reduce((sum, each) => sum + length(each), 0);
  const floor = 4 * ROUNDING * length(u) * lengths;
  const off = Math.abs(forward - reverse);
  const error = off / scale;
  if (off <= TOLERANCE * scale + floor) return { outcome: 'passed', entries, error };
  const evidence = `⟨J·t, u⟩ is ${forward} ${how}, ⟨t, Jᵀu⟩ is ${reverse} by the backward pass`;
  return { outcome: 'failed', law: 'forward mode', entries, error, evidence };
}
