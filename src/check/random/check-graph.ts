import { constant, type Node } from '../../graph/index.js';
import { size } from '../../linalg/index.js';
import { concatenate, reshape } from '../../ops/index.js';
import { type Engine, ourEngine, type Prepared } from '../engine.js';
import { type Dual, duals, real, type Tensor } from '../reference/index.js';
import { weightedDerivative } from '../witnesses/differences.js';
import { nodesOf, type RandomGraph, valuesOf } from './build.js';
import { type Rounding, roundingOf } from './rounding.js';

/** What a graph is checked against. */
export type Oracle = 'value' | 'forward mode' | 'differences';

/** What came of a random graph. Of a failure: which two numbers should be one, and what may be the matter. */
export type GraphVerdict =
  | {
      readonly outcome: 'passed';
      /** Every gradient was 0, so that a rule that gives nothing would have passed too. */
      readonly allZero: boolean;
      /** How far reverse mode was from forward mode, and from differences, in units of Σ|terms|. */
      readonly off: { readonly forward: number; readonly differences: number };
    }
  | {
      readonly outcome: 'failed';
      readonly oracle: Oracle;
      readonly found: number;
      readonly expected: number;
      readonly explanation: string;
    }
  | { readonly outcome: 'inconclusive'; readonly reason: 'no op fits' | 'rough' };

/** What checks a random graph, and how exact differences have to be. */
export interface GraphCheckOptions {
  /** What writes the gradients and computes them; our own where left out. */
  readonly engine?: Engine;
  /** Differences with an error above this share of Σ|terms| are no witness; 1e-9 where left out. */
  readonly gate?: number;
}

/** ⟨J·t, u⟩ and ⟨t, Jᵀu⟩ agree to this share of the terms that they are sums of. */
const DOT = 1e-12;
const GATE = 1e-9;
/** How far off a gradient may be, in estimated errors of the differences. */
const SAFETY = 10;
/** How far off a value may be from its definition, which rounds in another order. */
const VALUE = 1e-12;

/**
 * Checks the gradient of y, the joined ends of a graph, in a direction t and for a seed u:
 *
 *     ⟨t, Jᵀu⟩ by the engine  =  ⟨J·t, u⟩ by forward mode over the definitions  =  d/ds ⟨u, y(x + s·t)⟩ by differences
 *
 * All elements of t and u are of size ½ … 3/2, so that one wrong entry of the Jacobian moves the first of the three by a
 * quarter of its error at least. The first equation says whether the rules are right, the second whether the definitions
 * and the kernels mean the same function.
 */
export function checkGraph(graph: RandomGraph, options: GraphCheckOptions = {}): GraphVerdict {
  const { engine = ourEngine, gate = GATE } = options;
  if (graph.ends.length === 0) return { outcome: 'inconclusive', reason: 'no op fits' };

  const nodes = nodesOf(graph);
  const xs = nodes.slice(0, graph.inputs.length);
  const y = joined(graph, nodes);
  const u = Float64Array.from({ length: size(y.shape) }, (_, k) => generic(k + 7));
  const dxs = engine.gradients(y, xs, constant(u, y.shape));
  const line = new Line(graph.inputs, engine.prepare([y, ...dxs, ...xs]));
  try {
    const value = line.at(0, y);
    const exact = forwardMode(graph, line.t);
    // Dearer than what else there is, and seldom needed.
    let known: readonly Rounding[] | undefined;
    const rounding = (): readonly Rounding[] => {
      known ??= roundingOf(graph, line.t);
      return known;
    };
    const wrong = exact.findIndex(({ x }, k) => {
      const off = Math.abs(value[k]! - x);
      return !(off <= VALUE * (1 + Math.abs(x)) || off <= VALUE * rounding()[k]!.value);
    });
    if (wrong >= 0) return failed('value', `element ${wrong} of y`, value[wrong]!, exact[wrong]!.x);

    const forward = exact.reduce((sum, { t }, k) => sum + u[k]! * t, 0);
    let terms = exact.reduce((sum, each, k) => sum + Math.abs(u[k]!) * each.terms, 0);
    const gradients = dxs.map((dx) => line.read(dx));
    const reverse = line.along(gradients);
    const offForward = Math.abs(reverse - forward);
    if (!(offForward <= DOT * terms)) {
      terms = rounding().reduce((sum, { slope }, k) => sum + Math.abs(u[k]!) * slope, 0);
    }
    if (!(offForward <= DOT * terms)) {
      return failed('forward mode', '⟨t, Jᵀu⟩, and ⟨J·t, u⟩ by the definitions', reverse, forward);
    }
    if (terms === 0)
      return { outcome: 'passed', allZero: true, off: { forward: 0, differences: 0 } };

    const differences = weightedDerivative((s) => line.at(s, y), u, 0, 'both');
    const offDifferences = Math.abs(reverse - differences.value);
    if (!(differences.error <= gate * terms)) return { outcome: 'inconclusive', reason: 'rough' };
    if (!(offDifferences <= SAFETY * differences.error + DOT * terms)) {
      return failed('differences', '⟨t, Jᵀu⟩, and by differences', reverse, differences.value);
    }
    return {
      outcome: 'passed',
      allZero: gradients.every((dx) => dx.every((slope) => slope === 0)),
      off: { forward: offForward / terms, differences: offDifferences / terms },
    };
  } finally {
    line.dispose();
  }
}

/** The ends of a graph as one node: the only one, or all of them one after the other in a row. */
export function joined({ ends, vertices }: RandomGraph, nodes: readonly Node[]): Node {
  if (ends.length === 1) return nodes[ends[0]!]!;
  return concatenate(ends.map((i) => reshape(nodes[i]!, [size(vertices[i]!.value.shape)])));
}

/** The values of all ends and how fast they move along t, by the definitions. */
function forwardMode(graph: RandomGraph, t: readonly Float64Array[]): Dual<number>[] {
  const inputs = graph.inputs.map((input, i) =>
    input.map((x, k) => ({ x, t: t[i]![k]!, terms: Math.abs(t[i]![k]!) })),
  );
  const values = valuesOf(graph, dual, inputs);
  return graph.ends.flatMap((i) => values[i]!.values);
}

const dual = duals(real);

/** Numbers of size ½ … 3/2 and either sign, of which no short sum is 0: multiples of the golden ratio, mod 1. */
export function generic(k: number): number {
  const u = (0.6180339887498949 * (k + 1)) % 1;
  return u < 0.5 ? 2 * u + 0.5 : 0.5 - 2 * u;
}

/** The inputs of a graph on a line x + s·t. */
class Line {
  readonly t: readonly Float64Array[];
  readonly #inputs: readonly Tensor[];
  readonly #feeds: Readonly<Record<string, Float64Array>>;
  readonly #prepared: Prepared;

  constructor(inputs: readonly Tensor[], prepared: Prepared) {
    let place = 0;
    this.t = inputs.map(({ values }) => Float64Array.from(values, () => generic(place++)));
    this.#inputs = inputs;
    this.#feeds = Object.fromEntries(
      inputs.map(({ values }, i) => [`x${i + 1}`, new Float64Array(values.length)]),
    );
    this.#prepared = prepared;
  }

  /** The values of a node at x + s·t. */
  at(s: number, node: Node): Float64Array {
    for (const [i, { values }] of this.#inputs.entries()) {
      const x = this.#feeds[`x${i + 1}`]!;
      const t = this.t[i]!;
      for (let k = 0; k < x.length; k++) x[k] = values[k]! + s * t[k]!;
    }
    this.#prepared.run(this.#feeds);
    return this.read(node);
  }

  /** The values of another node where `at` was last. */
  read(node: Node): Float64Array {
    return this.#prepared.value(node);
  }

  /** ⟨t, gradients⟩ */
  along(gradients: readonly Float64Array[]): number {
    let total = 0;
    for (const [i, t] of this.t.entries()) {
      for (let k = 0; k < t.length; k++) total += t[k]! * gradients[i]![k]!;
    }
    return total;
  }

  dispose(): void {
    this.#prepared.dispose();
  }
}

function failed(oracle: Oracle, what: string, found: number, expected: number): GraphVerdict {
  return {
    outcome: 'failed',
    oracle,
    found,
    expected,
    explanation: `${oracle}: ${what}: ${found}, but ${expected} is right`,
  };
}
