/**
 * Reductions of neighbours: sums in the one order that ../kernels/reduce.ts documents, and extremes, whose order does not
 * matter. The eight lanes of a block are four registers of two; what waits for its partner in the binary
 * counter lies in the scratch memory.
 */
import {
  choose,
  type Declare,
  type Expression,
  f64,
  f64x2,
  i32,
  type Local,
  leaveWith,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  type V128,
  v128,
  value,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

const BLOCK = 512;
/** Bytes of a register. */
const PAIR = 16;

export interface ReduceKernels {
  /** Of the n numbers from address x on. */
  sum(x: number, n: number): number;
  max(x: number, n: number): number;
  min(x: number, n: number): number;
  /** Σ (scale·xᵢ)² */
  sumSquares(x: number, n: number, scale: number): number;
  /** Numbers from … to − 1 of the result: each is that of n numbers which follow those of the one before. */
  sumLines: LineKernel;
  maxLines: LineKernel;
  minLines: LineKernel;
}

type LineKernel = (out: number, x: number, n: number, from: number, to: number) => void;

type Whole = readonly [...Statement[], Expression<'f64'>];

export function reduceKernels(module: Module): void {
  const numbers = { x: 'i32', n: 'i32' } as const;
  const block = module.function('sumBlock', numbers, 'f64', ({ x, n }, declare) =>
    sumOfBlock(x, n, declare, (pair) => pair),
  );
  const kernels = {
    sum: module.function('sum', numbers, 'f64', ({ x, n }, declare) =>
      sumOfBlocks(x, n, declare, (length) => value('f64', block, x, length)),
    ),
    max: module.function('max', numbers, 'f64', ({ x, n }, declare) =>
      extreme(x, n, declare, f64x2.max, f64.max, Number.NEGATIVE_INFINITY),
    ),
    min: module.function('min', numbers, 'f64', ({ x, n }, declare) =>
      extreme(x, n, declare, f64x2.min, f64.min, Number.POSITIVE_INFINITY),
    ),
  };
  for (const [name, kernel] of Object.entries(kernels)) {
    const parameters = { out: 'i32', x: 'i32', n: 'i32', from: 'i32', to: 'i32' } as const;
    module.procedure(`${name}Lines`, parameters, ({ out, x, n, from, to }) => [
      x.set(elementAt(x, i32.mul(from, n))),
      loopWhile(i32.ltU(from, to), [
        f64.store(elementAt(out, from), value('f64', kernel, x, n)),
        x.set(elementAt(x, n)),
        from.set(i32.add(from, 1)),
      ]),
    ]);
  }

  const scaled = { ...numbers, scale: 'f64' } as const;
  const squares = module.function('squaresBlock', scaled, 'f64', ({ x, n, scale }, declare) => {
    const held = declare('v128');
    const square = (pair: V128): V128 =>
      f64x2.mul(held.tee(f64x2.mul(pair, f64x2.splat(scale))), held);
    return sumOfBlock(x, n, declare, square);
  });
  module.function('sumSquares', scaled, 'f64', ({ x, n, scale }, declare) =>
    sumOfBlocks(x, n, declare, (length) => value('f64', squares, x, length, scale)),
  );
}

/** ((0+4)+(2+6)) + ((1+5)+(3+7)) of eight lanes that stand as (0,1), (2,3), (4,5), (6,7). */
function joinLanes(lanes: readonly V128[], declare: Declare): Expression<'f64'> {
  const [a, b, c, d] = lanes as [V128, V128, V128, V128];
  const halves = declare('v128');
  const joined = halves.tee(f64x2.add(f64x2.add(a, c), f64x2.add(b, d)));
  return f64.add(f64x2.lane(0, joined), f64x2.lane(1, halves));
}

/** Σ term(xᵢ) over a block: n ≤ 512 numbers. */
function sumOfBlock(
  x: Local<'i32'>,
  n: Local<'i32'>,
  declare: Declare,
  term: (pair: V128) => V128,
): Whole {
  const lanes = [0, 1, 2, 3].map(() => declare('v128'));
  const end = declare('i32');
  const rest = declare('i32');
  const add = (k: number, pair: V128): Statement => lanes[k]!.set(f64x2.add(lanes[k]!, term(pair)));
  return [
    end.set(elementAt(x, i32.and(n, -8))),
    loopWhile(i32.ltU(x, end), [
      ...lanes.map((_, k) => add(k, v128.load(x, PAIR * k))),
      x.set(i32.add(x, 4 * PAIR)),
    ]),
    // Up to seven are left: whole pairs, and perhaps one by itself, whose neighbour gets +0. (That changes nothing: a sum
    // that began with +0 is never −0.)
    rest.set(i32.and(n, 7)),
    ...lanes.map((_, k) =>
      when(
        i32.geU(rest, 2 * k + 2),
        [add(k, v128.load(x, PAIR * k))],
        [when(i32.eq(rest, 2 * k + 1), [add(k, f64x2.loadLow(x, PAIR * k))])],
      ),
    ),
    joinLanes(lanes, declare),
  ];
}

/** The sums of blocks, joined like the carries of a binary counter. `block` sums so many numbers from x on. */
function sumOfBlocks(
  x: Local<'i32'>,
  n: Local<'i32'>,
  declare: Declare,
  block: (length: Local<'i32'>) => Expression<'f64'>,
): Whole {
  const length = declare('i32');
  const count = declare('i32');
  const carry = declare('i32');
  const top = declare('i32');
  const s = declare('f64');
  const joinTop: Statement[] = [top.set(i32.sub(top, 8)), s.set(f64.add(f64.load(top), s))];
  return [
    when(i32.leU(n, BLOCK), [leaveWith(block(n))]),
    top.set(scratch),
    loopWhile(n, [
      length.set(choose(i32.ltU(n, BLOCK), n, i32.const(BLOCK))),
      s.set(block(length)),
      carry.set(count.tee(i32.add(count, 1))),
      loopWhile(i32.eqz(i32.and(carry, 1)), [...joinTop, carry.set(i32.shrU(carry, 1))]),
      f64.store(top, s),
      top.set(i32.add(top, 8)),
      x.set(i32.add(x, 8 * BLOCK)),
      n.set(i32.sub(n, length)),
    ]),
    // What is left, from the latest to the earliest.
    top.set(i32.sub(top, 8)),
    s.set(f64.load(top)),
    loopWhile(i32.gtU(top, scratch), joinTop),
    s,
  ];
}

/** The largest or smallest of n numbers: eight registers of two, so that no comparison waits for the one before. */
function extreme(
  x: Local<'i32'>,
  n: Local<'i32'>,
  declare: Declare,
  better: (a: V128, b: V128) => V128,
  betterOfTwo: (a: Expression<'f64'>, b: Expression<'f64'>) => Expression<'f64'>,
  ofNone: number,
): Whole {
  const best = Array.from({ length: 8 }, () => declare('v128'));
  const [first] = best as [Local<'v128'>];
  const end = declare('i32');
  return [
    ...best.map((each) => each.set(f64x2.splat(ofNone))),
    end.set(elementAt(x, i32.and(n, -16))),
    loopWhile(i32.ltU(x, end), [
      ...best.map((each, k) => each.set(better(each, v128.load(x, PAIR * k)))),
      x.set(i32.add(x, 8 * PAIR)),
    ]),
    end.set(elementAt(x, i32.and(n, 14))),
    loopWhile(i32.ltU(x, end), [first.set(better(first, v128.load(x))), x.set(i32.add(x, PAIR))]),
    when(i32.and(n, 1), [first.set(better(first, f64x2.loadSplat(x)))]),
    ...best.slice(1).map((each) => first.set(better(first, each))),
    betterOfTwo(f64x2.lane(0, first), f64x2.lane(1, first)),
  ];
}
