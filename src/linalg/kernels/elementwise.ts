/**
 * Elementwise kernels: one loop each, so that each is compiled for the one function it holds. (A shared
 * loop that is handed eight functions runs eight times slower: its call can no longer be inlined.)
 *
 * The loop is the definition, and what runs for arrays of any kind. Where a kernel has a twin in WebAssembly and all
 * its arrays lie in the memory, the twin runs; it gives the same bits.
 */

import { checkInPlace, checkLength } from '../arguments.js';
import * as elementary from '../elementary/index.js';
import { addressesOf } from '../memory.js';
import type { ElementaryKernels } from '../simd/elementary.js';
import type { UnaryKernels } from '../simd/elementwise.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';

/** yᵢ = f(xᵢ) for i = from … to − 1. */
export type UnaryLoop = (y: Float64Array, x: Float64Array, from: number, to: number) => void;

/**
 * y = f(x), element by element; lengths are equal, and y may be x.
 * @throws RangeError for other lengths, or where y shares only a part of its memory with x
 */
export interface UnaryKernel {
  (y: Float64Array, x: Float64Array): void;
  /** Bound to its arrays once, to be run many times. Throws as the kernel itself does. */
  on(y: Float64Array, x: Float64Array): Stretch;
  readonly loop: UnaryLoop;
}

/** A kernel from its loop, and from the twin of that name where there is one. */
export function unary(name: string, loop: UnaryLoop): UnaryKernel {
  const on = (y: Float64Array, x: Float64Array): Stretch => {
    checkLength(name, 'x', x, y.length, 'the length of y');
    checkInPlace(name, y, 'x', x);
    const twin = simd()?.[name as keyof (UnaryKernels & ElementaryKernels)];
    const at = addressesOf(y, x);
    if (!twin || !at) return (from, to) => loop(y, x, from, to);
    const [yAt, xAt] = at;
    const run = (from: number, to: number): void => {
      let i = twin(yAt, xAt, from, to);
      while (i < to) {
        // An element out of the ordinary, which the loop knows how to do.
        loop(y, x, i, i + 1);
        i = twin(yAt, xAt, i + 1, to);
      }
    };
    return stretchOf(run, { kernel: name, given: [yAt, xAt], arrays: [y, x], partial: true });
  };
  const whole = (y: Float64Array, x: Float64Array): void => {
    on(y, x)(0, y.length);
  };
  return Object.assign(whole, { on, loop });
}

export type { BinaryKernel } from './binary.js';
export * from './binary.js';

export const negate: UnaryKernel = unary('negate', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = -x[i]!;
});

export const absolute: UnaryKernel = unary('absolute', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = Math.abs(x[i]!);
});

export const sign: UnaryKernel = unary('sign', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = Math.sign(x[i]!);
});

export const square: UnaryKernel = unary('square', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = x[i]! * x[i]!;
});

export const sqrt: UnaryKernel = unary('sqrt', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = Math.sqrt(x[i]!);
});

export const reciprocal: UnaryKernel = unary('reciprocal', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = 1 / x[i]!;
});

export const relu: UnaryKernel = unary('relu', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = x[i]! <= 0 ? 0 : x[i]!;
});

export const exp: UnaryKernel = unary('exp', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.exp(x[i]!);
});

export const expm1: UnaryKernel = unary('expm1', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.expm1(x[i]!);
});

export const log: UnaryKernel = unary('log', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.log(x[i]!);
});

export const log1p: UnaryKernel = unary('log1p', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.log1p(x[i]!);
});

export const sin: UnaryKernel = unary('sin', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.sin(x[i]!);
});

export const cos: UnaryKernel = unary('cos', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.cos(x[i]!);
});

export const tan: UnaryKernel = unary('tan', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.tan(x[i]!);
});

export const asin: UnaryKernel = unary('asin', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.asin(x[i]!);
});

export const acos: UnaryKernel = unary('acos', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.acos(x[i]!);
});

export const atan: UnaryKernel = unary('atan', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.atan(x[i]!);
});

export const sinh: UnaryKernel = unary('sinh', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.sinh(x[i]!);
});

export const cosh: UnaryKernel = unary('cosh', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.cosh(x[i]!);
});

export const tanh: UnaryKernel = unary('tanh', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.tanh(x[i]!);
});

export const erf: UnaryKernel = unary('erf', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.erf(x[i]!);
});

export const erfc: UnaryKernel = unary('erfc', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.erfc(x[i]!);
});

export const sigmoid: UnaryKernel = unary('sigmoid', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.sigmoid(x[i]!);
});

export const softplus: UnaryKernel = unary('softplus', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.softplus(x[i]!);
});

export const logsigmoid: UnaryKernel = unary('logsigmoid', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.logsigmoid(x[i]!);
});

export const gelu: UnaryKernel = unary('gelu', (y, x, from, to) => {
  for (let i = from; i < to; i++) {
    const tail = 0.5 * elementary.erfc(-Math.SQRT1_2 * x[i]!);
    y[i] = tail === 0 ? -0 : x[i]! * tail;
  }
});

export const silu: UnaryKernel = unary('silu', (y, x, from, to) => {
  for (let i = from; i < to; i++) {
    const tail = elementary.sigmoid(x[i]!);
    y[i] = tail === 0 ? -0 : x[i]! * tail;
  }
});

export const expMinusLine: UnaryKernel = unary('expMinusLine', (y, x, from, to) => {
  for (let i = from; i < to; i++) y[i] = elementary.expMinusLine(x[i]!);
});
