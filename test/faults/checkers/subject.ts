import type { Engine } from '../../../src/check/engine.js';
import { input, type Node } from '../../../src/graph/index.js';
import { fillNormal, fillUniform, randomKey, type Shape, size } from '../../../src/linalg/index.js';
import { concatenate, reshape } from '../../../src/ops/index.js';

/** A function that builds graph, and where it is differentiated. */
export interface Subject {
  readonly f: (...inputs: Node[]) => Node;
  readonly inputs: readonly { readonly shape: Shape; readonly values: Float64Array }[];
}

/** What a checker says of a backward rule. */
export type Check = (subject: Subject, engine: Engine) => 'right' | 'wrong';

/** f and its gradients, made ready by an engine: built once, run as often as a checker likes. */
export class Differentiated {
  readonly xs: readonly Node[];
  readonly y: Node;
  readonly #dy: Node;
  readonly #gradients: readonly Node[];
  readonly #values: ReturnType<Engine['prepare']>;
  readonly #backward: ReturnType<Engine['prepare']>;

  constructor({ f, inputs }: Subject, engine: Engine) {
    this.xs = inputs.map(({ shape }, slot) => input(`x${slot + 1}`, shape));
    this.y = f(...this.xs);
    this.#dy = input('dy', this.y.shape);
    this.#gradients = engine.gradients(this.y, this.xs, this.#dy);
    this.#values = engine.prepare([this.y, ...this.xs]);
    this.#backward = engine.prepare([this.y, ...this.#gradients, ...this.xs, this.#dy]);
  }

  /** y at a point. */
  at(point: readonly Float64Array[]): Float64Array {
    this.#values.run(this.#feeds(point));
    return this.#values.value(this.y);
  }

  /** dyᵀ·J at a point, by slot. */
  vjp(point: readonly Float64Array[], dy: Float64Array): Float64Array[] {
    this.#backward.run({ ...this.#feeds(point), dy });
    return this.#gradients.map((gradient) => this.#backward.value(gradient));
  }

  #feeds(point: readonly Float64Array[]): Record<string, Float64Array> {
    return Object.fromEntries(point.map((x, slot) => [`x${slot + 1}`, x.slice()]));
  }

  dispose(): void {
    this.#values.dispose();
    this.#backward.dispose();
  }
}

/** The gradients as a function of the inputs and of dy: what second order is about. */
export function gradientOf({ f, inputs }: Subject, engine: Engine, dy: Float64Array): Subject {
  const shape = f(...inputs.map((x, slot) => input(`x${slot + 1}`, x.shape))).shape;
  return {
    f: (...nodes) => {
      const xs = nodes.slice(0, -1);
      const gradients = engine.gradients(f(...xs), xs, nodes.at(-1)!);
      return concatenate(gradients.map((gradient) => reshape(gradient, [size(gradient.shape)])));
    },
    inputs: [...inputs, { shape, values: dy }],
  };
}

/** The size of y. */
export const sizeOf = ({ f, inputs }: Subject): number =>
  size(f(...inputs.map((x, slot) => input(`x${slot + 1}`, x.shape))).shape);

/** Standard normal numbers, the same for the same label. */
export function randn(length: number, label: string): Float64Array {
  const numbers = new Float64Array(length);
  fillNormal(numbers, randomKey(0, label), 0);
  return numbers;
}

/** Numbers from 0 to 1. */
export function rand(length: number, label: string): Float64Array {
  const numbers = new Float64Array(length);
  fillUniform(numbers, randomKey(0, label), 0);
  return numbers;
}

export const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** A point moved along a direction. */
export const moved = (
  point: readonly Float64Array[],
  by: number,
  along: readonly Float64Array[],
): Float64Array[] => point.map((x, slot) => x.map((value, k) => value + by * along[slot]![k]!));

/** As numpy and torch have it; NaN is close to nothing. */
export const allClose = (
  a: Float64Array,
  b: Float64Array,
  { rtol, atol }: { readonly rtol: number; readonly atol: number },
): boolean => a.every((x, i) => x === b[i] || Math.abs(x - b[i]!) <= atol + rtol * Math.abs(b[i]!));
