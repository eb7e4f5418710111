import type { Arithmetic, FunctionName } from './arithmetic.js';
import { erf, erfc } from './error-function.js';

/** A function of one number: by Math, and its derivative in any kind of number. */
interface ScalarFunction {
  value(x: number): number;
  slope<T>(A: Arithmetic<T>, x: T): T;
}

const square = <T>(A: Arithmetic<T>, x: T): T => A.mul(x, x);
const over = <T>(A: Arithmetic<T>, x: T): T => A.div(A.of(1), x);

/** √(1 − x²), as √((1 − x)(1 + x)), which does not cancel near ±1. */
function semicircle<T>(A: Arithmetic<T>, x: T): T {
  const one = A.of(1);
  return A.apply('sqrt', A.mul(A.sub(one, x), A.add(one, x)));
}

/** 2/√π · e^{−x²} */
function bell<T>(A: Arithmetic<T>, x: T): T {
  return A.mul(A.of(2 / Math.sqrt(Math.PI)), A.apply('exp', A.neg(square(A, x))));
}

/** The elementary functions that definitions are made of, each with the derivative that a table of formulas gives. */
export const functions: Readonly<Record<FunctionName, ScalarFunction>> = {
  exp: { value: Math.exp, slope: (A, x) => A.apply('exp', x) },
  expm1: { value: Math.expm1, slope: (A, x) => A.apply('exp', x) },
  log: { value: Math.log, slope: over },
  log1p: { value: Math.log1p, slope: (A, x) => over(A, A.add(A.of(1), x)) },
  sqrt: { value: Math.sqrt, slope: (A, x) => A.div(A.of(0.5), A.apply('sqrt', x)) },
  sin: { value: Math.sin, slope: (A, x) => A.apply('cos', x) },
  cos: { value: Math.cos, slope: (A, x) => A.neg(A.apply('sin', x)) },
  tan: { value: Math.tan, slope: (A, x) => over(A, square(A, A.apply('cos', x))) },
  asin: { value: Math.asin, slope: (A, x) => over(A, semicircle(A, x)) },
  acos: { value: Math.acos, slope: (A, x) => A.neg(over(A, semicircle(A, x))) },
  atan: { value: Math.atan, slope: (A, x) => over(A, A.add(A.of(1), square(A, x))) },
  sinh: { value: Math.sinh, slope: (A, x) => A.apply('cosh', x) },
  cosh: { value: Math.cosh, slope: (A, x) => A.apply('sinh', x) },
  tanh: { value: Math.tanh, slope: (A, x) => over(A, square(A, A.apply('cosh', x))) },
  erf: { value: erf, slope: bell },
  erfc: { value: erfc, slope: (A, x) => A.neg(bell(A, x)) },
};
