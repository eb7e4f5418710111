import type { Arithmetic } from '../../reference/index.js';

/**
 * n·2ᵉ, with nothing rounded; and what tells whether doubles come to it without rounding either: the sizes of all terms
 * that were added up to make it, and the exponent of which they are all multiples.
 */
export interface Dyadic {
  readonly n: bigint;
  readonly e: number;
  readonly size: number;
  /** +∞ for a zero that no term was added to. */
  readonly grain: number;
}

/** Thrown by what leads away from these numbers, as a division by three. */
export class InexactError extends RangeError {
  override name = 'InexactError';
}

const ZERO: Dyadic = { n: 0n, e: 0, size: 0, grain: Number.POSITIVE_INFINITY };

function from(x: number): Dyadic {
  if (x === 0) return ZERO;
  if (!Number.isFinite(x)) throw new InexactError(`${x} is no multiple of a power of two`);
  let e = 0;
  let n = x;
  for (; !Number.isInteger(n); e--) n *= 2;
  return { n: BigInt(n), e, size: Math.abs(x), grain: e };
}

function add(a: Dyadic, b: Dyadic): Dyadic {
  const e = Math.min(a.e, b.e);
  return {
    n: (a.n << BigInt(a.e - e)) + (b.n << BigInt(b.e - e)),
    e,
    size: a.size + b.size,
    grain: Math.min(a.grain, b.grain),
  };
}

function mul(a: Dyadic, b: Dyadic): Dyadic {
  if (a.size === 0 || b.size === 0) return ZERO;
  return { n: a.n * b.n, e: a.e + b.e, size: a.size * b.size, grain: a.grain + b.grain };
}

const neg = (a: Dyadic): Dyadic => ({ ...a, n: -a.n });
const toNumber = ({ n, e }: Dyadic): number => Number(n) * 2 ** e;

/** By a power of two; all else leaves these numbers. */
function div(a: Dyadic, b: Dyadic): Dyadic {
  const n = b.n < 0n ? -b.n : b.n;
  if (n === 0n || (n & (n - 1n)) !== 0n) {
    throw new InexactError(`a quotient by ${toNumber(b)} is no multiple of a power of two`);
  }
  return mul(a, from(1 / toNumber(b)));
}

/** Multiples of powers of two: all that polynomial ops make of doubles. */
export const dyadics: Arithmetic<Dyadic> = {
  of: from,
  add,
  sub: (a, b) => add(a, neg(b)),
  mul,
  div,
  neg,
  apply: (name) => {
    throw new InexactError(`${name} leads away from multiples of powers of two`);
  },
  valueOf: toNumber,
};

/** The digits of a double, less one for the rounding of `size`. */
const DIGITS = 52;

/**
 * Whether doubles come to this number without rounding, whatever order they add its terms in: the terms are multiples
 * of 2^grain, so all their sums are; and none of these is larger than `size`.
 */
export const fits = ({ size, grain }: Dyadic): boolean =>
  size === 0 || (size <= 2 ** (grain + DIGITS) && grain > -1000);
