import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Arithmetic,
  type Definition,
  type Dual,
  definitions,
  duals,
  type FunctionName,
  fractions,
  Rational,
  rational,
  real,
  secondTangentOf,
  Tensor,
  tangentOf,
} from '../../src/check/reference/index.js';
import {
  acos,
  asin,
  atan,
  type Big,
  big,
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
  ulpError,
} from '../linalg/bigfloat.js';
import { type ReferenceName, referencePoints } from '../ops/catalogue/reference-points.js';
import published from '../ops/catalogue/reference-points.json' with { type: 'json' };

// The oracles against other oracles: BigInt arithmetic to 250 bits, values computed elsewhere to 2000 digits, fractions.

const scalar = <T>(x: T): Tensor<T> => new Tensor([], [x]);
const one = scalar(1);

describe('functions of one number', () => {
  /** Each with what it is in BigInt arithmetic, and where it is looked at. */
  const exact: Readonly<Record<FunctionName, readonly [(x: Big) => Big, number, number]>> = {
    exp: [exp, -700, 700],
    expm1: [expm1, -40, 700],
    log: [log, 2 ** -40, 1e6],
    log1p: [log1p, -0.99, 1e6],
    sqrt: [sqrt, 0, 1e6],
    sin: [sin, -100, 100],
    cos: [cos, -100, 100],
    tan: [tan, -1.5, 1.5],
    asin: [asin, -1, 1],
    acos: [acos, -1, 1],
    atan: [atan, -1e6, 1e6],
    sinh: [sinh, -700, 700],
    cosh: [cosh, -700, 700],
    tanh: [tanh, -30, 30],
    erf: [erf, -10, 10],
    erfc: [erfc, -6, 26],
  };

  test.each(Object.entries(exact))('%s, to 250 bits', (name, [f, min, max]) => {
    fc.assert(
      fc.property(fc.double({ min, max, noNaN: true }), (x) => {
        fc.pre(x !== 0);
        const value = real.apply(name as FunctionName, x);
        // the error function is ours: the others are Math's
        expect(ulpError(value, f(big(x)))).toBeLessThan(name.startsWith('erf') ? 20 : 2);
      }),
      { numRuns: 40 },
    );
  });

  const names = Object.keys(published) as ReferenceName[];

  test.each(names)('%s, its slope and its curvature, as computed elsewhere', (name) => {
    const definition = definitions[name] as Definition;
    let slopes = 0;
    for (const { x, y, slope, curvature } of referencePoints(name)) {
      // definitions subtract without a thought, so large numbers are left to those that can stand them
      if (Math.abs(x) > 40 || (x !== 0 && Math.abs(x) < 1e-300)) continue;
      const first = tangentOf(real, definition, [scalar(x)], [one]);
      near(first.value.values[0]!, y, Math.abs(y) + sizeOf(name, x));
      near(first.slope.values[0]!, slope, first.terms.values[0]!);
      if (slope !== 0) slopes++;
      if (curvature === undefined) continue;
      const second = secondTangentOf(real, definition, [scalar(x)], [one], [one]);
      near(second.slope.values[0]!, curvature, second.terms.values[0]!);
    }
    expect(slopes).toBeGreaterThan(3);
  });

  /** What a definition's own terms come to, where they cancel. */
  const sizeOf = (name: ReferenceName, x: number): number =>
    name === 'expMinusLine' ? Math.abs(x) : 0;

  /** To 20 units in the last place of the terms, which e^{−x²} may be off at |x| = 20. */
  function near(value: number, exact: number, terms: number): void {
    if (value === exact) return;
    expect(Math.abs(value - exact), `${value} for ${exact}`).toBeLessThanOrEqual(5e-14 * terms);
  }
});

describe('dual numbers', () => {
  /** (x⁴ − 3x)/(x² + 1) and its first two derivatives, by the quotient rule on paper. */
  const f = <T>(A: Arithmetic<T>, x: T): T => {
    const x2 = A.mul(x, x);
    return A.div(A.sub(A.mul(x2, x2), A.mul(A.of(3), x)), A.add(x2, A.of(1)));
  };
  const quotient = (n: Rational, d: Rational): Rational => n.over(d);
  const times = (...factors: Rational[]): Rational => factors.reduce((a, b) => a.times(b));
  const r = rational;

  test('are exact over fractions, once and twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (k) => {
        const x = new Rational(BigInt(k), 7n);
        const d = x.times(x).plus(r(1));
        const n = times(x, x, x, x).minus(r(3).times(x));
        const dn = r(4)
          .times(times(x, x, x))
          .minus(r(3));
        const dd = r(2).times(x);
        const D = duals(fractions);
        const y = f(duals(D), {
          x: { x, t: r(1), terms: 1 },
          t: { x: r(1), t: r(0), terms: 0 },
          terms: 1,
        });
        const top = dn.times(d).minus(n.times(dd));
        expect(y.x.x.equals(n.over(d))).toBe(true);
        expect(y.t.x.equals(quotient(top, d.times(d)))).toBe(true);
        // (top/d²)′ = (top′·d − 2·top·d′)/d³ with top′ = n″d − n·d″
        const dtop = r(12).times(times(x, x)).times(d).minus(r(2).times(n));
        const second = dtop.times(d).minus(times(r(2), top, dd));
        expect(y.t.t.equals(quotient(second, times(d, d, d)))).toBe(true);
      }),
    );
  });

  test('terms are the sum of the sizes of what was added up, however it cancels', () => {
    const D = duals(real);
    const x: Dual<number> = { x: 3, t: 1, terms: 1 };
    const y = D.sub(D.mul(x, x), D.mul(D.of(6), x)); // x² − 6x, whose slope at 3 is 3 + 3 − 6
    expect(y).toEqual({ x: -9, t: 0, terms: 12 });
    expect(D.div(y, D.of(-2))).toMatchObject({ terms: 6 });
    expect(D.apply('exp', D.neg(x)).terms).toBe(Math.exp(-3));
  });

  test('a comparison has no slope, and what is chosen has its own', () => {
    const x = scalar<Dual<number>>({ x: 2, t: 1, terms: 1 });
    const D = duals(real);
    expect(definitions.greater(D, x, scalar(D.of(1))).values[0]).toMatchObject({ x: 1, t: 0 });
    expect(definitions.relu(D, x).values[0]).toMatchObject({ x: 2, t: 1 });
    expect(definitions.stopGradient(D, x).values[0]).toMatchObject({ x: 2, t: 0 });
    expect(definitions.maximum(D, x, scalar(D.of(3))).values[0]).toMatchObject({ x: 3, t: 0 });
  });
});

describe('fractions', () => {
  const integers = fc.integer({ min: -(2 ** 25), max: 2 ** 25 });
  const short = integers.map((k) => k / 1024);

  test('add, subtract and multiply as doubles do where those are exact', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(fractions.add(rational(a), rational(b)).is(a + b)).toBe(true);
        expect(fractions.sub(rational(a), rational(b)).is(a - b)).toBe(true);
        expect(fractions.mul(rational(a), rational(b)).is(a * b)).toBe(true);
        expect(fractions.neg(rational(a)).is(-a)).toBe(true);
      }),
    );
  });

  test('are the nearest double as numbers, as the quotient of two doubles is', () => {
    const nonZero = fc.maxSafeInteger().filter((k) => k !== 0);
    fc.assert(
      fc.property(fc.maxSafeInteger(), nonZero, (n, d) => {
        expect(new Rational(BigInt(n), BigInt(d)).toNumber()).toBe(n / d === 0 ? 0 : n / d);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(rational(x).toNumber()).toBe(x === 0 ? 0 : x);
        expect(rational(x).is(x)).toBe(true);
      }),
    );
  });

  test('are rounded to even at the end of the doubles too', () => {
    const tiny = rational(5e-324);
    const times = (n: bigint, d: bigint) => tiny.times(new Rational(n, d)).toNumber();
    expect([times(1n, 2n), times(3n, 2n), times(5n, 2n), times(5n, 3n)]).toEqual([
      0, 1e-323, 1e-323, 1e-323,
    ]);
    expect(times(-2n, 3n)).toBe(-5e-324);
    const largest = rational(Number.MAX_VALUE);
    expect(largest.times(new Rational(-1000001n, 1000000n)).toNumber()).toBe(-Infinity);
    expect(largest.minus(rational(2 ** 969)).toNumber()).toBe(Number.MAX_VALUE);
  });

  test('are not the double beside them', () => {
    expect(new Rational(1n, 3n).is(1 / 3)).toBe(false);
    expect(
      rational(0.1)
        .plus(rational(0.2))
        .is(0.1 + 0.2),
    ).toBe(false);
    expect(rational(1).is(Number.NaN)).toBe(false);
    expect(String(rational(-0.75))).toBe('-3/4');
    expect(String(rational(6))).toBe('6');
  });

  test('have no elementary functions and no infinities', () => {
    expect(() => fractions.apply('exp', rational(0))).toThrow(/fractions have no exp/);
    expect(() => fractions.of(Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => fractions.div(rational(1), rational(0))).toThrow(/division by zero/);
  });
});
