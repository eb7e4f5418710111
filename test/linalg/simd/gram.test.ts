import { beforeAll, test } from 'vitest';
import { expectSameGram } from '../support/gram.js';
import { requireSimd } from '../support/twins.js';

beforeAll(requireSimd);

test.each([
  [300, 70],
  [20, 257],
  [513, 130],
  [600, 13],
  [3, 530],
])(
  'gram has the bits of the whole product across the seams of blocks: %i × %i',
  (rows, columns) => {
    for (const ofRows of [false, true]) expectSameGram(rows, columns, { ofRows }, 0, [1, 9]);
  },
);
