/** Functions of two and three arrays, element by element; as in ./elementwise.ts, a loop each, and its twin. */

import { checkLength, checkSize, checkWalk, checkWalkInPlace } from '../arguments.js';
import { pow } from '../elementary/index.js';
import { addressesOf } from '../memory.js';
import type { BinaryKernels } from '../simd/binary.js';
import { simd } from '../simd/index.js';
import { type Stretch, stretchOf } from '../stretch.js';
import { forEachRow, isDense, type Strided, type Visit } from '../strided.js';

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

/**
 * y = f(a, b), element by element; lengths are equal, and y may be a or b.
 * @throws RangeError for other lengths, or where y shares a part of its memory with an input
 */
export interface BinaryKernel {
  (y: Float64Array, a: Float64Array, b: Float64Array): void;
  /**
   * Bound to its arrays once; a step of 0 stands for one number that meets every element of the other.
   * @throws RangeError where an input has fewer elements than y, or shares memory with it but for being y itself
   */
  on(y: Float64Array, a: Float64Array, aStep: 0 | 1, b: Float64Array, bStep: 0 | 1): Stretch;
  /** The same for y [rows, n] and inputs read in rows, as a broadcast needs it. The pieces are the elements of y. */
  onRows(y: Float64Array, n: number, a: Strided, b: Strided): Stretch;
  readonly loop: BinaryLoop;
}

function binary(name: string, loop: BinaryLoop): BinaryKernel {
  const on: BinaryKernel['on'] = (y, a, aStep, b, bStep) => {
    checkInput(name, y, y.length, 'a', { data: a, row: 0, step: aStep });
    checkInput(name, y, y.length, 'b', { data: b, row: 0, step: bStep });
    const twin = simd()?.[name as keyof BinaryKernels] as BinaryKernels['add'] | undefined;
    const at = addressesOf(y, a, b);
    if (!twin || !at) {
      return (from, to) => loop(to - from, y, from, a, from * aStep, aStep, b, from * bStep, bStep);
    }
    const [yAt, aAt, bAt] = at;
    const [da, db] = [8 * aStep, 8 * bStep];
    const run = (from: number, to: number): void => twin(yAt, aAt, da, bAt, db, from, to);
    return stretchOf(run, { kernel: name, given: [yAt, aAt, da, bAt, db], arrays: [y, a, b] });
  };
  const onRows: BinaryKernel['onRows'] = (y, n, a, b) => {
    checkInput(name, y, n, 'a', a);
    checkInput(name, y, n, 'b', b);
    const twin = simd()?.[`${name}Rows` as 'addRows'];
    const at = addressesOf(y, a.data, b.data);
    if (!twin || !at || !isDense(a) || !isDense(b)) {
      const visit: Visit = (k, length, r, i) => {
        const ai = r * a.row + i * a.step;
        loop(length, y, k, a.data, ai, a.step, b.data, r * b.row + i * b.step, b.step);
      };
      return (from, to) => forEachRow(from, to, n, visit);
    }
    const [yAt, aAt, bAt] = at;
    const [aRow, aStep, bRow, bStep] = [8 * a.row, 8 * a.step, 8 * b.row, 8 * b.step];
    const run = (from: number, to: number): void =>
      twin(yAt, aAt, aRow, aStep, bAt, bRow, bStep, n, from, to);
    return stretchOf(run, {
      kernel: `${name}Rows`,
      given: [yAt, aAt, aRow, aStep, bAt, bRow, bStep, n],
      arrays: [y, a.data, b.data],
    });
  };
  const whole = (y: Float64Array, a: Float64Array, b: Float64Array): void => {
    checkLength(name, 'a', a, y.length, 'the length of y');
    checkLength(name, 'b', b, y.length, 'the length of y');
    on(y, a, 1, b, 1)(0, y.length);
  };
  return Object.assign(whole, { on, onRows, loop });
}

/** An input of y [rows, n] has all elements that will be read, and they are not written over before that. */
function checkInput(name: string, y: Float64Array, n: number, which: string, x: Strided): void {
  checkSize(name, 'n', n);
  checkWalk(name, which, x, Math.ceil(y.length / n), n);
  checkWalkInPlace(name, y, which, x, n);
}

/**
 * y [rows, n]: a where c is not 0, else b, each of them read in rows. A mask selects, it never multiplies: what was
 * not chosen does not show, be it ∞ or NaN. The pieces are the elements of y.
 * @throws RangeError where an input has fewer elements than y, or shares memory with it but for being y itself
 */
export function select(y: Float64Array, n: number, c: Strided, a: Strided, b: Strided): Stretch {
  const inputs = [c, a, b];
  for (const [i, x] of inputs.entries()) checkInput('select', y, n, 'cab'[i]!, x);
  const twin = simd()?.selectRows;
  const at = addressesOf(y, c.data, a.data, b.data);
  if (!twin || !at || !inputs.every(isDense)) {
    const visit: Visit = (k, length, r, i) => {
      let ci = r * c.row + i * c.step;
      let ai = r * a.row + i * a.step;
      let bi = r * b.row + i * b.step;
      for (let j = 0; j < length; j++, ci += c.step, ai += a.step, bi += b.step) {
        y[k + j] = c.data[ci] !== 0 ? a.data[ai]! : b.data[bi]!;
      }
    };
    return (from, to) => forEachRow(from, to, n, visit);
  }
  const [yAt, cAt, aAt, bAt] = at;
  const [cRow, cStep, aRow, aStep, bRow, bStep] = inputs.flatMap(({ row, step }) => [
    8 * row,
    8 * step,
  ]) as [number, number, number, number, number, number];
  const run = (from: number, to: number): void =>
    twin(yAt, cAt, cRow, cStep, aAt, aRow, aStep, bAt, bRow, bStep, n, from, to);
  const given = [yAt, cAt, cRow, cStep, aAt, aRow, aStep, bAt, bRow, bStep, n];
  return stretchOf(run, {
    kernel: 'selectRows',
    given,
    arrays: [y, c.data, a.data, b.data],
  });
}

export const add: BinaryKernel = binary('add', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! + b[q]!;
});

export const subtract: BinaryKernel = binary('subtract', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! - b[q]!;
});

export const multiply: BinaryKernel = binary('multiply', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! * b[q]!;
});

export const divide: BinaryKernel = binary('divide', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! / b[q]!;
});

export const maximum: BinaryKernel = binary('maximum', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = Math.max(a[p]!, b[q]!);
});

export const minimum: BinaryKernel = binary('minimum', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = Math.min(a[p]!, b[q]!);
});

export const power: BinaryKernel = binary('power', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = pow(a[p]!, b[q]!);
});

export const greater: BinaryKernel = binary('greater', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! > b[q]! ? 1 : 0;
});

export const greaterEqual: BinaryKernel = binary(
  'greaterEqual',
  (n, y, yi, a, ai, da, b, bi, db) => {
    for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db)
      y[yi + i] = a[p]! >= b[q]! ? 1 : 0;
  },
);

export const equal: BinaryKernel = binary('equal', (n, y, yi, a, ai, da, b, bi, db) => {
  for (let i = 0, p = ai, q = bi; i < n; i++, p += da, q += db) y[yi + i] = a[p]! === b[q]! ? 1 : 0;
});
