import { expect, test } from 'vitest';
import { constant, evaluate } from '../../src/graph/index.js';
import { sum as reduction } from '../../src/linalg/index.js';
import { sum } from '../../src/ops/index.js';

// The order of a sum decides its bits, so it is part of what `sum` means.

/** Numbers of many sizes, so that sums in different orders are different sums. */
const numbers = Float64Array.from({ length: 7 * 9 * 11 }, (_, i) => 1 / (((i * 271) % 701) + 1));

test('axes next to each other are summed as one', () => {
  const x = constant(numbers, [7, 9, 11]);
  expect(evaluate(sum(x))).toEqual(Float64Array.of(reduction(numbers)));
  const rows = [0, 1, 2, 3, 4, 5, 6].map((i) => reduction(numbers, i * 99, 99));
  expect(evaluate(sum(x, [1, 2]))).toEqual(Float64Array.from(rows));
  const columns = Array.from({ length: 11 }, (_, c) => reduction(numbers, c, 63, 11));
  expect(evaluate(sum(x, [0, 1]))).toEqual(Float64Array.from(columns));
  // and not one after the other, which is another number
  expect(evaluate(sum(sum(x, 1), 0))).not.toEqual(evaluate(sum(x, [0, 1])));
});

test('axes apart from each other are summed one after the other, the last first', () => {
  const x = constant(numbers, [7, 9, 11]);
  expect(evaluate(sum(x, [0, 2]))).toEqual(evaluate(sum(sum(x, 2), 0)));
  expect(evaluate(sum(x, [0, 2]))).not.toEqual(evaluate(sum(sum(x, 0), 1)));
});
