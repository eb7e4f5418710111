/** Neighbours in the memory of tensors are worked on by kernels in WebAssembly, and others by plain loops; the bits are the same. */
import { beforeAll, expect, test } from 'vitest';
import {
  allocate,
  finiteIn,
  logSumExpAxis,
  max,
  min,
  norm2,
  parametric,
  scatterRows,
  sum,
  zeroIn,
} from '../../src/linalg/index.js';
import type { Kernels } from '../../src/linalg/simd/index.js';
import { callsOf } from './support/calls.js';
import { requireSimd } from './support/twins.js';

beforeAll(requireSimd);

type Run = (x: Float64Array, stride: number) => void;

const whole: Record<string, readonly [keyof Kernels, Run]> = {
  'the largest': ['max', (x, stride) => expect(max(x, 1, 3, stride)).toBe(2)],
  'the smallest': ['min', (x, stride) => expect(min(x, 1, 3, stride)).toBe(2)],
  'the sum': ['sum', (x, stride) => expect(sum(x, 1, 3, stride)).toBe(6)],
  'the length': ['sumSquares', (x, stride) => expect(norm2(x, 1, 4, stride)).toBe(4)],
};

test.each(Object.entries(whole))('%s: only neighbours in the memory', (_, [name, run]) => {
  const [inside, outside] = [allocate(8).fill(2), new Float64Array(8).fill(2)];
  expect(callsOf(name, () => run(inside, 1))).toHaveLength(1);
  expect(callsOf(name, () => run(inside, 2))).toHaveLength(0);
  expect(callsOf(name, () => run(outside, 1))).toHaveLength(0);
});

const bound: Record<string, readonly [keyof Kernels, (y: Float64Array, x: Float64Array) => void]> =
  {
    'functions with two parameters': ['clamp', (y, x) => parametric.clamp(y, x, -1, 1, 0, 8)],
    'rows that are added': [
      'scatterRows',
      (y, x) => scatterRows(y, x, allocate(2).fill(1), 4)(0, 2),
    ],
    'whether all are finite': [
      'allFinite',
      (y, x) => {
        const ends = [finiteIn(y), finiteIn(x)];
        if (ends.every((scan) => scan(0, 8))) y.fill(1);
      },
    ],
    'whether all are 0': [
      'allZero',
      (y, x) => {
        const ends = [zeroIn(y), zeroIn(x)];
        if (!ends.some((scan) => scan(0, 8))) y.fill(1);
      },
    ],
    exponentials: ['exp', (y, x) => logSumExpAxis(allocate(1), y, 1, 8, 1, x)],
  };

test.each(Object.entries(bound))('%s: in the memory', (_, [name, run]) => {
  const arrays = (): [Float64Array, Float64Array] => [allocate(8).fill(2), allocate(8).fill(2)];
  const calls = callsOf(name, () => run(...arrays()));
  expect(calls.length).toBeGreaterThan(0);
  const [outside, other] = arrays().map((array) => Float64Array.from(array));
  expect(callsOf(name, () => run(outside!, other!))).toHaveLength(0);
});
