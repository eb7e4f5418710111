/** One of every family of kernels, to be bound to arrays anywhere: to those of the plain loop, and to others. */
import {
  adamStep,
  Csr,
  copying,
  decayOf,
  elementwise,
  filling,
  finiteIn,
  gatherRows,
  gradientDescentStep,
  gram,
  matmul,
  max,
  maxAxis,
  minAxis,
  norm2,
  parametric,
  type Stretch,
  scatterRows,
  softmaxAxis,
  sparseRowsTimesDense,
  sparseRowsTransposeTimesDense,
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
  sum,
  sumAxis,
  zeroIn,
} from '../../../src/linalg/index.js';
import type { CompressedRows } from '../../../src/linalg/sparse/compressed.js';
import { twins } from './twins.js';

export interface KernelCase {
  readonly pieces: number;
  /** Length of the result. */
  readonly numbers: number;
  readonly inputs: readonly Float64Array[];
  bind(y: Float64Array, inputs: readonly Float64Array[]): Stretch;
  /** It is done in one go, and not shared by threads. */
  readonly alone?: boolean;
}

const [rows, n, k] = [61, 257, 9];
const numbers = (length: number, seed: number, awkward = 0.05): Float64Array =>
  twins(length, seed, awkward).outside;

const x = numbers(rows * n, 1);
const row = numbers(n, 2);
const column = numbers(rows, 3);
const dense = numbers(n * k, 5, 0);
const factor = numbers(rows * k, 8, 0);
const index = Float64Array.from({ length: 40 }, (_, i) => (i * 23) % rows);
/** Zeros, but for the last. */
const last = (value: number): Float64Array => new Float64Array(n).fill(value, n - 1);
const matrix = Csr.fromDense(
  rows,
  n,
  numbers(rows * n, 4, 0).map((value) => (Math.abs(value) < 0.8 ? 0 : value)),
);

type Bind = (y: Float64Array, ...inputs: readonly Float64Array[]) => Stretch;

const kernel = (
  pieces: number,
  numbers: number,
  inputs: readonly Float64Array[],
  bind: Bind,
): KernelCase => ({ pieces, numbers, inputs, bind: (y, given) => bind(y, ...given) });

/** What is done at once, whatever pieces are asked for. */
const alone = (
  numbers: number,
  inputs: readonly Float64Array[],
  run: (y: Float64Array, ...inputs: readonly Float64Array[]) => () => void,
): KernelCase => ({
  ...kernel(1, numbers, inputs, (y, ...given) => run(y, ...given)),
  alone: true,
});

const whole = (data: Float64Array) => ({ data, row: n, step: 1 });
const each = (data: Float64Array) => ({ data, row: 0, step: 1 });
/** The sparse matrix with values in another place. */
const withValues = (values: Float64Array): CompressedRows => ({
  rows,
  columns: n,
  rowStart: matrix.rowStart,
  columnIndex: matrix.columnIndex,
  values,
});

const unary = ['negate', 'sign', 'relu', 'sqrt', 'exp', 'expm1', 'log', 'log1p', 'tanh'] as const;

export const kernelCases: Readonly<Record<string, KernelCase>> = {
  ...Object.fromEntries(
    unary.map((name) => [
      name,
      kernel(rows * n, rows * n, [x], (y, x) => elementwise[name].on(y, x!)),
    ]),
  ),
  add: kernel(rows * n, rows * n, [x, x], (y, a, b) => elementwise.add.on(y, a!, 1, b!, 1)),
  bias: kernel(rows * n, rows * n, [x, row], (y, x, b) =>
    elementwise.add.onRows(y, n, whole(x!), each(b!)),
  ),
  select: kernel(rows * n, rows * n, [column, x, row], (y, c, x, b) =>
    elementwise.select(y, n, { data: c!, row: 1, step: 0 }, whole(x!), each(b!)),
  ),
  clamp: kernel(rows * n, rows * n, [x], (y, x) => parametric.clamp.on(y, x!, -0.5, 0.25)),
  copy: kernel(rows * n, rows * n, [x], (y, x) => copying(whole(y), whole(x!), n)),
  transpose: kernel(rows * n, rows * n, [x], (y, x) =>
    copying({ data: y, row: rows, step: 1 }, { data: x!, row: 1, step: n }, rows),
  ),
  fill: kernel(rows, rows, [], (y) => filling(y, -0)),
  gather: kernel(index.length, index.length * n, [x, index], (y, x, index) =>
    gatherRows(y, x!, index!, n),
  ),
  scatter: alone(rows * n, [x.slice(0, index.length * n), index], (y, x, index) => {
    const run = scatterRows(y, x!, index!, n);
    return () => run(0, index!.length);
  }),
  'sum of rows': kernel(rows, rows, [x], (y, x) => sumAxis.on(y, x!, rows, n, 1)),
  'sum of columns': kernel(n, n, [x], (y, x) => sumAxis.on(y, x!, 1, rows, n)),
  'max of columns': kernel(n, n, [x], (y, x) => maxAxis.on(y, x!, 1, rows, n)),
  'min of rows': kernel(rows, rows, [x], (y, x) => minAxis.on(y, x!, rows, n, 1)),
  'sum, norm and largest': alone(3, [dense], (y, x) => () => {
    y.set([sum(x!), norm2(x!), max(x!)]);
  }),
  softmax: alone(n, [row], (y, x) => () => softmaxAxis(y, x!, 1, n, 1, y.slice())),
  'finite, zero': alone(2, [last(Infinity), last(1)], (y, x, z) => () => {
    y.set([Number(finiteIn(x!)(0, n)), Number(zeroIn(z!)(0, n))]);
  }),
  decay: alone(n, [row], (y, x) => () => {
    y.set(x!);
    decayOf(y)(0, n, 0.75, 13);
  }),
  'gradient descent': kernel(n, n, [row, Float64Array.of(0.1)], (w, g, told) =>
    gradientDescentStep(w, g!, [], told!),
  ),
  Adam: kernel(
    n,
    3 * n,
    [row, Float64Array.of(0.002, 0.9, 0.1, 0.999, 0.001, 1e-8, 0.99)],
    (y, g, told) => {
      const [w, v, s] = [0, 1, 2].map((i) => y.subarray(i * n, (i + 1) * n));
      return adamStep(w!, g!, [v!, s!], told!);
    },
  ),
  // More rows than a thread takes at a time.
  matmul: kernel(n, n * k, [x, factor], (y, a, b) => matmul.on(y, a!, b!, n, k, rows)),
  'matmul with Aᵀ and Bᵀ': kernel(n, n * k, [x, factor], (y, a, b) =>
    matmul.on(y, a!, b!, n, k, rows, { transposeA: true, transposeB: true }),
  ),
  gram: kernel(gram.pieces(rows, n), n * n, [x], (y, x) => gram.on(y, x!, rows, n)),
  'gram of rows': kernel(gram.pieces(rows, n, { ofRows: true }), rows * rows, [x], (y, x) =>
    gram.on(y, x!, rows, n, { ofRows: true }),
  ),
  'sparse · vector': kernel(rows, rows, [row, matrix.values], (y, x, values) =>
    sparseTimesVector.on(y, withValues(values!), x!),
  ),
  'sparse · dense': kernel(rows, rows * k, [dense, matrix.values], (y, x, values) =>
    sparseTimesDense.on(y, withValues(values!), x!, k),
  ),
  'sparseᵀ · vector': alone(n, [column, matrix.values], (y, x, values) =>
    sparseTransposeTimesVector.on(y, withValues(values!), x!),
  ),
  'sparseᵀ · dense': alone(n * k, [numbers(rows * k, 6, 0), matrix.values], (y, x, values) =>
    sparseTransposeTimesDense.on(y, withValues(values!), x!, k),
  ),
  'rows of sparse · dense': alone(
    index.length * k,
    [index, dense, matrix.values],
    (y, index, x, values) => {
      const run = sparseRowsTimesDense.on(y, withValues(values!), index!, x!, k);
      return () => run(0, index!.length);
    },
  ),
  'rows of sparseᵀ · dense': alone(
    n * k,
    [index, numbers(index.length * k, 7, 0), matrix.values],
    (y, index, x, values) =>
      sparseRowsTransposeTimesDense.on(y, withValues(values!), index!, x!, k),
  ),
};

/** What the result holds at first. */
export const BEFORE = 1234;

const results = new Map<KernelCase, Float64Array>();

/** The result of the plain loop, in arrays that no kernel in WebAssembly reaches. */
export function plainly(given: KernelCase): Float64Array {
  let y = results.get(given);
  if (!y) {
    y = new Float64Array(given.numbers).fill(BEFORE);
    given.bind(
      y,
      given.inputs.map((input) => Float64Array.from(input)),
    )(0, given.pieces);
    results.set(given, y);
  }
  return y;
}
