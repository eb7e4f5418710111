import type { Definition } from '../definition.js';
import { each, eachPair, product } from './support.js';

export const add: Definition = eachPair((A, a, b) => A.add(a, b));
export const sub: Definition = eachPair((A, a, b) => A.sub(a, b));
export const mul: Definition = eachPair((A, a, b) => A.mul(a, b));
export const div: Definition = eachPair((A, a, b) => A.div(a, b));
export const neg: Definition = each((A, x) => A.neg(x));
/** x·x */
export const square: Definition = each((A, x) => A.mul(x, x));
export const reciprocal: Definition = each((A, x) => A.div(A.of(1), x));
export const sqrt: Definition = each((A, x) => A.apply('sqrt', x));

/** aᵇ = e^{b ln a}, for a > 0. */
export const pow: Definition = eachPair((A, a, b) => A.apply('exp', A.mul(b, A.apply('log', a))));

/** xⁿ for a whole n: the product of n factors, or one over it. */
export function power(n: number): Definition {
  return each((A, x) => {
    const factors = product(A, new Array(Math.abs(n)).fill(x));
    return n < 0 ? A.div(A.of(1), factors) : factors;
  });
}
