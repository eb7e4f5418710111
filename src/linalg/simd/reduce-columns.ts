/**
 * Reductions down the columns of a matrix. Sixteen columns, two cache lines of each row, go down together, so that no line is
 * read twice; those that are left over go by six and two, the last one alone.
 */
import {
  type Callable,
  call,
  choose,
  type Declare,
  type Expression,
  f64x2,
  type I32,
  i32,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

const BLOCK = 512;

export interface ReduceColumnsKernels {
  /**
   * Numbers from … to − 1 of the result [outer, inner]: each is that of n numbers of x [outer, n, inner], `inner` numbers
   * apart from each other.
   */
  sumColumns: ColumnKernel;
  maxColumns: ColumnKernel;
  minColumns: ColumnKernel;
}

type ColumnKernel = (
  out: number,
  x: number,
  n: number,
  inner: number,
  from: number,
  to: number,
) => void;

/** What goes down together: so many registers, each whole or (a single column) its lower lane only. */
interface Strip {
  readonly columns: number;
  readonly registers: number;
  load(address: I32, offset: number): V128;
  store(address: I32, value: V128, offset: number): Statement;
}

const strips: readonly Strip[] = [
  { columns: 16, registers: 8, load: v128.load, store: v128.store },
  { columns: 6, registers: 3, load: v128.load, store: v128.store },
  { columns: 2, registers: 1, load: v128.load, store: v128.store },
  {
    columns: 1,
    registers: 1,
    load: f64x2.loadLow,
    store: (address, value, offset) => f64x2.storeLane(0, address, value, offset),
  },
];
/** Bytes of a row of the widest. */
const ROW = 128;

type Integer = Local<'i32'>;

export function reduceColumnsKernels(module: Module): void {
  const lanes = strips.map((strip) => goingDown(module, 'lane', strip, f64x2.add, 0));
  const sum = sumOfStrip(module, lanes);
  inStrips(
    module,
    'sumColumns',
    strips.map(() => sum),
  );
  for (const [name, better, ofNone] of [
    ['max', f64x2.max, Number.NEGATIVE_INFINITY],
    ['min', f64x2.min, Number.POSITIVE_INFINITY],
  ] as const) {
    const extremes = strips.map((strip) => goingDown(module, name, strip, better, ofNone));
    inStrips(module, `${name}Columns`, extremes);
  }
}

/** What does one strip of n rows, `stride` bytes from one to the next. (All know the width but one, which is told.) */
const parameters = { out: 'i32', x: 'i32', n: 'i32', stride: 'i32', columns: 'i32' } as const;

/** All columns, the widest strip that fits first. */
function inStrips(module: Module, name: string, callees: readonly Callable[]): void {
  const all = { out: 'i32', x: 'i32', n: 'i32', inner: 'i32', from: 'i32', to: 'i32' } as const;
  module.procedure(name, all, ({ out, x, n, inner, from, to }, declare) => {
    const column = declare('i32');
    const width = declare('i32');
    // Result number o·inner + c begins at x[o·n·inner + c].
    const first = i32.add(i32.mul(i32.sub(from, column), n), column);
    const widest = (k: number): Statement[] => {
      const { columns } = strips[k]!;
      const rest = [elementAt(x, first), n, i32.shl(inner, 3), i32.const(columns)];
      const step = [
        call(callees[k]!, elementAt(out, from), ...rest),
        from.set(i32.add(from, columns)),
      ];
      return columns === 1 ? step : [when(i32.geU(width, columns), step, widest(k + 1))];
    };
    return [
      loopWhile(i32.ltU(from, to), [
        column.set(i32.remU(from, inner)),
        width.set(i32.sub(inner, column)),
        width.set(choose(i32.ltU(width, i32.sub(to, from)), width, i32.sub(to, from))),
        ...widest(0),
      ]),
    ];
  });
}

/** One row after the other joins the registers, which begin with what the result of no rows is. */
function goingDown(
  module: Module,
  name: string,
  { columns, registers, load, store }: Strip,
  join: (a: V128, b: V128) => V128,
  ofNone: number,
): Callable {
  return module.procedure(`${name}${columns}`, parameters, ({ out, x, n, stride }, declare) => {
    const joined = Array.from({ length: registers }, () => declare('v128'));
    return [
      ...joined.map((each) => each.set(f64x2.splat(ofNone))),
      loopWhile(n, [
        ...joined.map((each, k) => each.set(join(each, load(x, 16 * k)))),
        x.set(i32.add(x, stride)),
        n.set(i32.sub(n, 1)),
      ]),
      ...joined.map((each, k) => store(out, each, 16 * k)),
    ];
  });
}

/**
 * Sums in the order of ../kernels/reduce.ts. The scratch memory holds a row for each of the eight lanes, and behind them the rows of
 * the binary counter of blocks. (In rows of one column the upper lane is whatever it was: nobody looks at it.)
 */
function sumOfStrip(module: Module, lanes: readonly Callable[]): Callable {
  return module.procedure('sumStrip', parameters, ({ out, x, n, stride, columns }, declare) => {
    const [lane, length, count, carry, top] = Array.from({ length: 5 }, () => declare('i32')) as [
      Integer,
      Integer,
      Integer,
      Integer,
      Integer,
    ];
    const across = acrossRow(columns, declare);
    const counter = i32.add(scratch, 8 * ROW);
    /** `to` becomes the sum of so many rows. */
    const sumRows = (to: I32Code, rows: I32Code, number: I32Code, step: I32Code): Statement[] =>
      strips.map((strip, k) =>
        when(i32.eq(columns, strip.columns), [call(lanes[k]!, to, rows, number, step, columns)]),
      );
    const joinTop = [
      top.set(i32.sub(top, ROW)),
      ...across((j) => {
        const below = i32.add(i32.sub(top, ROW), j);
        return v128.store(below, f64x2.add(v128.load(below), v128.load(i32.add(top, j))));
      }),
    ];
    return [
      top.set(counter),
      loopWhile(n, [
        length.set(choose(i32.ltU(n, BLOCK), n, i32.const(BLOCK))),
        lane.set(i32.const(0)),
        loopWhile(i32.ltU(lane, 8), [
          ...sumRows(
            i32.add(scratch, i32.mul(lane, ROW)),
            i32.add(x, i32.mul(lane, stride)),
            i32.shrU(i32.sub(i32.add(length, 7), lane), 3),
            i32.shl(stride, 3),
          ),
          lane.set(i32.add(lane, 1)),
        ]),
        ...across((j) => v128.store(i32.add(top, j), joinLanes(i32.add(scratch, j)))),
        top.set(i32.add(top, ROW)),
        carry.set(count.tee(i32.add(count, 1))),
        loopWhile(i32.eqz(i32.and(carry, 1)), [...joinTop, carry.set(i32.shrU(carry, 1))]),
        x.set(i32.add(x, i32.mul(stride, BLOCK))),
        n.set(i32.sub(n, length)),
      ]),
      loopWhile(i32.gtU(top, i32.add(counter, ROW)), joinTop),
      // The sum of this one row, or of none: 0 + s, and no such s is −0.
      ...sumRows(out, counter, i32.gtU(top, counter), i32.const(0)),
    ];
  });
}

type I32Code = Expression<'i32'>;

/** Something for each pair of columns of a row, j bytes from its beginning. */
function acrossRow(
  columns: Integer,
  declare: Declare,
): (body: (j: Integer) => Statement) => Statement[] {
  const j = declare('i32');
  return (body) => [
    j.set(i32.const(0)),
    loopWhile(i32.ltU(j, i32.shl(columns, 3)), [body(j), j.set(i32.add(j, 16))]),
  ];
}

/** ((0+4)+(2+6)) + ((1+5)+(3+7)) of eight rows, the first of them at an address. */
function joinLanes(first: I32Code): V128 {
  const lane = (k: number): V128 => v128.load(first, ROW * k);
  const pair = (a: number, b: number): V128 => f64x2.add(lane(a), lane(b));
  return f64x2.add(f64x2.add(pair(0, 4), pair(2, 6)), f64x2.add(pair(1, 5), pair(3, 7)));
}
