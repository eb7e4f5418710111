import { constant, type Node } from '../../../graph/index.js';
import { sameShape } from '../../../linalg/index.js';
import * as ops from '../../../ops/index.js';
import {
  broadcastOf,
  type Definition,
  definitions as of,
  type Tensor,
} from '../../reference/index.js';
import type { GraphOp, GraphOps } from '../graph-op.js';
import { indexOf, indexText } from './indices.js';
import { optionsText, settings } from './support.js';

const matmul: GraphOp = {
  arity: 2,
  use: (choice, a, b) => {
    const [p, q] = [a!.shape, b!.shape];
    if (p.length < 2 || q.length < 2) return undefined;
    if (!broadcastOf(p.slice(0, -2), q.slice(0, -2))) return undefined;
    // Whichever transposes make the product fit, beginning with one of the four.
    for (let k = 0; k < 4; k++) {
      const [transposeA, transposeB] = [((choice + k) & 1) === 1, ((choice + k) & 2) === 2];
      if (p.at(transposeA ? -2 : -1) !== q.at(transposeB ? -1 : -2)) continue;
      const options = { transposeA, transposeB };
      return {
        text: (x, y) => `matmul(${x}, ${y}${optionsText(options)})`,
        f: (x, y) => ops.matmul(x!, y!, options),
        definition: of.matmul(options),
      };
    }
    return undefined;
  },
};

const moderate = (x: Tensor): boolean => x.values.every((value) => Math.abs(value) <= 6);

/** A loss of two tensors of one shape with rows. */
function loss(name: string, f: (a: Node, b: Node) => Node, definition: Definition): GraphOp {
  return {
    arity: 2,
    use: (_, a, b) => {
      if (!sameShape(a!.shape, b!.shape) || a!.shape.length === 0 || a!.shape.includes(0))
        return undefined;
      if (!moderate(a!) || !moderate(b!)) return undefined;
      return { text: (p, q) => `${name}(${p}, ${q})`, f: (p, q) => f(p!, q!), definition };
    },
  };
}

const crossEntropyOfClass: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const { shape } = x!;
    if (shape.length === 0 || shape.includes(0) || !moderate(x!)) return undefined;
    const classes = indexOf(shape.slice(0, -1), shape.at(-1)!, settings(choice));
    return {
      text: (a) => `crossEntropyOfClass(${a}, ${indexText(classes)})`,
      f: (a) =>
        ops.crossEntropyOfClass(a!, constant(Float64Array.from(classes.values), classes.shape)),
      definition: of.crossEntropyOfClass(classes),
    };
  },
};

/** What is said of N(μ, e^v) against N(0, 1), a row at a time. */
function gaussian(name: string, f: (p: ops.Gaussian) => Node, definition: Definition): GraphOp {
  const op = loss(
    name,
    (mean, logVariance) => f({ mean, logVariance }),
    (A, m, v) => {
      const zeros = m.map(() => A.of(0));
      return definition(A, m, v, zeros, zeros);
    },
  );
  return {
    arity: 2,
    use: (choice, m, v) => {
      const use = op.use(choice, m!, v!);
      return use && { ...use, text: (a, b) => `${name}({ mean: ${a}, logVariance: ${b} })` };
    },
  };
}

export const products: GraphOps = {
  matmul,
  squaredError: loss('squaredError', ops.squaredError, of.squaredError),
  crossEntropy: loss('crossEntropy', ops.crossEntropy, of.crossEntropy),
  crossEntropyOfClass,
  binaryCrossEntropy: loss('binaryCrossEntropy', ops.binaryCrossEntropy, of.binaryCrossEntropy),
  gaussianKl: gaussian('gaussianKl', (p) => ops.gaussianKl(p), of.gaussianKl),
  gaussianCrossEntropy: gaussian(
    'gaussianCrossEntropy',
    (p) => ops.gaussianCrossEntropy(p),
    of.gaussianCrossEntropy,
  ),
  gaussianEntropy: gaussian('gaussianEntropy', ops.gaussianEntropy, of.gaussianEntropy),
};
