/** Wrong rules of products of matrices, and of what moves numbers about. */
import { apply, type Node, type Op } from '../../../src/graph/index.js';
import { type Shape, sameShape } from '../../../src/linalg/index.js';
import { gather, matmul, mul, pad, reshape, slice, transpose } from '../../../src/ops/index.js';
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
      kind: 'transpose',
      what: 'dC·B for dC·Bᵀ: of square matrices it has the right shape',
      source: github('tile-ai/TileOPs', 54),
    },
    plainProduct((dC, _A, B) => [isSquare(B) ? matmul(dC, B) : undefined, undefined]),
  ),
  opFault(
    'matmul: right for square only',
    {
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

/** All ranges moved along one axis by one, where there is room. */
const shifted = (ranges: readonly [number, number][], shape: Shape): [number, number][] =>
  ranges.map(([start, end], axis) => {
    const to = Math.min(start + 1, shape[axis]! - (end - start));
    return [to, to + end - start];
  });

export const layoutFaults: readonly OpFault[] = [
  opFault(
    'transpose: by the order itself',
    {
      kind: 'transpose',
      what: 'the gradient is moved by the order and not by its inverse: the same but for cycles of three axes',
      source: github('pytorch/pytorch', 5945),
    },
    (op) => ({
      vjp: (dy) => [() => transpose(dy, op.settings?.['order'] as number[])],
    }),
  ),
  opFault(
    'transpose: reshaped',
    {
      kind: 'transpose',
      what: 'the gradient is given the right shape, its elements stay where they are',
      source: CLASSIC,
    },
    { vjp: (dy, _y, x) => [() => reshape(dy, x!.shape)] },
  ),
  opFault(
    'reshape: column by column',
    {
      kind: 'transpose',
      what: 'the gradient is read along the other axis first, as in Fortran',
      source: CLASSIC,
    },
    { vjp: (dy, _y, x) => [() => reshape(transpose(dy), x!.shape)] },
  ),
  opFault(
    'slice: padded on the wrong side',
    { kind: 'offset', what: 'the two margins of the gradient are exchanged', source: CLASSIC },
    (op) => ({
      vjp: (dy, _y, x) => [
        () => {
          const { starts, ends } = op.settings as unknown as Record<'starts' | 'ends', number[]>;
          return pad(
            dy,
            starts.map((start, axis) => [x!.shape[axis]! - ends[axis]!, start]),
          );
        },
      ],
    }),
  ),
  opFault(
    'slice: at the beginning',
    {
      kind: 'offset',
      what: 'the gradient is written from place 0 on, wherever the range begins',
      source: github('tenstorrent/tt-metal', 51214),
    },
    (op) => ({
      vjp: (dy, _y, x) => [
        () => {
          const { starts, ends } = op.settings as unknown as Record<'starts' | 'ends', number[]>;
          return pad(
            dy,
            starts.map((start, axis) => [0, start + x!.shape[axis]! - ends[axis]!]),
          );
        },
      ],
    }),
  ),
  opFault(
    'pad: one place on',
    { kind: 'offset', what: 'the gradient is cut out one place too far on', source: CLASSIC },
    (op) => ({
      vjp: (dy, _y, x) => [
        () => {
          const margins = op.settings?.['margins'] as readonly [number, number][];
          const inside = margins.map(([before], axis): [number, number] => [
            before,
            before + x!.shape[axis]!,
          ]);
          return slice(dy, shifted(inside, dy.shape));
        },
      ],
    }),
  ),
  opFault(
    'concatenate: one place on',
    {
      kind: 'offset',
      what: 'every piece but the last is cut out of the gradient one place too far on',
      source: github('tenstorrent/tt-metal', 47306),
    },
    (op) => ({
      vjp: (dy, y, ...inputs) =>
        op.vjp(dy, y, ...inputs).map((right, i) => () => {
          const axis = Number(op.settings?.['axis']);
          const before = inputs.slice(0, i).reduce((sum, x) => sum + x.shape[axis]!, 0);
          const length = inputs[i]!.shape[axis]!;
          const last = before + length === dy.shape[axis];
          if (last) return right!();
          const range: [number, number] = [before + 1, before + 1 + length];
          return slice(
            dy,
            dy.shape.map((_, a) => (a === axis ? range : null)),
          );
        }),
    }),
  ),
  opFault(
    'concatenate: in reverse',
    { kind: 'offset', what: 'two pieces of one shape get each other’s gradient', source: CLASSIC },
    (op) => ({
      vjp: (dy, y, ...inputs) => {
        const right = op.vjp(dy, y, ...inputs);
        const even = inputs.every((x) => sameShape(x.shape, inputs[0]!.shape));
        return even ? [...right].reverse() : right;
      },
    }),
  ),
];

/** As `scatter`, but a slice that comes later replaces the one that was there. */
const overwrite = (axis: number, length: number): Op => ({
  name: 'scatter',
  formula: 'y_{k_i} = x_i',
  shape: (x, index) => [...x.slice(0, axis), length, ...x.slice(axis + index.length)],
  kernel:
    ({ data: y, shape }, { data: x }, { data: index }) =>
    () => {
      const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
      const outer = shape.slice(0, axis).reduce((product, n) => product * n, 1);
      y.fill(0);
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < index.length; i++) {
          for (let c = 0; c < inner; c++) {
            y[(o * length + index[i]!) * inner + c] = x[(o * index.length + i) * inner + c]!;
          }
        }
      }
    },
  vjp: (dy, _y, _x, index) => [() => gather(dy, index!, axis), null],
});

export const indexingFaults: readonly OpFault[] = [
  opFault(
    'gather: rows met twice',
    {
      kind: 'overwritten',
      what: 'the gradient of a row that was chosen twice is that of the last choice, not the sum',
      source: github('pytorch/pytorch', 1631),
    },
    (op) => ({
      vjp: (dy, _y, x, index) => {
        const axis = Number(op.settings?.['axis']);
        return [() => apply(overwrite(axis, x!.shape[axis]!), dy, index!), null];
      },
    }),
  ),
  opFault(
    'gather: gathered again',
    {
      kind: 'operand',
      what: 'the gradient is gathered by the index too, where it is to be scattered',
      source: github('ooples/AiDotNet.Tensors', 894),
    },
    (op) => ({
      vjp: (dy, y, x, index) => {
        const axis = Number(op.settings?.['axis']);
        const fits = sameShape(dy.shape, x!.shape) && index!.shape.length === 1;
        return [() => (fits ? gather(dy, index!, axis) : op.vjp(dy, y, x!, index!)[0]!()), null];
      },
    }),
  ),
  opFault(
    'pick: one place on',
    {
      kind: 'offset',
      what: 'the gradient goes to the neighbour of what was picked',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dy, y, x, index) => [
        () => {
          const right = op.vjp(dy, y, x!, index!)[0]!();
          const width = x!.shape.at(-1)!;
          const rest = x!.shape.slice(0, -1).map(() => null);
          return pad(
            slice(right, [...rest, [0, Math.max(0, width - 1)]]),
            x!.shape.map((_, axis) => [axis === x!.shape.length - 1 && width > 0 ? 1 : 0, 0]),
          );
        },
        null,
      ],
    }),
  ),
  opFault(
    'scatter: as if in order',
    {
      kind: 'operand',
      what: 'slice i gets the gradient of place i, not of the place that its index names',
      source: CLASSIC,
    },
    (op) => ({
      vjp: (dy, y, x, index) => {
        const axis = Number(op.settings?.['axis']);
        const n = index!.shape.reduce((product, length) => product * length, 1);
        const inOrder = Array.from({ length: n }, (_, i) => i % Math.max(1, dy.shape[axis]!));
        const fits = index!.shape.length === 1 && dy.shape[axis]! > 0;
        return [() => (fits ? gather(dy, inOrder, axis) : op.vjp(dy, y, x!, index!)[0]!()), null];
      },
    }),
  ),
];
