/**
 * Tensors for oracles: nothing but a shape, numbers in row-major order, and an index. What an op should
 * give is written with `make` as its definition, index by index, without a thought for speed.
 */
export class Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];

  constructor(shape: readonly number[], values: readonly number[]) {
    if (values.length !== count(shape)) throw new RangeError(`${values.length} for [${shape}]`);
    this.shape = shape;
    this.values = values;
  }

  static make(shape: readonly number[], element: (index: readonly number[]) => number): Tensor {
    return new Tensor(shape, [...indicesOf(shape)].map(element));
  }

  /**
   * The element at an index, read as broadcasting has it: an index with more axes is aligned at the
   * last one, and axes of length 1 have only place 0.
   */
  at(index: readonly number[]): number {
    const extra = index.length - this.shape.length;
    const flat = this.shape.reduce(
      (at, length, axis) => at * length + (length === 1 ? 0 : index[axis + extra]!),
      0,
    );
    return this.values[flat]!;
  }

  /** f of each element. */
  map(f: (x: number) => number): Tensor {
    return new Tensor(this.shape, this.values.map(f));
  }

  toString(): string {
    return `[${this.shape}]{${this.values.join(', ')}}`;
  }
}

export const count = (shape: readonly number[]): number =>
  shape.reduce((n, length) => n * length, 1);

/** All indices of a shape, the last axis fastest. */
export function* indicesOf(shape: readonly number[]): Generator<number[]> {
  const total = count(shape);
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

/** The shape that shapes broadcast to, by numpy's rule. */
export function broadcastOf(...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    return lengths.find((length) => length !== 1) ?? 1;
  });
}

/** f of the elements of several tensors that broadcast to one shape. */
export function zip(f: (...xs: number[]) => number, ...xs: Tensor[]): Tensor {
  const shape = broadcastOf(...xs.map((x) => x.shape));
  return Tensor.make(shape, (index) => f(...xs.map((x) => x.at(index))));
}

/** A reduction: f of the list of elements along `axes`, in row-major order. */
export function fold(
  x: Tensor,
  axes: readonly number[],
  keepAxes: boolean,
  f: (elements: number[]) => number,
): Tensor {
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
