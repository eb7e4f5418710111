import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Csr } from '../../src/linalg/index.js';
import { hellinger, logCounts, ppmi, TRANSFORMS, transform } from '../../src/text/index.js';

const ROWS = 4;
const COLUMNS = 3;
const dense = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })), {
  minLength: ROWS * COLUMNS,
  maxLength: ROWS * COLUMNS,
});
const close = (x: number, y: number) => Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(y));

/** max(0, log(P(i, j) / (P(i)·P_α(j))) − log k) from the whole table of probabilities. */
function ppmiByDefinition(counts: number[], alpha: number, k: number): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  const column = (j: number) =>
    counts.filter((_, e) => e % COLUMNS === j).reduce((a, b) => a + b, 0);
  const smoothed = [0, 1, 2].map((j) => column(j) ** alpha);
  const all = smoothed.reduce((a, b) => a + b, 0);
  return counts.map((count, e) => {
    const i = Math.floor(e / COLUMNS);
    const row = counts.slice(i * COLUMNS, (i + 1) * COLUMNS).reduce((a, b) => a + b, 0);
    if (count === 0) return 0;
    const p = count / total / ((row / total) * (smoothed[e % COLUMNS]! / all));
    return Math.max(0, Math.log(p) - Math.log(k));
  });
}

describe('transforms', () => {
  test('PPMI by its definition', () => {
    fc.assert(
      fc.property(
        dense,
        fc.constantFrom(1, 0.75, 0.5, 0),
        fc.constantFrom(1, 0.5, 5),
        (counts, alpha, shift) => {
          const matrix = Csr.fromDense(ROWS, COLUMNS, Float64Array.from(counts));
          const result = ppmi(matrix, { alpha, shift }).toDense();
          // 0^0 = 1 in the definition above would weigh a context that never occurs.
          fc.pre(
            alpha > 0 || [0, 1, 2].every((j) => counts.some((c, e) => e % COLUMNS === j && c > 0)),
          );
          const expected = ppmiByDefinition(counts, alpha, shift);
          expect(expected.every((x, e) => close(result[e]!, x))).toBe(true);
        },
      ),
    );
  });

  test('PPMI of independent words is nothing, of inseparable ones the log of their rarity', () => {
    const independent = Csr.fromDense(2, 2, Float64Array.of(2, 4, 3, 6));
    expect(ppmi(independent).nonZeros).toBe(0);
    const inseparable = Csr.fromDense(2, 2, Float64Array.of(1, 0, 0, 3));
    const [a, , , d] = ppmi(inseparable).toDense();
    expect(close(a!, Math.log(4))).toBe(true);
    expect(close(d!, Math.log(4 / 3))).toBe(true);
  });

  test('PPMI of a symmetric matrix is symmetric to the last bit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 21, maxLength: 21 }),
        (upper) => {
          const n = 6;
          const full = new Float64Array(n * n);
          let e = 0;
          for (let i = 0; i < n; i++)
            for (let j = i; j < n; j++) full[i * n + j] = full[j * n + i] = upper[e++]! / 2520;
          expect(ppmi(Csr.fromDense(n, n, full)).isSymmetric()).toBe(true);
        },
      ),
    );
  });

  test('log(1 + count)', () => {
    fc.assert(
      fc.property(dense, (counts) => {
        const result = logCounts(Csr.fromDense(ROWS, COLUMNS, Float64Array.from(counts))).toDense();
        expect(counts.every((count, e) => close(result[e]!, Math.log(1 + count)))).toBe(true);
      }),
    );
  });

  test('Hellinger: rows of unit length whose products are Bhattacharyya coefficients', () => {
    fc.assert(
      fc.property(dense, (counts) => {
        const result = hellinger(Csr.fromDense(ROWS, COLUMNS, Float64Array.from(counts))).toDense();
        const row = (x: ArrayLike<number>, i: number) =>
          Array.from({ length: COLUMNS }, (_, j) => x[i * COLUMNS + j]!);
        const sum = (x: number[]) => x.reduce((a, b) => a + b, 0);
        for (let i = 0; i < ROWS; i++) {
          for (let j = 0; j < ROWS; j++) {
            const [p, q] = [row(counts, i), row(counts, j)];
            const product = sum(row(result, i).map((x, c) => x * row(result, j)[c]!));
            const norm = Math.sqrt(sum(p) * sum(q));
            const coefficient = norm === 0 ? 0 : sum(p.map((x, c) => Math.sqrt(x * q[c]!))) / norm;
            expect(close(product, coefficient)).toBe(true);
          }
        }
      }),
    );
  });

  test('by name', () => {
    const counts = Csr.fromDense(2, 2, Float64Array.of(1, 0, 2, 3));
    expect(transform(counts, 'raw')).toBe(counts);
    expect(transform(counts, 'ppmi').toDense()).toEqual(ppmi(counts).toDense());
    expect(transform(counts, 'log').toDense()).toEqual(logCounts(counts).toDense());
    expect(transform(counts, 'hellinger').toDense()).toEqual(hellinger(counts).toDense());
    expect(() => transform(counts, 'pmi' as 'ppmi')).toThrow(/"pmi"; there are ppmi, log/);
    expect(TRANSFORMS).toHaveLength(4);
  });

  test('what is no count, and options out of range', () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const counts = Csr.fromDense(1, 2, Float64Array.of(1, bad));
      for (const f of [ppmi, logCounts, hellinger])
        expect(() => f(counts)).toThrow(/count is finite/);
    }
    const counts = Csr.fromDense(1, 1, Float64Array.of(1));
    expect(() => ppmi(counts, { alpha: -0.1 })).toThrow(/alpha/);
    expect(() => ppmi(counts, { alpha: 1.1 })).toThrow(/alpha/);
    expect(() => ppmi(counts, { shift: 0 })).toThrow(/shift/);
  });
});
