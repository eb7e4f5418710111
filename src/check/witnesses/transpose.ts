import { constant, full, type Node } from '../../graph/index.js';
import { size } from '../../linalg/index.js';
import { duals, real, Tensor } from '../reference/index.js';
import type { Definition } from '../use.js';
import type { Verdict } from '../verdict.js';
import { figure } from '../words/text.js';
import { sizeOf } from './compare.js';
import { derivativeNear, type Estimate, ROUNDING, type Side, scaleOf } from './differences.js';
import { noiseOf, noiseOfDifferences, weighted } from './noise.js';
import {
  type Build,
  type BuildOf,
  generic,
  Problem,
  type ProblemOptions,
  type Value,
} from './problem.js';
import { hasKink } from './second-look.js';

/** How far ⟨J·t, u⟩ and ⟨t, Jᵀu⟩ may be apart, relative to the sizes of the terms that they are sums of. */
const TOLERANCE = 1e-12;
/** Differences with a larger error are no witness, and how far off what they say may be, in errors. */
const GATE = 1e-9;
const SAFETY = 10;

/** How a function is looked at, and what it means. */
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
export function checkTranspose<const Inputs extends readonly Value[]>(
  f: BuildOf<Inputs>,
  inputs: Inputs,
  options?: TransposeOptions,
): Verdict;
export function checkTranspose(
  f: Build,
  inputs: readonly Value[],
  options: TransposeOptions = {},
): Verdict {
  const problem = new Problem(f, inputs, options);
  const { definition } = options;
  const forward = definition ? checkDuals(problem, definition) : checkJvp(problem);
  const verdict = forward.outcome === 'passed' ? checkDirection(problem) : forward;
  problem.dispose();
  return verdict.outcome === 'passed' ? forward : verdict;
}

/** J·t in the direction of some t, and what its rounding is measured by. */
interface Tangent {
  readonly values: ArrayLike<number>;
  readonly terms: ArrayLike<number>;
  /** What rounding may move ⟨J·t, u⟩ by, where that is known. */
  readonly noise?: () => number;
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
  const noise = (): number =>
    total(products.map((product) => noiseOf(problem, weighted(product, problem.u))));
  return agree(problem, t, { values: sum, terms: sizes, noise }, 'by a vjp of the vjp');
}

/** J·t by differences. */
function checkDirection(problem: Problem): Verdict {
  const { u, point } = problem;
  const t = directions(problem);
  const line = (s: number): Float64Array =>
    problem.at(point.map((x, slot) => x.map((value, i) => value + s * (t.get(slot)?.[i] ?? 0))));
  const largest = Math.max(...problem.slots.map((slot) => scaleOf(point[slot]!)));
  const slopeOn = (side: Side): Estimate => derivativeNear(line, u, 0, largest, side);
  const { value, error } = slopeOn('both');
  const reverse = reverseMode(problem, t);
  const scale = Math.abs(value) + reverse.scale;
  const entries = u.length;
  const rough: Verdict = { outcome: 'inconclusive', reason: 'rough', entries };
  if (!(error <= GATE * scale)) return rough;
  const how = `differences in the direction t give ${value} ± ${figure(error)}`;
  const verdict = compareSums(value, reverse.sum, scale, SAFETY * error, how, entries);
  // Where the backward pass is not believed, it cannot say what is rough.
  if (verdict.outcome !== 'failed') return verdict;
  const isWitness = error <= GATE * (Math.abs(value) + sizeOf(problem)) && !hasKink(slopeOn);
  const noise = noiseOfReverse(problem, t) + noiseOfDifferences(problem, largest);
  return isWitness && !(Math.abs(value - reverse.sum) <= noise) ? verdict : rough;
}

function directions({ xs, slots, seed }: Problem): Map<number, Float64Array> {
  return new Map(
    slots.map((slot) => [slot, generic(xs[slot]!.shape, seed, `transpose: t${slot}`)]),
  );
}

/** ⟨t, Jᵀu⟩ by the backward pass, and Σ of the sizes of its terms. */
function reverseMode(
  problem: Problem,
  t: ReadonlyMap<number, Float64Array>,
): { readonly sum: number; readonly scale: number } {
  const transposed = problem.gradientsFor(problem.u);
  const products = problem.slots.flatMap((slot, i) =>
    Array.from(t.get(slot)!, (direction, k) => direction * transposed[i]![k]!),
  );
  return { sum: total(products), scale: total(products.map(Math.abs)) };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);

function agree(
  problem: Problem,
  t: ReadonlyMap<number, Float64Array>,
  { values, terms, noise = () => 0 }: Tangent,
  how: string,
): Verdict {
  const { u } = problem;
  const forward = total(Array.from(u, (weight, k) => weight * values[k]!));
  const reverse = reverseMode(problem, t);
  const scale = total(Array.from(u, (weight, k) => Math.abs(weight) * terms[k]!)) + reverse.scale;
  const entries = u.length;
  if (!Number.isFinite(forward)) return { outcome: 'inconclusive', reason: 'not finite', entries };
  if (scale === 0) return { outcome: 'inconclusive', reason: 'zero', entries };
  // Where the terms themselves cancel, what is left is the rounding of numbers of the size of t and u.
  const sizes = [u, ...t.values()].map((each) => total(Array.from(each, Math.abs)));
  const floor = 4 * ROUNDING * sizes[0]! * total(sizes.slice(1));
  const said = `⟨J·t, u⟩ is ${forward} ${how}`;
  const verdict = compareSums(forward, reverse.sum, scale, floor, said, entries);
  if (verdict.outcome !== 'failed') return verdict;
  const isNoise = Math.abs(forward - reverse.sum) <= noise() + noiseOfReverse(problem, t);
  return isNoise ? { outcome: 'inconclusive', reason: 'rough', entries } : verdict;
}

/** What rounding may move ⟨t, Jᵀu⟩ by. */
function noiseOfReverse(problem: Problem, t: ReadonlyMap<number, Float64Array>): number {
  const { slots, gradients } = problem;
  return total(slots.map((slot, i) => noiseOf(problem, weighted(gradients[i]!, t.get(slot)!))));
}

function compareSums(
  expected: number,
  reverse: number,
  scale: number,
  floor: number,
  how: string,
  entries: number,
): Verdict {
  const off = Math.abs(expected - reverse);
  // Where rounding is all there is, it is not an error of the terms.
  const error = off / Math.max(scale, off <= floor ? floor / TOLERANCE : 0);
  if (off <= TOLERANCE * scale + floor) return { outcome: 'passed', entries, error };
  const evidence = `⟨t, Jᵀu⟩ is ${reverse} by the backward pass, but ${how}`;
  return { outcome: 'failed', law: 'forward mode', entries, error, evidence };
}
