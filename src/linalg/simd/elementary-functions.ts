/**
 * The elementary functions on vectors: step for step what the scalar functions of `linalg/elementary` do (where the
 * mathematics is explained), so that the bits are the same. Where a scalar function branches, both ways are
 * computed here and a mask selects; powers of two are put together from the bits of their exponent.
 */
import type { Arithmetic, Bundle, Operand } from './bundle.js';
import { ofBits } from './constants.js';

export interface VectorFunction {
  readonly of: (on: Arithmetic, x: Bundle) => Bundle;
  /** A mask of the elements that `of` does; left out, it does all. The scalar function does the others. */
  readonly ordinary?: (on: Arithmetic, x: Bundle) => Bundle;
}

/** As a mask, the bit of the sign: `or` makes a number negative, `and` leaves ±0. */
const SIGN = -0;
const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;
/** 1.5·2⁵²: a sum with it has no bits after the point, and its lowest bits are those of an integer. */
const SHIFTER = 6755399441055744;

/** c₀ + z·(c₁ + z·(c₂ + …)) */
function chain(on: Arithmetic, z: Bundle, lowest: number, ...higher: Operand[]): Bundle {
  let p = higher.at(-1)!;
  for (const c of higher.slice(0, -1).reverse()) p = on.add(on.mul(z, p), c);
  return on.add(on.mul(z, p), lowest);
}

// ---- exponentials ------------------------------------------------------------------------------

interface Reduced {
  /** k, as a double and in the lowest bits of `shifted`. */
  readonly k: Bundle;
  readonly shifted: Bundle;
}

function twosInExp({ add, sub, mul }: Arithmetic, x: Bundle): Reduced {
  const shifted = add(mul(x, Math.LOG2E), SHIFTER);
  return { shifted, k: sub(shifted, SHIFTER) };
}

/** x·2ᵏ for normal x and result: k is added to the exponent. */
function timesTwos({ addBits, shiftLeft }: Arithmetic, x: Operand, { shifted }: Reduced): Bundle {
  return addBits(shiftLeft(shifted, 52), x);
}

function expCurve(on: Arithmetic, r: Bundle): Bundle {
  const { add, mul } = on;
  const z = mul(r, r);
  const even = chain(
    on,
    z,
    0.16666666666666433,
    0.008333333333500016,
    1.9841269466256548e-4,
    2.755764083872859e-6,
    2.4978386762661065e-8,
  );
  const odd = chain(
    on,
    z,
    0.04166666666660396,
    0.0013888888926795661,
    2.480150868316073e-5,
    2.7625186662497934e-7,
  );
  return add(mul(mul(r, z), add(even, mul(r, odd))), mul(z, 0.5));
}

/** eˣ = 2ᵏ·(line + rest) */
function expParts(on: Arithmetic, x: Bundle): Reduced & { line: Bundle; rest: Bundle } {
  const { add, sub, mul } = on;
  const reduced = twosInExp(on, x);
  const { k } = reduced;
  const r = sub(sub(x, mul(k, LN2_HIGH)), mul(k, LN2_LOW));
  const line = add(r, 1);
  const rest = add(add(sub(1, line), r), expCurve(on, r));
  return { ...reduced, line, rest };
}

const exp: VectorFunction = {
  ordinary: ({ abs, less }, x) => less(abs(x), 708),
  of: (on, x) => {
    const parts = expParts(on, x);
    return timesTwos(on, on.add(parts.line, parts.rest), parts);
  },
};

/** eˣ, and what its last sum rounds away. */
function expWithLow(on: Arithmetic, x: Bundle): { e: Bundle; el: Bundle } {
  const { add, sub, mul } = on;
  const parts = expParts(on, x);
  const { line, rest } = parts;
  const unit = timesTwos(on, 1, parts);
  const sum = add(line, rest);
  return { e: mul(sum, unit), el: mul(add(sub(line, sum), rest), unit) };
}

function expm1Curve(on: Arithmetic, r: Bundle): Bundle {
  const { add, mul } = on;
  const z = mul(r, r);
  const even = chain(
    on,
    z,
    0.1666666666666668,
    0.008333333333318534,
    1.9841269893329625e-4,
    2.7557237469505e-6,
    2.5111243102029344e-8,
  );
  const odd = chain(
    on,
    z,
    0.04166666666666641,
    0.0013888888889033195,
    2.4801587025731764e-5,
    2.7557526003557485e-7,
    2.0838534447023688e-9,
  );
  return add(mul(mul(r, z), add(even, mul(r, odd))), mul(z, 0.5));
}

/** eˣ − 1 − y */
function expAbove(on: Arithmetic, x: Bundle, y: Operand): Bundle {
  const { add, sub, mul } = on;
  const above = on.max(x, -50);
  const reduced = twosInExp(on, above);
  const { k } = reduced;
  const high = sub(above, mul(k, LN2_HIGH));
  const low = mul(k, LN2_LOW);
  const r = sub(high, low);
  const lost = sub(sub(high, r), low);

  const unit = timesTwos(on, 1, reduced);
  const start = sub(unit, 1);
  const step = mul(unit, r);
  const line = add(start, step);
  const rest = add(add(sub(start, line), step), sub(sub(unit, start), 1));
  const curve = add(add(lost, mul(r, lost)), expm1Curve(on, r));
  return add(sub(line, y), add(rest, mul(unit, curve)));
}

const expm1: VectorFunction = {
  ordinary: ({ less }, x) => less(x, 708),
  of: (on, x) => withSignOf(on, x, expAbove(on, x, 0)),
};

const expMinusLine: VectorFunction = {
  ordinary: ({ less }, x) => less(x, 708),
  of: (on, x) => expAbove(on, x, x),
};

/** The value, which is ±0 or has the sign of x anyway, with the sign of x. */
function withSignOf({ and, or }: Arithmetic, x: Bundle, value: Bundle): Bundle {
  return or(value, and(x, SIGN));
}

// ---- logarithms --------------------------------------------------------------------------------

/** What is added to the bits of x > 0, so that its exponent becomes k (and 1023) of x = 2ᵏ·m, √½ ≤ m < √2. */
const TO_K = ofBits(0x3ff00000_00000000n - 0x3fe6a09e_00000000n);
const ROOT_HALF = ofBits(0x3fe6a09e_00000000n);
const FRACTION = ofBits(0x000fffff_ffffffffn);
const EXPONENT = ofBits(0x7ff00000_00000000n);
/** Of two exponents whose powers multiply to 1, the sum. */
const INVERSE = ofBits(0x7fe00000_00000000n);
const TWO_52 = 4503599627370496;

/** k, f and s of x = 2ᵏ·(1 + f), s = f/(2 + f), for a normal x > 0. `moved` has k in its exponent. */
function logArgument(on: Arithmetic, x: Bundle) {
  const { add, sub } = on;
  const moved = on.addBits(x, TO_K);
  // An integer n < 2⁵² under the exponent of 2⁵² is the double 2⁵² + n.
  const k = sub(on.or(on.shiftRight(moved, 52), TWO_52), TWO_52 + 1023);
  const f = sub(on.addBits(on.and(moved, FRACTION), ROOT_HALF), 1);
  return { moved, k, f, s: on.div(f, add(f, 2)) };
}

function logCurve(on: Arithmetic, z: Bundle): Bundle {
  const { add, mul } = on;
  const w = mul(z, z);
  const even = chain(
    on,
    w,
    0.6666666666666734,
    0.28571428742395955,
    0.18183564378669495,
    0.14795965043218923,
  );
  const odd = chain(on, w, 0.3999999999941464, 0.22222198572249666, 0.15314049110960593);
  return mul(z, add(even, mul(z, odd)));
}

function logOf(on: Arithmetic, k: Bundle, f: Bundle, s: Bundle, small: Operand): Bundle {
  const { add, sub, mul } = on;
  const half = mul(mul(f, 0.5), f);
  const rest = add(mul(s, add(half, logCurve(on, mul(s, s)))), add(mul(k, LN2_LOW), small));
  return add(mul(k, LN2_HIGH), sub(f, sub(half, rest)));
}

/** As a number, the mask of the fraction is the largest that is not normal. */
const LARGEST_SUBNORMAL = FRACTION;

const log: VectorFunction = {
  ordinary: ({ less, and }, x) => and(less(LARGEST_SUBNORMAL, x), less(x, Infinity)),
  of: (on, x) => {
    const { k, f, s } = logArgument(on, x);
    return logOf(on, k, f, s, 0);
  },
};

/** 2¹⁰⁰⁰ */
const LARGE = ofBits(0x7e700000_00000000n);

const log1p: VectorFunction = {
  ordinary: ({ less, and }, x) => and(less(-1, x), less(x, LARGE)),
  of: (on, x) => {
    const { add, sub, mul } = on;
    const u = add(x, 1);
    const lost = sub(on.min(x, 1), sub(u, on.max(x, 1)));
    const { moved, k, f, s } = logArgument(on, u);
    const down = on.subBits(INVERSE, on.and(moved, EXPONENT));
    const t = sub(1, s);
    return withSignOf(on, x, logOf(on, k, f, s, mul(mul(lost, down), mul(t, t))));
  },
};

// ---- what is made of an exponential ------------------------------------------------------------

const tanh: VectorFunction = {
  of: (on, x) => {
    const { add, sub, mul } = on;
    const size = on.min(on.abs(x), 22);
    const small = on.less(size, 0.6);
    const z = mul(size, size);
    const aboveSmall = chain(on, z, -1614.6629491038266, -99.28652531410653, -0.9643987105498507);
    const belowSmall = chain(
      on,
      z,
      4843.988847311481,
      2235.455114866841,
      add(z, 112.81038108632491),
    );

    const { e, el } = expWithLow(on, mul(size, 2));
    const belowLarge = add(e, 1);
    const low = add(sub(1, sub(belowLarge, e)), el);

    const above = on.select(small, mul(mul(aboveSmall, z), size), 2);
    const q = on.div(above, on.select(small, belowSmall, belowLarge));
    const value = sub(1, q);
    const lost = add(sub(sub(1, value), q), mul(mul(mul(q, 0.5), q), low));
    return withSignOf(on, x, on.select(small, add(size, q), add(value, lost)));
  },
};

/** Below it the scalar functions turn to exp. */
const LOWEST = -708;

const sigmoid: VectorFunction = {
  ordinary: ({ less }, x) => less(LOWEST, x),
  of: (on, x) => {
    const { add, sub, mul } = on;
    const { e, el } = expWithLow(on, on.max(on.or(x, SIGN), LOWEST));
    const b = add(e, 1);
    const bl = add(sub(e, sub(b, 1)), el);
    const negative = on.less(x, 0);
    const q = on.div(on.select(negative, e, 1), b);
    const error = sub(on.and(negative, el), mul(q, bl));
    return add(q, mul(error, sub(1.457, mul(b, 0.5))));
  },
};

const softplus: VectorFunction = {
  ordinary: ({ less }, x) => less(LOWEST, x),
  of: (on, x) => {
    const { add, sub, mul } = on;
    const { e, el } = expWithLow(on, on.max(on.or(x, SIGN), LOWEST));
    const s = on.div(e, add(e, 2));
    const z = mul(s, s);
    const w = mul(z, z);
    const even = chain(
      on,
      w,
      0.6666666666666631,
      0.285714285478538,
      0.1818174392465837,
      0.13300973497493462,
      0.08340098221886444,
    );
    const odd = chain(
      on,
      w,
      0.40000000000157243,
      0.22222223969737634,
      0.15386559929381977,
      0.1210608698575022,
      0.17018581512550277,
    );
    const half = mul(mul(e, 0.5), e);
    const log = mul(s, add(half, mul(z, add(even, mul(z, odd)))));
    const curve = add(log, mul(el, sub(0.957, mul(e, 0.5))));
    return sub(e, sub(sub(half, curve), on.max(0, x)));
  },
};

const logsigmoid: VectorFunction = {
  ordinary: ({ less }, x) => less(x, -LOWEST),
  of: (on, x) => on.neg(softplus.of(on, on.neg(x))),
};

const silu: VectorFunction = {
  ordinary: ({ less }, x) => less(LOWEST, x),
  of: (on, x) => on.mul(x, sigmoid.of(on, x)),
};

export type ElementaryName =
  | 'exp'
  | 'expm1'
  | 'expMinusLine'
  | 'log'
  | 'log1p'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'logsigmoid'
  | 'silu';

export const elementaryFunctions: Readonly<Record<ElementaryName, VectorFunction>> = {
  exp,
  expm1,
  expMinusLine,
  log,
  log1p,
  tanh,
  sigmoid,
  softplus,
  logsigmoid,
  silu,
};
