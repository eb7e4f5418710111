import { apply, checkNode, kernelOf, type Node, type Op, ShapeError } from '../graph/index.js';
import { formatShape, matmul as multiply, type Shape, size } from '../linalg/index.js';
import { asNode, broadcastShape, broadcastTo, type Operand } from './broadcast.js';
import { reshape } from './reshape.js';

/** Which factors of a product of matrices are transposed. */
export interface Transposes {
  /** Use Aᵀ in place of A: its last two axes swapped. */
  readonly transposeA?: boolean;
  /** Use Bᵀ in place of B. */
  readonly transposeB?: boolean;
}

/** C = A·B, each transposed on demand, for stacks of matrices of one batch shape. */
const matmulOp = ({ transposeA = false, transposeB = false }: Transposes): Op => ({
  name: 'matmul',
  formula: `C = A${transposeA ? '^\\top' : ''} B${transposeB ? '^\\top' : ''}`,
  slots: ['A', 'B'],
  settings: { transposeA, transposeB },
  shape: (a, b) => {
    const [m, k] = sides(a, transposeA);
    const [inner, n] = sides(b, transposeB);
    if (k !== inner) {
      const hint = swapped(a, b, transposeA, transposeB);
      throw new ShapeError(`the inner lengths ${k} and ${inner} differ${hint}`);
    }
    return [...a.slice(0, -2), m, n];
  },
  kernel: (y, a, b) => {
    const [m, k] = sides(a.shape, transposeA);
    const [, n] = sides(b.shape, transposeB);
    const rows = multiply.on(y.data, a.data, b.data, m, n, k, { transposeA, transposeB });
    return kernelOf(rows, size(y.shape.slice(0, -1)), multiply.cost(n, k));
  },
  vjp: (dC, _C, A, B) => [
    () =>
      transposeA
        ? matmul(B, dC, { transposeA: transposeB, transposeB: true })
        : matmul(dC, B, { transposeB: !transposeB }),
    () =>
      transposeB
        ? matmul(dC, A, { transposeA: true, transposeB: transposeA })
        : matmul(A, dC, { transposeA: !transposeA }),
  ],
});

/** Rows and columns of a matrix as it is used. */
function sides(shape: Shape, transposed: boolean): [number, number] {
  const rows = shape.at(-2)!;
  const columns = shape.at(-1)!;
  return transposed ? [columns, rows] : [rows, columns];
}

/** What would fit, where one transpose makes it so. */
function swapped(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): string {
  const [, k] = sides(a, transposeA);
  if (k === sides(b, !transposeB)[0]) return `; with transposeB: ${!transposeB} they are equal`;
  const [inner] = sides(b, transposeB);
  if (inner === sides(a, !transposeA)[1]) return `; with transposeA: ${!transposeA} they are equal`;
  return `; A [m, k] meets B [k, n]`;
}

/**
 * The matrix product A·B over the last two axes. The axes in front are a batch and broadcast.
 * @throws ShapeError if a side has fewer than two axes, the inner lengths differ, or batches do not broadcast
 */
export function matmul(a: Operand, b: Operand, transposes: Transposes = {}): Node {
  const [A, B] = [asNode(a), asNode(b)];
  for (const [name, X] of Object.entries({ A, B })) {
    checkNode('matmul', name, X);
    if (X.shape.length >= 2) continue;
    throw new ShapeError(
      `matmul: ${name} = ${X} is no matrix; reshape a vector to [n, 1] or [1, n], or take sum(mul(a, b)) for a dot product`,
    );
  }
  if (B.shape.length === 2 && !transposes.transposeA) {
    // A stack of matrices times one matrix is one tall matrix times it.
    const rows = size(A.shape.slice(0, -1));
    const product = apply(matmulOp(transposes), reshape(A, [rows, A.shape.at(-1)!]), B);
    return reshape(product, [...A.shape.slice(0, -1), product.shape[1]!]);
  }
  const batch = batchShape(A, B);
  return apply(
    matmulOp(transposes),
    broadcastTo(A, [...batch, ...A.shape.slice(-2)]),
    broadcastTo(B, [...batch, ...B.shape.slice(-2)]),
  );
}

function batchShape(A: Node, B: Node): Shape {
  try {
    return broadcastShape(A.shape.slice(0, -2), B.shape.slice(0, -2));
  } catch {
    throw new ShapeError(
      `matmul(A = ${A}, B = ${B}): the batches ${formatShape(A.shape.slice(0, -2))} and ` +
        `${formatShape(B.shape.slice(0, -2))} do not broadcast`,
    );
  }
}
