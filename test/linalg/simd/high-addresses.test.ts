import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, allocate, release } from '../../../src/linalg/index.js';
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

test.each(Object.entries(kernelCases))(
  '%s, with each of its arrays in turn across 2 GiB',
  (_, given) => {
    const seam = (SEAM - addressOf(block)) / 8;
    const lengths = [given.numbers, ...given.inputs.map((input) => input.length)];
    for (const across of lengths.keys()) {
      let free = seam + 2 ** 17;
      const [y, ...inputs] = lengths.map((length, i) => {
        let start = seam - Math.ceil(length / 2);
        if (i !== across) {
          start = free;
          free += length + 3;
        }
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
