import { expect, test } from 'vitest';
import { checkGradient, explain } from '../../src/check/index.js';
import { percent } from '../../src/check/words/text.js';
import { neg } from '../../src/ops/index.js';
import { cubeBy } from './support/ops.js';

test.each([
  [5e-9, '5.0e-7 %'],
  [0.005, '0.50 %'],
  [0.514, '51 %'],
  [0.9949, '99 %'],
  [0.996, '100 %'],
  [1, '100 %'],
  [2, '200 %'],
  [12.345, '1235 %'],
])('a share of %d is %s', (share, text) => expect(percent(share)).toBe(text));

test('a gradient of the other sign is off by twice itself', () => {
  const f = cubeBy((dy) => neg(dy));
  // x³ has the slope 1 there
  expect(explain(checkGradient(f, [[Math.sqrt(1 / 3)]]))).toMatch(/off by .*, which is 200 %/);
});
