import type { Arithmetic, FunctionName } from '../arithmetic.js';
import type { Definition } from '../definition.js';
import { each } from './support.js';

const named = (name: FunctionName): Definition => each((A, x) => A.apply(name, x));

export const exp: Definition = named('exp');
export const expm1: Definition = named('expm1');
export const log: Definition = named('log');
export const log1p: Definition = named('log1p');
export const sin: Definition = named('sin');
export const cos: Definition = named('cos');
export const tan: Definition = named('tan');
export const asin: Definition = named('asin');
export const acos: Definition = named('acos');
export const atan: Definition = named('atan');
export const sinh: Definition = named('sinh');
export const cosh: Definition = named('cosh');
export const tanh: Definition = named('tanh');
export const erf: Definition = named('erf');
export const erfc: Definition = named('erfc');

/** eˣ − 1 − x */
export const expMinusLine: Definition = each((A, x) => A.sub(A.apply('expm1', x), x));

/** φ(x) = e^{−x²/2}/√(2π) */
export const normalDensity: Definition = each((A, x) =>
  A.div(A.apply('exp', A.mul(A.of(-0.5), A.mul(x, x))), A.of(Math.sqrt(2 * Math.PI))),
);

/** Φ(x) = erfc(−x/√2)/2 */
const distribution = <T>(A: Arithmetic<T>, x: T): T =>
  A.mul(A.of(0.5), A.apply('erfc', A.mul(A.of(-Math.SQRT1_2), x)));

export const normalDistribution: Definition = each(distribution);

/** x·Φ(x) */
export const gelu: Definition = each((A, x) => A.mul(x, distribution(A, x)));

/** 1 + eˣ */
const onePlusExp = <T>(A: Arithmetic<T>, x: T): T => A.add(A.of(1), A.apply('exp', x));

/** ln(1 + eˣ) */
export const softplus: Definition = each((A, x) => A.apply('log1p', A.apply('exp', x)));

/** −ln(1 + e⁻ˣ) */
export const logSigmoid: Definition = each((A, x) =>
  A.neg(A.apply('log1p', A.apply('exp', A.neg(x)))),
);

/** 1/(1 + e⁻ˣ) */
export const sigmoid: Definition = each((A, x) => A.div(A.of(1), onePlusExp(A, A.neg(x))));

/** x/(1 + e⁻ˣ) */
export const silu: Definition = each((A, x) => A.div(x, onePlusExp(A, A.neg(x))));
