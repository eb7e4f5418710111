import type { Definition } from '../definition.js';
import { indicesOf, Tensor } from '../tensor.js';
import { axisOf, total } from './support.js';

/** y[…, i, …] = x[…, index[i], …], for an index of any shape. */
export function gather(index: Tensor, axis = 0): Definition {
  return (_, x) => {
    const along = axisOf(x, axis);
    const rank = index.shape.length;
    return Tensor.make(x.shape.toSpliced(along, 1, ...index.shape), (at) => {
      const chosen = index.at(at.slice(along, along + rank));
      return x.at(at.toSpliced(along, rank, chosen));
    });
  };
}

/** y[…, k, …] = Σ x[…, i, …] over all i with index[i] = k. */
export function scatter(index: Tensor, length: number, axis = 0): Definition {
  return (A, x) =>
    Tensor.make(x.shape.toSpliced(axis, index.shape.length, length), (at) =>
      total(
        A,
        [...indicesOf(index.shape)]
          .filter((i) => index.at(i) === at[axis])
          .map((i) => x.at(at.toSpliced(axis, 1, ...i))),
      ),
    );
}

/** y[…] = x[…, index[…]] */
export function pick(index: Tensor): Definition {
  return (_, x) => Tensor.make(index.shape, (at) => x.at([...at, index.at(at)]));
}

/** y[…, index[…]] = x[…] in rows of zeros. */
export function place(index: Tensor, width: number): Definition {
  return (A, x) =>
    Tensor.make([...x.shape, width], (at) =>
      index.at(at.slice(0, -1)) === at.at(-1) ? x.at(at.slice(0, -1)) : A.of(0),
    );
}

export function oneHot(index: Tensor, width: number): Definition {
  const rows = place(index, width);
  return (A) =>
    rows(
      A,
      index.map(() => A.of(1)),
    );
}
