import { expect, test } from 'vitest';
import { checkShape } from '../../src/linalg/index.js';

test('a shape is a list of lengths whose product can be counted', () => {
  const given = [2, 0, 3];
  const shape = checkShape(given, 'x');
  expect(shape).toEqual(given);
  given[0] = 5;
  expect(shape).toEqual([2, 0, 3]);
  expect(Object.isFrozen(shape)).toBe(true);
  expect(checkShape([2 ** 26, 2 ** 26], 'x')).toEqual([2 ** 26, 2 ** 26]);
  expect(() => checkShape([2 ** 27, 2 ** 26], 'x')).toThrow(
    'x: the shape [134217728, 67108864] has more elements than can be counted',
  );
  expect(() => checkShape([2, -1], 'x')).toThrow('the shape [2, -1] has the length -1');
  expect(() => checkShape([2, 1.5], 'x')).toThrow('the shape [2, 1.5] has the length 1.5');
});
