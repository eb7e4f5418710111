import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addressOf,
  allocate,
  allocateIntegers,
  release,
  sparseTimesDense,
  sparseTimesVector,
  sparseTransposeTimesDense,
  sparseTransposeTimesVector,
} from '../../../src/linalg/index.js';
import { sameBits } from '../support/arbitrary.js';
import { BEFORE, kernelCases, plainly } from '../support/kernels.js';
import { requireSimd } from '../support/twins.js';

/** Where a number with a sign becomes negative: an address there and one before it compare the wrong way round. */
const SEAM = 2 ** 31;

/** From the beginning to far behind the seam. Pages that nobody touches cost nothing. */
let block: Float64Array;

beforeAll(() => {
  requireSimd();
  block = allocate(2 ** 28 + 2 ** 20);
});
afterAll(() => release(block));

/** What lies below: a half, or all of it, so that just the end is at the seam when the last element is done. */
const middleAndEnd = [(length: number) => Math.ceil(length / 2), (length: number) => length];

test.each(Object.entries(kernelCases))(
  '%s, with each array in turn across 2 GiB, or up to it',
  (_, given) => {
    const seam = (SEAM - addressOf(block)) / 8;
    const lengths = [given.numbers, ...given.inputs.map((input) => input.length)];
    for (const [across, below] of [...lengths.keys()].flatMap((i) =>
      middleAndEnd.map((f) => [i, f] as const),
    )) {
      let free = seam + 2 ** 18;
      const [y, ...inputs] = lengths.map((length, i) => {
        const start = i === across ? seam - below(length) : free;
        if (i !== across) free += length + 3;
        return block.subarray(start, start + length);
      });
      y!.fill(BEFORE);
      for (const [i, input] of inputs.entries()) input.set(given.inputs[i]!);
      const stretch = given.bind(y!, inputs);
      expect(addressOf(y!)).toBeGreaterThan(0);
      if (!given.alone) expect(stretch.task).toBeDefined();
      stretch(0, given.pieces);
      expect(sameBits(y!, plainly(given)), `array ${across}`).toBe(true);
    }
  },
);

test('products with a sparse matrix whose column numbers lie across 2 GiB', () => {
  const [rows, columns] = [5, 41];
  const count = rows * columns;
  const values = allocate(count).map((_, i) => 1 + 1 / (i + 1));
  const [x, dense] = [columns, 3 * columns].map((length) =>
    Float64Array.from({ length }, (_, i) => 1 / (i + 3)),
  );
  const inMemory = (given: Float64Array): Float64Array => {
    const array = allocate(given.length);
    array.set(given);
    return array;
  };
  const rowStart = allocateIntegers(rows + 1);
  for (let i = 0; i <= rows; i++) rowStart[i] = i * columns;
  for (const below of [Math.ceil(count / 2), count]) {
    const columnIndex = new Int32Array(block.buffer, SEAM - 4 * below, count);
    for (let p = 0; p < count; p++) columnIndex[p] = p % columns;
    const matrix = { rows, columns, rowStart, columnIndex, values: inMemory(values) };
    const plain = { ...matrix, values: Float64Array.from(values) };
    const [y, Y] = [allocate(rows), allocate(3 * rows)];
    const [truth, Truth] = [new Float64Array(rows), new Float64Array(3 * rows)];
    expect(sparseTimesVector.on(y, matrix, inMemory(x!)).task).toBeDefined();
    sparseTimesVector(y, matrix, inMemory(x!));
    sparseTimesVector(truth, plain, x!);
    expect(sameBits(y, truth)).toBe(true);
    sparseTimesDense(Y, matrix, inMemory(dense!), 3);
    sparseTimesDense(Truth, plain, dense!, 3);
    expect(sameBits(Y, Truth)).toBe(true);
    const [yT, YT] = [allocate(columns), allocate(3 * columns)];
    const [truthT, TruthT] = [new Float64Array(columns), new Float64Array(3 * columns)];
    const [xT, denseT] = [x!.slice(0, rows), dense!.slice(0, 3 * rows)];
    sparseTransposeTimesVector(yT, matrix, inMemory(xT));
    sparseTransposeTimesVector(truthT, plain, xT);
    expect(sameBits(yT, truthT)).toBe(true);
    sparseTransposeTimesDense(YT, matrix, inMemory(denseT), 3);
    sparseTransposeTimesDense(TruthT, plain, denseT, 3);
    expect(sameBits(YT, TruthT)).toBe(true);
  }
});
