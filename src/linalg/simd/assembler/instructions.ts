/** The instructions, by the type of their operands. What each does, exactly: WebAssembly core specification, chapter 4. */
import { type Expression, expression, type Statement, statement, type Type } from './code.js';

/** An expression, or a number where the context says of which type. */
export type I32 = Expression<'i32'> | number;
export type F64 = Expression<'f64'> | number;
export type V128 = Expression<'v128'>;

const i32Of = (x: I32): Expression<'i32'> => (typeof x === 'number' ? i32.const(x) : x);
const f64Of = (x: F64): Expression<'f64'> => (typeof x === 'number' ? f64.const(x) : x);
const asIs = (x: V128): V128 => x;

// ── Instructions of one and of two operands, from tables of their numbers ────────────────────────────

type Opcodes = Readonly<Record<string, number>>;
/** A function for each instruction: takes operands of type A, leaves a value of type R. */
type One<Table, A, R extends Type> = Readonly<Record<keyof Table, (x: A) => Expression<R>>>;
type Two<Table, A, R extends Type> = Readonly<Record<keyof Table, (a: A, b: A) => Expression<R>>>;

/** The bytes of an instruction; those of vectors share a first byte, and all are below 2¹⁴. */
const plain = (opcode: number): readonly number[] => [opcode];
const simd = (opcode: number): readonly number[] =>
  opcode < 0x80 ? [0xfd, opcode] : [0xfd, (opcode & 0x7f) | 0x80, opcode >> 7];

function one<T extends Opcodes, A, R extends Type>(
  table: T,
  result: R,
  of: (x: A) => Expression<Type>,
  code = plain,
): One<T, A, R> {
  return each(table, code, (bytes) => (x: A): Expression<R> => {
    return expression(result, (to) => {
      of(x).emit(to);
      to.bytes(bytes);
    });
  });
}

function two<T extends Opcodes, A, R extends Type>(
  table: T,
  result: R,
  of: (x: A) => Expression<Type>,
  code = plain,
): Two<T, A, R> {
  return each(table, code, (bytes) => (a: A, b: A): Expression<R> => {
    return expression(result, (to) => {
      of(a).emit(to);
      of(b).emit(to);
      to.bytes(bytes);
    });
  });
}

function each<T extends Opcodes, F>(
  table: T,
  code: (opcode: number) => readonly number[],
  make: (bytes: readonly number[]) => F,
): Record<keyof T, F> {
  const made = Object.entries(table).map(([name, opcode]) => [name, make(code(opcode))]);
  return Object.fromEntries(made) as Record<keyof T, F>;
}

// ── Memory ──────────────────────────────────────────────────────────────────────────────────────────

/** Reads at address + offset bytes. */
type Load<R extends Type> = (address: I32, offset?: number) => Expression<R>;
/** Writes a value to address + offset bytes. */
type Store<A> = (address: I32, value: A, offset?: number) => Statement;

const loading =
  <R extends Type>(type: R, bytes: readonly number[]): Load<R> =>
  (address, offset = 0) =>
    expression(type, (to) => {
      i32Of(address).emit(to);
      to.bytes(bytes).byte(0).unsigned(offset); // 0: no promise of alignment
    });

const storing =
  <A>(of: (x: A) => Expression<Type>, bytes: readonly number[]): Store<A> =>
  (address, value, offset = 0) =>
    statement((to) => {
      i32Of(address).emit(to);
      of(value).emit(to);
      to.bytes(bytes).byte(0).unsigned(offset);
    });

// ── 32-bit integers ─────────────────────────────────────────────────────────────────────────────────

const INTEGER = {
  eq: 0x46,
  ne: 0x47,
  lt: 0x48,
  ltU: 0x49,
  gt: 0x4a,
  gtU: 0x4b,
  le: 0x4c,
  leU: 0x4d,
  ge: 0x4e,
  geU: 0x4f,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  divU: 0x6e,
  remU: 0x70,
  and: 0x71,
  or: 0x72,
  shl: 0x74,
  shrU: 0x76,
} as const;
const INTEGER_ONE = { eqz: 0x45 } as const;

/** 32-bit integers. Comparisons leave 1 or 0; `…U` takes its operands as numbers without a sign. */
export const i32: Two<typeof INTEGER, I32, 'i32'> &
  One<typeof INTEGER_ONE, I32, 'i32'> & {
    readonly const: (value: number) => Expression<'i32'>;
    readonly load: Load<'i32'>;
  } = {
  ...two(INTEGER, 'i32', i32Of),
  ...one(INTEGER_ONE, 'i32', i32Of),
  const: (value) => expression('i32', (to) => to.byte(0x41).signed(value | 0)),
  load: loading('i32', [0x28]),
};

// ── Doubles ─────────────────────────────────────────────────────────────────────────────────────────

const COMPARISON = { eq: 0x61, ne: 0x62, lt: 0x63, gt: 0x64, le: 0x65, ge: 0x66 } as const;
const DOUBLE = { add: 0xa0, sub: 0xa1, mul: 0xa2, div: 0xa3, min: 0xa4, max: 0xa5 } as const;
const DOUBLE_ONE = { abs: 0x99, neg: 0x9a, sqrt: 0x9f } as const;

/** Doubles. Minimum and maximum are those of Math: NaN if either is, −0 below +0. */
export const f64: Two<typeof DOUBLE, F64, 'f64'> &
  One<typeof DOUBLE_ONE, F64, 'f64'> &
  Two<typeof COMPARISON, F64, 'i32'> & {
    readonly const: (value: number) => Expression<'f64'>;
    readonly load: Load<'f64'>;
    readonly store: Store<F64>;
    /** The whole part of a number ≥ 0 and below 2³², as an integer without a sign; traps for others. */
    readonly truncate: (x: F64) => Expression<'i32'>;
  } = {
  ...two(DOUBLE, 'f64', f64Of),
  ...one(DOUBLE_ONE, 'f64', f64Of),
  ...two(COMPARISON, 'i32', f64Of),
  ...one({ truncate: 0xab }, 'i32', f64Of),
  const: (value) => expression('f64', (to) => to.byte(0x44).double(value)),
  load: loading('f64', [0x2b]),
  store: storing(f64Of, [0x39]),
};

// ── 128 bits ────────────────────────────────────────────────────────────────────────────────────────

const BITS = { and: 0x4e, andnot: 0x4f, or: 0x50, xor: 0x51 } as const;

/** 128 bits, whatever they mean. `andnot` is a and not b. */
export const v128: Two<typeof BITS, V128, 'v128'> & {
  readonly not: (x: V128) => V128;
  /** 1 if any bit is set. */
  readonly anyTrue: (x: V128) => Expression<'i32'>;
  /** The bits of a where the mask has a 1, those of b where it has a 0. */
  readonly select: (a: V128, b: V128, mask: V128) => V128;
  readonly load: Load<'v128'>;
  readonly store: Store<V128>;
} = {
  ...two(BITS, 'v128', asIs, simd),
  ...one({ not: 0x4d }, 'v128', asIs, simd),
  ...one({ anyTrue: 0x53 }, 'i32', asIs, simd),
  select: (a, b, mask) =>
    expression('v128', (to) => {
      for (const operand of [a, b, mask]) operand.emit(to);
      to.bytes(simd(0x52));
    }),
  load: loading('v128', simd(0x00)),
  store: storing(asIs, simd(0x0b)),
};

const PAIR = {
  eq: 0x47,
  ne: 0x48,
  lt: 0x49,
  gt: 0x4a,
  le: 0x4b,
  ge: 0x4c,
  add: 0xf0,
  sub: 0xf1,
  mul: 0xf2,
  div: 0xf3,
  min: 0xf4,
  max: 0xf5,
  pmin: 0xf6,
  pmax: 0xf7,
} as const;
const PAIR_ONE = { abs: 0xec, neg: 0xed, sqrt: 0xef } as const;

/**
 * 128 bits as two doubles. Comparisons leave all ones or all zeros in each lane. `min` and `max` are those of
 * Math; `pmin` is b < a ? b : a, and `pmax` a < b ? b : a.
 */
export const f64x2: Two<typeof PAIR, V128, 'v128'> &
  One<typeof PAIR_ONE, V128, 'v128'> & {
    /** A double in both lanes. */
    readonly splat: (x: F64) => V128;
    /** One double from memory, in both lanes. */
    readonly loadSplat: Load<'v128'>;
    /** One double from memory in the lower lane, +0 in the other. */
    readonly loadLow: Load<'v128'>;
    /** The lower or upper lane to memory. */
    readonly storeLane: (lane: Lane, address: I32, value: V128, offset?: number) => Statement;
    readonly lane: (index: Lane, x: V128) => Expression<'f64'>;
    /** (lane i of a, lane j of b) */
    readonly pick: (a: V128, i: Lane, b: V128, j: Lane) => V128;
  } = {
  ...two(PAIR, 'v128', asIs, simd),
  ...one(PAIR_ONE, 'v128', asIs, simd),
  ...one({ splat: 0x14 }, 'v128', f64Of, simd),
  loadSplat: loading('v128', simd(0x0a)),
  loadLow: loading('v128', simd(0x5d)),
  storeLane: (lane, address, value, offset = 0) =>
    statement((to) => {
      i32Of(address).emit(to);
      value.emit(to);
      to.bytes(simd(0x5b)).byte(0).unsigned(offset).byte(lane);
    }),
  lane: (index, x) =>
    expression('f64', (to) => {
      x.emit(to);
      to.bytes(simd(0x21)).byte(index);
    }),
  pick: (a, i, b, j) =>
    expression('v128', (to) => {
      a.emit(to);
      b.emit(to);
      const bytes = (from: number): number[] => Array.from({ length: 8 }, (_, k) => from + k);
      to.bytes(simd(0x0d))
        .bytes(bytes(8 * i))
        .bytes(bytes(16 + 8 * j));
    }),
};
type Lane = 0 | 1;

const LONGS = { add: 0xce, sub: 0xd1 } as const;

/** 128 bits as two 64-bit integers: the bits of doubles. */
export const i64x2: Two<typeof LONGS, V128, 'v128'> & {
  /** 1 if neither integer is 0. */
  readonly allTrue: (x: V128) => Expression<'i32'>;
  readonly shl: (x: V128, bits: I32) => V128;
  readonly shrU: (x: V128, bits: I32) => V128;
} = {
  ...two(LONGS, 'v128', asIs, simd),
  ...one({ allTrue: 0xc3 }, 'i32', asIs, simd),
  shl: shifting(0xcb),
  shrU: shifting(0xcd),
};

/** Shifts every lane by the same number of bits. */
function shifting(opcode: number): (x: V128, bits: I32) => V128 {
  return (x, bits) =>
    expression('v128', (to) => {
      x.emit(to);
      i32Of(bits).emit(to);
      to.bytes(simd(opcode));
    });
}

// ── Of any type ─────────────────────────────────────────────────────────────────────────────────────

/** a where the condition is not 0, else b; both are computed. */
export function choose<T extends 'i32' | 'f64'>(
  condition: Expression<'i32'>,
  a: Expression<T>,
  b: Expression<T>,
): Expression<T> {
  return expression(a.type, (to) => {
    a.emit(to);
    b.emit(to);
    condition.emit(to);
    to.byte(0x1b);
  });
}

/**
 * The address of memory that belongs to the instance alone (each thread has its own), for packed copies and
 * sums in waiting. What it holds does not outlive a call.
 */
export const scratch: Expression<'i32'> = expression('i32', (to) => to.byte(0x23).byte(0));
