/**
 * Elementary functions of our own, made of + − × ÷ √, comparisons and the bits of the exponent:
 * operations that IEEE 754 fixes to the last bit. So a result is the same on every machine and in
 * every engine, which Math.exp and its kin do not promise. How accurate each one is, is said where it
 * is defined: the worst of 200,000 points against 250-bit arithmetic, over the whole range, half of
 * them searching the neighbourhood of the worst so far (`npx tsx bench/ulp.ts 200000`). Polynomials
 * called minimax were fitted by Remez' exchange algorithm. No function throws, and none allocates
 * (but sin, cos and tan do beyond 2²⁰·π/2).
 *
 * What training calls a million times a step (exp, expm1, expMinusLine, log, log1p, tanh, sigmoid, softplus) stays within
 * 1 or 2 ulp with plain doubles and is nearly free of branches, so that two elements at a time can go the same way: the
 * twins in `linalg/simd/elementary-functions.ts` give the same bits. The others compute in pairs of doubles.
 */
export { erf, erfc, normalCdf, normalPdf } from './erf.js';
export { exp, expMinusLine, expm1 } from './exp.js';
export { cosh, sinh, tanh } from './hyperbolic.js';
export { acos, asin, atan, atan2 } from './inverse-trigonometric.js';
export { log, log1p } from './log.js';
export { logsigmoid, sigmoid, softplus } from './logistic.js';
export { pow } from './pow.js';
export { cos, sin, tan } from './trigonometric.js';

/** √x, correctly rounded: IEEE 754 asks it of every engine. */
export function sqrt(x: number): number {
  return Math.sqrt(x);
}
