/**
 * Elementwise kernels: one loop each, so that each is compiled for the one function it holds. (A shared
 * loop that is handed eight functions runs eight times slower: its call can no longer be inlined.)
 */
import * as elementary from './elementary/index.js';

/** y = f(x), element by element; lengths are equal. */
export type UnaryLoop = (y: Float64Array, x: Float64Array) => void;

/**
 * n elements of y from `yi` on, of a from `ai` on in steps of `da`, of b from `bi` on in steps of `db`;
 * a step of 0 is a broadcast.
 */
export type BinaryLoop = (
  n: number,
  y: Float64Array,
  yi: number,
  a: Float64Array,
  ai: number,
  da: number,
  b: Float64Array,
  bi: number,
  db: number,
) => void;

export const negate: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = -x[i]!;
};

export const absolute: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = Math.abs(x[i]!);
};

export const sign: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = Math.sign(x[i]!);
};

export const square: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = x[i]! * x[i]!;
};

export const sqrt: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = Math.sqrt(x[i]!);
};

export const reciprocal: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = 1 / x[i]!;
};

export const relu: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = x[i]! <= 0 ? 0 : x[i]!;
};

export const exp: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.exp(x[i]!);
};

export const expm1: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.expm1(x[i]!);
};

export const log: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.log(x[i]!);
};

export const log1p: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.log1p(x[i]!);
};

export const sin: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.sin(x[i]!);
};

export const cos: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.cos(x[i]!);
};

export const tan: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.tan(x[i]!);
};

export const asin: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.asin(x[i]!);
};

export const acos: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.acos(x[i]!);
};

export const atan: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.atan(x[i]!);
};

export const sinh: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.sinh(x[i]!);
};

export const cosh: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.cosh(x[i]!);
};

export const tanh: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.tanh(x[i]!);
};

export const erf: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.erf(x[i]!);
};

export const erfc: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.erfc(x[i]!);
};

export const sigmoid: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.sigmoid(x[i]!);
};

export const softplus: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.softplus(x[i]!);
};

export const logsigmoid: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) y[i] = elementary.logsigmoid(x[i]!);
};

export const gelu: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) {
    const tail = 0.5 * elementary.erfc(-Math.SQRT1_2 * x[i]!);
    y[i] = tail === 0 ? -0 : x[i]! * tail;
  }
};

export const silu: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) {
    const tail = elementary.sigmoid(x[i]!);
    y[i] = tail === 0 ? -0 : x[i]! * tail;
  }
};

/** eˣ − 1 − x: the series Σ xᵏ/k! from k = 2 for |x| < 1, where the subtractions would cancel. */
export const expMinusLine: UnaryLoop = (y, x) => {
  for (let i = 0; i < y.length; i++) {
    const t = x[i]!;
    if (Math.abs(t) >= 1) {
      y[i] = Math.abs(t) === Number.POSITIVE_INFINITY ? Math.abs(t) : elementary.expm1(t) - t;
      continue;
    }
    let series = 1;
    for (let k = 19; k > 2; k--) series = 1 + (t / k) * series;
    y[i] = 0.5 * t * t * series;
  }
};

export const add: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! + b[q]!;
};

export const subtract: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! - b[q]!;
};

export const multiply: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! * b[q]!;
};

export const divide: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! / b[q]!;
};

export const maximum: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = Math.max(a[p]!, b[q]!);
};

export const minimum: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = Math.min(a[p]!, b[q]!);
};

export const power: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db)
    y[yi + i] = elementary.pow(a[p]!, b[q]!);
};

export const greater: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! > b[q]! ? 1 : 0;
};

export const greaterEqual: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! >= b[q]! ? 1 : 0;
};

export const equal: BinaryLoop = (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! === b[q]! ? 1 : 0;
};
