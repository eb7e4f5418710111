import { constant, input, isConstant, Node, type Numbers } from '../../graph/index.js';
import { fillUniform, randomKey, type Shape, size } from '../../linalg/index.js';
import { type Engine, evaluateWith, ourEngine, type Prepared } from '../engine.js';
import { Interpreter, topologicalOrder } from './interpreter.js';
import { validProblem } from './valid.js';

/** What is to be checked: a function that builds graph from its inputs. */
export type Build = (...inputs: Node[]) => Node;

/** The value of an input: numbers as for `constant`, or flat ones with a shape. */
export type Value = Numbers | { readonly shape: Shape; readonly values: Numbers };

/**
 * A function that builds graph from as many nodes as there are inputs, if that is known. What it can be given beside
 * these, as the options of `matmul`, it is not given.
 */
export type BuildOf<Inputs extends readonly Value[]> = number extends Inputs['length']
  ? Build
  : (...inputs: { readonly [K in keyof Inputs]: Node }) => Node;

/** How a function is looked at, at a point. */
export interface ProblemOptions {
  /** Which random weights the elements of y are summed with, and everything else that is random. 0 where left out. */
  readonly seed?: number;
  /** Slots of the inputs that f is differentiated by; all where left out. */
  readonly slots?: readonly number[];
  /** What writes the gradients and computes them; our own where left out. */
  readonly engine?: Engine;
}

/**
 * f at a point: y = f(x₁, x₂, …), and L = ⟨u, y⟩ with random weights u of either sign, so that a single wrong entry of
 * the Jacobian shows in the gradient of its input. Gradients are the engine's; the values that differences need are
 * computed without it.
 */
export class Problem {
  readonly f: Build;
  readonly engine: Engine;
  readonly seed: number;
  readonly xs: readonly Node[];
  readonly y: Node;
  /** The values of each input at the point, row-major. */
  readonly point: readonly Float64Array[];
  /** What f is differentiated by. */
  readonly slots: readonly number[];
  readonly chosen: readonly Node[];
  /** ∂L/∂y, as a node that is fed, and its values. */
  readonly dy: Node;
  readonly u: Float64Array;
  #interpreter: Interpreter | undefined;
  #gradients: readonly Node[] | undefined;
  #prepared: Prepared | undefined;

  constructor(f: Build, inputs: readonly Value[], options: ProblemOptions = {}) {
    validProblem(f, inputs, options);
    const given = inputs.map(constantOf);
    this.f = f;
    this.engine = options.engine ?? ourEngine;
    this.seed = options.seed ?? 0;
    this.xs = given.map((node, slot) => input(`x${slot + 1}`, node.shape));
    this.point = given.map(({ op }) => (isConstant(op) ? op.values : new Float64Array(0)));
    this.y = nodeOf(f(...this.xs));
    this.slots = options.slots ?? [...this.xs.keys()];
    this.chosen = this.slots.map((slot) => this.xs[slot]!);
    this.dy = input('∂L/∂y', this.y.shape);
    this.u = generic(this.y.shape, this.seed, 'check: weights');
  }

  /** ∂L/∂x for each x that f is differentiated by. */
  get gradients(): readonly Node[] {
    this.#gradients ??= this.engine.gradients(this.y, this.chosen, this.dy);
    return this.#gradients;
  }

  /** The values of y at another point. */
  at(values: readonly Float64Array[]): Float64Array {
    this.#interpreter ??= new Interpreter(topologicalOrder([this.y, ...this.xs]));
    this.#interpreter.run(new Map(this.xs.map((x, slot) => [x, values[slot]!])));
    return this.#interpreter.value(this.y).slice();
  }

  /** The gradients at the point, computed by the engine, for a seed u. */
  gradientsFor(u: Float64Array = this.u): Float64Array[] {
    this.#prepared ??= this.engine.prepare([...this.gradients, ...this.xs, this.dy]);
    this.#prepared.run(this.feeds(u));
    return this.gradients.map((gradient) => this.#prepared!.value(gradient));
  }

  /** The values of some nodes at the point, computed by the engine. */
  evaluate(nodes: readonly Node[]): Float64Array[] {
    // The inputs are asked for too, so that they may be fed even if nothing depends on them.
    const all = [...nodes, ...this.xs, this.dy];
    return evaluateWith(this.engine, all, this.feeds()).slice(0, nodes.length);
  }

  /** What the inputs and the seed are at the point, by name. */
  feeds(u: Float64Array = this.u): Record<string, Float64Array> {
    const xs = this.xs.map((_, slot) => [`x${slot + 1}`, this.point[slot]!] as const);
    return Object.fromEntries([...xs, ['∂L/∂y', u]]);
  }

  /** The same, by node. */
  given(u: Float64Array = this.u): Map<Node, Float64Array> {
    const given = new Map(this.xs.map((x, slot) => [x, this.point[slot]!]));
    return given.set(this.dy, u);
  }

  dispose(): void {
    this.#prepared?.dispose();
    this.#interpreter?.dispose();
  }
}

/** What f gives, if it is a node. */
function nodeOf(y: unknown): Node {
  if (y instanceof Node) return y;
  const given = typeof y === 'object' && y !== null ? `a ${y.constructor?.name}` : `${y}`;
  throw new TypeError(`what is checked has to build graph and give a node; this gives ${given}`);
}

function constantOf(value: Value): Node {
  if (typeof value === 'object' && 'shape' in value) return constant(value.values, value.shape);
  return constant(value);
}

/** Numbers of size ½ … 3/2 and either sign, the same for the same seed and label: no sum of them is 0 by chance. */
export function generic(shape: Shape, seed: number, label: string): Float64Array {
  const numbers = new Float64Array(size(shape));
  fillUniform(numbers, randomKey(seed, label), 0);
  return numbers.map((u) => (u < 0.5 ? 2 * u + 0.5 : 0.5 - 2 * u));
}
