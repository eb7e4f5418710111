import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { exp, log1p } from '../../src/linalg/elementary/index.js';
import { sum } from '../../src/linalg/kernels/reduce.js';
import {
  logSoftmaxAxis,
  logSumExpAxis,
  type SoftmaxKernel,
  softmaxAxis,
} from '../../src/linalg/kernels/softmax.js';
import { allocate } from '../../src/linalg/memory.js';
import { awkward, sameBits } from './support/arbitrary.js';
import { requireSimd } from './support/twins.js';

beforeAll(requireSimd);

/** One row, number by number: what the largest leaves, and Σ e^{xᵢ − largest} over the others. */
function row(x: readonly number[]): { largest: number; terms: number[]; others: number } {
  const largest = x.some(Number.isNaN) ? NaN : Math.max(...x);
  const place = x.indexOf(largest);
  const terms = x.map((value) => exp(value - largest));
  const rest = Float64Array.from(terms, (term, i) => (i === place ? 0 : term));
  return { largest, terms, others: Number.isFinite(largest) ? sum(rest) : 0 };
}

const kernels: [string, SoftmaxKernel, (x: readonly number[]) => number[]][] = [
  [
    'softmax',
    softmaxAxis,
    (x) => {
      const { largest, terms, others } = row(x);
      return terms.map((term) => (largest === -Infinity ? 0 : term / (1 + others)));
    },
  ],
  [
    'log-softmax',
    logSoftmaxAxis,
    (x) => {
      const { largest, others } = row(x);
      return x.map((value) => value - largest - log1p(others));
    },
  ],
  [
    'log-sum-exp',
    logSumExpAxis,
    (x) => {
      const { largest, others } = row(x);
      return [others === 0 ? largest : largest + log1p(others)];
    },
  ],
];

const element = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, -800, -708.5, -1e300) },
  { weight: 1, arbitrary: awkward },
);
const rows = fc.record({
  outer: fc.integer({ min: 1, max: 3 }),
  n: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(64, 513, 1100)),
  inner: fc.constantFrom(1, 1, 2, 3),
});

test.each(kernels)(
  '%s along any axis is its formula, in the memory and outside',
  (_, kernel, formula) => {
    fc.assert(
      fc.property(
        rows.chain(({ outer, n, inner }) =>
          fc.record({
            outer: fc.constant(outer),
            n: fc.constant(n),
            inner: fc.constant(inner),
            x: fc.array(element, { minLength: outer * n * inner, maxLength: outer * n * inner }),
          }),
        ),
        ({ outer, n, inner, x }) => {
          const m = kernel === logSumExpAxis ? 1 : n;
          const expected = new Float64Array(outer * m * inner);
          for (let o = 0; o < outer; o++)
            for (let c = 0; c < inner; c++) {
              const numbers = Array.from({ length: n }, (_, i) => x[(o * n + i) * inner + c]!);
              formula(numbers).forEach((y, i) => {
                expected[(o * m + i) * inner + c] = y;
              });
            }
          for (const scratch of [new Float64Array(n), allocate(n)]) {
            const y = new Float64Array(expected.length).fill(7);
            kernel(y, Float64Array.from(x), outer, n, inner, scratch);
            expect(sameBits(y, expected)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  },
);

test('where every element is −∞ there is no weight anywhere; with an ∞ or a NaN, no distribution', () => {
  const x = [-Infinity, -Infinity, 1, Infinity, NaN, 1];
  for (const scratch of [new Float64Array(2), allocate(2)]) {
    const y = new Float64Array(6);
    softmaxAxis(y, Float64Array.from(x), 3, 2, 1, scratch);
    expect([...y]).toEqual([0, 0, 0, NaN, NaN, NaN]);
    logSoftmaxAxis(y, Float64Array.from(x), 3, 2, 1, scratch);
    expect([...y]).toEqual([NaN, NaN, -Infinity, NaN, NaN, NaN]);
    const z = new Float64Array(3);
    logSumExpAxis(z, Float64Array.from(x), 3, 2, 1, scratch);
    expect([...z]).toEqual([-Infinity, Infinity, NaN]);
  }
});
