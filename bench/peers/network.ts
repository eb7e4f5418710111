// A network and how it is trained, told in a way that everyone can follow: the same starting weights, the same
// examples in the same order, the same loss and the same optimizer, so that the losses are the same, step
// after step.

import { type Contestant, type Script, script } from './contestant.js';
import type { Inputs } from './python.js';

export interface Layer {
  /** [inputs, outputs], row-major. */
  readonly W: Float64Array;
  readonly b: Float64Array;
}

/** Layers x ↦ f(x·W + b), the last one without f; the loss is the mean square of what the target is missed by. */
export interface Training {
  readonly widths: readonly number[];
  readonly hidden: 'tanh' | 'relu';
  readonly layers: readonly Layer[];
  readonly optimizer: 'adam' | 'sgd';
  readonly rate: number;
  /** Rows of an example. */
  readonly batch: number;
  /** Taken in turn, over and over. */
  readonly examples: readonly Example[];
}

export interface Example {
  /** [batch, first width] */
  readonly x: Float64Array;
  /** [batch, last width] */
  readonly t: Float64Array;
}

/** Adam's constants, everyone's default but tfjs's. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** What Python is told. */
export function inputsOf({ widths, hidden, layers, optimizer, ...rest }: Training): Inputs {
  const { rate, batch, examples } = rest;
  const W = layers.map((layer) => layer.W);
  const b = layers.map((layer) => layer.b);
  const [x, t] = [examples.map((example) => example.x), examples.map((example) => example.t)];
  return { widths, hidden, optimizer, rate, batch, W, b, x, t };
}

/** Takes the examples in turn. */
export function inTurn<T>(examples: readonly T[]): () => T {
  let next = 0;
  return () => examples[next++ % examples.length]!;
}

/** How many steps everyone's losses are compared over. */
export const COMPARED = 10;

/** A script that trains: each run is a step and gives its loss. */
export function trainer(
  name: string,
  step: () => number,
  rest: Pick<Script, 'enter' | 'tolerance'> = {},
): Contestant {
  const answer = () => Float64Array.from({ length: COMPARED }, step);
  return script({ name, run: step, answer, runs: COMPARED, ...rest });
}
