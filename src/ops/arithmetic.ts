import type { Node } from '../graph/index.js';
import { elementwise } from '../linalg/index.js';
import type { Operand } from './broadcast.js';
import { binaryBuilder, binaryOp, unaryBuilder, unaryOp } from './elementwise.js';

const addOp = binaryOp('add', 'y = a + b', elementwise.add, (dy) => [() => dy, () => dy]);

const subOp = binaryOp('sub', 'y = a - b', elementwise.subtract, (dy) => [() => dy, () => neg(dy)]);

const mulOp = binaryOp('mul', 'y = a\\,b', elementwise.multiply, (dy, _y, a, b) => [
  () => mul(dy, b),
  () => mul(dy, a),
]);

const divOp = binaryOp('div', 'y = a / b', elementwise.divide, (dy, y, _a, b) => [
  () => div(dy, b),
  () => neg(div(mul(dy, y), b)),
]);

const negOp = unaryOp('neg', 'y = -x', elementwise.negate, (dy) => neg(dy));

const squareOp = unaryOp('square', 'y = x^2', elementwise.square, (dy, _y, x) =>
  mul(dy, mul(2, x)),
);

const reciprocalOp = unaryOp('reciprocal', 'y = 1 / x', elementwise.reciprocal, (dy, y) =>
  neg(mul(dy, square(y))),
);

// √′(0) = +∞, the slope there is from the right.
const sqrtOp = unaryOp('sqrt', 'y = \\sqrt{x}', elementwise.sqrt, (dy, y) => div(dy, mul(2, y)));

/** a + b, broadcast. */
export const add: (a: Operand, b: Operand) => Node = binaryBuilder(addOp);
/** a − b, broadcast. */
export const sub: (a: Operand, b: Operand) => Node = binaryBuilder(subOp);
/** a · b element by element, broadcast. */
export const mul: (a: Operand, b: Operand) => Node = binaryBuilder(mulOp);
/** a / b element by element, broadcast. */
export const div: (a: Operand, b: Operand) => Node = binaryBuilder(divOp);
/** −x */
export const neg: (x: Operand) => Node = unaryBuilder(negOp);
/** x² */
export const square: (x: Operand) => Node = unaryBuilder(squareOp);
/** 1/x */
export const reciprocal: (x: Operand) => Node = unaryBuilder(reciprocalOp);
/** √x; its slope at 0 is +∞. */
export const sqrt: (x: Operand) => Node = unaryBuilder(sqrtOp);
