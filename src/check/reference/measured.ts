import type { Arithmetic } from './arithmetic.js';
import { functions } from './functions.js';
import { real } from './real.js';

/**
 * A double, and what its rounding is measured by: the sum of the sizes of all terms that it was made of, through all
 * steps. A unit in the last place of that, times a small number, is what it may be off by, also where the terms cancel
 * and little is left.
 */
export interface Measured {
  readonly x: number;
  readonly size: number;
}

/** Doubles with a running bound of their rounding (Wilkinson's running error analysis, to first order). */
export const measured: Arithmetic<Measured> = {
  of: (x) => ({ x, size: Math.abs(x) }),
  add: (a, b) => ({ x: a.x + b.x, size: a.size + b.size }),
  sub: (a, b) => ({ x: a.x - b.x, size: a.size + b.size }),
  mul: (a, b) => ({ x: a.x * b.x, size: a.size * b.size }),
  div: (a, b) => {
    const x = a.x / b.x;
    return { x, size: (a.size + Math.abs(x) * b.size) / Math.abs(b.x) };
  },
  neg: (a) => ({ x: -a.x, size: a.size }),
  apply: (name, a) => {
    const { value, slope } = functions[name];
    const x = value(a.x);
    return { x, size: Math.abs(x) + Math.abs(slope(real, a.x)) * a.size };
  },
  valueOf: ({ x }) => x,
};
