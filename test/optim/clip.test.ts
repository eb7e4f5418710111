import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { from, Parameters } from '../../src/graph/index.js';
import { clipByNorm, clipByValue } from '../../src/optim/index.js';

const segmentsOf = (...lengths: number[]) => {
  const parameters = new Parameters();
  for (const [i, length] of lengths.entries())
    parameters.add(`p${i}`, from(new Float64Array(length)));
  return parameters.segments;
};

describe('clipByNorm', () => {
  test('3-4-5: the direction stays, the length is the bound; a shorter one is left alone', () => {
    const gradient = Float64Array.of(3, 0, 4);
    expect(clipByNorm(gradient, 10)).toBe(5);
    expect(gradient).toEqual(Float64Array.of(3, 0, 4));
    expect(clipByNorm(gradient, 5)).toBe(5);
    expect(gradient).toEqual(Float64Array.of(3, 0, 4));
    expect(clipByNorm(gradient, 2.5)).toBe(5);
    expect(gradient).toEqual(Float64Array.of(1.5, 0, 2));
  });

  test('afterwards no gradient is longer than the bound, but for rounding', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (gradient, max) => {
          const before = gradient.slice();
          const norm = clipByNorm(gradient, max);
          expect(Math.hypot(...gradient)).toBeLessThanOrEqual(max * (1 + 1e-14));
          if (norm > max) expect(Math.hypot(...gradient)).toBeGreaterThan(max * (1 - 1e-14));
          else expect(gradient).toEqual(before);
          const largest = before.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
          for (const [i, x] of before.entries()) {
            // cross-multiplied by the largest element: the direction is the same
            const j = before.findIndex((y) => Math.abs(y) === largest);
            if (largest > 0) {
              expect(gradient[i]! / gradient[j]!).toBeCloseTo(x / before[j]!, 12);
            }
          }
        },
      ),
    );
  });

  test('neither overflow nor underflow: squares beyond 1e308, and norms beyond it too', () => {
    const huge = Float64Array.of(3e200, 4e200);
    expect(clipByNorm(huge, 5)).toBeCloseTo(5e200, -187);
    expect([...huge].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([3, 4]);
    const tiny = Float64Array.of(3e-200, 4e-200);
    expect(clipByNorm(tiny, 1e-200)).toBeCloseTo(5e-200, 210);
    expect(tiny[0]! / 6e-201).toBeCloseTo(1, 14);
    const beyond = new Float64Array(4).fill(1.5e308); // ‖·‖ = 3e308
    expect(clipByNorm(beyond, 2)).toBe(Number.POSITIVE_INFINITY);
    expect([...beyond].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([1, 1, 1, 1]);
  });

  test('the scale of the gradient leaves no trace, beyond the largest number neither', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.5, max: 1, maxExcluded: true, noNaN: true }), {
          minLength: 4,
          maxLength: 20,
        }),
        (numbers) => {
          // Each is below 2¹⁰²⁴, and four of them by 2¹⁰²³ and more have a norm of 2¹⁰²⁴ and more.
          const [small, large] = [1, 2 ** 1023].map((scale) =>
            Float64Array.from(numbers, (x) => x * 2 * scale),
          ) as [Float64Array, Float64Array];
          expect(clipByNorm(large, 0.5)).toBe(Number.POSITIVE_INFINITY);
          clipByNorm(small, 0.5);
          expect(large).toEqual(small);
        },
      ),
    );
  });

  test('one that is just as long as the bound keeps its bits', () => {
    // 7·(13/√(7² + …)) and the like would round: all of these norms are exact.
    for (const [a, b, c] of [
      [5, 12, 13],
      [8, 15, 17],
      [7, 24, 25],
      [20, 21, 29],
      [12, 35, 37],
      [9, 40, 41],
      [28, 45, 53],
      [11, 60, 61],
    ] as const) {
      const gradient = Float64Array.of(a / 8, b / 8);
      expect(clipByNorm(gradient, c / 8)).toBe(c / 8);
      expect(gradient).toEqual(Float64Array.of(a / 8, b / 8));
    }
  });

  test('what is not finite is not made to look finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const gradient = Float64Array.of(1, bad, 3);
      expect(Number.isFinite(clipByNorm(gradient, 1))).toBe(false);
      expect(gradient).toEqual(Float64Array.of(1, bad, 3));
    }
  });

  test('segments are clipped together, the rest neither measured nor changed', () => {
    const [a, , c] = segmentsOf(1, 2, 1);
    const gradient = Float64Array.of(3, 100, 100, 4);
    expect(clipByNorm(gradient, 1, [a!, c!])).toBe(5);
    expect(gradient[1]).toBe(100);
    expect(gradient[0]).toBeCloseTo(0.6, 15);
    expect(gradient[3]).toBeCloseTo(0.8, 15);
    expect(clipByNorm(gradient, 1, [])).toBe(0);
  });

  test('more segments than ever before', () => {
    const segments = segmentsOf(...new Array<number>(100).fill(1));
    const gradient = new Float64Array(100).fill(1);
    expect(clipByNorm(gradient, 5, segments)).toBe(10);
    expect(gradient.every((x) => x === 0.5)).toBe(true);
  });

  test('a bound that is none', () => {
    for (const max of [0, -1, Number.NaN]) {
      expect(() => clipByNorm(new Float64Array(1), max)).toThrow(/clipByNorm: max is/);
    }
  });
});

describe('clipByValue', () => {
  test('each element for itself; NaN stays', () => {
    const gradient = Float64Array.of(-3, -1, 0, 0.5, 2, Number.NaN, Number.NEGATIVE_INFINITY);
    clipByValue(gradient, 1);
    expect(gradient).toEqual(Float64Array.of(-1, -1, 0, 0.5, 1, Number.NaN, -1));
  });

  test('segments', () => {
    const gradient = Float64Array.of(5, 5, 5);
    clipByValue(gradient, 1, segmentsOf(1, 1, 1).slice(1, 2));
    expect(gradient).toEqual(Float64Array.of(5, 1, 5));
    expect(() => clipByValue(gradient, 0)).toThrow(/clipByValue: max is 0/);
  });
});
