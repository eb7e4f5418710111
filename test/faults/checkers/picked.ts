/**
 * What each op is tested with by tfjs 4.22: the inputs and the dy that stand in the tests of its gradients
 * (tfjs-core/src/ops/*_test.ts), or the like for an op that it has no such test of.
 */
import { constant, type Node } from '../../../src/graph/index.js';
import type { Shape } from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import type { Subject } from './subject.js';
import type { Reduce } from './usual.js';

type Build = Subject['f'];

/** Inputs and dy picked by hand. */
export interface Picked extends Subject {
  readonly dy: Float64Array;
}

const pick = (
  f: Build,
  inputs: readonly (readonly [Shape, readonly number[]])[],
  dy: readonly number[],
): Picked => ({
  f,
  inputs: inputs.map(([shape, values]) => ({ shape, values: Float64Array.from(values) })),
  dy: Float64Array.from(dy),
});

/** The inputs that most functions of one number are tested with. */
const pickedUnary = (
  f: (x: Node) => Node,
  values: readonly number[] = [-1, 2, 3, -5],
  scalar = 0.5,
): Picked[] => [
  pick((x) => f(x!), [[[], [scalar]]], [8]),
  pick((x) => f(x!), [[[4], values]], [1, 2, 3, 4]),
  pick((x) => f(x!), [[[2, 2], [...values].reverse()]], [1, 2, 3, 4]),
];

const pickedBinary = (f: (a: Node, b: Node) => Node): Picked[] => [
  pick(
    (a, b) => f(a!, b!),
    [
      [[], [5]],
      [[], [2]],
    ],
    [4],
  ),
  pick(
    (a, b) => f(a!, b!),
    [
      [[3], [1, 2, 3]],
      [[3], [3, 4, 5]],
    ],
    [1, 10, 20],
  ),
  pick(
    (a, b) => f(a!, b!),
    [
      [
        [2, 2],
        [3, 1, 2, 3],
      ],
      [
        [2, 2],
        [1, 3, 4, 5],
      ],
    ],
    [1, 10, 15, 20],
  ),
  pick(
    (a, b) => f(a!, b!),
    [
      [[], [2]],
      [[3], [3, 4, 5]],
    ],
    [6, 7, 8],
  ),
  pick(
    (a, b) => f(a!, b!),
    [
      [
        [2, 2],
        [2, 3, 4, 5],
      ],
      [[], [2]],
    ],
    [6, 7, 8, 9],
  ),
  pick(
    (a, b) => f(a!, b!),
    [
      [
        [2, 1],
        [3, 4],
      ],
      [
        [2, 2],
        [2, 3, 4, 5],
      ],
    ],
    [6, 7, 8, 9],
  ),
];

const pickedReduction = (f: Reduce): Picked[] => [
  pick(
    (x) => f(x!),
    [
      [
        [3, 2],
        [1, 2, 3, 0, 0, 1],
      ],
    ],
    [10],
  ),
  pick(
    (x) => f(x!, 0),
    [
      [
        [3, 2],
        [1, 2, 3, 0, 0, 1],
      ],
    ],
    [10, 20],
  ),
  pick(
    (x) => f(x!, 1),
    [
      [
        [3, 2],
        [1, 2, 3, 0, 0, 1],
      ],
    ],
    [10, 20, 30],
  ),
];

const pickedExtremum = (f: Reduce, sign: number): Picked[] =>
  [
    pick((x) => f(x!), [[[], [42]]], [-1]),
    pick((x) => f(x!), [[[4], [1, 3, 7, 7]]], [-1]),
    pick(
      (x) => f(x!, -1),
      [
        [
          [2, 3],
          [0, 20, 10, -10, -30, -20],
        ],
      ],
      [-1, -1],
    ),
    pick(
      (x) => f(x!, -1),
      [
        [
          [2, 3],
          [0, 20, 20, -10, -30, -10],
        ],
      ],
      [-1, -1],
    ),
    pick(
      (x) => f(x!, 0),
      [
        [
          [2, 3],
          [0, 20, 10, -10, -30, 20],
        ],
      ],
      [-1, -1, -1],
    ),
  ].map(({ f: g, inputs, dy }) => ({
    f: g,
    dy,
    inputs: inputs.map(({ shape, values }) => ({ shape, values: values.map((x) => sign * x) })),
  }));

const pickedMatmul = (transposeA: boolean, transposeB: boolean): Picked => {
  const [a, b] = [transposeA ? [3, 2] : [2, 3], transposeB ? [2, 3] : [3, 2]];
  return pick(
    (A, B) => ops.matmul(A!, B!, { transposeA, transposeB }),
    [
      [a, [1, 2, 3, 10, 20, 30]],
      [b, [2, 3, 4, 1, 2, 3]],
    ],
    [1, 10, 20, 30],
  );
};

const t = [1, 11, 2, 22, 3, 33, 4, 44];

export const picked: Readonly<Record<string, readonly Picked[]>> = {
  broadcast: pickedBinary(ops.add),
  add: pickedBinary(ops.add),
  sub: pickedBinary(ops.sub),
  mul: pickedBinary(ops.mul),
  div: [
    ...pickedBinary(ops.div),
    pick(
      (x) => ops.mean(x!),
      [
        [
          [3, 2],
          [1, 2, 3, 0, 0, 1],
        ],
      ],
      [1.5],
    ),
  ],
  pow: [...pickedBinary(ops.pow), pick((x) => ops.pow(x!, 3), [[[], [4]]], [8])],
  neg: pickedUnary(ops.neg),
  square: pickedUnary(ops.square, [-1, 2, 3, -5], 5),
  reciprocal: pickedUnary(ops.reciprocal, [-1, 2, 3, -5], 5),
  sqrt: pickedUnary(ops.sqrt, [1, 2, 3, 5], 4),
  exp: pickedUnary(ops.exp),
  expm1: pickedUnary(ops.expm1),
  log: pickedUnary(ops.log, [-1, 2, 3, -5], 5),
  sin: pickedUnary(ops.sin, [-1, 2, 3, -5], 5),
  cos: pickedUnary(ops.cos, [-1, 2, 3, -5], 5),
  tanh: pickedUnary(ops.tanh),
  sigmoid: pickedUnary(ops.sigmoid, [1, 2, -3, 5]),
  softplus: pickedUnary(ops.softplus, [1, 2, -3, 5], 3),
  logSigmoid: pickedUnary(ops.logSigmoid, [1, 2, -3, 5], 3),
  gelu: pickedUnary(ops.gelu),
  silu: pickedUnary(ops.silu),
  erf: pickedUnary(ops.erf, [-0.1, 0.2, 0.3, -0.5]),
  atan: pickedUnary(ops.atan, [-0.1, 0.2, 0.3, -0.5]),
  asin: pickedUnary(ops.asin, [-0.1, 0.2, 0.3, -0.5]),
  relu: [
    pick((x) => ops.relu(x!), [[[], [3]]], [5]),
    pick((x) => ops.relu(x!), [[[], [-3]]], [5]),
    pick(
      (x) => ops.relu(x!),
      [
        [
          [2, 2],
          [1, -1, 0, 0.1],
        ],
      ],
      [1, 2, 3, 4],
    ),
  ],
  leakyRelu: pickedUnary((x) => ops.leakyRelu(x, 0.3), [1, -1, 0.1, 0.5], -4),
  abs: pickedUnary(ops.abs, [1, 2, -3, 5], 4),
  sign: pickedUnary(ops.sign, [-1.1, 2.6, 3, -5.9], 5.2),
  stopGradient: pickedUnary(ops.stopGradient),
  clamp: [
    pick((x) => ops.clamp(x!, -1, 2), [[[3], [3, -2, 1]]], [5, 50, 500]),
    pick((x) => ops.clamp(x!, -1, 2), [[[4], [-1, 1, 2, 3]]], [1, 10, 100, 1000]),
  ],
  maximum: [
    pick(
      (a, b) => ops.maximum(a!, b!),
      [
        [[], [5.2]],
        [[], [0.6]],
      ],
      [3],
    ),
    pick(
      (a, b) => ops.maximum(a!, b!),
      [
        [[4], [1.1, 2.6, 3, 5.9]],
        [[4], [1.0, 2.7, 3, 5.8]],
      ],
      [1, 2, 3, 4],
    ),
  ],
  where: [
    pick(
      (a, b) => ops.where(constant([1, 0, 1]), a!, b!),
      [
        [[3], [1, 2, 3]],
        [[3], [4, 5, 6]],
      ],
      [1, 2, 3],
    ),
  ],
  sum: pickedReduction(ops.sum),
  norm: pickedReduction(ops.norm),
  logSumExp: pickedReduction(ops.logSumExp),
  max: pickedExtremum(ops.max, 1),
  min: pickedExtremum(ops.min, -1),
  softmax: [
    pick((x) => ops.softmax(x!), [[[3], [10, 0, -1]]], [1, 2, 3]),
    pick(
      (x) => ops.softmax(x!),
      [
        [
          [2, 3],
          [10, 0, -1, 5, 4, 3],
        ],
      ],
      [3, 2, 1, 1, 2, 3],
    ),
  ],
  logSoftmax: [
    pick((x) => ops.logSoftmax(x!), [[[3], [1, 2, 10]]], [1, 2, 3]),
    pick(
      (x) => ops.logSoftmax(x!),
      [
        [
          [2, 3],
          [10, 0, -1, 5, 4, 3],
        ],
      ],
      [3, 2, 1, 1, 2, 3],
    ),
  ],
  matmul: [
    pickedMatmul(false, false),
    pickedMatmul(true, false),
    pickedMatmul(true, true),
    pick(
      (a, b) => ops.matmul(a!, b!, { transposeB: true }),
      [
        [
          [3, 2],
          [1, 2, 3, 10, 20, 30],
        ],
        [
          [3, 2],
          [2, 3, 4, 1, 2, 3],
        ],
      ],
      [1, 10, 20, 30, 40, 50, 60, 70, 80],
    ),
  ],
  transpose: [
    pick(
      (x) => ops.transpose(x!, [2, 1, 0]),
      [[[2, 2, 2], t]],
      [111, 211, 121, 221, 112, 212, 122, 222],
    ),
  ],
  reshape: [
    pick(
      (x) => ops.reshape(x!, [3, 2]),
      [
        [
          [2, 3],
          [1, 2, 3, 4, 5, 6],
        ],
      ],
      [1, 2, 3, 4, 5, 6],
    ),
  ],
  slice: [
    pick((x) => ops.slice(x!, [[1, 3]]), [[[5], [1, 2, 3, 4, 5]]], [10, 100]),
    pick(
      (x) => ops.slice(x!, [null, [1, 2]]),
      [
        [
          [2, 3],
          [1, 2, 3, 4, 5, 6],
        ],
      ],
      [20, 50],
    ),
  ],
  pad: [
    pick((x) => ops.pad(x!, [[2, 1]]), [[[3], [1, 2, 3]]], [10, 20, 30, 40, 50, 60]),
    pick(
      (x) =>
        ops.pad(x!, [
          [1, 0],
          [0, 1],
        ]),
      [
        [
          [2, 2],
          [1, 2, 3, 4],
        ],
      ],
      [0, 0, 0, 10, 20, 0, 30, 40, 0],
    ),
  ],
  concatenate: [
    pick(
      (a, b) => ops.concatenate([a!, b!]),
      [
        [
          [1, 2, 2],
          [1, 11, 2, 22],
        ],
        [[2, 2, 2], t],
      ],
      [66, 6, 55, 5, 44, 4, 33, 3, 22, 2, 11, 1],
    ),
    pick(
      (a, b) => ops.concatenate([a!, b!], 2),
      [
        [
          [2, 2, 1],
          [1, 2, 3, 4],
        ],
        [[2, 2, 2], t],
      ],
      [4, 40, 400, 3, 30, 300, 2, 20, 200, 1, 10, 100],
    ),
  ],
  gather: [
    pick((x) => ops.gather(x!, [0, 2, 0, 1]), [[[3], [1, 2, 3]]], [3, 4, 5, 6]),
    pick(
      (x) => ops.gather(x!, [1, 0, 0, 1]),
      [
        [
          [2, 2],
          [1, 11, 2, 22],
        ],
      ],
      [3, 4, 5, 6, 7, 8, 9, 10],
    ),
  ],
  scatter: [pick((x) => ops.scatter(x!, [0, 2, 2], 3), [[[3], [1, 2, 3]]], [3, 4, 5])],
  pick: [
    pick(
      (x) => ops.pick(x!, [0, 2]),
      [
        [
          [2, 3],
          [1, 2, 3, 4, 5, 6],
        ],
      ],
      [1, 2],
    ),
  ],
};

export const pickedGraphs: readonly Picked[] = [
  pick((x) => ops.mul(x!, x!), [[[3], [1, 2, 3]]], [1, 10, 20]),
  pick((x) => ops.add(ops.square(x!), x!), [[[3], [1, 2, 3]]], [1, 10, 20]),
  pick(
    (x, W, b) => ops.relu(ops.add(ops.matmul(x!, W!), b!)),
    [
      [
        [1, 2],
        [1, 2],
      ],
      [
        [2, 2],
        [1, -2, 3, 4],
      ],
      [[2], [1, -1]],
    ],
    [1, 10],
  ),
];
