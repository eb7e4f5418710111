import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocate, gatherRows, share, useThreads } from '../../../src/linalg/index.js';
import { sameBits } from '../support/arbitrary.js';
import { BEFORE, kernelCases, plainly } from '../support/kernels.js';
import { requireSimd } from '../support/twins.js';

beforeAll(requireSimd);
afterAll(() => useThreads(1));

const inMemory = (values: Float64Array): Float64Array => {
  const array = allocate(values.length);
  array.set(values);
  return array;
};

test.each([1, 2, 3, 4])('%d threads give the bits of the plain loops', async (count) => {
  expect(await useThreads(count)).toBe(count);
  for (const [name, given] of Object.entries(kernelCases)) {
    if (given.alone) continue;
    const y = allocate(given.numbers).fill(BEFORE);
    const stretch = given.bind(y, given.inputs.map(inMemory));
    expect(stretch.task, name).toBeDefined();
    // A cost at which every piece is worth a thread.
    share(stretch, given.pieces, 1e6);
    expect(sameBits(y, plainly(given)), name).toBe(true);
  }
});

test('a row that is not there is found, whichever thread meets it', async () => {
  await useThreads(3);
  const [rows, width, count] = [10, 8, 4000];
  const x = allocate(rows * width).fill(1);
  const [y, index] = [allocate(count * width), allocate(count).fill(3)];
  const gather = gatherRows(y, x, index, width);
  for (let bad = 0; bad < count; bad += 97) {
    index[bad] = rows;
    expect(() => share(gather, count, 1e6)).toThrow(
      `gatherRows: index holds whole numbers from 0 to 9, not 10 (at ${bad})`,
    );
    index[bad] = 3;
  }
  share(gather, count, 1e6);
  expect(y.every((value) => value === 1)).toBe(true);
});
