/**
 * Copies that let the micro-kernel read one number after the other, whichever way a matrix lies: of B in strips of 4
 * columns, of A with every number twice.
 */
import {
  type Callable,
  choose,
  f64x2,
  i32,
  integers,
  leave,
  loopWhile,
  type Module,
  type Statement,
  v128,
  when,
} from './assembler/index.js';
import { TILE, TILE_ROW } from './tile.js';

export interface Packing {
  /** (to, b, bRow, n, k): strips of B, whose k rows of n columns lie bRow bytes apart. */
  readonly columns: Callable;
  /** The same where B is stored transposed: n rows of k numbers. */
  readonly rows: Callable;
  /** (to, a, aRow, aStep, k): 4 rows of A, aRow bytes apart, with numbers that lie aStep apart, each one twice. */
  readonly spread: Callable;
}

export function packing(module: Module): Packing {
  return { columns: packColumns(module), rows: packRows(module), spread: spreadRows(module) };
}

const matrix = integers('to', 'b', 'bRow', 'n', 'k');

function packColumns(module: Module): Callable {
  return module.procedure('packColumns', matrix, ({ to, b, bRow, n, k }, declare) => {
    const [p, end] = [declare('i32'), declare('i32')];
    const row = (...copy: Statement[]): Statement =>
      loopWhile(i32.ne(to, end), [...copy, p.set(i32.add(p, bRow)), to.set(i32.add(to, TILE_ROW))]);
    return [
      loopWhile(n, [
        p.set(b),
        end.set(i32.add(to, i32.mul(k, TILE_ROW))),
        when(i32.ltU(n, TILE), [
          // The last strip: what lies behind the row is not ours to read.
          row(
            when(i32.gtU(n, 1), [v128.store(to, v128.load(p))], [v128.store(to, f64x2.loadLow(p))]),
            when(i32.gtU(n, 2), [v128.store(to, f64x2.loadLow(p, 16), 16)]),
          ),
          leave,
        ]),
        row(v128.store(to, v128.load(p)), v128.store(to, v128.load(p, 16), 16)),
        b.set(i32.add(b, TILE_ROW)),
        n.set(i32.sub(n, TILE)),
      ]),
    ];
  });
}

function packRows(module: Module): Callable {
  return module.procedure('packRows', matrix, ({ to, b, bRow, n, k }, declare) => {
    const end = declare('i32');
    const at = [0, 1, 2, 3].map(() => declare('i32'));
    const [x0, x1, x2, x3] = [
      declare('v128'),
      declare('v128'),
      declare('v128'),
      declare('v128'),
    ] as const;
    /** The numbers that column `lane` of the registers holds, as a row of the strip. */
    const row = (lane: 0 | 1): Statement[] => [
      v128.store(to, f64x2.pick(x0, lane, x1, lane), lane * TILE_ROW),
      v128.store(to, f64x2.pick(x2, lane, x3, lane), lane * TILE_ROW + 16),
    ];
    const read = (load: typeof v128.load): Statement[] =>
      [x0, x1, x2, x3].map((x, i) => x.set(load(at[i]!)));
    return [
      loopWhile(n, [
        // In the last strip, the first row stands in for those that there are not.
        at[0]!.set(b),
        ...[1, 2, 3].map((i) =>
          at[i]!.set(i32.add(b, choose(i32.gtU(n, i), i32.mul(bRow, i), i32.const(0)))),
        ),
        end.set(i32.add(to, i32.mul(i32.and(k, -2), TILE_ROW))),
        loopWhile(i32.ne(to, end), [
          ...read(v128.load),
          ...row(0),
          ...row(1),
          ...at.map((p) => p.set(i32.add(p, 16))),
          to.set(i32.add(to, 2 * TILE_ROW)),
        ]),
        when(i32.and(k, 1), [...read(f64x2.loadLow), ...row(0), to.set(i32.add(to, TILE_ROW))]),
        when(i32.leU(n, TILE), [leave]),
        b.set(i32.add(b, i32.mul(bRow, TILE))),
        n.set(i32.sub(n, TILE)),
      ]),
    ];
  });
}

function spreadRows(module: Module): Callable {
  const parameters = integers('to', 'a', 'aRow', 'aStep', 'k');
  return module.procedure('packSpread', parameters, (given, declare) => {
    const { to, a, aRow, aStep, k } = given;
    const at = Array.from({ length: TILE }, () => declare('i32'));
    return [
      ...at.map((p, row) => p.set(row === 0 ? a : i32.add(at[row - 1]!, aRow))),
      loopWhile(k, [
        ...at.map((p, row) => v128.store(to, f64x2.loadSplat(p), 16 * row)),
        ...at.map((p) => p.set(i32.add(p, aStep))),
        to.set(i32.add(to, 16 * TILE)),
        k.set(i32.sub(k, 1)),
      ]),
    ];
  });
}
