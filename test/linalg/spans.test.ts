import { expect, test } from 'vitest';
import { Spans } from '../../src/linalg/spans.js';

const of = (...parts: [number, number][]): Spans => {
  const spans = new Spans();
  for (const [start, length] of parts) spans.give(start, length);
  return spans;
};
/** Takes these lengths one after the other. */
const taken = (spans: Spans, ...lengths: number[]): number[] =>
  lengths.map((length) => spans.take(length));

test('nothing is free at first', () => {
  const spans = new Spans();
  expect(spans.free).toBe(0);
  expect(spans.take(1)).toBe(-1);
});

test('the smallest part that will do is taken, the first of equals', () => {
  expect(taken(of([0, 50], [100, 10], [200, 30]), 10, 20, 10, 60)).toEqual([100, 200, 220, -1]);
  expect(taken(of([0, 8], [10, 8], [20, 9]), 8, 8, 8, 8)).toEqual([0, 10, 20, -1]);
  expect(taken(of([0, 9], [20, 8]), 8, 8, 1, 1)).toEqual([20, 0, 8, -1]);
});

test('what is left of a part stays free, and a part that is used up is gone', () => {
  const spans = of([100, 10]);
  expect(taken(spans, 4, 6)).toEqual([100, 104]);
  expect(spans.free).toBe(0);
  spans.give(104, 6);
  expect(spans.free).toBe(6);
  expect(taken(spans, 7, 6, 1, 0)).toEqual([-1, 104, -1, -1]);
});

test.each<[string, [number, number][], { start: number; length: number }]>([
  [
    'before',
    [
      [10, 5],
      [5, 5],
    ],
    { start: 5, length: 10 },
  ],
  [
    'behind',
    [
      [10, 5],
      [15, 5],
    ],
    { start: 10, length: 10 },
  ],
  [
    'between two',
    [
      [10, 5],
      [20, 5],
      [15, 5],
    ],
    { start: 10, length: 15 },
  ],
  [
    'between two of many',
    [
      [0, 5],
      [10, 5],
      [20, 5],
      [40, 5],
      [15, 5],
    ],
    { start: 10, length: 15 },
  ],
  [
    'before the first of two',
    [
      [10, 5],
      [30, 2],
      [5, 5],
    ],
    { start: 5, length: 10 },
  ],
  [
    'behind the last of two',
    [
      [1, 2],
      [10, 5],
      [15, 5],
    ],
    { start: 10, length: 10 },
  ],
  [
    'between the last two',
    [
      [50, 1],
      [20, 5],
      [10, 5],
      [15, 5],
    ],
    { start: 10, length: 15 },
  ],
])('a part given back %s becomes one with what it touches', (_, parts, joined) => {
  const spans = of(...parts);
  const total = parts.reduce((sum, [, length]) => sum + length, 0);
  expect(spans.free).toBe(total);
  expect(spans.take(joined.length + 1)).toBe(-1);
  expect(spans.take(joined.length)).toBe(joined.start);
  expect(spans.free).toBe(total - joined.length);
});

test('what lies beside a part given back stays as it is', () => {
  const behind = of([10, 5], [30, 2], [15, 5]);
  expect(behind.free).toBe(12);
  expect(taken(behind, 10, 2, 1)).toEqual([10, 30, -1]);
  const between = of([0, 4], [10, 5], [20, 5], [40, 6], [15, 5]);
  expect(taken(between, 15, 6, 4, 1)).toEqual([10, 40, 0, -1]);
});

test('parts that do not touch stay apart', () => {
  const spans = of([10, 5], [16, 5], [4, 5]);
  expect(spans.take(6)).toBe(-1);
  expect(taken(spans, 5, 5, 5, 1)).toEqual([4, 10, 16, -1]);
});
