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
import { useSimd } from '../../src/linalg/simd/index.js';
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

test.each(kernels)(
  '%s: of equals the first is the largest; −0 stays; in place',
  (_, kernel, formula) => {
    const run = (x: readonly number[], outer: number, n: number, inPlace = false): number[] => {
      const given = Float64Array.from(x);
      const y = inPlace ? given : new Float64Array(kernel === logSumExpAxis ? outer : x.length);
      const scratch = new Float64Array(n + 1).fill(7);
      kernel(y, given, outer, n, 1, scratch);
      expect(scratch[n]).toBe(7);
      return [...y];
    };
    // Which of the two 1s is kept apart decides which small terms it meets first.
    const tie = [0, 0, -36.8, -800, -36.8];
    expect(run(tie, 1, 5)).toEqual(formula(tie));
    expect(row(tie).others).toBe(1 + 2 ** -52);
    expect(run([-0], 1, 1)).toEqual(formula([-0]));
    const two = [1, 2, 4, -3, 0.5, 0];
    const both = [...formula(two.slice(0, 3)), ...formula(two.slice(3))];
    expect(run(two, 2, 3)).toEqual(both);
    if (kernel === logSumExpAxis) return;
    expect(run(two, 2, 3, true)).toEqual(both);
    const infinite = [Infinity, 1, 2, 3];
    expect(run(infinite, 2, 2, true)).toEqual([
      ...formula(infinite.slice(0, 2)),
      ...formula(infinite.slice(2)),
    ]);
  },
);

test('without SIMD the exponentials in the memory are the same', () => {
  const x = [1, 2, -700, 0.5];
  const y = new Float64Array(4);
  useSimd(false);
  softmaxAxis(y, Float64Array.from(x), 1, 4, 1, allocate(4));
  useSimd(true);
  const { terms, others } = row(x);
  expect([...y]).toEqual(terms.map((term) => term / (1 + others)));
});

test.each([
  ['logSumExpAxis', logSumExpAxis, 4],
  ['softmaxAxis', softmaxAxis, 12],
  ['logSoftmaxAxis', logSoftmaxAxis, 12],
] as const)('%s says what does not fit', (name, kernel, length) => {
  const make = (n: number) => new Float64Array(n);
  const x = make(12);
  const meaning = length === 4 ? 'outer·inner' : 'outer·n·inner';
  const cases: [() => void, string][] = [
    [() => kernel(make(length), x, -2, 3, -2, make(3)), 'outer is a whole number ≥ 0, not -2'],
    [() => kernel(make(length), x, 2, 1.5, 4, make(3)), 'n is a whole number ≥ 0, not 1.5'],
    [() => kernel(make(length), x, 8, 3, 0.5, make(3)), 'inner is a whole number ≥ 0, not 0.5'],
    [
      () => kernel(make(length), make(11), 2, 3, 2, make(3)),
      'x needs outer·n·inner = 12 elements, but has 11',
    ],
    [() => kernel(make(length), x, 2, 3, 2, make(2)), 'scratch needs n = 3 elements, but has 2'],
    [() => kernel(make(length), x, 2, 3, 2, x.subarray(9)), 'out and x share memory'],
    [
      () => kernel(make(length - 1), x, 2, 3, 2, make(3)),
      `y needs ${meaning} = ${length} elements, but has ${length - 1}`,
    ],
    [
      () => kernel(make(length + 1), x, 2, 3, 2, make(3)),
      `y needs ${meaning} = ${length} elements, but has ${length + 1}`,
    ],
  ];
  const shared = make(13);
  const y = shared.subarray(0, length);
  cases.push([() => kernel(y, x, 2, 3, 2, y.subarray(0, 3)), 'out and scratch share memory']);
  cases.push([
    () => kernel(y, shared.subarray(1), 2, 3, 2, make(3)),
    length === 4 ? 'out and x share memory' : 'the result and x share a part of their memory',
  ]);
  for (const [run, message] of cases) expect(run).toThrow(`${name}: ${message}`);
});
