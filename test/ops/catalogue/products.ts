import fc from 'fast-check';
import { tensor } from '../../../src/check/random/tensors.js';
import { definitions, Tensor } from '../../../src/check/reference/index.js';
import type { OpSpec } from '../../../src/check/spec.js';
import { input } from '../../../src/graph/index.js';
import { Csr } from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import type { OpName } from '../support/op-name.js';
import { broadcastingShapes, tensors } from '../support/shapes.js';
import { call, shown } from '../support/written.js';
import { all, matrix, point, vector } from './builders.js';
import { indexOf } from './indexing.js';

const length = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(1, 2, 3, 2, 3) },
  { weight: 1, arbitrary: fc.constant(0) },
);

const matrices = fc
  .tuple(broadcastingShapes(2), length, length, length, fc.boolean(), fc.boolean())
  .filter(([[a, b]]) => [...a!, ...b!].every((n) => n < 5))
  .chain(([[batchA, batchB], m, k, n, transposeA, transposeB]) =>
    fc.record({
      A: tensor([...batchA!.slice(-2), ...(transposeA ? [k, m] : [m, k])], all),
      B: tensor([...batchB!.slice(-2), ...(transposeB ? [n, k] : [k, n])], all),
      transposes: fc.constant({
        ...(transposeA && { transposeA }),
        ...(transposeB && { transposeB }),
      }),
    }),
  );

/** A sparse matrix with gaps and at least one number, as a dense one too, and as code. */
const sparse = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) => tensor([rows, columns], fc.oneof(fc.constant(0), all, all)))
  .filter(({ values }) => values.some((value) => value !== 0))
  .map((dense) => {
    const [rows, columns] = dense.shape as [number, number];
    const entries = dense.values.flatMap((value, at) => (value === 0 ? [] : [{ value, at }]));
    const triplets = [
      rows,
      columns,
      entries.map(({ at }) => Math.floor(at / columns)),
      entries.map(({ at }) => at % columns),
      entries.map(({ value }) => value),
    ] as const;
    return { S: Csr.fromTriplets(...triplets), dense, code: call('Csr.fromTriplets', ...triplets) };
  });

const S23 = Csr.fromTriplets(2, 3, [0, 1], [2, 0], [5, 7]);

const cube = ops.customOp({
  name: 'cube',
  shape: (x) => x,
  forward: ({ data: y }, [x]) => {
    for (let i = 0; i < y.length; i++) y[i] = x!.data[i]! ** 3;
  },
  backward: ([dx], { data: dy }, _y, [x]) => {
    for (let i = 0; i < dy.length; i++) dx!.data[i] = 3 * x!.data[i]! ** 2 * dy[i]!;
  },
});

export const products = {
  matmul: {
    smooth: matrices.map(({ A, B, transposes }) => {
      const options = Object.keys(transposes).length > 0 ? transposes : undefined;
      return shown({
        text: (a, b) => call('matmul', a, b, options),
        f: (a, b) => ops.matmul(a, b, options),
        definition: definitions.matmul(options),
        inputs: [A, B],
      });
    }),
    special: [
      point(
        'an inner length of 0 gives zeros',
        (a, b) => ops.matmul(a!, b!),
        [new Tensor([2, 0], []), new Tensor([0, 1], [])],
        [0, 0],
        [],
        [],
      ),
      point(
        'A·A has two edges',
        (a) => ops.matmul(a!, a!),
        [matrix([1, 2], [3, 4])],
        [7, 10, 15, 22],
        // dC·Aᵀ + Aᵀ·dC with dC = 1
        [3 + 4, 7 + 4, 3 + 6, 7 + 6],
      ),
      point(
        'A·Aᵀ too',
        (a) => ops.matmul(a!, a!, { transposeB: true }),
        [matrix([1, 2], [3, 4])],
        [5, 11, 11, 25],
        // (dC + dCᵀ)·A
        [8, 12, 8, 12],
      ),
      point(
        'a matrix that a batch shares gets the sum over the batch',
        (a, b) => ops.matmul(a!, b!),
        [new Tensor([2, 1, 1], [2, 3]), new Tensor([1, 1], [5])],
        [10, 15],
        [5, 5],
        [5],
      ),
    ],
    misfits: [
      {
        make: () => ops.matmul(input('X', [2, 3]), input('W', [4, 3])),
        message:
          /^matmul\(A = input \[2, 3\] "X", B = input \[4, 3\] "W"\): the inner lengths 3 and 4 differ; with transposeB: true they are equal/,
      },
      {
        make: () => ops.matmul(input('X', [3, 2]), input('W', [3, 4])),
        message: /the inner lengths 2 and 3 differ; with transposeA: true they are equal/,
      },
      {
        make: () => ops.matmul(input('X', [2, 3]), input('W', [3, 4]), { transposeB: true }),
        message: /the inner lengths 3 and 4 differ; with transposeB: false they are equal/,
      },
      {
        make: () => ops.matmul(input('X', [2, 5]), input('W', [4, 3])),
        message: /A \[m, k\] meets B \[k, n\]/,
      },
      {
        make: () => ops.matmul(input('X', [2]), input('W', [2, 3])),
        message: /^matmul: A = input \[2\] "X" is no matrix; reshape a vector/,
      },
      {
        make: () => ops.matmul(input('X', [2, 3]), input('w', [3])),
        message: /^matmul: B = input \[3\] "w" is no matrix; reshape a vector/,
      },
      { make: () => ops.matmul(2, input('W', [2, 3])), message: /^matmul: A = .* is no matrix/ },
      {
        make: () => ops.matmul(input('X', [2, 1, 1]), input('W', [3, 1, 1])),
        message: /^matmul\(A = .*, B = .*\): the batches \[2\] and \[3\] do not broadcast/,
      },
      {
        make: () => ops.matmul(input('X', [4, 2, 1, 1]), input('W', [3, 1, 1])),
        message: /^matmul\(A = .*, B = .*\): the batches \[4, 2\] and \[3\] do not broadcast/,
      },
    ],
  },
  sparseMatmul: {
    smooth: sparse.chain(({ S, dense, code }) =>
      fc.tuple(fc.boolean(), length).chain(([transpose, k]) => {
        const options = transpose ? { transpose } : undefined;
        return tensor([dense.shape[transpose ? 0 : 1]!, k], all).map((X) =>
          shown({
            text: (x) => call('sparseMatmul', code, x, options),
            f: (x) => ops.sparseMatmul(S, x, options),
            definition: definitions.sparseMatmul(dense, options),
            inputs: [X],
          }),
        );
      }),
    ),
    special: [
      point(
        'only what is there counts',
        (x) => ops.sparseMatmul(S23, x!),
        [matrix([1], [Number.POSITIVE_INFINITY], [3])],
        [15, 7],
        [7, 0, 5],
      ),
    ],
    misfits: [
      {
        make: () => ops.sparseMatmul(S23, input('X', [2, 4])),
        message:
          /^sparseMatmul\(X = input \[2, 4\] "X"\): the sparse matrix is \[2, 3\] as used, so X has the shape \[3, k\]/,
      },
      {
        make: () => ops.sparseMatmul(S23, input('X', [3, 4]), { transpose: true }),
        message: /the sparse matrix is \[3, 2\] as used, so X has the shape \[2, k\]/,
      },
      { make: () => ops.sparseMatmul(S23, input('X', [3])), message: /X has the shape \[3, k\]/ },
      {
        make: () => ops.sparseMatmul(S23, input('X', [2, 3, 4])),
        message: /X has the shape \[3, k\]/,
      },
    ],
  },
  sparseRows: {
    smooth: sparse.chain(({ S, dense, code }) =>
      fc.array(fc.nat(dense.shape[0]! - 1), { minLength: 1, maxLength: 3 }).chain((rows) =>
        tensor([rows.length, dense.shape[1]!], all).map((X) =>
          shown({
            text: (x) => call('mul', x, call('sparseRows', code, rows)),
            f: (x) => ops.mul(x, ops.sparseRows(S, rows)),
            definition: (A, x) =>
              definitions.mul(A, x, definitions.sparseRows(dense, vector(...rows))(A)),
            inputs: [X],
          }),
        ),
      ),
    ),
    misfits: [
      {
        make: () => ops.sparseRows(S23, [2]),
        message: /^sparseRows: the index .*element 0 is 2; .* from 0 to 1/,
      },
      { make: () => ops.sparseRows(S23, [-1]), message: /element 0 is -1/ },
    ],
  },
  sparseRowsMatmul: {
    smooth: sparse.chain(({ S, dense, code }) =>
      fc
        .tuple(
          fc
            .array(fc.nat(dense.shape[0]! - 1), { minLength: 1, maxLength: 4 })
            .map((rows) => vector(...rows)),
          tensor([dense.shape[1]!, 2], all),
        )
        .map(([rows, X]) =>
          shown({
            text: (x) => call('sparseRowsMatmul', code, rows, x),
            f: (x) => ops.sparseRowsMatmul(S, indexOf(rows), x),
            definition: definitions.sparseRowsMatmul(dense, rows),
            inputs: [X],
          }),
        ),
    ),
    special: [
      point(
        'a row that is asked for twice',
        (x) => ops.sparseRowsMatmul(S23, [1, 1], x!),
        [matrix([1], [2], [3])],
        [7, 7],
        [14, 0, 0],
      ),
    ],
    misfits: [
      {
        make: () => ops.sparseRowsMatmul(S23, [0, 1], input('X', [2, 4])),
        message:
          /^sparseRowsMatmul\(index = constant \[2\], X = input \[2, 4\] "X"\): the index has the shape \[n\] and X the shape \[3, k\]/,
      },
      {
        make: () => ops.sparseRowsMatmul(S23, [[0, 1]], input('X', [3, 4])),
        message: /the index has the shape \[n\] and X the shape \[3, k\]/,
      },
      {
        make: () => ops.sparseRowsMatmul(S23, [2], input('X', [3, 4])),
        message: /^sparseRowsMatmul: the index .*element 0 is 2; .* from 0 to 1/,
      },
    ],
  },
  customOp: {
    smooth: tensors(all).map((x) =>
      shown({
        text: (node) => call('cube', node),
        f: cube,
        definition: definitions.power(3),
        inputs: [x],
      }),
    ),
    misfits: [{ make: () => cube(undefined as never), message: /^cube: input x is undefined/ }],
    once: true,
  },
} satisfies Partial<Record<OpName, OpSpec>>;
