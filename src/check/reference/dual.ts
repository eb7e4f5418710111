import type { Arithmetic } from './arithmetic.js';
import { functions } from './functions.js';

/**
 * x + tε with ε² = 0: a value and how fast it moves. The sum of the sizes of all terms that were added up to make
 * t comes along, since that is what the rounding of t is measured by where they cancel.
 */
export interface Dual<T> {
  /** The number itself. */
  readonly x: T;
  /** What moves along with it: its derivative in the direction looked at. */
  readonly t: T;
  readonly terms: number;
}

/**
 * Forward mode over any kind of number, by the rules of school: (a·b)′ = a′·b + a·b′ and f(x)′ = f′(x)·x′ with the
 * f′ of a table. Over duals it gives second derivatives.
 */
export function duals<T>(A: Arithmetic<T>): Arithmetic<Dual<T>> {
  const size = (x: T): number => Math.abs(A.valueOf(x));
  const zero = A.of(0);
  return {
    of: (x) => ({ x: A.of(x), t: zero, terms: 0 }),
    add: (a, b) => ({ x: A.add(a.x, b.x), t: A.add(a.t, b.t), terms: a.terms + b.terms }),
    sub: (a, b) => ({ x: A.sub(a.x, b.x), t: A.sub(a.t, b.t), terms: a.terms + b.terms }),
    neg: (a) => ({ x: A.neg(a.x), t: A.neg(a.t), terms: a.terms }),
    mul: (a, b) => ({
      x: A.mul(a.x, b.x),
      t: A.add(A.mul(a.t, b.x), A.mul(a.x, b.t)),
      terms: a.terms * size(b.x) + size(a.x) * b.terms,
    }),
    div: (a, b) => {
      const x = A.div(a.x, b.x);
      return {
        x,
        t: A.div(A.sub(a.t, A.mul(x, b.t)), b.x),
        terms: (a.terms + size(x) * b.terms) / size(b.x),
      };
    },
    apply: (name, a) => {
      const slope = functions[name].slope(A, a.x);
      return { x: A.apply(name, a.x), t: A.mul(slope, a.t), terms: size(slope) * a.terms };
    },
    valueOf: (a) => A.valueOf(a.x),
  };
}
