import { type Shape, size } from '../../linalg/index.js';

/**
 * A tensor as definitions see it: a shape, numbers of some kind in row-major order, and an index. What an op means is
 * written with `make`, index by index, without a thought for speed.
 */
export class Tensor<T = number> {
  /** The length of each axis; [] for a single number. */
  readonly shape: Shape;
  /** Row-major. */
  readonly values: readonly T[];

  /** @throws RangeError if the shape does not hold that many values */
  constructor(shape: Shape, values: readonly T[]) {
    if (values.length !== size(shape)) {
      throw new RangeError(
        `a tensor of shape [${shape}] has ${size(shape)} values, not ${values.length}`,
      );
    }
    this.shape = shape;
    this.values = values;
  }

  /** A tensor from what stands at each index. */
  static make<T>(shape: Shape, element: (index: readonly number[]) => T): Tensor<T> {
    return new Tensor(shape, [...indicesOf(shape)].map(element));
  }

  /**
   * The element at an index, read as broadcasting has it: an index with more axes is aligned at the last one, and
   * axes of length 1 have only place 0.
   */
  at(index: readonly number[]): T {
    const extra = index.length - this.shape.length;
    const flat = this.shape.reduce(
      (at, length, axis) => at * length + (length === 1 ? 0 : index[axis + extra]!),
      0,
    );
    return this.values[flat]!;
  }

  /** f of each element. */
  map<U>(f: (x: T, k: number) => U): Tensor<U> {
    return new Tensor(this.shape, this.values.map(f));
  }

  /** `[2]{1, 2}`: the shape, then the values. */
  toString(): string {
    return `[${this.shape}]{${this.values.join(', ')}}`;
  }
}

/** All indices of a shape, the last axis fastest. */
export function* indicesOf(shape: Shape): Generator<number[]> {
  const total = size(shape);
  for (let flat = 0; flat < total; flat++) {
    const index = new Array<number>(shape.length);
    let rest = flat;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    yield index;
  }
}

/** The shape that shapes broadcast to, by numpy's rule; undefined if there is none. */
export function broadcastOf(...shapes: Shape[]): number[] | undefined {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const broadcast: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    let length = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === length) continue;
      if (length !== 1) return undefined;
      length = own;
    }
    broadcast.push(length);
  }
  return broadcast;
}

/** f of the elements of several tensors that broadcast to one shape. Throws a RangeError if they do not. */
export function zip<T>(f: (...xs: T[]) => T, ...xs: Tensor<T>[]): Tensor<T> {
  const shape = broadcastOf(...xs.map((x) => x.shape));
  if (!shape) throw new RangeError(`no broadcast of ${xs.map((x) => `[${x.shape}]`).join(', ')}`);
  return Tensor.make(shape, (index) => f(...xs.map((x) => x.at(index))));
}

/** A reduction: f of the list of elements along `axes`, in row-major order. */
export function fold<T>(
  x: Tensor<T>,
  axes: readonly number[],
  keepAxes: boolean,
  f: (elements: T[]) => T,
): Tensor<T> {
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const reduced = x.shape.map((length, axis) => (axes.includes(axis) ? length : 1));
  const full = Tensor.make(kept, (at) =>
    f([...indicesOf(reduced)].map((along) => x.at(at.map((i, axis) => i + along[axis]!)))),
  );
  if (keepAxes) return full;
  return new Tensor(
    x.shape.filter((_, axis) => !axes.includes(axis)),
    full.values,
  );
}
