import { expect, test } from 'vitest';
import {
  checkShape,
  formatShape,
  isContiguous,
  rowMajor,
  sameShape,
  size,
  view,
} from '../../src/linalg/view.js';

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

test('what is no array is no shape', () => {
  for (const bad of [3, 'ab', undefined]) {
    expect(() => checkShape(bad as never, 'x')).toThrow(TypeError);
    expect(() => checkShape(bad as never, 'x')).toThrow(
      `x: a shape is an array of lengths such as [2, 3], not ${bad}`,
    );
  }
});

test('the size is the product of the lengths, and strides go from the last axis to the first', () => {
  expect([size([]), size([3]), size([2, 3, 4]), size([2, 0, 4])]).toEqual([1, 3, 24, 0]);
  expect(rowMajor([])).toEqual([]);
  expect(rowMajor([2, 3, 4])).toEqual([12, 4, 1]);
  expect(rowMajor([5])).toEqual([1]);
  const data = new Float64Array(6);
  expect(view(data, [2, 3])).toEqual({ data, shape: [2, 3], strides: [3, 1] });
});

test('elements are next to each other where the strides say so; those of single lengths do not matter', () => {
  const data = new Float64Array(24);
  const contiguous = (shape: number[], strides: number[]): boolean =>
    isContiguous({ data, shape, strides });
  expect(contiguous([], [])).toBe(true);
  expect(contiguous([2, 3, 4], [12, 4, 1])).toBe(true);
  expect(contiguous([2, 1, 4], [4, 99, 1])).toBe(true);
  expect(contiguous([1, 3], [0, 1])).toBe(true);
  expect(contiguous([2, 3], [0, 1])).toBe(false);
  expect(contiguous([2, 3], [1, 2])).toBe(false);
  expect(contiguous([3], [0])).toBe(false);
  expect(contiguous([3], [2])).toBe(false);
  expect(contiguous([2, 3, 4], [12, 3, 1])).toBe(false);
});

test('shapes are compared by lengths, and written in brackets', () => {
  expect(sameShape([], [])).toBe(true);
  expect(sameShape([2, 3], [2, 3])).toBe(true);
  expect(sameShape([2, 3], [3, 2])).toBe(false);
  expect(sameShape([2, 3], [2, 4])).toBe(false);
  expect(sameShape([2], [2, 1])).toBe(false);
  expect(sameShape([2, 1], [2])).toBe(false);
  expect([[], [3], [2, 3]].map(formatShape)).toEqual(['[]', '[3]', '[2, 3]']);
});
