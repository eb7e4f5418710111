import type { Arithmetic } from './arithmetic.js';
import { functions } from './functions.js';

/** Doubles, and JavaScript's own Math. */
export const real: Arithmetic<number> = {
  of: (x) => x,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  apply: (name, x) => functions[name].value(x),
  valueOf: (x) => x,
};
