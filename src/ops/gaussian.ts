import { apply, type Node } from '../graph/index.js';
import { elementwise } from '../linalg/index.js';
import { add, mul, neg, square, sub } from './arithmetic.js';
import { asNode, type Operand, sum } from './broadcast.js';
import { unaryOp } from './elementwise.js';
import { exp, expm1 } from './exponential.js';

/** A Gaussian with independent coordinates: N(μ, diag σ²), given as μ and ln σ². */
export interface Gaussian {
  readonly mean: Operand;
  readonly logVariance: Operand;
}

/** N(0, I) */
export const standardGaussian: Gaussian = { mean: 0, logVariance: 0 };

const LOG_TWO_PI = 1.8378770664093453;

// eˣ − 1 − x ≈ x²/2 near 0, where the subtractions would leave nothing.
const expMinusLineOp = unaryOp(
  'expMinusLine',
  'y = e^x - 1 - x',
  elementwise.expMinusLine,
  (dy, _y, x) => mul(dy, expm1(x)),
);

/** eˣ − 1 − x, how far the exponential is above its tangent at 0: accurate near 0. */
export function expMinusLine(x: Operand): Node {
  return apply(expMinusLineOp, asNode(x));
}

/** H(p) = Σ ½(ln 2π + 1 + ln σ²), over the last axis. */
export function gaussianEntropy(p: Gaussian): Node {
  return sum(mul(0.5, add(LOG_TWO_PI + 1, asNode(p.logVariance))), -1);
}

/** H(p, q) = −E_p[ln q] = Σ ½(ln 2π + ln σ_q² + (σ_p² + (μ_p − μ_q)²)/σ_q²), over the last axis. */
export function gaussianCrossEntropy(p: Gaussian, q: Gaussian = standardGaussian): Node {
  const spread = add(exp(p.logVariance), square(sub(p.mean, q.mean)));
  const scaled = mul(spread, exp(neg(q.logVariance)));
  return sum(mul(0.5, add(add(LOG_TWO_PI, q.logVariance), scaled)), -1);
}

/**
 * KL(p‖q) = H(p, q) − H(p) of the notes, in the form that does not cancel:
 * Σ ½(eᵈ − 1 − d + (μ_p − μ_q)²/σ_q²) with d = ln σ_p² − ln σ_q², over the last axis.
 * `gaussianKl(p)` is KL(p ‖ N(0, I)); `gaussianKl(standardGaussian, p)` the order that the notes write.
 */
export function gaussianKl(p: Gaussian, q: Gaussian = standardGaussian): Node {
  const shape = expMinusLine(sub(p.logVariance, q.logVariance));
  const place = mul(square(sub(p.mean, q.mean)), exp(neg(q.logVariance)));
  return sum(mul(0.5, add(shape, place)), -1);
}
