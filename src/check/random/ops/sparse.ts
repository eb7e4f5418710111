import { constant } from '../../../graph/index.js';
import { Csr } from '../../../linalg/index.js';
import * as ops from '../../../ops/index.js';
import { definitions as of, Tensor } from '../../reference/index.js';
import type { GraphOp, GraphOps } from '../graph-op.js';
import { indexOf, indexText } from './indices.js';
import { listText, optionsText, settings } from './support.js';

/** A sparse matrix with gaps, the same written out, and as TypeScript. */
interface Matrix {
  readonly S: Csr;
  readonly dense: Tensor;
  readonly text: string;
}

function matrixOf(rows: number, columns: number, next: (n: number) => number): Matrix {
  const values = Array.from({ length: rows * columns }, () => [-1, 0, 2, 0, 0.5][next(5)]!);
  const entries = [...values.entries()].filter(([, value]) => value !== 0);
  const i = entries.map(([at]) => Math.floor(at / columns));
  const j = entries.map(([at]) => at % columns);
  const given = entries.map(([, value]) => value);
  const lists = [i, j, given].map(listText).join(', ');
  return {
    S: Csr.fromTriplets(rows, columns, i, j, given),
    dense: new Tensor([rows, columns], values),
    text: `Csr.fromTriplets(${rows}, ${columns}, ${lists})`,
  };
}

const sparseMatmul: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const [length, width] = x!.shape;
    if (x!.shape.length !== 2 || !length || !width) return undefined;
    const next = settings(choice);
    const options = next(2) === 1 ? { transpose: true } : {};
    const other = 1 + next(3);
    const [rows, columns] = options.transpose ? [length, other] : [other, length];
    const { S, dense, text } = matrixOf(rows!, columns!, next);
    return {
      text: (a) => `sparseMatmul(${text}, ${a}${optionsText(options)})`,
      f: (a) => ops.sparseMatmul(S, a!, options),
      definition: of.sparseMatmul(dense, options),
    };
  },
};

const sparseRowsMatmul: GraphOp = {
  arity: 1,
  use: (choice, x) => {
    const [length, width] = x!.shape;
    if (x!.shape.length !== 2 || !length || !width) return undefined;
    const next = settings(choice);
    const rows = 1 + next(3);
    const index = indexOf([1 + next(3)], rows, next);
    const { S, dense, text } = matrixOf(rows, length, next);
    return {
      text: (a) => `sparseRowsMatmul(${text}, ${indexText(index)}, ${a})`,
      f: (a) => ops.sparseRowsMatmul(S, constant([...index.values]), a!),
      definition: of.sparseRowsMatmul(dense, index),
    };
  },
};

export const sparse: GraphOps = { sparseMatmul, sparseRowsMatmul };
