import type { Arithmetic, FunctionName } from './arithmetic.js';

/** A function of one number: by Math, and its derivative in any kind of number. */
interface ScalarFunction {
  value(x: number): number;
  slope<T>(A: Arithmetic<T>, x: T): T;
}

const square = <T>(A: Arithmetic<T>, x: T): T => A.mul(x, x);
const over = <T>(A: Arithmetic<T>, x: T): T => A.div(A.of(1), x);

/** The elementary functions that definitions are made of, each with the derivative that a table of formulas gives. */
export const functions: Readonly<Record<FunctionName, ScalarFunction>> = {
  exp: { value: Math.exp, slope: (A, x) => A.apply('exp', x) },
  log: { value: Math.log, slope: over },
  sqrt: { value: Math.sqrt, slope: (A, x) => A.div(A.of(0.5), A.apply('sqrt', x)) },
  sin: { value: Math.sin, slope: (A, x) => A.apply('cos', x) },
  cos: { value: Math.cos, slope: (A, x) => A.neg(A.apply('sin', x)) },
  tanh: { value: Math.tanh, slope: (A, x) => over(A, square(A, A.apply('cosh', x))) },
  sinh: { value: Math.sinh, slope: (A, x) => A.apply('cosh', x) },
  cosh: { value: Math.cosh, slope: (A, x) => A.apply('sinh', x) },
};
