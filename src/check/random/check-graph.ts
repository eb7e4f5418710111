import { constant, type Node } from '../../graph/index.js';
import { size } from '../../linalg/index.js';
import { concatenate, reshape } from '../../ops/index.js';
import { weightedDerivative } from '../differences.js';
import { type Engine, ourEngine } from '../engine.js';
import { duals, real } from '../reference/index.js';
import { nodesOf, type RandomGraph, valuesOf } from './build.js';

/** What a graph is checked against: each by itself would find most faults, together they leave little room. */
export type Oracle = 'value' | 'shape' | 'forward mode' | 'differences' | 'exception';

export type GraphVerdict =
  | { readonly outcome: 'passed'; readonly allZero: boolean }
  | {
      readonly outcome: 'failed';
      readonly oracle: Oracle;
      readonly found: number;
      readonly expected: number;
      readonly explanation: string;
    }
  | { readonly outcome: 'inconclusive'; readonly reason: string };

export interface GraphCheckOptions {
  readonly engine?: Engine;
  /** Differences with an error above this share of Σ|terms| are no witness; 1e-9 where left out. */
  readonly gate?: number;
}

/** ⟨Jt, u⟩ and ⟨t, Jᵀu⟩ agree to this share of the terms that they are sums of. */
const DOT = 1e-12;
const GATE = 1e-9;
const SAFETY = 10;

/** The ends of a graph as one node: the only one, or all of them one after the other in a row. */
export function joined({ ends, vertices }: RandomGraph, nodes: readonly Node[]): Node {
  if (ends.length === 1) return nodes[ends[0]!]!;
  return concatenate(ends.map((i) => reshape(nodes[i]!, [size(vertices[i]!.value.shape)])));
}

/** Numbers of size ½ … 3/2 and either sign, of which no small sum is 0: multiples of the golden ratio, mod 1. */
export function weight(k: number): number {
  const u = (0.6180339887498949 * (k + 1)) % 1;
  return u < 0.5 ? 2 * u + 0.5 : 0.5 - 2 * u;
}

const dual = duals(real);

/**
 * Checks the gradient of y, the joined ends of a graph, in one random direction t, with a random seed u:
 *
 *     ⟨t, Jᵀu⟩ by the engine  =  ⟨J·t, u⟩ by forward mode over the definitions  =  d/ds ⟨u, y(x + s·t)⟩ by differences
 *
 * All elements of t and u are of size ½ … 3/2, so that one wrong entry of the Jacobian moves the first of the three
 * by no less than half its error.
 */
export function checkGraph(graph: RandomGraph, options: GraphCheckOptions = {}): GraphVerdict {
  const { engine = ourEngine, gate = GATE } = options;
  const { inputs, ends } = graph;
  if (ends.length === 0) return { outcome: 'inconclusive', reason: 'no op fits' };

  const nodes = nodesOf(graph);
  const xs = nodes.slice(0, inputs.length);
  const y = joined(graph, nodes);
  let place = 0;
  const t = inputs.map((x) => x.values.map(() => weight(place++)));
  const u = Float64Array.from({ length: size(y.shape) }, (_, k) => weight(k + 7));
  const dxs = engine.gradients(y, xs, constant(u, y.shape));

  const definitions = valuesOf(
    graph,
    dual,
    inputs.map((x, i) =>
      x.map((value, k) => ({ x: value, t: t[i]![k]!, terms: Math.abs(t[i]![k]!) })),
    ),
  );
  const expected = ends.flatMap((i) => definitions[i]!.values);

  const prepared = engine.prepare([y, ...dxs, ...xs]);
  const feeds = Object.fromEntries(
    inputs.map((x, i) => [`x${i + 1}`, Float64Array.from(x.values)]),
  );
  prepared.run(feeds);
  const value = prepared.value(y);
  const gradients = dxs.map((dx) => prepared.value(dx));

  const wrongValue = expected.findIndex(({ x }, k) => !near(value[k]!, x));
  if (wrongValue >= 0) {
    prepared.dispose();
    return failed(
      'value',
      value[wrongValue]!,
      expected[wrongValue]!.x,
      `element ${wrongValue} of y`,
    );
  }

  let forward = 0;
  let terms = 0;
  for (const [k, { t: yt, terms: each }] of expected.entries()) {
    forward += u[k]! * yt;
    terms += Math.abs(u[k]!) * each;
  }
  let reverse = 0;
  let allZero = true;
  for (const [i, each] of t.entries()) {
    for (const [k, direction] of each.entries()) {
      const slope = gradients[i]![k]!;
      reverse += direction * slope;
      if (slope !== 0) allZero = false;
    }
  }
  if (!(Math.abs(forward - reverse) <= DOT * terms)) {
    prepared.dispose();
    return failed('forward mode', reverse, forward, '⟨t, Jᵀu⟩ and ⟨J·t, u⟩');
  }

  const line = (s: number): Float64Array => {
    for (const [i, { values }] of inputs.entries()) {
      const x = feeds[`x${i + 1}`]!;
      for (let k = 0; k < x.length; k++) x[k] = values[k]! + s * t[i]![k]!;
    }
    prepared.run(feeds);
    return prepared.value(y);
  };
  const differences = weightedDerivative(line, u, 0, 'both');
  prepared.dispose();
  if (!(differences.error <= gate * terms)) {
    if (terms === 0 && reverse === 0) return { outcome: 'passed', allZero };
    return { outcome: 'inconclusive', reason: 'differences are too rough' };
  }
  if (!(Math.abs(differences.value - reverse) <= SAFETY * differences.error + DOT * terms)) {
    return failed('differences', reverse, differences.value, '⟨t, Jᵀu⟩ and d/ds ⟨u, y(x + s·t)⟩');
  }
  return { outcome: 'passed', allZero };
}

const near = (value: number, exact: number): boolean =>
  value === exact || Math.abs(value - exact) <= 1e-12 * (1 + Math.abs(exact));

function failed(oracle: Oracle, found: number, expected: number, what: string): GraphVerdict {
  return {
    outcome: 'failed',
    oracle,
    found,
    expected,
    explanation: `${oracle}: ${what}: ${found} for ${expected}`,
  };
}
