import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { derivative } from '../../src/check/index.js';

// The functions are Math's: differences are tested apart from everything else in the project.
const smooth: Record<string, [(x: number) => number, (x: number) => number, number, number]> = {
  exp: [Math.exp, Math.exp, -5, 5],
  sin: [Math.sin, Math.cos, -6, 6],
  log: [Math.log, (x) => 1 / x, 0.01, 5],
  sqrt: [Math.sqrt, (x) => 0.5 / Math.sqrt(x), 0.01, 5],
  atan: [Math.atan, (x) => 1 / (1 + x * x), -3, 3],
  asin: [Math.asin, (x) => 1 / Math.sqrt((1 - x) * (1 + x)), -0.99, 0.99],
  'x³ of large x': [(x) => x * x * x, (x) => 3 * x * x, -1e6, 1e6],
  '1/x beside its pole': [(x) => 1 / x, (x) => -1 / (x * x), 0.01, 1],
};

describe('derivative', () => {
  test.each(Object.entries(smooth))(
    '%s: right to 11 digits, and the error covers it',
    (_, [f, slope, min, max]) => {
      fc.assert(
        fc.property(fc.double({ min, max, noNaN: true }), (x) => {
          const { value, error } = derivative(f, x);
          const off = Math.abs(value - slope(x));
          const scale = Math.max(Math.abs(slope(x)), 1e-3);
          expect(off).toBeLessThanOrEqual(10 * error + 4e-16 * scale);
          expect(off).toBeLessThanOrEqual(1e-11 * scale);
          expect(error).toBeLessThanOrEqual(1e-10 * scale);
        }),
      );
    },
  );

  test('the error covers what rounding does, seen or not', () => {
    // The second is computed by way of numbers a million times its size, which shows in no value of it.
    const noisy: [(x: number) => number, number][] = [
      [(x) => Math.sin(x) + 1e6, 1e-8],
      [(x) => (1e6 * Math.sin(x) + 3e6 - 3e6) / 1e6 + (Math.sin(x) + 1e6 - 1e6), 1e-8],
    ];
    for (const [k, [f, least]] of noisy.entries()) {
      fc.assert(
        fc.property(fc.double({ min: -1.5, max: 1.5, noNaN: true }), (x) => {
          const { value, error } = derivative(f, x);
          const off = Math.abs(value - (k + 1) * Math.cos(x));
          expect(off).toBeLessThanOrEqual(10 * error);
          expect(error).toBeLessThanOrEqual(least);
        }),
      );
    }
  });

  test('between kinks on both sides, where quotients agree perfectly on something else', () => {
    const f = (x: number): number => Math.min(0.875 * x - 2, 5 * x - 1.9, -3 * x - 1.9);
    const { value, error } = derivative(f, 0);
    expect(Math.abs(value - 0.875)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1e-12);
  });

  test('a kink or a jump at a round distance, and a pole at the very point that is tried', () => {
    for (const distance of [1 / 4, 1 / 16, 1 / 32]) {
      expect(derivative(Math.sign, -distance)).toMatchObject({ value: 0 });
      expect(derivative((x) => Math.max(x, 0), distance).value).toBeCloseTo(1, 12);
      expect(derivative(Math.abs, -distance).error).toBeLessThan(1e-9);
    }
    const tried = (0.5 + 2 ** -20) / 4;
    const { value, error } = derivative((x) => 1 / (x - tried), 0);
    expect(error * tried ** 2).toBeLessThan(1e-9);
    expect(value * tried ** 2).toBeCloseTo(-1, 10);
  });

  test('one-sided, at a kink', () => {
    for (const [side, slope] of [
      ['left', -1],
      ['right', 1],
    ] as const) {
      expect(derivative(Math.abs, 0, side).value).toBe(slope);
      expect(derivative((x) => Math.abs(Math.sin(x)), 0, side).value).toBeCloseTo(slope, 11);
    }
    expect(derivative(Math.exp, 1, 'left').value).toBeCloseTo(Math.E, 10);
  });

  test('an infinite slope, a jump and a point outside the domain are not trusted', () => {
    expect(derivative(Math.sqrt, 0, 'right').error).toBeGreaterThan(1);
    expect(derivative(Math.sqrt, 0, 'left').error).toBe(Number.POSITIVE_INFINITY);
    expect(derivative(Math.log, -1).error).toBe(Number.POSITIVE_INFINITY);
    const jump = derivative((x) => (x > 0 ? 1 : 0), 0);
    expect(jump.error).toBeGreaterThan(0.1 * Math.abs(jump.value));
  });

  test('the domain may end close by', () => {
    expect(derivative(Math.log, 2 ** -10).value).toBeCloseTo(1024, 8);
  });
});
