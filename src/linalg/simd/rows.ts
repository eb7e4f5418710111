import {
  block,
  f64,
  f64x2,
  i32,
  jumpIf,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

/**
 * For i = from … to − 1, with r = index[i]: y[i] = x[r], or y[r] += x[i]; rows of `width` numbers. Returns the first i whose r is
 * none of the `rows` row numbers, with nothing done from there on, or `to`.
 */
export type RowsKernel = (
  y: number,
  x: number,
  index: number,
  width: number,
  rows: number,
  from: number,
  to: number,
) => number;

export type RowsKernels = Record<'gatherRows' | 'scatterRows', RowsKernel>;

const parameters = {
  y: 'i32',
  x: 'i32',
  index: 'i32',
  width: 'i32',
  rows: 'f64',
  from: 'i32',
  to: 'i32',
} as const;

/** One array is walked through from its row `from` on, in the other we jump to row r. */
export function rowsKernels(module: Module): void {
  module.function('gatherRows', parameters, 'i32', ({ width, ...given }, declare) => {
    const { y, x, from } = given;
    const source = declare('i32');
    return [
      width.set(i32.shl(width, 3)), // in bytes, from here on
      y.set(i32.add(y, i32.mul(from, width))),
      eachRow(given, declare('f64'), (row) => [
        source.set(i32.add(x, i32.mul(row, width))),
        ...pairs(y, source, width, declare('i32'), (_, b) => b),
      ]),
      from,
    ];
  });
  module.function('scatterRows', parameters, 'i32', ({ width, ...given }, declare) => {
    const { y, x, from } = given;
    const target = declare('i32');
    return [
      width.set(i32.shl(width, 3)),
      x.set(i32.add(x, i32.mul(from, width))),
      eachRow(given, declare('f64'), (row) => [
        target.set(i32.add(y, i32.mul(row, width))),
        ...pairs(target, x, width, declare('i32'), f64x2.add),
      ]),
      from,
    ];
  });
}

interface Walk {
  readonly index: Local<'i32'>;
  readonly rows: Local<'f64'>;
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
}

/** For i = from … to − 1: the body, with the row number index[i], as long as there is such a row. */
function eachRow(
  { index, rows, from, to }: Walk,
  row: Local<'f64'>,
  body: (row: ReturnType<typeof f64.truncate>) => readonly Statement[],
): Statement {
  return block((out) => [
    loopWhile(i32.ltU(from, to), [
      row.set(f64.load(elementAt(index, from))),
      // Asked so that NaN is none either.
      jumpIf(i32.eqz(f64.ge(row, 0)), out),
      jumpIf(f64.ge(row, rows), out),
      ...body(f64.truncate(row)),
      from.set(i32.add(from, 1)),
    ]),
  ]);
}

/** a ← f(a, b) for one row, which leaves both addresses behind it: four vectors a turn, then one, then half of one. */
function pairs(
  a: Local<'i32'>,
  b: Local<'i32'>,
  bytes: Local<'i32'>,
  end: Local<'i32'>,
  f: (old: V128, given: V128) => V128,
): Statement[] {
  const span = (count: number): Statement =>
    loopWhile(i32.leU(i32.add(a, 16 * count), end), [
      ...Array.from({ length: count }, (_, k) =>
        v128.store(a, f(v128.load(a, 16 * k), v128.load(b, 16 * k)), 16 * k),
      ),
      a.set(i32.add(a, 16 * count)),
      b.set(i32.add(b, 16 * count)),
    ]);
  return [
    end.set(i32.add(a, bytes)),
    span(4),
    span(1),
    when(i32.ltU(a, end), [
      f64x2.storeLane(0, a, f(f64x2.loadLow(a), f64x2.loadLow(b))),
      a.set(i32.add(a, 8)),
      b.set(i32.add(b, 8)),
    ]),
  ];
}
