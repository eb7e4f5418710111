import { constant, input, type Node } from '../../../graph/index.js';
import { sameShape, size } from '../../../linalg/index.js';
import { transpose } from '../../../ops/index.js';
import { type Engine, evaluateWith } from '../../engine.js';
import type { Tensor } from '../../reference/index.js';
import { asDefinition, asFunction } from '../as-function.js';
import type { RandomGraph } from '../build.js';
import { type LaneVerdict, NOTHING } from '../lane.js';
import { type Dyadic, dyadics, fits } from './dyadics.js';
import { type Jet, jets, variable } from './jets.js';

/** ∂L/∂y for L = Σ uₖyₖ: few digits, of either sign. */
const SEEDS = [1, -0.5, 2, 1.5, -1, 0.25, -3];
const A = jets(dyadics);

/**
 * Value and gradient of a graph of polynomial ops, bit for bit those of exact arithmetic over the definitions.
 *
 * Where nothing is rounded sums may also be taken in any order, so three more laws hold bit for bit: a node put in that
 * changes nothing changes nothing; and the gradient of f(x, x) is ∂f/∂a + ∂f/∂b at a = b = x.
 */
export function checkExact(graph: RandomGraph, engine: Engine): LaneVerdict {
  const { inputs, ends } = graph;
  if (ends.length === 0) return NOTHING;
  const exact = exactGradient(graph, inputs);
  if (!exact) return TOO_LONG;

  const f = asFunction(graph);
  const plain = gradientOf(engine, f, inputs);
  const wrong = differs('value', plain.y, exact.y) ?? differs('gradient', plain.dx, exact.dx);
  if (wrong) return wrong;

  const turned = gradientOf(
    engine,
    asFunction(graph, (node) => transpose(transpose(node))),
    inputs,
  );
  const moved = differs('two transposes put in', turned.dx, exact.dx);
  if (moved) return moved;

  const [a, b] = inputs;
  if (a && b && sameShape(a.shape, b.shape)) {
    const same = exactGradient(graph, [a, a]);
    const apart = gradientOf(engine, f, [a, a]).dx;
    // There may be ties now, of which the definitions know one side only, and of three shares of a third.
    if (same && !differs('', apart, same.dx)) {
      const shared = gradientOf(engine, (x) => f(x!, x!), [a]).dx;
      const sum = shared.map((_, k) => apart[k]! + apart[k + shared.length]!);
      const split = differs('f(x, x)', shared, sum);
      if (split) return split;
    }
  }
  return { outcome: 'passed', allZero: exact.dx.every((dx) => dx === 0), errors: { exact: 0 } };
}

const TOO_LONG: LaneVerdict = {
  outcome: 'inconclusive',
  reason: 'a number has more digits than a double',
};

interface Gradient {
  readonly y: readonly number[];
  /** Of all inputs, one after the other. */
  readonly dx: readonly number[];
}

/** By exact arithmetic; undefined where a double could have to round. */
function exactGradient(graph: RandomGraph, inputs: readonly Tensor[]): Gradient | undefined {
  let place = 0;
  const variables = inputs.map((x) => x.map((value) => variable(dyadics, value, place++)));
  const { values } = asDefinition(graph)<Jet<Dyadic>>(A, ...variables);
  let total = A.of(0);
  for (const [k, y] of values.entries()) total = A.add(total, A.mul(A.of(seed(k)), y));
  const slopes = Array.from({ length: place }, (_, k) => total.slopes.get(k) ?? dyadics.of(0));
  const all = [...values.map(({ x }) => x), ...slopes];
  if (!all.every(fits)) return undefined;
  return { y: values.map(({ x }) => dyadics.valueOf(x)), dx: slopes.map(dyadics.valueOf) };
}

/** By the engine. */
function gradientOf(
  engine: Engine,
  f: (...xs: Node[]) => Node,
  inputs: readonly Tensor[],
): Gradient {
  const xs = inputs.map(({ shape }, i) => input(`x${i + 1}`, shape));
  const y = f(...xs);
  const u = Float64Array.from({ length: size(y.shape) }, (_, k) => seed(k));
  const dxs = engine.gradients(y, xs, constant(u, y.shape));
  const feeds = Object.fromEntries(
    inputs.map(({ values }, i) => [`x${i + 1}`, Float64Array.from(values)]),
  );
  const [value, ...gradients] = evaluateWith(engine, [y, ...dxs, ...xs], feeds);
  return { y: [...value!], dx: gradients.slice(0, xs.length).flatMap((dx) => [...dx]) };
}

const seed = (k: number): number => SEEDS[k % SEEDS.length]!;

/** Zeros of either sign are one: fractions have but one. */
function differs(
  what: string,
  found: readonly number[],
  exact: readonly number[],
): LaneVerdict | undefined {
  const k = exact.findIndex((x, i) => x !== found[i]);
  if (k < 0) return undefined;
  const explanation = `exact: ${what}: element ${k} is ${found[k]}, exactly it is ${exact[k]}`;
  return { outcome: 'failed', oracle: 'exact', explanation };
}
