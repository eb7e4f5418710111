import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimals, duration, grouped, significant, sixDigits } from '../../src/report/index.js';

describe('six significant digits', () => {
  test.each([
    [1 / 3, '0.333333'],
    [0.5, '0.5'],
    [0, '0'],
    [-0, '0'],
    [1234.5, '1234.5'],
    [123456, '123456'],
    [1234567, '1.23457e6'],
    [1.5e-9, '1.5e-9'],
    [-2 / 3, '-0.666667'],
    [100000, '100000'],
    [1e21, '1e21'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-∞'],
  ])('%d', (x, text) => {
    expect(sixDigits(x)).toBe(text);
  });

  test('are enough and no more: read back, within half a unit of the sixth', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const text = sixDigits(x);
        const digits = text.replace(/e.*/, '').replace(/\D/g, '').replace(/^0+/, '');
        expect(digits.length).toBeLessThanOrEqual(6);
        if (Math.abs(x) > 1e-300) {
          expect(Math.abs(Number(text) - x)).toBeLessThanOrEqual(Math.abs(x) * 5.0001e-6);
        }
      }),
    );
  });

  test('other counts of digits', () => {
    expect(significant(2.34567, 3)).toBe('2.35');
    expect(decimals(2 / 3, 2)).toBe('0.67');
    expect(decimals(Number.NaN, 2)).toBe('NaN');
  });
});

test('thousands apart', () => {
  expect([0, 999, 1000, 2_093_118, -12345].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '2,093,118',
    '-12,345',
  ]);
});

test.each([
  [0, '0 ms'],
  [8.4, '8 ms'],
  [99.6, '0.1 s'],
  [4240, '4.2 s'],
  [9960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [7_620_000, '2 h 07 min'],
  [3_599_800, '1 h 00 min'],
  [Number.NaN, '–'],
  [-1, '–'],
])('%d ms as %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
