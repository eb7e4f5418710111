import type { Shape } from '../../../linalg/index.js';
import type { Definition } from '../definition.js';
import { Tensor } from '../tensor.js';
import { axisOf, range } from './support.js';

export function broadcastTo(shape: Shape): Definition {
  return (_, x) => Tensor.make(shape, (index) => x.at(index));
}

export function reshape(shape: Shape): Definition {
  return (_, x) => new Tensor(shape, x.values);
}

/** The axes in another order; reversed where it is left out. */
export function transpose(order?: readonly number[]): Definition {
  return (_, x) => {
    const from = order?.map((axis) => axisOf(x, axis)) ?? range(x.shape.length).reverse();
    const shape = from.map((axis) => x.shape[axis]!);
    return Tensor.make(shape, (index) => x.at(index.map((_i, axis) => index[from.indexOf(axis)]!)));
  };
}

/** [start, end) of each axis, counted from the end where negative; all of an axis where null or left out. */
export function slice(ranges: readonly (readonly [number, number] | null)[]): Definition {
  return (_, x) => {
    const bounds = x.shape.map((length, axis) =>
      (ranges[axis] ?? [0, length]).map((at) => (at < 0 ? at + length : at)),
    ) as [number, number][];
    return Tensor.make(
      bounds.map(([start, end]) => end - start),
      (index) => x.at(index.map((i, axis) => i + bounds[axis]![0])),
    );
  };
}

export function pad(margins: readonly (readonly [number, number])[], value = 0): Definition {
  return (A, x) =>
    Tensor.make(
      x.shape.map((length, axis) => margins[axis]![0] + length + margins[axis]![1]),
      (index) => {
        const from = index.map((i, axis) => i - margins[axis]![0]);
        const within = from.every((i, axis) => i >= 0 && i < x.shape[axis]!);
        return within ? x.at(from) : A.of(value);
      },
    );
}

export function concatenate(axis = 0): Definition {
  return (_, ...parts) => {
    const along = axisOf(parts[0]!, axis);
    const length = parts.reduce((sum, { shape }) => sum + shape[along]!, 0);
    return Tensor.make(parts[0]!.shape.with(along, length), (index) => {
      let place = index[along]!;
      let part = 0;
      while (place >= parts[part]!.shape[along]!) place -= parts[part++]!.shape[along]!;
      return parts[part]!.at(index.with(along, place));
    });
  };
}

export function stack(axis = 0): Definition {
  return (_, ...parts) => {
    const { shape } = parts[0]!;
    const at = axis < 0 ? axis + shape.length + 1 : axis;
    return Tensor.make(shape.toSpliced(at, 0, parts.length), (index) =>
      parts[index[at]!]!.at(index.toSpliced(at, 1)),
    );
  };
}
