import { apply, type Node, type Op, ShapeError } from '../graph/index.js';
import { elementwise, formatShape, sameShape } from '../linalg/index.js';
import { mul, neg } from './arithmetic.js';
import { broadcastTogether, type Operand } from './broadcast.js';
import { binaryBuilder, binaryOp, unaryBuilder, unaryOp } from './elementwise.js';
import { inRows } from './kernels.js';

// Steps: flat wherever they have a slope, so nothing goes back.
const greaterOp = binaryOp('greater', 'y = [a > b]', elementwise.greater, () => [null, null]);
const greaterEqualOp = binaryOp('greaterEqual', 'y = [a \\ge b]', elementwise.greaterEqual, () => [
  null,
  null,
]);
const equalOp = binaryOp('equal', 'y = [a = b]', elementwise.equal, () => [null, null]);
const signOp = unaryOp('sign', 'y = \\operatorname{sign} x', elementwise.sign, null);

/** a < b is b > a; what is wrong with a or b is said of these, all the same. */
function reversed(name: string, op: Op): (a: Operand, b: Operand) => Node {
  return (a, b) => apply(op, ...broadcastTogether(name, { a, b }).reverse());
}

/** 1 where a > b, else 0. No gradient. */
export const greater: (a: Operand, b: Operand) => Node = binaryBuilder(greaterOp);
/** 1 where a ≥ b, else 0. No gradient. */
export const greaterEqual: (a: Operand, b: Operand) => Node = binaryBuilder(greaterEqualOp);
/** 1 where a < b, else 0. No gradient. */
export const less: (a: Operand, b: Operand) => Node = reversed('less', greaterOp);
/** 1 where a ≤ b, else 0. No gradient. */
export const lessEqual: (a: Operand, b: Operand) => Node = reversed('lessEqual', greaterEqualOp);
/** 1 where a = b, else 0. No gradient. */
export const equal: (a: Operand, b: Operand) => Node = binaryBuilder(equalOp);
/** −1, 0 or 1. No gradient. */
export const sign: (x: Operand) => Node = unaryBuilder(signOp);

/**
 * a where the condition is not 0, else b. A mask selects, it never multiplies: 0·∞ would be NaN, and
 * what was not chosen must not show.
 */
const whereOp: Op = {
  name: 'where',
  formula: 'y = c \\;?\\; a : b',
  slots: ['condition', 'a', 'b'],
  elementwise: true,
  readsStrides: true,
  shape: (condition, a, b) => {
    if (sameShape(condition, a) && sameShape(a, b)) return a;
    throw new ShapeError(`needs one shape, not ${[condition, a, b].map(formatShape).join(', ')}`);
  },
  kernel: (y, condition, a, b) =>
    inRows(y, [condition, a, b], (to, n, [c, p, q]) => elementwise.select(to.data, n, c!, p!, q!)),
  vjp: (dy, _y, condition) => [null, () => where(condition, dy, 0), () => where(condition, 0, dy)],
};

/** a where the condition is not 0, else b, all broadcast to one shape. No gradient goes to the condition. */
export function where(condition: Operand, a: Operand, b: Operand): Node {
  return apply(whereOp, ...broadcastTogether('where', { condition, a, b }));
}

// A tie is shared: each gets half, a slope between the two one-sided ones.
const shareOf = (dy: Node, winner: Node, loser: Node): Node =>
  where(greater(winner, loser), dy, where(equal(winner, loser), mul(dy, 0.5), 0));

const maximumOp = binaryOp('maximum', 'y = \\max(a, b)', elementwise.maximum, (dy, _y, a, b) => [
  () => shareOf(dy, a, b),
  () => shareOf(dy, b, a),
]);

const minimumOp = binaryOp('minimum', 'y = \\min(a, b)', elementwise.minimum, (dy, _y, a, b) => [
  () => shareOf(dy, b, a),
  () => shareOf(dy, a, b),
]);

const absOp = unaryOp('abs', 'y = |x|', elementwise.absolute, (dy, _y, x) =>
  where(greater(x, 0), dy, where(less(x, 0), neg(dy), 0)),
);

/** The larger of a and b, broadcast; of a tie each gets half the gradient. */
export const maximum: (a: Operand, b: Operand) => Node = binaryBuilder(maximumOp);
/** The smaller of a and b, broadcast; of a tie each gets half the gradient. */
export const minimum: (a: Operand, b: Operand) => Node = binaryBuilder(minimumOp);
/** |x|, with slope 0 at 0. */
export const abs: (x: Operand) => Node = unaryBuilder(absOp);
