/** The instructions, by the type of their operands. What each does, exactly: WebAssembly core specification, chapter 4. */
import {
  type Expression,
  expression,
  type Statement,
  statement,
  TYPES,
  type Type,
} from './code.js';

/** An expression, or a number where the context says of which type. */
export type I32 = Expression<'i32'> | number;
export type F64 = Expression<'f64'> | number;
export type V128 = Expression<'v128'>;

const i32Of = (x: I32): Expression<'i32'> => (typeof x === 'number' ? i32.const(x) : x);
const f64Of = (x: F64): Expression<'f64'> => (typeof x === 'number' ? f64.const(x) : x);
const asIs = (x: V128): V128 => x;
const long = (x: Expression<'i64'>): Expression<'i64'> => x;

/** Instructions that take one or two operands of type A and leave one of type R. */
function family<A extends Type, Given>(operand: A, of: (x: Given) => Expression<A>) {
  const one =
    <R extends Type>(result: R, ...opcode: number[]) =>
    (x: Given): Expression<R> =>
      expression(result, (to) => {
        of(x).emit(to);
        to.bytes(opcode);
      });
  const two =
    <R extends Type>(result: R, ...opcode: number[]) =>
    (a: Given, b: Given): Expression<R> =>
      expression(result, (to) => {
        of(a).emit(to);
        of(b).emit(to);
        to.bytes(opcode);
      });
  return { operand, one, two };
}

/** Reads `type` at address + offset bytes. */
const loading =
  <T extends Type>(type: T, ...opcode: number[]) =>
  (address: I32, offset = 0): Expression<T> =>
    expression(type, (to) => {
      i32Of(address).emit(to);
      to.bytes(opcode).byte(0).unsigned(offset); // 0: no promise of alignment
    });

/** Writes a value to address + offset bytes. */
const storing =
  <Given>(of: (x: Given) => Expression<Type>, ...opcode: number[]) =>
  (address: I32, value: Given, offset = 0): Statement =>
    statement((to) => {
      i32Of(address).emit(to);
      of(value).emit(to);
      to.bytes(opcode).byte(0).unsigned(offset);
    });

const integer = family('i32', i32Of);
/** 32-bit integers. Comparisons leave 1 or 0; `…U` takes its operands as numbers without a sign. */
export const i32 = {
  const: (value: number): Expression<'i32'> =>
    expression('i32', (to) => to.byte(0x41).signed(value | 0)),
  load: loading('i32', 0x28),
  store: storing(i32Of, 0x36),
  eqz: integer.one('i32', 0x45),
  eq: integer.two('i32', 0x46),
  ne: integer.two('i32', 0x47),
  lt: integer.two('i32', 0x48),
  ltU: integer.two('i32', 0x49),
  gt: integer.two('i32', 0x4a),
  gtU: integer.two('i32', 0x4b),
  le: integer.two('i32', 0x4c),
  leU: integer.two('i32', 0x4d),
  ge: integer.two('i32', 0x4e),
  geU: integer.two('i32', 0x4f),
  add: integer.two('i32', 0x6a),
  sub: integer.two('i32', 0x6b),
  mul: integer.two('i32', 0x6c),
  divU: integer.two('i32', 0x6e),
  remU: integer.two('i32', 0x70),
  and: integer.two('i32', 0x71),
  or: integer.two('i32', 0x72),
  xor: integer.two('i32', 0x73),
  shl: integer.two('i32', 0x74),
  shr: integer.two('i32', 0x75),
  shrU: integer.two('i32', 0x76),
} as const;

const longInteger = family('i64', long);
/** 64-bit integers: the bits of a double. */
export const i64 = {
  const: (value: bigint): Expression<'i64'> => expression('i64', (to) => to.byte(0x42).long(value)),
  add: longInteger.two('i64', 0x7c),
  sub: longInteger.two('i64', 0x7d),
  and: longInteger.two('i64', 0x83),
  or: longInteger.two('i64', 0x84),
  shl: longInteger.two('i64', 0x86),
  shr: longInteger.two('i64', 0x87),
  shrU: longInteger.two('i64', 0x88),
  toF64: longInteger.one('f64', 0xbf),
} as const;

const number = family('f64', f64Of);
/** Doubles. */
export const f64 = {
  const: (value: number): Expression<'f64'> =>
    expression('f64', (to) => to.byte(0x44).double(value)),
  load: loading('f64', 0x2b),
  store: storing(f64Of, 0x39),
  eq: number.two('i32', 0x61),
  ne: number.two('i32', 0x62),
  lt: number.two('i32', 0x63),
  gt: number.two('i32', 0x64),
  le: number.two('i32', 0x65),
  ge: number.two('i32', 0x66),
  abs: number.one('f64', 0x99),
  neg: number.one('f64', 0x9a),
  sqrt: number.one('f64', 0x9f),
  add: number.two('f64', 0xa0),
  sub: number.two('f64', 0xa1),
  mul: number.two('f64', 0xa2),
  div: number.two('f64', 0xa3),
  min: number.two('f64', 0xa4),
  max: number.two('f64', 0xa5),
  bits: number.one('i64', 0xbd),
  /** The whole part of a number ≥ 0 and below 2³², as an integer without a sign; traps for others. */
  truncate: number.one('i32', 0xab),
} as const;

const vector = family('v128', asIs);
/** Vector instructions share a first byte; their number follows (all are below 2¹⁴). */
const simd = (opcode: number): readonly number[] =>
  opcode < 0x80 ? [0xfd, opcode] : [0xfd, (opcode & 0x7f) | 0x80, opcode >> 7];

/** 128 bits, whatever they mean. */
export const v128 = {
  load: loading('v128', ...simd(0x00)),
  store: storing(asIs, ...simd(0x0b)),
  not: vector.one('v128', ...simd(0x4d)),
  and: vector.two('v128', ...simd(0x4e)),
  /** a and not b */
  andnot: vector.two('v128', ...simd(0x4f)),
  or: vector.two('v128', ...simd(0x50)),
  xor: vector.two('v128', ...simd(0x51)),
  anyTrue: vector.one('i32', ...simd(0x53)),
  /** The bits of a where the mask has a 1, those of b where it has a 0. */
  select: (a: V128, b: V128, mask: V128): V128 =>
    expression('v128', (to) => {
      for (const operand of [a, b, mask]) operand.emit(to);
      to.bytes(simd(0x52));
    }),
} as const;

/** Shifts every lane by the same number of bits. */
const shift =
  (opcode: number) =>
  (x: V128, bits: I32): V128 =>
    expression('v128', (to) => {
      x.emit(to);
      i32Of(bits).emit(to);
      to.bytes(simd(opcode));
    });

/** Puts a scalar into both lanes. */
const splatting =
  <Given>(of: (x: Given) => Expression<Type>, opcode: number) =>
  (x: Given): V128 =>
    expression('v128', (to) => {
      of(x).emit(to);
      to.bytes(simd(opcode));
    });

/** 128 bits as two doubles. Comparisons leave all ones or all zeros in each lane. */
export const f64x2 = {
  splat: splatting(f64Of, 0x14),
  /** One double from memory, in both lanes. */
  loadSplat: loading('v128', ...simd(0x0a)),
  /** One double from memory in the lower lane, +0 in the other. */
  loadLow: loading('v128', ...simd(0x5d)),
  /** The lower or upper lane to memory. */
  storeLane: (lane: 0 | 1, address: I32, value: V128, offset = 0): Statement =>
    statement((to) => {
      i32Of(address).emit(to);
      value.emit(to);
      to.bytes(simd(0x5b)).byte(0).unsigned(offset).byte(lane);
    }),
  lane: (index: 0 | 1, x: V128): Expression<'f64'> =>
    expression('f64', (to) => {
      x.emit(to);
      to.bytes(simd(0x21)).byte(index);
    }),
  /** (lane i of a, lane j of b) */
  pick: (a: V128, i: 0 | 1, b: V128, j: 0 | 1): V128 =>
    expression('v128', (to) => {
      a.emit(to);
      b.emit(to);
      const bytes = (from: number): number[] => Array.from({ length: 8 }, (_, k) => from + k);
      to.bytes(simd(0x0d))
        .bytes(bytes(8 * i))
        .bytes(bytes(16 + 8 * j));
    }),
  eq: vector.two('v128', ...simd(0x47)),
  ne: vector.two('v128', ...simd(0x48)),
  lt: vector.two('v128', ...simd(0x49)),
  gt: vector.two('v128', ...simd(0x4a)),
  le: vector.two('v128', ...simd(0x4b)),
  ge: vector.two('v128', ...simd(0x4c)),
  abs: vector.one('v128', ...simd(0xec)),
  neg: vector.one('v128', ...simd(0xed)),
  sqrt: vector.one('v128', ...simd(0xef)),
  add: vector.two('v128', ...simd(0xf0)),
  sub: vector.two('v128', ...simd(0xf1)),
  mul: vector.two('v128', ...simd(0xf2)),
  div: vector.two('v128', ...simd(0xf3)),
  /** As Math.min and Math.max: NaN if either is, −0 below +0. */
  min: vector.two('v128', ...simd(0xf4)),
  max: vector.two('v128', ...simd(0xf5)),
  /** b < a ? b : a, and a < b ? b : a */
  pmin: vector.two('v128', ...simd(0xf6)),
  pmax: vector.two('v128', ...simd(0xf7)),
} as const;

/** 128 bits as two 64-bit integers. */
export const i64x2 = {
  splat: splatting(long, 0x12),
  shl: shift(0xcb),
  shr: shift(0xcc),
  shrU: shift(0xcd),
  add: vector.two('v128', ...simd(0xce)),
  sub: vector.two('v128', ...simd(0xd1)),
  eq: vector.two('v128', ...simd(0xd6)),
  lt: vector.two('v128', ...simd(0xd8)),
  gt: vector.two('v128', ...simd(0xd9)),
  allTrue: vector.one('i32', ...simd(0xc3)),
} as const;

/** 128 bits as four 32-bit integers. */
export const i32x4 = {
  splat: splatting(i32Of, 0x11),
  eq: vector.two('v128', ...simd(0x37)),
  lt: vector.two('v128', ...simd(0x39)),
  gt: vector.two('v128', ...simd(0x3b)),
  gtU: vector.two('v128', ...simd(0x3c)),
  add: vector.two('v128', ...simd(0xae)),
  sub: vector.two('v128', ...simd(0xb1)),
  shl: shift(0xab),
  shr: shift(0xac),
  shrU: shift(0xad),
} as const;

/** a where the condition is not 0, else b; both are computed. */
export function choose<T extends Type>(
  condition: Expression<'i32'>,
  a: Expression<T>,
  b: Expression<T>,
): Expression<T> {
  return expression(a.type, (to) => {
    a.emit(to);
    b.emit(to);
    condition.emit(to);
    to.bytes(a.type === 'v128' ? [0x1c, 1, TYPES.v128] : [0x1b]);
  });
}

/**
 * The address of memory that belongs to the instance alone (each thread has its own), for packed copies and
 * sums in waiting. What it holds does not outlive a call.
 */
export const scratch: Expression<'i32'> = expression('i32', (to) => to.byte(0x23).byte(0));
