import { apply, type Node } from '../graph/index.js';
import { elementwise } from '../linalg/index.js';
import { add, div, mul, reciprocal, sqrt, square, sub } from './arithmetic.js';
import { asNode, broadcastTogether, type Operand } from './broadcast.js';
import { equal, where } from './comparison.js';
import { binaryOp, unaryBuilder, unaryOp } from './elementwise.js';

const expOp = unaryOp('exp', 'y = e^x', elementwise.exp, (dy, y) => mul(dy, y));

const expm1Op = unaryOp('expm1', 'y = e^x - 1', elementwise.expm1, (dy, _y, x) => mul(dy, exp(x)));

const logOp = unaryOp('log', 'y = \\ln x', elementwise.log, (dy, _y, x) => div(dy, x));

const log1pOp = unaryOp('log1p', 'y = \\ln(1 + x)', elementwise.log1p, (dy, _y, x) =>
  div(dy, add(1, x)),
);

// ∂aᵇ/∂a = b·aᵇ⁻¹, which is 0·∞ where a and b are both 0: there aᵇ is 1 for every a, so its slope is 0.
// ∂aᵇ/∂b = aᵇ·ln a, which is 0 where aᵇ is 0 already, however infinite the logarithm. In both it is the ∞ that
// is replaced and not the product, so that it does not come back as 0·∞ in the slope of the slope.
const powOp = binaryOp('pow', 'y = a^b', elementwise.power, (dy, y, a, b) => [
  () => mul(dy, mul(b, pow(where(mul(equal(a, 0), equal(b, 0)), 1, a), sub(b, 1)))),
  () => mul(dy, mul(y, log(where(equal(y, 0), 1, a)))),
]);

/** eˣ */
export const exp: (x: Operand) => Node = unaryBuilder(expOp);
/** eˣ − 1, accurate near 0. */
export const expm1: (x: Operand) => Node = unaryBuilder(expm1Op);
/** The natural logarithm; NaN below 0, −∞ at 0. */
export const log: (x: Operand) => Node = unaryBuilder(logOp);
/** ln(1 + x), accurate near 0. */
export const log1p: (x: Operand) => Node = unaryBuilder(log1pOp);

/**
 * aᵇ, broadcast. Exponents 1, 2, ½ and −1 written as numbers become x, x², √x and 1/x. The gradient of
 * the exponent is that for a ≥ 0; a negative base has one only for a fixed whole exponent.
 */
export function pow(a: Operand, b: Operand): Node {
  if (b === 1) return asNode(a);
  if (b === 2) return square(a);
  if (b === 0.5) return sqrt(a);
  if (b === -1) return reciprocal(a);
  return apply(powOp, ...broadcastTogether('pow', { a, b }));
}
