import { exp, expWithLow } from './exp.js';
import { low } from './pair.js';

/** Below it eˣ is all that is left of σ(x) and of log(1 + eˣ). */
const LOWEST = -708;

/**
 * σ(x) = 1/(1 + e⁻ˣ); for x < 0 in the form eˣ/(1 + eˣ), which keeps the tail. What e^−|x| and its sum
 * with 1 lose to rounding is made good to first order: (a + al)/(b + bl) = q + (al − q·bl)/b with q = a/b,
 * where 1/b is wanted to a few per cent, and for 1 ≤ b ≤ 2 is 1.457 − b/2. Measured ≤ 1.26 ulp.
 */
export function sigmoid(x: number): number {
  if (!(x > LOWEST)) return exp(x);
  const e = expWithLow(Math.max(-Math.abs(x), LOWEST));
  const el = low[0]!;
  const b = 1 + e;
  const bl = e - (b - 1) + el;
  const q = (x < 0 ? e : 1) / b;
  return q + ((x < 0 ? el : 0) - q * bl) * (1.457 - 0.5 * b);
}

/**
 * log(1 + eˣ) = max(x, 0) + log(1 + e) with e = e^−|x| ≤ 1, and log(1 + e) = 2 atanh s, s = e/(2 + e) ≤ 1/3, in
 * the form e − (e²/2 − s·(e²/2 + …)) as in `log`, the polynomial being minimax (the logarithm to 2⁻⁵⁸). What e
 * lost to rounding counts 1/(1 + e)-fold, and max(x, 0) joins the smaller terms first. Measured ≤ 1.80 ulp.
 */
export function softplus(x: number): number {
  if (!(x > LOWEST)) return exp(x);
  const e = expWithLow(Math.max(-Math.abs(x), LOWEST));
  const el = low[0]!;
  const s = e / (2 + e);
  const z = s * s;
  const w = z * z;
  let even = 0.08340098221886444;
  even = even * w + 0.13300973497493462;
  even = even * w + 0.1818174392465837;
  even = even * w + 0.285714285478538;
  even = even * w + 0.6666666666666631;
  let odd = 0.17018581512550277;
  odd = odd * w + 0.1210608698575022;
  odd = odd * w + 0.15386559929381977;
  odd = odd * w + 0.22222223969737634;
  odd = odd * w + 0.40000000000157243;
  const half = 0.5 * e * e;
  const curve = s * (half + z * (even + z * odd)) + el * (0.957 - 0.5 * e);
  return e - (half - curve - Math.max(x, 0));
}

/** log σ(x) = −softplus(−x), with its bounds. */
export function logsigmoid(x: number): number {
  return -softplus(-x);
}
