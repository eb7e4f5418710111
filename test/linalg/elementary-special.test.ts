import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as ours from '../../src/linalg/elementary/index.js';
import { big, pow, ulpError } from './bigfloat.js';

const { MAX_VALUE, MIN_VALUE } = Number;

describe('special values', () => {
  const names: Record<string, number> = { '∞': Infinity, max: MAX_VALUE, min: MIN_VALUE };
  const number = (text: string): number => {
    const size = text.replace('-', '');
    if (!(size in names)) return Number(text);
    return text === size ? names[size]! : -names[size]!;
  };
  // x:f(x)
  const table: [f: (x: number) => number, values: string][] = [
    [
      ours.exp,
      '0:1 -0:1 ∞:∞ -∞:0 709.7827128933841:∞ -745.1332191019411:min -745.1332191019412:0 max:∞ -max:0',
    ],
    [ours.expm1, '0:0 -0:-0 ∞:∞ -∞:-1 709.7827128933841:∞ -50:-1 min:min -min:-min'],
    [ours.expMinusLine, '∞:∞ -∞:∞ 709.7827128933841:∞ max:∞ -max:max'],
    [ours.log, 'max:709.782712893384 1:0 0:-∞ -0:-∞ ∞:∞ -1:NaN -∞:NaN -min:NaN'],
    [ours.log1p, '0:0 -0:-0 -1:-∞ ∞:∞ -1.0000000000000002:NaN -∞:NaN min:min -min:-min'],
    [ours.sqrt, '0:0 -0:-0 ∞:∞ -1:NaN 4:2'],
    [ours.sigmoid, '0:0.5 -0:0.5 ∞:1 -∞:0 max:1 -max:0'],
    [ours.softplus, '∞:∞ -∞:0 max:max -max:0'],
    [ours.logsigmoid, '∞:-0 -∞:-∞ max:-0 -max:-max'],
    [ours.tanh, '0:0 -0:-0 ∞:1 -∞:-1 max:1 -max:-1 min:min'],
    [
      ours.sinh,
      '0:0 -0:-0 ∞:∞ -∞:-∞ 710.475860073944:∞ -710.475860073944:-∞ 712:∞ max:∞ -max:-∞ min:min',
    ],
    [ours.cosh, '0:1 -0:1 ∞:∞ -∞:∞ 710.475860073944:∞ 712:∞ -max:∞ min:1'],
    [ours.sin, '0:0 -0:-0 ∞:NaN -∞:NaN min:min'],
    [ours.cos, '0:1 -0:1 ∞:NaN -∞:NaN'],
    [ours.tan, '0:0 -0:-0 ∞:NaN -∞:NaN -min:-min'],
    [
      ours.asin,
      '0:0 -0:-0 1:1.5707963267948966 -1:-1.5707963267948966 1.0000000000000002:NaN -∞:NaN',
    ],
    [
      ours.acos,
      '1:0 -1:3.141592653589793 0:1.5707963267948966 -0:1.5707963267948966 1.0000000000000002:NaN -∞:NaN',
    ],
    [
      ours.atan,
      '0:0 -0:-0 ∞:1.5707963267948966 -∞:-1.5707963267948966 1:0.7853981633974483 max:1.5707963267948966',
    ],
    [ours.erf, '0:0 -0:-0 ∞:1 -∞:-1 max:1'],
    [ours.erfc, '0:1 -0:1 ∞:0 -∞:2 max:0 -max:2'],
    [ours.normalPdf, '∞:0 -∞:0 max:0'],
    [ours.normalCdf, '0:0.5 -0:0.5 ∞:1 -∞:0 max:1 -max:0'],
  ];
  for (const [f, values] of table)
    test(f.name, () => {
      expect(f(Number.NaN)).toBeNaN();
      for (const pair of values.split(' ')) {
        const [x, y] = pair.split(':');
        expect(f(number(x!)), `${f.name}(${x})`).toBe(number(y!));
      }
    });

  const corners = [
    Number.NaN,
    Infinity,
    -Infinity,
    0,
    -0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    0.5,
    -0.5,
    2.5,
    -2.5,
    MIN_VALUE,
    -MIN_VALUE,
    MAX_VALUE,
    -MAX_VALUE,
  ];
  // ECMAScript fixes the results of both below wherever they are not a matter of rounding
  test('pow at the corners is the operator **', () => {
    for (const x of corners)
      for (const y of corners) {
        const expected = x ** y;
        if (!Number.isFinite(expected) || Number.isSafeInteger(expected))
          expect(ours.pow(x, y), `pow(${x}, ${y})`).toBe(expected);
      }
  });
  test('atan2 at the corners: multiples of π/4, with the sign of y', () => {
    for (const y of corners)
      for (const x of corners) {
        const eighths = (4 * Math.atan2(y, x)) / Math.PI;
        if (Number.isNaN(eighths) || Number.isInteger(eighths))
          expect(ours.atan2(y, x), `atan2(${y}, ${x})`).toBe(Math.atan2(y, x));
      }
  });
});

describe('exactness', () => {
  test('from 708 on, eˣ − 1 and eˣ − 1 − x are eˣ, to the last bit', () => {
    for (const x of [708, 708.25, 709, 709.75, 709.782712893384]) {
      expect(ours.expm1(x)).toBe(ours.exp(x));
      expect(ours.expMinusLine(x)).toBe(ours.exp(x));
    }
  });
  const dyadic = fc
    .integer({ min: -1024, max: 1024 })
    .filter((n) => n !== 0)
    .map((n) => n / 32);

  test('integer and half-integer powers up to 32 are correctly rounded', () => {
    fc.assert(
      fc.property(dyadic, fc.integer({ min: -32, max: 32 }), (x, n) => {
        const size = ulpError(ours.pow(Math.abs(x), n), pow(big(Math.abs(x)), big(n)));
        expect(size).toBeLessThanOrEqual(0.500001);
        expect(ours.pow(x, n)).toBe(ours.pow(Math.abs(x), n) * (x < 0 && n % 2 !== 0 ? -1 : 1));
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.integer({ min: -64, max: 64 }),
        (x, n) => {
          expect(ulpError(ours.pow(x, n / 2), pow(big(x), big(n / 2)))).toBeLessThanOrEqual(
            0.500001,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
  test('a power that is a double comes out as that double', () => {
    for (let base = 2; base <= 40; base++) {
      let product = 1n;
      for (let n = 1; ; n++) {
        product *= BigInt(base);
        if (product > 1n << 53n) break;
        expect(ours.pow(base, n)).toBe(Number(product));
        expect(ours.pow(base * base, n / 2)).toBe(Number(product));
        expect(ours.pow(-base, n)).toBe(n % 2 === 0 ? Number(product) : -Number(product));
      }
    }
    for (let k = -1074, power = MIN_VALUE; k <= 1023; k++, power *= 2)
      expect(ours.pow(2, k)).toBe(power);
  });
  test('x², √x and 1/x are single operations', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(ours.pow(x, 2)).toBe(x * x);
        expect(ours.pow(x, -1)).toBe(1 / x);
        expect(ours.pow(x, 1)).toBe(x);
        if (x > 0) expect(ours.pow(x, 0.5)).toBe(Math.sqrt(x));
      }),
    );
  });
});

describe('symmetry and range', () => {
  const any = fc.double({ noNaN: true });
  const { asin, atan, cos, cosh, erf, exp, normalCdf, normalPdf, sigmoid, sin, sinh, tan, tanh } =
    ours;

  test('odd and even functions are so to the last bit', () => {
    fc.assert(
      fc.property(any, (x) => {
        for (const f of [asin, atan, erf, sin, sinh, tan, tanh]) expect(f(-x)).toBe(-f(x));
        for (const f of [cos, cosh, normalPdf]) expect(f(-x)).toBe(f(x));
      }),
      { numRuns: 500 },
    );
  });
  test('far out every function stands at its limit', () => {
    fc.assert(
      fc.property(fc.double({ min: 800, noNaN: true }), (x) => {
        const values = [
          [exp(x), Infinity],
          [exp(-x), 0],
          [ours.expm1(x), Infinity],
          [ours.expm1(-x), -1],
          [sigmoid(x), 1],
          [sigmoid(-x), 0],
          [ours.softplus(x), x],
          [ours.softplus(-x), 0],
          [sinh(x), Infinity],
          [cosh(x), Infinity],
          [tanh(x), 1],
          [erf(x), 1],
          [ours.erfc(x), 0],
          [ours.erfc(-x), 2],
          [normalPdf(x), 0],
          [normalCdf(x), 1],
          [normalCdf(-x), 0],
        ];
        for (const [actual, limit] of values) expect(actual).toBe(limit);
      }),
    );
  });
  test('a power overflows to ∞ and underflows to 0, just behind the last double and far out', () => {
    // 2¹⁰²⁴ is the first power of 2 that is no double, 2⁻¹⁰⁷⁵ rounds to 0; 1023.9 and −1074.9 are on this side.
    for (const [base, y] of [
      [2, 1],
      [0.5, -1],
      [4, 1 / 2],
      [2 ** -30, -1 / 30],
    ] as const) {
      for (const far of [1024.1, 1030.3, 1e4 + 0.1, 1e9 + 0.1, 1e15 + 0.125, 1e19, 1e300]) {
        expect(ours.pow(base, far * y)).toBe(Infinity);
        expect(ours.pow(base, -(far + 52) * y)).toBe(0);
      }
      expect(ours.pow(base, 1023.9 * y) / 2 ** 1000 / 2 ** 23.9).toBeCloseTo(1, 12);
      expect(ours.pow(base, -1074.9 * y)).toBe(MIN_VALUE);
    }
  });
  test('nothing leaves its range', () => {
    fc.assert(
      fc.property(any, fc.double({ min: -50, max: 50, noNaN: true }), (a, b) => {
        for (const x of [a, b]) {
          for (const f of [erf, sin, cos, tanh]) {
            const y = f(x);
            expect(Number.isNaN(y) || Math.abs(y) <= 1).toBe(true);
          }
          for (const f of [sigmoid, normalCdf]) expect(f(x) >= 0 && f(x) <= 1).toBe(true);
          expect(exp(x)).toBeGreaterThanOrEqual(0);
          expect(cosh(x)).toBeGreaterThanOrEqual(1);
          expect(ours.erfc(x) >= 0 && ours.erfc(x) <= 2).toBe(true);
          expect(Math.abs(atan(x))).toBeLessThanOrEqual(Math.PI / 2);
        }
      }),
      { numRuns: 500 },
    );
  });
});
