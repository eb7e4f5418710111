import { glorot, type Node, type Parameters, zeros } from '../graph/index.js';
import { add, matmul, relu, sigmoid, tanh } from '../ops/index.js';

/** What stands between two layers; 'linear' is nothing. */
export type Activation = 'linear' | 'tanh' | 'relu' | 'sigmoid';

const functions: Readonly<Record<Activation, (x: Node) => Node>> = {
  linear: (x) => x,
  tanh,
  relu,
  sigmoid,
};

/** The names of all activations. */
export const activations: readonly Activation[] = Object.keys(functions) as Activation[];

/** The weights W [inputs, outputs] and b [outputs] of a layer. */
export interface Layer {
  readonly W: Node;
  readonly b: Node;
}

export function layer(
  parameters: Parameters,
  name: string,
  inputs: number,
  outputs: number,
): Layer {
  return {
    W: parameters.add(`${name}.W`, glorot([inputs, outputs])),
    b: parameters.add(`${name}.b`, zeros([outputs])),
  };
}

/** x·W + b */
export function affine(x: Node, { W, b }: Layer): Node {
  return add(matmul(x, W), b);
}

/** φ of it. */
export function activate(x: Node, activation: Activation): Node {
  return functions[activation](x);
}
