import { checkApart, checkLength, checkSize } from '../arguments.js';

export interface MatmulOptions {
  /** A is stored as [k, m]; the product uses Aᵀ. */
  readonly transposeA?: boolean;
  /** B is stored as [n, k]; the product uses Bᵀ. */
  readonly transposeB?: boolean;
  /** C + A·B in place of A·B: the finished sum is added to what `out` held, it does not start from it. */
  readonly accumulate?: boolean;
}

/** Every way to multiply takes this: C = A·B for A [m, k], B [k, n], C [m, n], row-major. */
export type Multiply = (
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  options?: MatmulOptions,
) => void;

/** @throws RangeError on sizes and lengths that do not fit, or when `out` shares memory with an input. */
export function checkMatmul(
  kernel: string,
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  checkLengths(kernel, out, a, b, m, n, k);
  checkApart(kernel, out, 'a', a);
  checkApart(kernel, out, 'b', b);
}

/** The same for a stack of products, one behind the other: as many as there is room for. */
export function checkStack(
  kernel: string,
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  const [array, each] = m * n > 0 ? [out, m * n] : m > 0 ? [a, m * k] : [b, k * n];
  checkLengths(kernel, out, a, b, m, n, k, each > 0 ? Math.ceil(array.length / each) : 1);
  checkApart(kernel, out, 'a', a);
  checkApart(kernel, out, 'b', b);
}

/** @throws RangeError on sizes and lengths that do not fit */
export function checkLengths(
  kernel: string,
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  k: number,
  count = 1,
): void {
  checkSize(kernel, 'm', m);
  checkSize(kernel, 'n', n);
  checkSize(kernel, 'k', k);
  checkLength(kernel, 'out', out, count * m * n, times(count, 'm·n'));
  checkLength(kernel, 'a', a, count * m * k, times(count, 'm·k'));
  checkLength(kernel, 'b', b, count * k * n, times(count, 'k·n'));
}

const times = (count: number, sides: string): string => (count === 1 ? sides : `${count}·${sides}`);
