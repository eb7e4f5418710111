import fc from 'fast-check';
import { constant, input } from '../../../src/graph/index.js';
import { Csr } from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import { broadcastable, dyadic, tensor, tensors } from '../support/arbitraries.js';
import { type Entry, type OpName, shown } from '../support/entry.js';
import { broadcastOf, Tensor } from '../support/tensor.js';

const all = dyadic(-4, 4);
const length = fc.constantFrom(1, 2, 2, 2, 3, 3, 3, 3, 1, 2, 3, 0);

/** The last two axes swapped. */
function transposed(x: Tensor): Tensor {
  const [m, n] = x.shape.slice(-2);
  return Tensor.make([...x.shape.slice(0, -2), n!, m!], (index) =>
    x.at([...index.slice(0, -2), index.at(-1)!, index.at(-2)!]),
  );
}

function product(A: Tensor, B: Tensor): Tensor {
  const batch = broadcastOf(A.shape.slice(0, -2), B.shape.slice(0, -2));
  const inner = A.shape.at(-1)!;
  return Tensor.make([...batch, A.shape.at(-2)!, B.shape.at(-1)!], (index) => {
    const [i, j] = index.slice(-2) as [number, number];
    const at = index.slice(0, -2);
    let total = 0;
    for (let k = 0; k < inner; k++) total += A.at([...at, i, k]) * B.at([...at, k, j]);
    return total;
  });
}

const matrices = fc
  .tuple(broadcastable(2), length, length, length, fc.boolean(), fc.boolean())
  .filter(([[a, b]]) => [...a!, ...b!].every((n) => n < 5))
  .chain(([[batchA, batchB], m, k, n, transposeA, transposeB]) =>
    fc.record({
      A: tensor([...batchA!.slice(-2), ...(transposeA ? [k, m] : [m, k])], all),
      B: tensor([...batchB!.slice(-2), ...(transposeB ? [n, k] : [k, n])], all),
      transposeA: fc.constant(transposeA),
      transposeB: fc.constant(transposeB),
    }),
  );

/** A sparse matrix with gaps, an empty row among them, and as a dense one. */
const sparse = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) => tensor([rows, columns], fc.oneof(fc.constant(0), all)))
  .map((dense) => {
    const [rows, columns] = dense.shape as [number, number];
    const entries = dense.values.flatMap((value, at) => (value === 0 ? [] : [{ value, at }]));
    const S = Csr.fromTriplets(
      rows,
      columns,
      entries.map(({ at }) => Math.floor(at / columns)),
      entries.map(({ at }) => at % columns),
      entries.map(({ value }) => value),
    );
    return { S, dense };
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
    smooth: matrices.map(({ A, B, transposeA, transposeB }) =>
      shown({
        text: `matmul(A, B, { transposeA: ${transposeA}, transposeB: ${transposeB} })`,
        f: (a, b) => ops.matmul(a, b, { transposeA, transposeB }),
        inputs: [A, B],
        expected: product(transposeA ? transposed(A) : A, transposeB ? transposed(B) : B),
      }),
    ),
    kinks: [],
    special: [
      {
        text: 'an inner length of 0 gives zeros',
        f: (a, b) => ops.matmul(a, b),
        inputs: [new Tensor([2, 0], []), new Tensor([0, 1], [])],
        value: [0, 0],
        gradient: [[], []],
      },
      {
        text: 'A·A has two edges',
        f: (a) => ops.matmul(a, a),
        inputs: [new Tensor([2, 2], [1, 2, 3, 4])],
        value: [7, 10, 15, 22],
        // dC·Aᵀ + Aᵀ·dC with dC = 1
        gradient: [[3 + 4, 7 + 4, 3 + 6, 7 + 6]],
      },
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
        make: () => ops.matmul(input('X', [2, 5]), input('W', [4, 3])),
        message: /A \[m, k\] meets B \[k, n\]/,
      },
      {
        make: () => ops.matmul(input('X', [2]), input('W', [2, 3])),
        message: /^matmul: A = input \[2\] "X" is no matrix; reshape a vector/,
      },
      {
        make: () => ops.matmul(input('X', [2, 1, 1]), input('W', [3, 1, 1])),
        message: /^matmul\(A = .*, B = .*\): the batches \[2\] and \[3\] do not broadcast/,
      },
    ],
  },
  sparseMatmul: {
    smooth: sparse.chain(({ S, dense }) =>
      fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3 })).chain(([transpose, k]) =>
        tensor([dense.shape[transpose ? 0 : 1]!, k], all).map((X) =>
          shown({
            text: `sparseMatmul(S${dense}, X, { transpose: ${transpose} })`,
            f: (node) => ops.sparseMatmul(S, node, { transpose }),
            inputs: [X],
            expected: product(transpose ? transposed(dense) : dense, X),
          }),
        ),
      ),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.sparseMatmul(S23, input('X', [2, 4])),
        message:
          /^sparseMatmul\(X = input \[2, 4\] "X"\): the sparse matrix is \[2, 3\] as used, so X has the shape \[3, k\]/,
      },
      { make: () => ops.sparseMatmul(S23, input('X', [3])), message: /X has the shape \[3, k\]/ },
    ],
  },
  sparseRows: {
    smooth: sparse.chain(({ S, dense }) =>
      fc.array(fc.nat(dense.shape[0]! - 1), { minLength: 1, maxLength: 3 }).chain((rows) => {
        const columns = dense.shape[1]!;
        return tensor([rows.length, columns], all).map((X) =>
          shown({
            text: `x · sparseRows(S${dense}, [${rows}])`,
            f: (node) => ops.mul(node, ops.sparseRows(S, rows)),
            inputs: [X],
            expected: Tensor.make(X.shape, ([i, j]) => X.at([i!, j!]) * dense.at([rows[i!]!, j!])),
          }),
        );
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.sparseRows(S23, [2]),
        message: /^sparseRows: the index .*element 0 is 2; .* from 0 to 1/,
      },
    ],
  },
  sparseRowsMatmul: {
    smooth: sparse.chain(({ S, dense }) =>
      fc
        .tuple(
          fc.array(fc.nat(dense.shape[0]! - 1), { maxLength: 4 }),
          tensor([dense.shape[1]!, 2], all),
        )
        .map(([chosen, X]) =>
          shown({
            text: `sparseRowsMatmul(S${dense}, [${chosen}], X)`,
            f: (node) => ops.sparseRowsMatmul(S, constant(chosen, [chosen.length]), node),
            inputs: [X],
            expected: product(
              Tensor.make([chosen.length, dense.shape[1]!], ([i, j]) =>
                dense.at([chosen[i!]!, j!]),
              ),
              X,
            ),
          }),
        ),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.sparseRowsMatmul(S23, [0, 1], input('X', [2, 4])),
        message:
          /^sparseRowsMatmul\(index = constant \[2\], X = input \[2, 4\] "X"\): the index has the shape \[n\] and X the shape \[3, k\]/,
      },
      {
        make: () => ops.sparseRowsMatmul(S23, [2], input('X', [3, 4])),
        message: /^sparseRowsMatmul: the index .*element 0 is 2; .* from 0 to 1/,
      },
    ],
  },
  customOp: {
    smooth: tensors(all).map((x) =>
      shown({ text: 'cube(x)', f: cube, inputs: [x], expected: x.map((a) => a ** 3) }),
    ),
    kinks: [],
    special: [],
    misfits: [{ make: () => cube(undefined as never), message: /^cube: input x is undefined/ }],
    once: true,
  },

  // Leaves: what they draw is tested in noise.test.ts. Here: that x's gradient goes past them.
  normalNoise: noisy('normalNoise', ops.normalNoise),
  uniformNoise: noisy('uniformNoise', ops.uniformNoise),
  sampleNormal: {
    smooth: tensors(all).chain((mean) =>
      tensor(mean.shape, dyadic(-2, 2)).map((logVariance) =>
        shown({
          text: 'sampleNormal(mean, logVariance)',
          f: (m, v) => ops.sampleNormal(m, v, { seed: 7, label: 'z' }),
          inputs: [mean, logVariance],
          expected: null,
        }),
      ),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => ops.sampleNormal(input('m', [2]), input('v', [3]), { label: 'z' }),
        message: /shapes \[2\] and \[3\] do not broadcast|shapes \[3\] and \[2\] do not broadcast/,
      },
    ],
  },
} satisfies Partial<Record<OpName, Entry>>;

function noisy(name: string, leaf: typeof ops.normalNoise): Entry {
  return {
    smooth: tensors(all).map((x) =>
      shown({
        text: `x · ${name}`,
        f: (node) => ops.mul(node, leaf(x.shape, { seed: 3, label: name })),
        inputs: [x],
        expected: null,
      }),
    ),
    kinks: [],
    special: [],
    misfits: [
      {
        make: () => leaf([-1], { label: 'e' }),
        message: new RegExp(`^${name}: the shape \\[-1\\]`),
      },
    ],
  };
}
