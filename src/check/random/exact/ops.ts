import type { GraphOp, GraphOps } from '../graph-op.js';
import { graphOps } from '../ops/index.js';
import { dyadics, InexactError } from './dyadics.js';
import { jets, variable } from './jets.js';

/** Polynomials, and what takes one of several, piece by piece. */
const POLYNOMIAL = [
  ...['add', 'sub', 'mul', 'neg', 'square', 'power', 'squaredError', 'matmul'],
  ...['relu', 'leakyRelu', 'abs', 'clamp', 'maximum', 'minimum', 'where'],
  ...['sum', 'mean', 'variance', 'max', 'min'],
  ...['broadcastTo', 'reshape', 'transpose', 'slice', 'pad', 'concatenate', 'stack'],
  ...['gather', 'scatter', 'pick', 'place'],
  ...['sparseMatmul', 'sparseRowsMatmul'],
];

const A = jets(dyadics);

/** The op where its definition does not leave the multiples of powers of two: a mean of three does, and so does 1/x. */
const exactly = (op: GraphOp): GraphOp => ({
  arity: op.arity,
  use: (choice, ...operands) => {
    const use = op.use(choice, ...operands);
    if (!use) return undefined;
    try {
      use.definition!(A, ...operands.map((x) => x.map((value, k) => variable(dyadics, value, k))));
      return use;
    } catch (error) {
      if (error instanceof InexactError) return undefined;
      throw error;
    }
  },
});

/** The ops of which doubles can give value and gradient without any rounding. */
export const exactOps: GraphOps = Object.fromEntries(
  POLYNOMIAL.map((name) => [
    name,
    ['mean', 'variance', 'power'].includes(name) ? exactly(graphOps[name]!) : graphOps[name]!,
  ]),
);
