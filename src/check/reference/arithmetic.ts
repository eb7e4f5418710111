/** The elementary functions that definitions are made of. */
export type FunctionName =
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'erf'
  | 'erfc';

/**
 * A kind of number that the definitions of ops can be evaluated in: doubles for values, duals for derivatives,
 * fractions for the truth itself. No rule of the library and no kernel of it is used here: definitions are what
 * those are checked against.
 */
export interface Arithmetic<T> {
  /** A constant. */
  of(x: number): T;
  /** a + b */
  add(a: T, b: T): T;
  /** a − b */
  sub(a: T, b: T): T;
  /** a·b */
  mul(a: T, b: T): T;
  /** a/b */
  div(a: T, b: T): T;
  /** −a */
  neg(a: T): T;
  /** An elementary function; throws where this kind of number has none (fractions). */
  apply(name: FunctionName, x: T): T;
  /** The double that stands for it in comparisons: which of two is larger, whether a mask is set. */
  valueOf(x: T): number;
}
