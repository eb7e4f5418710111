/** Wrong rules of what moves numbers about. */
import { type Shape, sameShape } from '../../../src/linalg/index.js';
import { pad, reshape, slice, transpose } from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

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
      by: 'exact',
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
      by: 'exact',
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
