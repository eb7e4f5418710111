/**
 * Reductions down the columns of a matrix. Sixteen columns, two cache lines of each row, go down together, so that no line is
 * read twice; those that are left over go by eight and by two, the last one alone.
 */
import {
  type Callable,
  call,
  choose,
  type Declare,
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
} from './assembler.js';
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
  { columns: 8, registers: 4, load: v128.load, store: v128.store },
  { columns: 2, registers: 1, load: v128.load, store: v128.store },
  {
    columns: 1,
    registers: 1,
    load: f64x2.loadLow,
    store: (address, value, offset) => f64x2.storeLane(0, address, value, offset),
  },
];

/** One strip of n rows, `stride` bytes from one to the next. */
const parameters = { out: 'i32', x: 'i32', n: 'i32', stride: 'i32' } as const;
type Given = { readonly [K in keyof typeof parameters]: Local<'i32'> };
type StripCode = (strip: Strip, given: Given, declare: Declare) => Statement[];

export function reduceColumnsKernels(module: Module): void {
  inStrips(module, 'sum', sumOfStrip);
  inStrips(module, 'max', extremeOfStrip(f64x2.max, Number.NEGATIVE_INFINITY));
  inStrips(module, 'min', extremeOfStrip(f64x2.min, Number.POSITIVE_INFINITY));
}

function inStrips(module: Module, name: string, code: StripCode): void {
  const callees = strips.map((strip) =>
    module.procedure(`${name}${strip.columns}`, parameters, (given, declare) =>
      code(strip, given, declare),
    ),
  );
  const all = {
    out: 'i32',
    x: 'i32',
    n: 'i32',
    inner: 'i32',
    from: 'i32',
    to: 'i32',
  } as const;
  module.procedure(`${name}Columns`, all, ({ out, x, n, inner, from, to }, declare) => {
    const column = declare('i32');
    const width = declare('i32');
    // Result number o·inner + c begins at x[o·n·inner + c].
    const first = i32.add(i32.mul(i32.sub(from, column), n), column);
    const next = (callee: Callable, { columns }: Strip): Statement[] => [
      call(callee, elementAt(out, from), elementAt(x, first), n, i32.shl(inner, 3)),
      from.set(i32.add(from, columns)),
    ];
    /** The widest strip that fits. */
    const widest = (k: number): Statement[] => {
      const step = next(callees[k]!, strips[k]!);
      if (k === strips.length - 1) return step;
      return [when(i32.geU(width, strips[k]!.columns), step, widest(k + 1))];
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

/** Blocks of rows, and the binary counter of their sums, a row of the scratch memory to each of its digits. */
function sumOfStrip(strip: Strip, { out, x, n, stride }: Given, declare: Declare): Statement[] {
  const s = registers(strip, declare);
  const length = declare('i32');
  const count = declare('i32');
  const carry = declare('i32');
  const top = declare('i32');
  const row = 8 * strip.columns;
  const joinTop: Statement[] = [
    top.set(i32.sub(top, row)),
    ...s.map((each, k) => each.set(f64x2.add(strip.load(top, 16 * k), each))),
  ];
  return [
    top.set(scratch),
    loopWhile(n, [
      length.set(choose(i32.ltU(n, BLOCK), n, i32.const(BLOCK))),
      ...sumOfBlock(strip, s, x, length, stride, declare),
      carry.set(count.tee(i32.add(count, 1))),
      loopWhile(i32.eqz(i32.and(carry, 1)), [...joinTop, carry.set(i32.shrU(carry, 1))]),
      ...s.map((each, k) => strip.store(top, each, 16 * k)),
      top.set(i32.add(top, row)),
      x.set(i32.add(x, i32.mul(stride, BLOCK))),
      n.set(i32.sub(n, length)),
    ]),
    ...s.map((each) => each.set(zero)),
    when(i32.gtU(top, scratch), [
      top.set(i32.sub(top, row)),
      ...s.map((each, k) => each.set(strip.load(top, 16 * k))),
      loopWhile(i32.gtU(top, scratch), joinTop),
    ]),
    ...s.map((each, k) => strip.store(out, each, 16 * k)),
  ];
}

const zero = f64x2.splat(0);

/** s = ((0+4)+(2+6)) + ((1+5)+(3+7)), one lane after the other. */
function sumOfBlock(
  strip: Strip,
  s: readonly Local<'v128'>[],
  x: Local<'i32'>,
  length: Local<'i32'>,
  stride: Local<'i32'>,
  declare: Declare,
): Statement[] {
  const [t, u] = [registers(strip, declare), registers(strip, declare)];
  const own = registers(strip, declare);
  const i = declare('i32');
  const p = declare('i32');
  const eight = i32.shl(stride, 3);

  const lane = (number: number): Statement[] => [
    ...own.map((each) => each.set(zero)),
    i.set(i32.const(number)),
    p.set(i32.add(x, i32.mul(stride, number))),
    loopWhile(i32.ltU(i, length), [
      ...own.map((each, k) => each.set(f64x2.add(each, strip.load(p, 16 * k)))),
      p.set(i32.add(p, eight)),
      i.set(i32.add(i, 8)),
    ]),
  ];
  const keep = (to: readonly Local<'v128'>[], from: readonly Local<'v128'>[]): Statement[] =>
    to.map((each, k) => each.set(from[k]!));
  const add = (to: readonly Local<'v128'>[], from: readonly Local<'v128'>[]): Statement[] =>
    to.map((each, k) => each.set(f64x2.add(each, from[k]!)));
  return [
    ...lane(0),
    ...keep(s, own),
    ...lane(4),
    ...add(s, own),
    ...lane(2),
    ...keep(t, own),
    ...lane(6),
    ...add(t, own),
    ...add(s, t),
    ...lane(1),
    ...keep(t, own),
    ...lane(5),
    ...add(t, own),
    ...lane(3),
    ...keep(u, own),
    ...lane(7),
    ...add(u, own),
    ...add(t, u),
    ...add(s, t),
  ];
}

/** Two rows at a time, so that no comparison waits for the one before. */
function extremeOfStrip(better: (a: V128, b: V128) => V128, ofNone: number): StripCode {
  return (strip, { out, x, n, stride }, declare) => {
    const [even, odd] = [registers(strip, declare), registers(strip, declare)];
    const withRow = (best: readonly Local<'v128'>[]): Statement[] => [
      ...best.map((each, k) => each.set(better(each, strip.load(x, 16 * k)))),
      x.set(i32.add(x, stride)),
    ];
    return [
      ...[...even, ...odd].map((each) => each.set(f64x2.splat(ofNone))),
      loopWhile(i32.gtU(n, 1), [...withRow(even), ...withRow(odd), n.set(i32.sub(n, 2))]),
      when(n, withRow(even)),
      ...even.map((each, k) => strip.store(out, better(each, odd[k]!), 16 * k)),
    ];
  };
}

function registers(strip: Strip, declare: Declare): Local<'v128'>[] {
  return Array.from({ length: strip.registers }, () => declare('v128'));
}
