import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  Csr,
  copying,
  elementwise,
  filling,
  maxAxis,
  parametric,
  type Stretch,
  share,
  sparseTimesDense,
  sparseTimesVector,
  sumAxis,
  useThreads,
} from '../../../src/linalg/index.js';
import { sameBits } from '../support/arbitrary.js';
import { requireSimd, results, twins } from '../support/twins.js';

beforeAll(requireSimd);
afterAll(() => useThreads(1));

const [rows, n] = [61, 257];
const x = twins(rows * n, 1, 0.05);
const row = twins(n, 2, 0.05);
const column = twins(rows, 3, 0.05);
const matrix = Csr.fromDense(
  rows,
  n,
  twins(rows * n, 4).outside.map((value) => (Math.abs(value) < 0.8 ? 0 : value)),
);
const factor = twins(n * 9, 5);

type Place = 'inside' | 'outside';
type Bind = (place: Place, y: Float64Array) => Stretch;

const whole = (place: Place) => ({ data: x[place], row: n, step: 1 });

/** Kernels by the number of their pieces, and of the numbers they write. */
const kernels: Readonly<Record<string, readonly [pieces: number, numbers: number, bind: Bind]>> = {
  bias: [
    rows * n,
    rows * n,
    (at, y) => elementwise.add.onRows(y, n, whole(at), { data: row[at], row: 0, step: 1 }),
  ],
  select: [
    rows * n,
    rows * n,
    (at, y) =>
      elementwise.select(y, n, { data: column[at], row: 1, step: 0 }, whole(at), {
        data: row[at],
        row: 0,
        step: 1,
      }),
  ],
  transpose: [
    rows * n,
    rows * n,
    (at, y) => copying({ data: y, row: rows, step: 1 }, { data: x[at], row: 1, step: n }, rows),
  ],
  fill: [rows, rows, (_, y) => filling(y, -0)],
  clamp: [rows * n, rows * n, (at, y) => parametric.clamp.on(y, x[at], -0.5, 0.25)],
  'sum of rows': [rows, rows, (at, y) => sumAxis.on(y, x[at], rows, n, 1)],
  'sum of columns': [n, n, (at, y) => sumAxis.on(y, x[at], 1, rows, n)],
  'max of columns': [n, n, (at, y) => maxAxis.on(y, x[at], 1, rows, n)],
  'sparse · vector': [rows, rows, (at, y) => sparseTimesVector.on(y, matrix, row[at])],
  'sparse · dense': [rows, rows * 9, (at, y) => sparseTimesDense.on(y, matrix, factor[at], 9)],
};

test.each([1, 2, 3])('%d threads give the bits of the plain loops', async (count) => {
  expect(await useThreads(count)).toBe(count);
  for (const [name, [pieces, length, bind]] of Object.entries(kernels)) {
    const y = results(length);
    const stretch = bind('inside', y.inside);
    expect(stretch.task, name).toBeDefined();
    // A cost at which every piece is worth a thread.
    share(stretch, pieces, 1e6);
    bind('outside', y.outside)(0, pieces);
    expect(sameBits(y.inside, y.outside), name).toBe(true);
  }
});
