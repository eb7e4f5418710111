import {
  type Declare,
  f64,
  f64x2,
  i32,
  integers,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  v128,
} from './assembler/index.js';

/**
 * The steps of the dense eigensolver, as ../eigen/padded.ts has them. Strides and widths are counts of doubles, and multiples
 * of 8: four registers of two, side by side.
 */
export interface PaddedKernels {
  /** pᵢ = aᵢ·u for so many rows of A. */
  multiplyBy(p: number, a: number, stride: number, rows: number, u: number, width: number): void;
  /** aᵢ ← aᵢ − 2xᵢ·y for so many rows of A. */
  takeOff(a: number, stride: number, x: number, rows: number, y: number, width: number): void;
  /** Rotates each of so many rows with the one after it. */
  rotateRows(a: number, stride: number, c: number, s: number, rotations: number): void;
}

const REGISTERS = [0, 1, 2, 3];
/** Bytes of a register, and of four. */
const PAIR = 16;
const EIGHT = 64;

export function paddedKernels(module: Module): void {
  const product = integers('p', 'a', 'stride', 'rows', 'u', 'width');
  module.procedure('multiplyBy', product, ({ p, a, stride, rows, u, width }, declare) => {
    const sums = REGISTERS.map(() => declare('v128'));
    const [s0, s1, s2, s3] = sums as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    return [
      inBytes(stride),
      inBytes(width),
      eachRow(a, stride, rows, [
        ...sums.map((sum) => sum.set(f64x2.splat(0))),
        ...along(a, u, width, declare, (at, given) =>
          sums.map((sum, r) => {
            const terms = f64x2.mul(v128.load(at, PAIR * r), v128.load(given, PAIR * r));
            return sum.set(f64x2.add(sum, terms));
          }),
        ),
        s0.set(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))),
        f64.store(p, f64.add(f64x2.lane(0, s0), f64x2.lane(1, s0))),
        p.set(i32.add(p, 8)),
      ]),
    ];
  });

  const outer = integers('a', 'stride', 'x', 'rows', 'y', 'width');
  module.procedure('takeOff', outer, ({ a, stride, x, rows, y, width }, declare) => {
    const factor = declare('v128');
    return [
      inBytes(stride),
      inBytes(width),
      eachRow(a, stride, rows, [
        factor.set(f64x2.splat(f64.mul(2, f64.load(x)))),
        ...along(a, y, width, declare, (at, given) =>
          REGISTERS.map((r) => {
            const less = f64x2.mul(factor, v128.load(given, PAIR * r));
            return v128.store(at, f64x2.sub(v128.load(at, PAIR * r), less), PAIR * r);
          }),
        ),
        x.set(i32.add(x, 8)),
      ]),
    ];
  });

  // Eight columns at a time go down all the rows. The lower row of a rotation is the upper one of the next: it
  // stays in registers.
  const rotations = integers('a', 'stride', 'c', 's', 'rotations');
  module.procedure('rotateRows', rotations, ({ a, stride, c, s, rotations }, declare) => {
    const upper = REGISTERS.map(() => declare('v128'));
    const [cosine, sine, lower] = [declare('v128'), declare('v128'), declare('v128')];
    const [row, cAt, sAt] = [declare('i32'), declare('i32'), declare('i32')];
    const [end, right] = [declare('i32'), declare('i32')];
    return [
      inBytes(stride),
      right.set(i32.add(a, stride)),
      end.set(i32.add(c, i32.shl(rotations, 3))),
      loopWhile(i32.ltU(a, right), [
        row.set(a),
        cAt.set(c),
        sAt.set(s),
        ...upper.map((x, r) => x.set(v128.load(row, PAIR * r))),
        loopWhile(i32.ltU(cAt, end), [
          cosine.set(f64x2.loadSplat(cAt)),
          sine.set(f64x2.loadSplat(sAt)),
          ...upper.flatMap((x, r) => [
            lower.set(v128.load(i32.add(row, stride), PAIR * r)),
            v128.store(row, f64x2.add(f64x2.mul(cosine, x), f64x2.mul(sine, lower)), PAIR * r),
            x.set(f64x2.sub(f64x2.mul(cosine, lower), f64x2.mul(sine, x))),
          ]),
          row.set(i32.add(row, stride)),
          cAt.set(i32.add(cAt, 8)),
          sAt.set(i32.add(sAt, 8)),
        ]),
        ...upper.map((x, r) => v128.store(row, x, PAIR * r)),
        a.set(i32.add(a, EIGHT)),
      ]),
    ];
  });
}

/** From a count of doubles to bytes. */
const inBytes = (count: Local<'i32'>): Statement => count.set(i32.shl(count, 3));

function eachRow(
  a: Local<'i32'>,
  stride: Local<'i32'>,
  rows: Local<'i32'>,
  body: readonly Statement[],
): Statement {
  return loopWhile(rows, [...body, a.set(i32.add(a, stride)), rows.set(i32.sub(rows, 1))]);
}

/** Along a row of A and a vector at once, eight numbers a turn. */
function along(
  a: Local<'i32'>,
  vector: Local<'i32'>,
  width: Local<'i32'>,
  declare: Declare,
  turn: (at: Local<'i32'>, given: Local<'i32'>) => readonly Statement[],
): Statement[] {
  const [at, given, end] = [declare('i32'), declare('i32'), declare('i32')];
  return [
    at.set(a),
    given.set(vector),
    end.set(i32.add(a, width)),
    loopWhile(i32.ltU(at, end), [
      ...turn(at, given),
      at.set(i32.add(at, EIGHT)),
      given.set(i32.add(given, EIGHT)),
    ]),
  ];
}
