import type { Arithmetic } from './arithmetic.js';

/**
 * Exact arithmetic on fractions of BigInts: what a formula gives when nothing is rounded. Every double is
 * such a fraction, so results can be compared without a tolerance where the doubles are exact too.
 */
export class Rational {
  /** Numerator; it has the sign, and no factor in common with d. */
  readonly n: bigint;
  /** Denominator, > 0. */
  readonly d: bigint;

  /** @throws RangeError for a denominator of 0 */
  constructor(n: bigint, d = 1n) {
    if (d === 0n) throw new RangeError('Rational: division by zero');
    const g = gcd(abs(n), abs(d)) * (d < 0n ? -1n : 1n);
    this.n = n / g;
    this.d = d / g;
  }

  /** The double's own value, with no rounding. */
  static from(x: number): Rational {
    if (!Number.isFinite(x)) throw new RangeError(`Rational: ${x}`);
    let denominator = 1n;
    let scaled = x;
    while (!Number.isInteger(scaled)) {
      scaled *= 2;
      denominator *= 2n;
    }
    return new Rational(BigInt(scaled), denominator);
  }

  /** this + other */
  plus(other: Rational): Rational {
    return new Rational(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  /** this − other */
  minus(other: Rational): Rational {
    return this.plus(other.negated());
  }

  /** this · other */
  times(other: Rational): Rational {
    return new Rational(this.n * other.n, this.d * other.d);
  }

  /** this / other. @throws RangeError for a divisor of 0 */
  over(other: Rational): Rational {
    return new Rational(this.n * other.d, this.d * other.n);
  }

  /** −this */
  negated(): Rational {
    return new Rational(-this.n, this.d);
  }

  /** Whether it is the double's own value. */
  is(x: number): boolean {
    return Number.isFinite(x) && this.equals(Rational.from(x));
  }

  /** Whether the two are one number. */
  equals(other: Rational): boolean {
    return this.n === other.n && this.d === other.d;
  }

  /** Rounded to so many binary places, to keep a long recurrence from growing without end. */
  rounded(places = 400n): Rational {
    return new Rational((this.n << places) / this.d, 1n << places);
  }

  /** √ to 400 binary places. */
  root(): Rational {
    const places = 400n;
    return new Rational(integerRoot((this.n << (2n * places)) / this.d), 1n << places);
  }

  /** `3/4`, or `3` for a whole number. */
  toString(): string {
    return this.d === 1n ? `${this.n}` : `${this.n}/${this.d}`;
  }

  /** The nearest double, ties to even. */
  toNumber(): number {
    const n = abs(this.n);
    // n/d in units of 2⁻ˢ, with more digits than a double has; but none below the last one that doubles have at all
    const s = Math.min(70 - (bits(n) - bits(this.d)), 1074);
    const top = n << BigInt(Math.max(s, 0));
    const bottom = this.d << BigInt(Math.max(-s, 0));
    let units = top / bottom;
    const rest = 2n * (top % bottom);
    if (bits(units) > 53) {
      if (rest > 0n) units |= 1n;
    } else if (rest > bottom || (rest === bottom && units % 2n === 1n)) units += 1n;
    // in two steps, since 2ˢ may be beyond the largest double
    const half = Math.trunc(s / 2);
    return ((this.n < 0n ? -1 : 1) * Number(units)) / 2 ** half / 2 ** (s - half);
  }
}

/** The fraction that a double is. */
export const rational = (x: number): Rational => Rational.from(x);

/** Fractions of BigInts, in which nothing is rounded. They have no elementary functions, and no infinities. */
export const fractions: Arithmetic<Rational> = {
  of: rational,
  add: (a, b) => a.plus(b),
  sub: (a, b) => a.minus(b),
  mul: (a, b) => a.times(b),
  div: (a, b) => a.over(b),
  neg: (a) => a.negated(),
  apply: (name) => {
    throw new RangeError(`fractions have no ${name}: it leaves them; take polynomial ops only`);
  },
  valueOf: (a) => a.toNumber(),
};

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

const bits = (n: bigint): number => n.toString(2).length;

/** The greatest common divisor of a ≥ 0 and b > 0. */
function gcd(a: bigint, b: bigint): bigint {
  if ((b & (b - 1n)) === 0n) {
    // b is a power of two, as the denominators of doubles are: the lowest bit of either
    const either = a | b;
    return either & -either;
  }
  let x = a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** ⌊√n⌋ by Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  if (n === 0n) return n;
  let x = 1n << BigInt(Math.ceil(bits(n) / 2));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
