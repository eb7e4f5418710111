import { backward, input, type Node } from '../../graph/index.js';
import { sameShape } from '../../linalg/index.js';
import { reshape, stack } from '../../ops/index.js';
import { evaluateWith } from '../engine.js';
import type { Verdict } from '../verdict.js';
import { generic, type Problem } from '../witnesses/problem.js';
import { elementOf } from '../words/text.js';

/** A function of two inputs of one shape, at a point where they are equal. */
interface Fork {
  readonly F: (x: Node, z: Node) => Node;
  readonly at: Float64Array;
  readonly slot: number;
  readonly weights: Float64Array;
  /** What was done, and by which two ways x has part in L: in words. */
  readonly done: string;
  readonly ways: readonly [string, string];
  /** How far the sum may be off, relative to all terms of it: nothing, where there are but two of them. */
  readonly tolerance: number;
}

/** Where x may have more than two children, their sum has an order, and rounding with it. */
const ROUNDING = 1e-14;

/**
 * The gradient of F(x, x) is the sum of those of its two branches, bit for bit: an addition of two numbers has no
 * order. F is f written twice, the two results beside each other; and f with two inputs of one shape, where it
 * has such: mul(x, x) has two edges from one child.
 */
export function checkBranches(problem: Problem): Verdict {
  let zero = true;
  let entries = 0;
  for (const fork of [twice(problem), ...together(problem)]) {
    const verdict = compareSum(problem, fork);
    if (verdict.outcome === 'failed') return verdict;
    entries += verdict.entries;
    zero &&= verdict.outcome === 'inconclusive';
  }
  if (zero) return { outcome: 'inconclusive', reason: 'zero', entries };
  return { outcome: 'passed', entries, error: 0 };
}

/** A node of its own with the values of x, so that x has no more children than there are of these. */
const branch = (x: Node): Node => reshape(reshape(x, [...x.shape, 1]), x.shape);

function twice({ f, xs, y, u, slots, point, seed }: Problem): Fork {
  const slot = slots[0]!;
  const once = (x: Node): Node => f(...xs.map((own, i) => (i === slot ? branch(x) : own)));
  return {
    F: (x, z) => stack([once(x), once(z)]),
    at: point[slot]!,
    slot,
    weights: Float64Array.from([...u, ...generic(y.shape, seed, 'branches: weights')]),
    done: `f was called twice, with one node as its input ${xs.length > 1 ? `x${slot + 1}` : 'x'} both times, and L is made of both results`,
    ways: ['the first call', 'the second call'],
    tolerance: 0,
  };
}

/** The first two slots of one shape: by way of two nodes, and as the two edges of whatever f does with them. */
function together({ f, xs, slots, point, u }: Problem): Fork[] {
  for (const [i, a] of slots.entries()) {
    const b = slots.slice(i + 1).find((slot) => sameShape(xs[a]!.shape, xs[slot]!.shape));
    if (b === undefined) continue;
    const joined = (x: Node, z: Node): Node =>
      f(...xs.map((own, slot) => (slot === a ? x : slot === b ? z : own)));
    const done = `f was called with one node as both x${a + 1} and x${b + 1}`;
    const ways = [`x${a + 1}`, `x${b + 1}`] as const;
    const fork = { at: point[b]!, slot: a, weights: u, done, ways };
    return [
      { ...fork, F: (x, z) => joined(branch(x), branch(z)), tolerance: 0 },
      { ...fork, F: joined, tolerance: ROUNDING },
    ];
  }
  return [];
}

function compareSum(problem: Problem, fork: Fork): Verdict {
  const { F, at, slot, weights, done, ways, tolerance } = fork;
  const { engine, xs } = problem;
  const { shape } = xs[slot]!;
  const [x, z] = [input('x', shape), input('z', shape)];
  const apart = F(x, z);
  const dF = input('∂L/∂F', apart.shape);
  const joined = F(x, x);
  const nodes = [...engine.gradients(apart, [x, z], dF), ...engine.gradients(joined, [x], dF)];
  const terms = tolerance > 0 ? termsOf(joined, x, dF) : [];
  const feeds = { ...problem.feeds(), x: at, z: at, '∂L/∂F': weights };
  const all = [...nodes, ...terms, ...xs, problem.dy, x, z, dF];
  const [first, second, shared, ...rest] = evaluateWith(engine, all, feeds);
  const parts = rest.slice(0, terms.length);

  const entries = at.length;
  for (let k = 0; k < entries; k++) {
    const [a, b, sum] = [first![k]!, second![k]!, shared![k]!];
    // Terms may be large and cancel: it is they that rounding is measured by.
    const limit = tolerance * parts.reduce((total, part) => total + Math.abs(part[k]!), 0);
    if (a + b === sum || Math.abs(a + b - sum) <= limit) continue;
    if (Number.isNaN(a + b) && Number.isNaN(sum)) continue;
    const where = elementOf('the gradient of that node', k, shape);
    const evidence =
      `${done}. By way of ${ways[0]} alone ${where} is ${a}, by way of ${ways[1]} ${b}; ` +
      `so it should be their sum, ${a + b}, but it is ${sum}`;
    const error = Math.abs(sum / (a + b) - 1);
    return { outcome: 'failed', law: 'branches', entries, error, evidence };
  }
  if (shared!.every((value) => value === 0)) {
    return { outcome: 'inconclusive', reason: 'zero', entries };
  }
  return { outcome: 'passed', entries, error: 0 };
}

/** What the gradient of x is the sum of. */
function termsOf(y: Node, x: Node, dy: Node): Node[] {
  const contributions = backward(y, [x], dy).get(x)?.contributions ?? [];
  return contributions.map(({ term }) => term);
}
