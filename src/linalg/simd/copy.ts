import {
  type Callable,
  call,
  choose,
  f64,
  f64x2,
  i32,
  leave,
  loopWhile,
  type Module,
  type Statement,
  v128,
  when,
} from './assembler/index.js';
import { elementAt } from './elementwise.js';

export interface CopyKernels {
  /**
   * Element i of row r of y is that of x; so many bytes lie between rows and between elements. Elements from … to − 1,
   * counted through all rows of n.
   */
  copyRows(
    y: number,
    yRow: number,
    yStep: number,
    x: number,
    xRow: number,
    xStep: number,
    n: number,
    from: number,
    to: number,
  ): void;
  fill(y: number, value: number, from: number, to: number): void;
}

export function copyKernels(module: Module): void {
  // By itself rather than by the engine: JavaScript copies and fills shared memory number by number.
  const along = { y: 'i32', yStep: 'i32', x: 'i32', xStep: 'i32', n: 'i32' } as const;
  const copy = module.procedure('copy', along, ({ y, yStep, x, xStep, n }) => [
    when(i32.and(i32.eq(yStep, 8), i32.eq(xStep, 8)), [
      loopWhile(i32.geU(n, 4), [
        v128.store(y, v128.load(x)),
        v128.store(y, v128.load(x, 16), 16),
        x.set(i32.add(x, 32)),
        y.set(i32.add(y, 32)),
        n.set(i32.sub(n, 4)),
      ]),
    ]),
    loopWhile(n, [
      f64.store(y, f64.load(x)),
      x.set(i32.add(x, xStep)),
      y.set(i32.add(y, yStep)),
      n.set(i32.sub(n, 1)),
    ]),
  ]);

  const turn = transposeEight(module);
  const rows = {
    y: 'i32',
    yRow: 'i32',
    yStep: 'i32',
    x: 'i32',
    xRow: 'i32',
    xStep: 'i32',
    n: 'i32',
    from: 'i32',
    to: 'i32',
  } as const;
  module.procedure('copyRows', rows, ({ y, yRow, yStep, x, xRow, xStep, n, from, to }, declare) => {
    const first = declare('i32');
    const length = declare('i32');
    const row = declare('i32');
    const rest = i32.sub(to, from);
    return [
      when(i32.eq(from, to), [leave]),
      first.set(i32.remU(from, n)),
      row.set(i32.divU(from, n)),
      y.set(i32.add(y, i32.mul(row, yRow))),
      x.set(i32.add(x, i32.mul(row, xRow))),
      loopWhile(i32.ltU(from, to), [
        // Rows of y that are columns of x: by eight, for eight numbers of a row of x are a cache line.
        when(i32.and(i32.eq(yStep, 8), i32.and(i32.eq(xRow, 8), i32.eqz(first))), [
          loopWhile(i32.geU(rest, i32.shl(n, 3)), [
            call(turn, y, yRow, x, xStep, n),
            from.set(i32.add(from, i32.shl(n, 3))),
            y.set(i32.add(y, i32.shl(yRow, 3))),
            x.set(i32.add(x, 64)),
          ]),
          when(i32.eq(from, to), [leave]),
        ]),
        length.set(i32.sub(n, first)),
        length.set(choose(i32.ltU(length, rest), length, rest)),
        call(
          copy,
          i32.add(y, i32.mul(first, yStep)),
          yStep,
          i32.add(x, i32.mul(first, xStep)),
          xStep,
          length,
        ),
        from.set(i32.add(from, length)),
        first.set(i32.const(0)),
        y.set(i32.add(y, yRow)),
        x.set(i32.add(x, xRow)),
      ]),
    ];
  });

  const filled = { y: 'i32', value: 'f64', from: 'i32', to: 'i32' } as const;
  module.procedure('fill', filled, ({ y, value, from, to }, declare) => {
    const end = declare('i32');
    return [
      end.set(elementAt(y, to)),
      y.set(elementAt(y, from)),
      loopWhile(i32.leU(i32.add(y, 32), end), [
        v128.store(y, f64x2.splat(value)),
        v128.store(y, f64x2.splat(value), 16),
        y.set(i32.add(y, 32)),
      ]),
      loopWhile(i32.ltU(y, end), [f64.store(y, value), y.set(i32.add(y, 8))]),
    ];
  });
}

/** Eight columns of x [n, …], its rows `xStep` bytes apart, become eight rows of y, `yRow` bytes apart. */
function transposeEight(module: Module): Callable {
  const parameters = { y: 'i32', yRow: 'i32', x: 'i32', xStep: 'i32', n: 'i32' } as const;
  return module.procedure('transposeEight', parameters, ({ y, yRow, x, xStep, n }, declare) => {
    const rows = Array.from({ length: 8 }, () => declare('i32'));
    const [a, b] = [declare('v128'), declare('v128')];
    const forward = (count: number): Statement[] => [
      ...rows.map((row) => row.set(i32.add(row, 8 * count))),
      x.set(i32.add(x, i32.mul(xStep, count))),
      n.set(i32.sub(n, count)),
    ];
    const pairs = [0, 2, 4, 6].map((k) => [k, rows[k]!, rows[k + 1]!] as const);
    return [
      ...rows.map((row, k) => row.set(k === 0 ? y : i32.add(rows[k - 1]!, yRow))),
      // Squares of two by two: (a₀ a₁), (b₀ b₁) become (a₀ b₀), (a₁ b₁).
      loopWhile(i32.geU(n, 2), [
        ...pairs.flatMap(([k, upper, lower]) => [
          a.set(v128.load(x, 8 * k)),
          b.set(v128.load(i32.add(x, xStep), 8 * k)),
          v128.store(upper, f64x2.pick(a, 0, b, 0)),
          v128.store(lower, f64x2.pick(a, 1, b, 1)),
        ]),
        ...forward(2),
      ]),
      when(
        n,
        pairs.flatMap(([k, upper, lower]) => [
          a.set(v128.load(x, 8 * k)),
          f64x2.storeLane(0, upper, a),
          f64x2.storeLane(1, lower, a),
        ]),
      ),
    ];
  });
}
