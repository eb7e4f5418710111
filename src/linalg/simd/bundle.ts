/**
 * Vectors side by side.
 *
 * A processor can start two additions and two multiplications a cycle, but the result of one takes three cycles: a chain in
 * which each operation waits for the one before leaves it idle most of the time. So a kernel takes three
 * vectors through the same steps, and while one waits the others go on. A constant that a step needs is fetched once for all.
 */
import {
  type Declare,
  f64x2,
  i64x2,
  type Local,
  type Statement,
  type V128,
  v128,
} from './assembler/index.js';
import type { Constants } from './constants.js';

export type Bundle = readonly Local<'v128'>[];
/** Vectors, or one number that meets all of them. */
export type Operand = Bundle | number;

/** Operations on bundles. Each writes its instructions when it is called, so that code reads like the scalar function. */
export interface Arithmetic {
  add(a: Operand, b: Operand): Bundle;
  sub(a: Operand, b: Operand): Bundle;
  mul(a: Operand, b: Operand): Bundle;
  div(a: Operand, b: Operand): Bundle;
  abs(a: Bundle): Bundle;
  neg(a: Bundle): Bundle;
  /** b < a ? b : a */
  min(a: Operand, b: Operand): Bundle;
  /** a < b ? b : a */
  max(a: Operand, b: Operand): Bundle;
  /** A mask: all ones where a < b, all zeros elsewhere. */
  less(a: Operand, b: Operand): Bundle;
  and(a: Operand, b: Operand): Bundle;
  or(a: Operand, b: Operand): Bundle;
  /** a where the mask has ones, b elsewhere. */
  select(mask: Bundle, a: Operand, b: Operand): Bundle;
  /** The bits taken as 64-bit integers. */
  addBits(a: Operand, b: Operand): Bundle;
  subBits(a: Operand, b: Operand): Bundle;
  shiftLeft(a: Bundle, places: number): Bundle;
  shiftRight(a: Bundle, places: number): Bundle;
}

/** The arithmetic of bundles of `width` vectors that appends its instructions to `code`. */
export function arithmetic(
  width: number,
  declare: Declare,
  constants: Constants,
  code: Statement[],
): Arithmetic {
  const keep = (value: V128): Local<'v128'> => {
    const local = declare('v128');
    code.push(local.set(value));
    return local;
  };
  const lanes = (x: Operand): Bundle =>
    typeof x === 'number' ? new Array<Local<'v128'>>(width).fill(keep(constants.splat(x))) : x;
  const one = (f: (a: V128) => V128, a: Bundle): Bundle => a.map((v) => keep(f(v)));
  const two =
    (f: (a: V128, b: V128) => V128) =>
    (a: Operand, b: Operand): Bundle => {
      const [left, right] = [lanes(a), lanes(b)];
      return left.map((v, i) => keep(f(v, right[i]!)));
    };
  return {
    add: two(f64x2.add),
    sub: two(f64x2.sub),
    mul: two(f64x2.mul),
    div: two(f64x2.div),
    abs: (a) => one(f64x2.abs, a),
    neg: (a) => one(f64x2.neg, a),
    min: two(f64x2.pmin),
    max: two(f64x2.pmax),
    less: two(f64x2.lt),
    and: two(v128.and),
    or: two(v128.or),
    select: (mask, a, b) => {
      const [left, right] = [lanes(a), lanes(b)];
      return mask.map((m, i) => keep(v128.select(left[i]!, right[i]!, m)));
    },
    addBits: two(i64x2.add),
    subBits: two(i64x2.sub),
    shiftLeft: (a, places) => one((v) => i64x2.shl(v, places), a),
    shiftRight: (a, places) => one((v) => i64x2.shrU(v, places), a),
  };
}
