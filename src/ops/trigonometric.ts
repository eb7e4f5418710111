import type { Node } from '../graph/index.js';
import { elementwise } from '../linalg/index.js';
import { add, div, mul, neg, sqrt, square, sub } from './arithmetic.js';
import type { Operand } from './broadcast.js';
import { unaryBuilder, unaryOp } from './elementwise.js';

const sinOp = unaryOp('sin', 'y = \\sin x', elementwise.sin, (dy, _y, x) => mul(dy, cos(x)));

const cosOp = unaryOp('cos', 'y = \\cos x', elementwise.cos, (dy, _y, x) => neg(mul(dy, sin(x))));

const tanOp = unaryOp('tan', 'y = \\tan x', elementwise.tan, (dy, y) => mul(dy, add(1, square(y))));

// (1 − x)(1 + x), not 1 − x²: exact near ±1.
const oneMinusSquare = (x: Node): Node => mul(sub(1, x), add(1, x));

const asinOp = unaryOp('asin', 'y = \\arcsin x', elementwise.asin, (dy, _y, x) =>
  div(dy, sqrt(oneMinusSquare(x))),
);

const acosOp = unaryOp('acos', 'y = \\arccos x', elementwise.acos, (dy, _y, x) =>
  neg(div(dy, sqrt(oneMinusSquare(x)))),
);

const atanOp = unaryOp('atan', 'y = \\arctan x', elementwise.atan, (dy, _y, x) =>
  div(dy, add(1, square(x))),
);

/** sin x, x in radians. */
export const sin: (x: Operand) => Node = unaryBuilder(sinOp);
/** cos x, x in radians. */
export const cos: (x: Operand) => Node = unaryBuilder(cosOp);
/** tan x, x in radians. */
export const tan: (x: Operand) => Node = unaryBuilder(tanOp);
/** arcsin x in radians, for |x| ≤ 1. */
export const asin: (x: Operand) => Node = unaryBuilder(asinOp);
/** arccos x in radians, for |x| ≤ 1. */
export const acos: (x: Operand) => Node = unaryBuilder(acosOp);
/** arctan x in radians. */
export const atan: (x: Operand) => Node = unaryBuilder(atanOp);
