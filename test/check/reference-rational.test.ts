import { describe, expect, test } from 'vitest';
import { Rational, rational } from '../../src/check/reference/index.js';
import { measured } from '../../src/check/reference/measured.js';

const of = (n: bigint, d?: bigint): Rational => new Rational(n, d);
const parts = ({ n, d }: Rational): [bigint, bigint] => [n, d];

describe('a fraction', () => {
  test('has the sign above the line, and no factor in common', () => {
    expect(parts(of(6n, 4n))).toEqual([3n, 2n]);
    expect(parts(of(6n, 9n))).toEqual([2n, 3n]);
    expect(parts(of(12n, 16n))).toEqual([3n, 4n]);
    expect(parts(of(3n, 16n))).toEqual([3n, 16n]);
    expect(parts(of(6n, 3n))).toEqual([2n, 1n]);
    expect(parts(of(-6n, 9n))).toEqual([-2n, 3n]);
    expect(parts(of(6n, -9n))).toEqual([-2n, 3n]);
    expect(parts(of(-6n, -9n))).toEqual([2n, 3n]);
    expect(parts(of(-6n, -4n))).toEqual([3n, 2n]);
    expect(parts(of(0n, -9n))).toEqual([0n, 1n]);
    expect(parts(of(0n, 8n))).toEqual([0n, 1n]);
    expect(parts(of(5n))).toEqual([5n, 1n]);
  });

  test('is another one only if both parts are', () => {
    expect(of(1n, 2n).equals(of(2n, 4n))).toBe(true);
    expect(of(1n, 2n).equals(of(1n, 3n))).toBe(false);
    expect(of(1n, 2n).equals(of(3n, 2n))).toBe(false);
  });

  test('is rounded towards 0, to binary places', () => {
    expect(parts(of(2n, 3n).rounded(3n))).toEqual([5n, 8n]);
    expect(parts(of(-1n, 3n).rounded(2n))).toEqual([-1n, 4n]);
    const left = of(1n, 3n).minus(of(1n, 3n).rounded());
    expect(left.n > 0n).toBe(true);
    expect(left.over(of(1n, 2n ** 400n)).toNumber()).toBeLessThan(1);
  });

  test('has a root to 400 binary places, from below', () => {
    const unit = of(1n, 2n ** 400n);
    const isBelow = (a: Rational, b: Rational): boolean => b.minus(a).n > 0n;
    for (const x of [of(2n), of(3n), of(5n), of(7n, 3n), of(1n, 3n), of(10n ** 30n + 1n), unit]) {
      const root = x.root();
      const above = root.plus(unit);
      expect(isBelow(x, root.times(root))).toBe(false);
      expect(isBelow(x, above.times(above))).toBe(true);
    }
    for (const [x, root] of [
      [of(0n), of(0n)],
      [of(1n), of(1n)],
      [of(9n, 16n), of(3n, 4n)],
      [of(1n, 2n ** 800n), unit],
      [of(3n, 2n ** 800n), unit],
    ] as const) {
      expect(parts(x.root())).toEqual(parts(root));
    }
  });

  test('is the nearest double, however long it is, and of two that are as near the even one', () => {
    const [half, even] = [2n ** 100n + 2n ** 47n, 2n ** 100n];
    expect(of(half).toNumber()).toBe(2 ** 100);
    expect(of(half + 1n).toNumber()).toBe(2 ** 100 + 2 ** 48);
    expect(of(half - 1n).toNumber()).toBe(2 ** 100);
    expect(of(2n * half + 1n, 2n).toNumber()).toBe(2 ** 100 + 2 ** 48);
    expect(of(-half - 1n).toNumber()).toBe(-(2 ** 100) - 2 ** 48);
    expect(of(even + 3n * 2n ** 47n).toNumber()).toBe(2 ** 100 + 2 ** 49);
    // 70 digits exactly, and one that is cut off
    expect(of(2n ** 69n + 2n ** 16n).toNumber()).toBe(2 ** 69);
    expect(of(2n ** 70n + 2n ** 18n + 1n).toNumber()).toBe(2 ** 70 + 2 ** 18);
    expect(Object.is(of(0n).toNumber(), 0)).toBe(true);
    expect(of(0n, 7n).toNumber()).toBe(0);
  });

  test('is the nearest double where those have their last digits', () => {
    const least = 2n ** 1074n;
    // The least normal number, and a third of what is the last digit there, and above.
    expect(of(3n * 2n ** 52n + 1n, 3n * least).toNumber()).toBe(2 ** -1022);
    expect(of(3n * 2n ** 52n + 2n, 3n * least).toNumber()).toBe(2 ** -1022 + 2 ** -1074);
    expect(of(3n * 2n ** 53n + 2n, 3n * least).toNumber()).toBe(2 ** -1021);
    expect(of(2n ** 54n + 2n, 2n * least).toNumber()).toBe(2 ** -1021);
    expect(of(2n ** 54n + 3n, least).toNumber()).toBe(2 ** -1020 + 2 ** -1072);
    expect(of(1n, 2n * least).toNumber()).toBe(0);
    expect(of(1n, 3n * least).toNumber()).toBe(0);
    expect(of(3n, 2n * least).toNumber()).toBe(2 ** -1073);
    expect(rational(2 ** -1022).toNumber()).toBe(2 ** -1022);
  });
});

describe('a double that is measured', () => {
  const a = { x: 3, size: 4 };
  const b = { x: -2, size: 5 };

  test('is of the size of all that it was made of', () => {
    expect(measured.of(-3)).toEqual({ x: -3, size: 3 });
    expect(measured.add(a, b)).toEqual({ x: 1, size: 9 });
    expect(measured.sub(a, b)).toEqual({ x: 5, size: 9 });
    expect(measured.mul(a, b)).toEqual({ x: -6, size: 20 });
    expect(measured.neg(a)).toEqual({ x: -3, size: 4 });
    expect(measured.valueOf(a)).toBe(3);
    // |δ(a/b)| ≤ δa/|b| + |a/b|·δb/|b|
    expect(measured.div(a, b)).toEqual({ x: -1.5, size: (4 + 1.5 * 5) / 2 });
  });

  test('goes through a function by its slope, and is rounded once more', () => {
    expect(measured.apply('sqrt', { x: 4, size: 6 })).toEqual({ x: 2, size: 2 + 6 / 4 });
    expect(measured.apply('exp', { x: 0, size: 3 })).toEqual({ x: 1, size: 1 + 3 });
    expect(measured.apply('log', { x: 1, size: 3 })).toEqual({ x: 0, size: 3 });
    expect(measured.apply('cos', { x: 0, size: 3 })).toEqual({ x: 1, size: 1 });
    const { x, size } = measured.apply('cos', { x: 4, size: 3 });
    expect(x).toBe(Math.cos(4));
    expect(size).toBeCloseTo(Math.abs(Math.cos(4)) + 3 * Math.abs(Math.sin(4)), 14);
  });
});
