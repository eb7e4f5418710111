import { constant, type Node } from '../graph/index.js';
import * as ops from '../ops/index.js';

type Value = Node | number;

/** One spelling of a function for each number of inputs that it takes. */
interface Overloads {
  readonly 1?: (x: Value) => Node;
  readonly 2?: (a: Value, b: Value) => Node;
  readonly 3?: (a: Value, b: Value, c: Value) => Node;
}

/** What can be called in an expression: ops of one to three inputs without further settings. */
export const functions: Readonly<Record<string, Overloads>> = {
  // powers, exponentials and logarithms
  square: { 1: ops.square },
  sqrt: { 1: ops.sqrt },
  reciprocal: { 1: ops.reciprocal },
  pow: { 2: ops.pow },
  exp: { 1: ops.exp },
  expm1: { 1: ops.expm1 },
  log: { 1: ops.log },
  ln: { 1: ops.log },
  log1p: { 1: ops.log1p },

  // trigonometric and hyperbolic
  sin: { 1: ops.sin },
  cos: { 1: ops.cos },
  tan: { 1: ops.tan },
  asin: { 1: ops.asin },
  acos: { 1: ops.acos },
  atan: { 1: ops.atan },
  sinh: { 1: ops.sinh },
  cosh: { 1: ops.cosh },
  tanh: { 1: ops.tanh },

  // activations
  sigmoid: { 1: ops.sigmoid },
  softplus: { 1: ops.softplus },
  logSigmoid: { 1: ops.logSigmoid },
  relu: { 1: ops.relu },
  leakyRelu: { 1: ops.leakyRelu },
  gelu: { 1: ops.gelu },
  silu: { 1: ops.silu },
  erf: { 1: ops.erf },
  erfc: { 1: ops.erfc },

  // choices
  abs: { 1: ops.abs },
  sign: { 1: ops.sign },
  maximum: { 2: ops.maximum },
  minimum: { 2: ops.minimum },
  max: { 1: ops.max, 2: ops.maximum },
  min: { 1: ops.min, 2: ops.minimum },
  greater: { 2: ops.greater },
  less: { 2: ops.less },
  where: { 3: ops.where },

  // vectors and matrices
  sum: { 1: ops.sum },
  mean: { 1: ops.mean },
  variance: { 1: ops.variance },
  norm: { 1: ops.norm },
  dot: { 2: (a, b) => ops.sum(ops.mul(a, b)) },
  matmul: { 2: ops.matmul },
  transpose: { 1: (x) => ops.transpose(asNode(x)) },
  logSumExp: { 1: ops.logSumExp },
  softmax: { 1: (x) => ops.softmax(asNode(x)) },
  logSoftmax: { 1: (x) => ops.logSoftmax(asNode(x)) },
};

function asNode(value: Value): Node {
  return typeof value === 'number' ? constant(value) : value;
}
