/**
 * What each op is usually tested with by torch, JAX and autograd: numbers drawn from a normal distribution, in a few
 * small shapes.
 */
import { constant, type Node } from '../../../src/graph/index.js';
import { type Shape, size } from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import { randn, type Subject } from './subject.js';

type Range = 'any' | 'positive' | 'inside ±1';

const ranges: Record<Range, (x: number) => number> = {
  any: (x) => x,
  positive: (x) => Math.abs(x) + 0.1,
  'inside ±1': (x) => 0.9 * Math.tanh(x),
};

const normal = (
  label: string,
  f: Subject['f'],
  shapes: readonly Shape[],
  range: Range = 'any',
): Subject => ({
  f,
  inputs: shapes.map((shape, slot) => ({
    shape,
    values: randn(size(shape), `${label} ${shape} ${slot}`).map(ranges[range]),
  })),
});

const unary = (name: string, f: (x: Node) => Node, range: Range = 'any'): Subject[] =>
  [[], [5], [2, 3]].map((shape) => normal(name, (x) => f(x!), [shape], range));

const binary = (name: string, f: (a: Node, b: Node) => Node, range: Range = 'any'): Subject[] =>
  [
    [[5], [5]],
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [
      [2, 1],
      [2, 3],
    ],
    [
      [5, 5],
      [5, 1],
    ],
    [[], [2, 3]],
  ].map((shapes) => normal(name, (a, b) => f(a!, b!), shapes, range));

export type Reduce = (x: Node, axis?: number, options?: { keepAxes: boolean }) => Node;
const reduction = (name: string, f: Reduce): Subject[] => [
  normal(name, (x) => f(x!), [[2, 3]]),
  normal(name, (x) => f(x!, 0), [[2, 3]]),
  normal(name, (x) => f(x!, 1), [[2, 3]]),
  normal(name, (x) => f(x!, 1), [[5, 5]]),
  normal(name, (x) => f(x!, 1, { keepAxes: true }), [[2, 3, 2]]),
];

const alongAxis = (name: string, f: (x: Node, axis: number) => Node): Subject[] => [
  normal(name, (x) => f(x!, 0), [[5]]),
  normal(name, (x) => f(x!, 1), [[2, 3]]),
  normal(name, (x) => f(x!, 0), [[5, 5]]),
  normal(name, (x) => f(x!, 2), [[2, 3, 2]]),
];

const mask = (shape: Shape): Node =>
  constant(
    Array.from({ length: size(shape) }, (_, i) => (i % 3 === 1 ? 0 : 1)),
    shape,
  );

const broadcasts: Subject[] = [
  ...binary('broadcast', ops.add),
  ...binary('broadcast', ops.mul),
  normal('broadcast', (x) => ops.broadcastTo(x!, [5, 5]), [[5, 1]]),
];

export const usual: Readonly<Record<string, readonly Subject[]>> = {
  broadcast: broadcasts,
  sum: reduction('sum', ops.sum),
  add: binary('add', ops.add),
  sub: binary('sub', ops.sub),
  mul: binary('mul', ops.mul),
  div: [...binary('div', ops.div, 'positive'), ...reduction('mean', ops.mean)],
  pow: [...binary('pow', ops.pow, 'positive'), ...unary('pow 3', (x) => ops.pow(x, 3))],
  neg: unary('neg', ops.neg),
  square: unary('square', ops.square),
  reciprocal: unary('reciprocal', ops.reciprocal),
  sqrt: unary('sqrt', ops.sqrt, 'positive'),
  exp: unary('exp', ops.exp),
  expm1: unary('expm1', ops.expm1),
  log: unary('log', ops.log, 'positive'),
  sin: unary('sin', ops.sin),
  cos: unary('cos', ops.cos),
  tanh: unary('tanh', ops.tanh),
  sigmoid: unary('sigmoid', ops.sigmoid),
  softplus: unary('softplus', ops.softplus),
  logSigmoid: unary('logSigmoid', ops.logSigmoid),
  gelu: unary('gelu', ops.gelu),
  silu: unary('silu', ops.silu),
  erf: unary('erf', ops.erf),
  atan: unary('atan', ops.atan),
  asin: unary('asin', ops.asin, 'inside ±1'),
  relu: unary('relu', ops.relu),
  leakyRelu: unary('leakyRelu', (x) => ops.leakyRelu(x)),
  abs: unary('abs', ops.abs),
  sign: unary('sign', ops.sign),
  stopGradient: unary('stopGradient', ops.stopGradient),
  clamp: unary('clamp', (x) => ops.clamp(x, -1, 1)),
  maximum: binary('maximum', ops.maximum),
  where: [[5], [2, 3]].map((shape) =>
    normal('where', (a, b) => ops.where(mask(shape), a!, b!), [shape, shape]),
  ),
  max: reduction('max', ops.max),
  min: reduction('min', ops.min),
  norm: reduction('norm', ops.norm),
  logSumExp: reduction('logSumExp', ops.logSumExp),
  softmax: alongAxis('softmax', ops.softmax),
  logSoftmax: alongAxis('logSoftmax', ops.logSoftmax),
  matmul: [
    normal('matmul', (a, b) => ops.matmul(a!, b!), [
      [2, 3],
      [3, 4],
    ]),
    normal('matmul', (a, b) => ops.matmul(a!, b!), [
      [5, 5],
      [5, 5],
    ]),
    normal('matmul', (a, b) => ops.matmul(a!, b!, { transposeB: true }), [
      [2, 3],
      [4, 3],
    ]),
    normal('matmul', (a, b) => ops.matmul(a!, b!, { transposeB: true }), [
      [5, 5],
      [5, 5],
    ]),
    normal('matmul', (a, b) => ops.matmul(a!, b!, { transposeA: true }), [
      [3, 2],
      [3, 4],
    ]),
    normal('matmul', (a, b) => ops.matmul(a!, b!), [
      [2, 2, 3],
      [2, 3, 2],
    ]),
  ],
  transpose: [
    normal('transpose', (x) => ops.transpose(x!), [[2, 3]]),
    normal('transpose', (x) => ops.transpose(x!, [1, 2, 0]), [[2, 3, 4]]),
  ],
  reshape: [normal('reshape', (x) => ops.reshape(x!, [3, 2]), [[2, 3]])],
  slice: [
    normal('slice', (x) => ops.slice(x!, [[1, 3]]), [[5]]),
    normal('slice', (x) => ops.slice(x!, [null, [0, 2]]), [[2, 3]]),
  ],
  pad: [
    normal('pad', (x) => ops.pad(x!, [[2, 1]]), [[3]]),
    normal(
      'pad',
      (x) =>
        ops.pad(x!, [
          [1, 0],
          [0, 1],
        ]),
      [[2, 2]],
    ),
  ],
  concatenate: [
    normal('concatenate', (a, b) => ops.concatenate([a!, b!]), [
      [2, 3],
      [1, 3],
    ]),
    normal('concatenate', (a, b) => ops.concatenate([a!, b!], 1), [
      [2, 2],
      [2, 2],
    ]),
  ],
  gather: [
    normal('gather', (x) => ops.gather(x!, [0, 2, 2, 1]), [[3, 2]]),
    normal('gather', (x) => ops.gather(x!, [1, 0, 0], 1), [[2, 3]]),
  ],
  scatter: [
    normal('scatter', (x) => ops.scatter(x!, [0, 2, 2], 3), [[3, 2]]),
    normal('scatter', (x) => ops.scatter(x!, [0, 2, 2], 3, 1), [[3, 3]]),
  ],
  pick: [normal('pick', (x) => ops.pick(x!, [0, 2]), [[2, 3]])],
};

/** What engines are tried on: a small network, a residual connection, x·x, and the like. */
export const usualGraphs: readonly Subject[] = [
  normal(
    'network',
    (x, W, b, V) =>
      ops.mean(ops.square(ops.sub(ops.matmul(ops.tanh(ops.add(ops.matmul(x!, W!), b!)), V!), 1))),
    [[4, 3], [3, 5], [5], [5, 2]],
  ),
  normal('residual', (x) => ops.add(x!, ops.tanh(x!)), [[5]]),
  normal('x·x', (x) => ops.mul(x!, x!), [[5]]),
  normal('softmax by hand', (x) => ops.div(ops.exp(x!), ops.sum(ops.exp(x!))), [[5]]),
];
