import type { Arithmetic } from '../../reference/index.js';
import { InexactError } from './dyadics.js';

/** A number and its derivatives by all elements of all inputs at once, those that are not 0. */
export interface Jet<T> {
  readonly x: T;
  readonly slopes: ReadonlyMap<number, T>;
}

const NONE: ReadonlyMap<number, never> = new Map<number, never>();

/** The k-th of the numbers that are differentiated by. */
export function variable<T>(A: Arithmetic<T>, x: number, k: number): Jet<T> {
  return { x: A.of(x), slopes: new Map([[k, A.of(1)]]) };
}

/**
 * Forward mode in all directions at once, for polynomials: (a·b)′ = a′·b + a·b′. One evaluation of a definition gives
 * its whole Jacobian.
 */
export function jets<T>(A: Arithmetic<T>): Arithmetic<Jet<T>> {
  const scaled = (slopes: Jet<T>['slopes'], f: (slope: T) => T): Jet<T>['slopes'] =>
    slopes.size === 0 ? NONE : new Map(Array.from(slopes, ([k, slope]) => [k, f(slope)]));
  const both = (a: Jet<T>['slopes'], b: Jet<T>['slopes']): Jet<T>['slopes'] => {
    if (a.size === 0) return b;
    if (b.size === 0) return a;
    const all = new Map(a);
    for (const [k, slope] of b) {
      const so = all.get(k);
      all.set(k, so === undefined ? slope : A.add(so, slope));
    }
    return all;
  };
  return {
    of: (x) => ({ x: A.of(x), slopes: NONE }),
    add: (a, b) => ({ x: A.add(a.x, b.x), slopes: both(a.slopes, b.slopes) }),
    sub: (a, b) => ({ x: A.sub(a.x, b.x), slopes: both(a.slopes, scaled(b.slopes, A.neg)) }),
    neg: (a) => ({ x: A.neg(a.x), slopes: scaled(a.slopes, A.neg) }),
    mul: (a, b) => ({
      x: A.mul(a.x, b.x),
      slopes: both(
        scaled(a.slopes, (slope) => A.mul(slope, b.x)),
        scaled(b.slopes, (slope) => A.mul(a.x, slope)),
      ),
    }),
    div: (a, b) => {
      if (b.slopes.size > 0)
        throw new InexactError('jets are for polynomials: b of a/b is constant');
      return { x: A.div(a.x, b.x), slopes: scaled(a.slopes, (slope) => A.div(slope, b.x)) };
    },
    apply: (name) => {
      throw new InexactError(`jets are for polynomials, which ${name} is not`);
    },
    valueOf: (a) => A.valueOf(a.x),
  };
}
