import {
  call,
  choose,
  f64,
  f64x2,
  i32,
  leave,
  loopWhile,
  type Module,
  v128,
  when,
} from './assembler.js';
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
