import { constant, input, type Node } from '../../../graph/index.js';
import { size } from '../../../linalg/index.js';
import { add, mul, sum } from '../../../ops/index.js';
import type { Engine } from '../../engine.js';
import { secondTangentOf, type Tensor } from '../../reference/index.js';
import { measured } from '../../reference/measured.js';
import { asDefinition, asFunction } from '../as-function.js';
import type { RandomGraph } from '../build.js';
import { generic } from '../check-graph.js';
import { agree, type LaneVerdict, NOTHING } from '../lane.js';

/** To this share of the sizes of the terms that it is a sum of. */
const TOLERANCE = 1e-8;

/**
 * The gradient of the gradient, in two random directions: for L = ⟨u, y⟩ and its Hessian H,
 *
 *     ⟨s, H·t⟩ by the engine, as the gradient of ⟨t, ∂L/∂x⟩  =  sᵀHt by dual numbers over dual numbers
 *
 * and H is symmetric: ⟨s, H·t⟩ = ⟨t, H·s⟩.
 */
export function checkSecondOrder(graph: RandomGraph, engine: Engine): LaneVerdict {
  const { inputs, ends } = graph;
  if (ends.length === 0) return NOTHING;
  const xs = inputs.map(({ shape }, i) => input(`x${i + 1}`, shape));
  const y = asFunction(graph)(...xs);
  const u = Float64Array.from({ length: size(y.shape) }, (_, k) => generic(k + 7));
  const dxs = engine.gradients(y, xs, constant(u, y.shape));
  const ts = inputs.map(({ shape }, i) => input(`t${i + 1}`, shape));
  const slope = dxs
    .map((dx, i): Node => sum(mul(dx, ts[i]!)))
    .reduce((total, term) => add(total, term));
  const products = engine.gradients(slope, xs);

  const s = directions(inputs, 11);
  const t = directions(inputs, 40);
  const prepared = engine.prepare([...products, ...xs, ...ts]);
  const along = (direction: readonly Tensor[], other: readonly Tensor[]): number => {
    prepared.run({ ...feeds('x', inputs), ...feeds('t', direction) });
    return products.reduce((total, product, i) => {
      const values = prepared.value(product);
      return other[i]!.values.reduce((so, weight, k) => so + weight * values[k]!, total);
    }, 0);
  };
  const [st, ts_] = [along(t, s), along(s, t)];
  prepared.dispose();

  const [x, ds, dt] = [inputs, s, t].map((each) => each.map((tensor) => tensor.map(measured.of)));
  const { slope: second } = secondTangentOf(measured, asDefinition(graph), x!, ds!, dt!);
  const exact = second.values.reduce((total, term, k) => total + u[k]! * term.x, 0);
  const scale = second.values.reduce((total, term, k) => total + Math.abs(u[k]!) * term.size, 0);
  const allowed = TOLERANCE * scale;
  const wrong =
    agree('second order', st, exact, allowed, '⟨s, H·t⟩ and sᵀHt') ??
    agree('symmetry', st, ts_, allowed, '⟨s, H·t⟩ and ⟨t, H·s⟩');
  if (wrong) return wrong;
  const errors =
    scale > 0
      ? { 'second order': Math.abs(st - exact) / scale, symmetry: Math.abs(st - ts_) / scale }
      : {};
  return { outcome: 'passed', allZero: st === 0, errors };
}

/** A number of size ½ … 3/2 for each element. */
const directions = (inputs: readonly Tensor[], from: number): Tensor[] =>
  inputs.map((x, i) => x.map((_, k) => generic(from + 13 * i + k)));

const feeds = (name: string, values: readonly Tensor[]): Record<string, Float64Array> =>
  Object.fromEntries(values.map((x, i) => [`${name}${i + 1}`, Float64Array.from(x.values)]));
