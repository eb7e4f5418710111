/** Wrong rules of products of matrices. */
import type { Node } from '../../../src/graph/index.js';
import { sameShape } from '../../../src/linalg/index.js';
import { matmul, mul, reshape, transpose } from '../../../src/ops/index.js';
import { type Change, CLASSIC, github, type OpFault, opFault } from '../fault.js';

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A wrong pair of terms for C = A·B without transposes, else the right one. */
const plainProduct =
  (wrong: (dC: Node, A: Node, B: Node) => readonly [Node | undefined, Node | undefined]): Change =>
  (op) => ({
    vjp: (dC, C, A, B) => {
      const { transposeA, transposeB } = op.settings as unknown as Transposes;
      const right = op.vjp(dC, C, A!, B!);
      if (transposeA || transposeB) return right;
      return [0, 1].map((slot) => () => wrong(dC, A!, B!)[slot] ?? right[slot]!());
    },
  });

const isSquare = ({ shape }: Node): boolean => shape.at(-1) === shape.at(-2);

export const productFaults: readonly OpFault[] = [
  opFault(
    'matmul: B not transposed',
    {
      by: 'exact',
      kind: 'transpose',
      what: 'dC·B for dC·Bᵀ: of square matrices it has the right shape',
      source: github('tile-ai/TileOPs', 54),
    },
    plainProduct((dC, _A, B) => [isSquare(B) ? matmul(dC, B) : undefined, undefined]),
  ),
  opFault(
    'matmul: right for square only',
    {
      by: 'exact',
      kind: 'transpose',
      what: 'the gradient of a B that is not square is transposed, and then given the shape of B',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dC, C, A, B) => {
        const [dA, dB] = op.vjp(dC, C, A!, B!);
        const order = [...B!.shape.keys()];
        order.push(order.pop()!, order.pop()!);
        return [dA!, () => (isSquare(B!) ? dB!() : reshape(transpose(dB!(), order), B!.shape))];
      },
    }),
  ),
  opFault(
    'matmul: gradients swapped',
    {
      by: 'exact',
      kind: 'operand',
      what: 'A gets what is B’s, wherever the two have one shape',
      source: CLASSIC,
    },
    plainProduct((dC, A, B) =>
      sameShape(A.shape, B.shape)
        ? [matmul(A, dC, { transposeA: true }), matmul(dC, B, { transposeB: true })]
        : [undefined, undefined],
    ),
  ),
  opFault(
    'matmul: right without transposes',
    {
      by: 'exact',
      kind: 'transpose',
      what: 'with a transposed B, its gradient is not transposed: it shows where B is square',
      source: github('FluxML/NNlib.jl', 100),
    },
    (op) => ({
      vjp: (dC, C, A, B) => {
        const { transposeA, transposeB } = op.settings as unknown as Transposes;
        const [dA, dB] = op.vjp(dC, C, A!, B!);
        if (!transposeB || !isSquare(B!)) return [dA!, dB!];
        return [dA!, () => matmul(A!, dC, { transposeA: !transposeA })];
      },
    }),
  ),
  opFault(
    'matmul: one part in 10⁸ off',
    {
      kind: 'small error',
      what: 'the gradient of B is off by a factor of 1 + 10⁻⁸',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dC, C, A, B) => {
        const [dA, dB] = op.vjp(dC, C, A!, B!);
        return [dA!, () => mul(dB!(), 1 + 1e-8)];
      },
    }),
  ),
];
