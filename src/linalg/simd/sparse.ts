/**
 * Products with a matrix by compressed rows: entries rowStart[i] up to rowStart[i + 1] of columnIndex and values belong to
 * row i. Each element of a result adds its terms one after the other, as the loops of ../sparse/sparse-kernels.ts do; two columns of
 * a dense factor share a register.
 */
import {
  type Expression,
  f64,
  f64x2,
  type I32,
  i32,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  type V128,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

export interface SparseKernels {
  /** Rows from … to − 1 of y = A·x. */
  sparseTimesVector: SparseKernel;
  /** The whole of y = Aᵀ·x, into zeros, by rows from … to − 1 of A; one part after the other. */
  sparseTransposeTimesVector: SparseKernel;
  /** Rows from … to − 1 of Y = A·X, for X with k columns. */
  sparseTimesDense: SparseDenseKernel;
  /** Y = Aᵀ·X, into zeros, by rows from … to − 1 of A. */
  sparseTransposeTimesDense: SparseDenseKernel;
}

type SparseKernel = (
  y: number,
  rowStart: number,
  columnIndex: number,
  values: number,
  x: number,
  from: number,
  to: number,
) => void;

type SparseDenseKernel = (
  y: number,
  rowStart: number,
  columnIndex: number,
  values: number,
  x: number,
  k: number,
  from: number,
  to: number,
) => void;

/** Columns of X that are done at once: widths of strips, in registers. Sixteen numbers are two cache lines. */
const WIDTHS = [8, 4, 2, 1] as const;

const arrays = {
  y: 'i32',
  rowStart: 'i32',
  columnIndex: 'i32',
  values: 'i32',
  x: 'i32',
} as const;

type Integer = Local<'i32'>;

/** Element i of the integers that begin at `start`. */
const integerAt = (start: Integer, i: Integer): Expression<'i32'> => i32.add(start, i32.shl(i, 2));

export function sparseKernels(module: Module): void {
  vectorKernels(module);
  denseKernels(module);
}

function vectorKernels(module: Module): void {
  const parameters = { ...arrays, from: 'i32', to: 'i32' } as const;
  module.procedure('sparseTimesVector', parameters, (given, declare) => {
    const { y, rowStart, columnIndex, values, x, from, to } = given;
    const s = declare('f64');
    const [column, value, end] = [declare('i32'), declare('i32'), declare('i32')];
    /** One entry, so many places behind the next. */
    const term = (ahead: number): Statement =>
      s.set(
        f64.add(
          s,
          f64.mul(
            f64.load(value, 8 * ahead),
            f64.load(i32.add(x, i32.shl(i32.load(column, 4 * ahead), 3))),
          ),
        ),
      );
    const forward = (count: number): Statement[] => [
      column.set(i32.add(column, 4 * count)),
      value.set(i32.add(value, 8 * count)),
    ];
    return [
      rowStart.set(integerAt(rowStart, from)),
      y.set(elementAt(y, from)),
      column.set(i32.add(columnIndex, i32.shl(i32.load(rowStart), 2))),
      value.set(i32.add(values, i32.shl(i32.load(rowStart), 3))),
      loopWhile(i32.ltU(from, to), [
        s.set(f64.const(0)),
        end.set(i32.add(columnIndex, i32.shl(i32.load(rowStart, 4), 2))),
        loopWhile(i32.leU(i32.add(column, 16), end), [...[0, 1, 2, 3].map(term), ...forward(4)]),
        loopWhile(i32.ltU(column, end), [term(0), ...forward(1)]),
        f64.store(y, s),
        y.set(i32.add(y, 8)),
        rowStart.set(i32.add(rowStart, 4)),
        from.set(i32.add(from, 1)),
      ]),
    ];
  });

  module.procedure('sparseTransposeTimesVector', parameters, (given, declare) => {
    const { y, rowStart, columnIndex, values, x, from, to } = given;
    const xi = declare('f64');
    const [column, value, end, at] = [0, 1, 2, 3].map(() => declare('i32')) as [
      Integer,
      Integer,
      Integer,
      Integer,
    ];
    return [
      rowStart.set(integerAt(rowStart, from)),
      x.set(elementAt(x, from)),
      column.set(i32.add(columnIndex, i32.shl(i32.load(rowStart), 2))),
      value.set(i32.add(values, i32.shl(i32.load(rowStart), 3))),
      loopWhile(i32.ltU(from, to), [
        xi.set(f64.load(x)),
        end.set(i32.add(columnIndex, i32.shl(i32.load(rowStart, 4), 2))),
        loopWhile(i32.ltU(column, end), [
          at.set(i32.add(y, i32.shl(i32.load(column), 3))),
          f64.store(at, f64.add(f64.load(at), f64.mul(f64.load(value), xi))),
          column.set(i32.add(column, 4)),
          value.set(i32.add(value, 8)),
        ]),
        x.set(i32.add(x, 8)),
        rowStart.set(i32.add(rowStart, 4)),
        from.set(i32.add(from, 1)),
      ]),
    ];
  });
}

/** How the columns of a strip go from and to memory: in pairs, or the last one alone. */
interface Access {
  load(address: I32, offset: number): V128;
  store(address: I32, value: V128, offset: number): Statement;
}

const pairs: Access = { load: v128.load, store: v128.store };
const single: Access = {
  load: f64x2.loadLow,
  store: (address, value, offset) => f64x2.storeLane(0, address, value, offset),
};

/** What a strip of some registers does with a row: before its entries, with each of them, and behind them. */
interface RowProduct {
  /** @param here where the row's strip begins: in Y for A·X, in X for Aᵀ·X */
  before(own: readonly Local<'v128'>[], here: Integer, access: Access): Statement[];
  /** @param there where the strip of the entry's column begins: in X, and in Y */
  entry(own: readonly Local<'v128'>[], value: V128, there: Integer, access: Access): Statement[];
  after(own: readonly Local<'v128'>[], here: Integer, access: Access): Statement[];
}

/** The sums of a row of Y wait in registers. */
const timesDense: RowProduct = {
  before: (sums) => sums.map((s) => s.set(f64x2.splat(0))),
  entry: (sums, value, there, { load }) =>
    sums.map((s, j) => s.set(f64x2.add(s, f64x2.mul(value, load(there, 16 * j))))),
  after: (sums, here, { store }) => sums.map((s, j) => store(here, s, 16 * j)),
};

/** A row of X stays in registers, and goes to wherever the row's entries send it. */
const transposeTimesDense: RowProduct = {
  before: (held, here, { load }) => held.map((x, j) => x.set(load(here, 16 * j))),
  entry: (held, value, there, { load, store }) =>
    held.map((x, j) => store(there, f64x2.add(load(there, 16 * j), f64x2.mul(value, x)), 16 * j)),
  after: () => [],
};

function denseKernels(module: Module): void {
  const parameters = { ...arrays, k: 'i32', from: 'i32', to: 'i32' } as const;
  for (const [name, product] of [
    ['sparseTimesDense', timesDense],
    ['sparseTransposeTimesDense', transposeTimesDense],
  ] as const) {
    module.procedure(name, parameters, (given, declare) => {
      const { y, rowStart, columnIndex, values, x, k, from, to } = given;
      const [rows, columns] = product === timesDense ? [y, x] : [x, y];
      const registers = Array.from({ length: WIDTHS[0] }, () => declare('v128'));
      const value = declare('v128');
      const [i, start, p, end, here, there, c] = Array.from({ length: 7 }, () =>
        declare('i32'),
      ) as [Integer, Integer, Integer, Integer, Integer, Integer, Integer];
      const strip = (width: number, access: Access): Statement[] => {
        const own = registers.slice(0, width);
        const column = i32.load(integerAt(columnIndex, p));
        return [
          i.set(from),
          start.set(integerAt(rowStart, from)),
          here.set(elementAt(rows, i32.add(i32.mul(from, k), c))),
          loopWhile(i32.ltU(i, to), [
            p.set(i32.load(start)),
            end.set(i32.load(start, 4)),
            ...product.before(own, here, access),
            loopWhile(i32.ltU(p, end), [
              value.set(f64x2.loadSplat(elementAt(values, p))),
              there.set(elementAt(columns, i32.add(i32.mul(column, k), c))),
              ...product.entry(own, value, there, access),
              p.set(i32.add(p, 1)),
            ]),
            ...product.after(own, here, access),
            here.set(elementAt(here, k)),
            start.set(i32.add(start, 4)),
            i.set(i32.add(i, 1)),
          ]),
        ];
      };
      return strips(c, k, strip);
    });
  }
}

/** All k columns: the widest strips as often as they fit, each narrower one at most once, and a last column alone. */
function strips(
  c: Integer,
  k: Integer,
  strip: (width: number, access: Access) => Statement[],
): Statement[] {
  const whole = WIDTHS.map((width, i) => {
    const fits = i32.leU(i32.add(c, 2 * width), k);
    const step = [...strip(width, pairs), c.set(i32.add(c, 2 * width))];
    return i === 0 ? loopWhile(fits, step) : when(fits, step);
  });
  return [...whole, when(i32.ltU(c, k), strip(1, single))];
}
