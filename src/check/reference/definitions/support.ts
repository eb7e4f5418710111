import type { Arithmetic } from '../arithmetic.js';
import type { Definition } from '../definition.js';
import { type Tensor, zip } from '../tensor.js';

/** y = f(x), element by element. */
export function each(f: <T>(A: Arithmetic<T>, x: T) => T): Definition {
  return (A, x) => x.map((element) => f(A, element));
}

/** y = f(a, b), element by element, broadcast. */
export function eachPair(f: <T>(A: Arithmetic<T>, a: T, b: T) => T): Definition {
  return (A, a, b) => zip((p, q) => f(A, p, q), a, b);
}

export function total<T>(A: Arithmetic<T>, xs: readonly T[]): T {
  return xs.reduce((sum, x) => A.add(sum, x), A.of(0));
}

export function product<T>(A: Arithmetic<T>, xs: readonly T[]): T {
  return xs.reduce((so, x) => A.mul(so, x), A.of(1));
}

export function square<T>(A: Arithmetic<T>, x: T): T {
  return A.mul(x, x);
}

/** An axis counted from the front. */
export function axisOf(x: Tensor<unknown>, axis: number): number {
  return axis < 0 ? axis + x.shape.length : axis;
}

/** 0 … n − 1 */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
