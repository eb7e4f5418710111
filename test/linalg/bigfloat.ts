/**
 * Elementary functions to about 250 bits, in BigInt arithmetic: the oracle that the double-precision
 * ones are measured against. Everything here is a textbook series on a reduced argument, chosen
 * because it is easy to believe, and none of it uses a floating-point operation.
 */

/** The number m / 2ᶠ (f may be negative). */
export interface Big {
  readonly m: bigint;
  readonly f: number;
}

/** Bits carried beyond the leading bit of a result. */
const BITS = 256;

// ---- numbers -----------------------------------------------------------------------------------

const view = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function big(x: number): Big {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  if (field === 0x7ff) throw new RangeError(`${x} is not finite`);
  const fraction = bits & 0xfffffffffffffn;
  const m = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: bits >> 63n ? -m : m, f: 1075 - Math.max(field, 1) };
}

const abs = (m: bigint): bigint => (m < 0n ? -m : m);

const bitLength = (m: bigint): number => {
  if (m === 0n) return 0;
  const hex = abs(m).toString(16);
  return 4 * hex.length - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
};

/** e with 2ᵉ ≤ |a| < 2ᵉ⁺¹. */
const exponent = (a: Big): number => bitLength(a.m) - 1 - a.f;

const shift = (m: bigint, by: number): bigint => (by >= 0 ? m << BigInt(by) : m >> BigInt(-by));

/** The integer nearest below a·2ᶠ: a as a fixed-point number with f bits after the point. */
const fixed = (a: Big, f: number): bigint => shift(a.m, f - a.f);

export const add = (a: Big, b: Big): Big => {
  const f = Math.max(a.f, b.f);
  return { m: fixed(a, f) + fixed(b, f), f };
};
export const neg = (a: Big): Big => ({ m: -a.m, f: a.f });
export const sub = (a: Big, b: Big): Big => add(a, neg(b));
export const mul = (a: Big, b: Big): Big => ({ m: a.m * b.m, f: a.f + b.f });
/** a·2ᵏ */
export const scale = (a: Big, k: number): Big => ({ m: a.m, f: a.f - k });
export const div = (a: Big, b: Big, bits: number = BITS): Big => {
  const up = Math.max(0, bits + bitLength(b.m) - bitLength(a.m));
  return { m: (a.m << BigInt(up)) / b.m, f: a.f + up - b.f };
};
export const sqrt = (a: Big): Big => {
  let up = Math.max(0, 2 * BITS - bitLength(a.m));
  if ((a.f + up) % 2 !== 0) up++;
  return { m: integerSqrt(a.m << BigInt(up)), f: (a.f + up) / 2 };
};

function integerSqrt(n: bigint): bigint {
  if (n === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(bitLength(n) / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The least number that rounds to infinity. */
const OVERFLOW: Big = { m: (1n << 54n) - 1n, f: -970 };

/** The error of `actual` in units of the last place of the double nearest to `exact`. */
export function ulpError(actual: number, exact: Big): number {
  const positive = exact.m > 0n;
  if (sub(positive ? exact : neg(exact), OVERFLOW).m >= 0n && Math.abs(actual) === Infinity)
    return actual > 0 === positive ? 0 : Infinity;
  if (!Number.isFinite(actual)) return Infinity;
  const ulp = exact.m === 0n ? -1074 : Math.min(971, Math.max(exponent(exact) - 52, -1074));
  return Math.abs(Number(fixed(scale(sub(big(actual), exact), -ulp), 40)) / 2 ** 40);
}

// ---- constants ---------------------------------------------------------------------------------

const CONSTANT_BITS = 2600;

/** Σ x^(2n+1)/(2n+1), with alternating signs (atan) or without (atanh), for fixed-point |x| < 1. */
function arcSeries(x: bigint, f: number, alternating: boolean): bigint {
  const square = (x * x) >> BigInt(f);
  let power = x;
  let sum = x;
  for (let n = 1; power !== 0n && power !== -1n; n++) {
    power = (power * square) >> BigInt(f);
    const term = power / BigInt(2 * n + 1);
    sum += alternating && n % 2 === 1 ? -term : term;
  }
  return sum;
}
const reciprocal = (n: number): bigint => (1n << BigInt(CONSTANT_BITS + 40)) / BigInt(n);
const constant = (m: bigint): Big => ({ m: m >> 40n, f: CONSTANT_BITS });

/** Machin: π = 16 atan(1/5) − 4 atan(1/239). */
export const PI: Big = constant(
  16n * arcSeries(reciprocal(5), CONSTANT_BITS + 40, true) -
    4n * arcSeries(reciprocal(239), CONSTANT_BITS + 40, true),
);
/** ln 2 = 2 atanh(1/3). */
export const LN2: Big = constant(2n * arcSeries(reciprocal(3), CONSTANT_BITS + 40, false));

const ONE = big(1);
const HALF_PI = scale(PI, -1);
const SQRT_PI = sqrt(PI);

/** The nearest integer. */
const round = (a: Big): bigint => (fixed(a, 1) + 1n) >> 1n;

/** Fraction bits that leave BITS significant ones in a number as small as a. */
const fractionBits = (a: Big): number => BITS + Math.max(0, -exponent(a)) + 16;

// ---- exponentials and logarithms ---------------------------------------------------------------

/** eˣ with `extra` more bits: eˣ = 2ᵏ·eʳ, then the Taylor series of eʳ. */
function expBits(x: Big, extra: number): Big {
  const k = Number(round(div(x, LN2)));
  const f = BITS + extra;
  const r = fixed(sub(x, mul({ m: BigInt(k), f: 0 }, LN2)), f);
  let term = 1n << BigInt(f);
  let sum = term;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * r) / n) >> BigInt(f);
    sum += term;
  }
  return { m: sum, f: f - k };
}

export const exp = (x: Big): Big => expBits(x, 16);
export const expm1 = (x: Big): Big => {
  if (x.m === 0n) return x;
  if (exponent(x) >= 8) return sub(expBits(x, 16), ONE);
  return sub(expBits(x, fractionBits(x) + 16), ONE);
};

/** log x = k·ln 2 + 2 atanh((m − 1)/(m + 1)), x = 2ᵏ·m, ½ ≤ m < 1½. */
export function log(x: Big): Big {
  const difference = sub(x, ONE);
  if (difference.m === 0n) return difference;
  const k = exponent(difference) < -1 ? 0 : exponent(x) + 1;
  const m = scale(x, -k);
  const f = Math.max(fractionBits(sub(m, ONE)), fractionBits(difference)) + 16;
  const quotient = (fixed(sub(m, ONE), f) << BigInt(f)) / fixed(add(m, ONE), f);
  const series = { m: 2n * arcSeries(quotient, f, false), f };
  return k === 0 ? series : add(mul({ m: BigInt(k), f: 0 }, LN2), series);
}
export const log1p = (x: Big): Big => log(add(ONE, x));

export const sigmoid = (x: Big): Big => div(ONE, add(ONE, exp(neg(x))));
export const softplus = (x: Big): Big => log1p(trim(exp(x)));
export const logsigmoid = (x: Big): Big => neg(softplus(neg(x)));

/** Leave out what lies more than 3·BITS below the leading bit. */
const trim = (a: Big): Big => {
  const drop = bitLength(a.m) - 3 * BITS;
  return drop > 0 ? { m: a.m >> BigInt(drop), f: a.f - drop } : a;
};

export const sinh = (x: Big): Big => {
  const e = expm1(x);
  return scale(add(e, div(e, add(e, ONE))), -1);
};
export const cosh = (x: Big): Big => {
  const e = exp(x);
  return scale(add(e, div(ONE, e)), -1);
};
export const tanh = (x: Big): Big => {
  const e = expm1(scale(x, 1));
  return div(e, add(e, big(2)));
};
/** xʸ for x > 0. */
export const pow = (x: Big, y: Big): Big => exp(trim(mul(y, log(x))));

// ---- trigonometry ------------------------------------------------------------------------------

/** sin and cos of x: x = n·π/2 + r with π to 2600 bits, then the Taylor series at r. */
function sinCos(x: Big): [sin: Big, cos: Big] {
  const n = round(div(x, HALF_PI, BITS + Math.max(0, exponent(x))));
  const r = sub(x, mul({ m: n, f: 0 }, HALF_PI));
  if (r.m === 0n) return [r, ONE];
  const f = fractionBits(r);
  const angle = fixed(r, f);
  const square = (angle * angle) >> BigInt(f);
  const series = (first: bigint, start: number): Big => {
    let term = first;
    let sum = first;
    for (let i = start; term !== 0n && term !== -1n; i += 2) {
      term = (-(term * square) / BigInt(i * (i + 1))) >> BigInt(f);
      sum += term;
    }
    return { m: sum, f };
  };
  const sin = series(angle, 2);
  const cos = series(1n << BigInt(f), 1);
  const quadrant = Number(((n % 4n) + 4n) % 4n);
  if (quadrant === 0) return [sin, cos];
  if (quadrant === 1) return [cos, neg(sin)];
  if (quadrant === 2) return [neg(sin), neg(cos)];
  return [neg(cos), sin];
}
export const sin = (x: Big): Big => sinCos(x)[0];
export const cos = (x: Big): Big => sinCos(x)[1];
export const tan = (x: Big): Big => {
  const [s, c] = sinCos(x);
  return div(s, c);
};

/** atan x: π/2 − atan(1/x) above 1; the half-angle formula atan x = 2 atan(x/(1 + √(1 + x²))); the series. */
export function atan(x: Big): Big {
  if (x.m === 0n) return x;
  if (x.m < 0n) return neg(atan(neg(x)));
  if (exponent(x) >= 1) return sub(HALF_PI, atan(div(ONE, x)));
  const halve = (t: Big): Big => div(t, add(ONE, sqrt(add(ONE, trim(mul(t, t))))));
  const t = halve(halve(x));
  const f = fractionBits(t);
  return { m: 4n * arcSeries(fixed(t, f), f, true), f };
}
export const asin = (x: Big): Big => {
  const cosine = sqrt(sub(ONE, mul(x, x)));
  if (cosine.m === 0n) return x.m > 0n ? HALF_PI : neg(HALF_PI);
  return atan(div(x, cosine));
};
export const acos = (x: Big): Big => {
  const sine = sqrt(sub(ONE, mul(x, x)));
  if (x.m === 0n) return HALF_PI;
  const angle = atan(div(sine, x));
  return x.m > 0n ? angle : add(PI, angle);
};
/** The angle of the point (x, y) with x ≠ 0. */
export const atan2 = (y: Big, x: Big): Big => {
  const angle = atan(div(y, x));
  if (x.m > 0n) return angle;
  return y.m >= 0n ? add(angle, PI) : sub(angle, PI);
};

// ---- the error function ------------------------------------------------------------------------

/** erf x = 2/√π·Σ (−1)ⁿ x^(2n+1)/(n!(2n+1)), with bits to spare for the cancellation. */
export function erf(x: Big): Big {
  if (x.m === 0n) return x;
  if (x.m < 0n) return neg(erf(neg(x)));
  if (exponent(x) >= 3) return sub(ONE, erfc(x));
  const f = fractionBits(x) + 100;
  const z = fixed(x, f);
  const square = (z * z) >> BigInt(f);
  let term = z;
  let sum = z;
  for (let n = 1; term !== 0n && term !== -1n; n++) {
    term = (-(term * square) / BigInt(n)) >> BigInt(f);
    sum += term / BigInt(2 * n + 1);
  }
  return div({ m: 2n * sum, f }, SQRT_PI);
}

/** 1 − erf x below 3; above, Laplace's fraction e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))). */
export function erfc(x: Big): Big {
  if (sub(x, big(3)).m < 0n) return sub(ONE, erf(x));
  const f = BITS + 40;
  const z = fixed(x, f);
  let tail = z;
  for (let n = 420; n >= 1; n--) tail = z + (BigInt(n) << BigInt(2 * f - 1)) / tail;
  return div(exp(neg(mul(x, x))), mul(SQRT_PI, { m: tail, f }));
}

/** Density of the standard normal. */
export const normalPdf = (x: Big): Big => div(exp(neg(scale(mul(x, x), -1))), sqrt(scale(PI, 1)));
/** Distribution function of the standard normal. */
export const normalCdf = (x: Big): Big => scale(erfc(div(neg(x), sqrt(big(2)))), -1);
