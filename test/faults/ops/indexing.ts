/** Wrong rules of what chooses by an index. */
import { apply, type Op } from '../../../src/graph/index.js';
import { sameShape } from '../../../src/linalg/index.js';
import { gather, pad, slice } from '../../../src/ops/index.js';
import { CLASSIC, github, type OpFault, opFault } from '../fault.js';

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
