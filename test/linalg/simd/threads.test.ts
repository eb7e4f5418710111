import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocate, share, useThreads } from '../../../src/linalg/index.js';
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
