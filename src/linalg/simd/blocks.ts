/**
 * The order of the work in a large product, so that what the micro-kernel (`tile.ts`) reads is near.
 *
 * B is cut into blocks of 256 × 256, which fit into the second-level cache, and a block is copied so that each strip of 4
 * columns lies in one piece (`pack.ts`). Then the rows of A go past it, 4 at a time. Between two blocks of k the sums wait in
 * C itself: a sum is never started anew, so its terms are added in the order of the textbook loop.
 */
import {
  type Callable,
  call,
  choose,
  type Expression,
  f64,
  i32,
  integers,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  when,
} from './assembler/index.js';
import { type Packing, packing } from './pack.js';
import { TILE, TILE_ROW, type Tiles, tiles } from './tile.js';

/** A block of B: terms, and columns. */
const DEPTH = 256;
const WIDTH = 256;

/** Where what lies in the scratch memory, in bytes: a block of B, 4 rows of A, sums. */
const SPREAD = 8 * DEPTH * WIDTH;
const SUMS = SPREAD + 16 * TILE * DEPTH;
/** Rows of sums that have room there: of a whole block's width, and of a strip or few. */
const HEIGHT = 64;
const NARROW = 16;
const NARROW_HEIGHT = (HEIGHT * WIDTH) / NARROW;

/** B is copied where more rows than this use the copy, unless its own rows are so short that strips lie near anyway. */
const FEW_ROWS = 12;
const SHORT_ROW = 16;
/** A is spread where more columns than this use the copy. */
const FEW_COLUMNS = 32;

export type Int = Expression<'i32'>;
const least = (a: Int, b: Int): Int => choose(i32.ltU(a, b), a, b);
export const bytes = (count: Int): Int => i32.shl(count, 3);

/**
 * C [m, n] = A [m, k]·B [k, n], or C + A·B where it is `adding`; k ≥ 1. Of each matrix: its address, and the bytes to
 * the number below and to the one on the right. The numbers of a row, or those of a column, lie next to each other.
 *
 * Where only the `upper` triangle is wanted, the rows are those from row `top` on, a multiple of 4, and C and A begin there; what lies
 * left of the 4 × 4 tiles on the diagonal is left alone.
 */
export function blocks(module: Module): Callable {
  const pack = packing(module);
  const rowsTimesStrips = band(module, tiles(module), pack);
  const finish = finishSums(module);
  const matrices = ['c', 'cRow', 'cStep', 'a', 'aRow', 'aStep', 'b', 'bRow', 'bStep'] as const;
  const parameters = integers(...matrices, 'm', 'n', 'k', 'adding', 'upper', 'top');
  return module.procedure('matmul_blocks', parameters, (given, declare) => {
    const { c, cRow, cStep, a, aRow, aStep, b, bRow, bStep, m, n, k, adding, upper, top } = given;
    const int = (): Local<'i32'> => declare('i32');
    const [i, j, l, height, rows, width, depth] = [int(), int(), int(), int(), int(), int(), int()];
    const [here, goal, sums, sumsRow] = [int(), int(), int(), int()];
    const [packed, spread, held, whole, rest] = [int(), int(), int(), int(), int()];
    const none = i32.const(0);
    /** The rows of A against `columns` columns of B, from column `first` of the block on. */
    const times = (columns: Int, first: Int, strip: Int, step: Int, next: Int): Statement =>
      call(
        rowsTimesStrips,
        ...[i32.add(sums, bytes(first)), sumsRow],
        ...[place(a, i, aRow, l, aStep), aRow, aStep, spread, rows],
        ...[strip, step, next, columns, depth],
        ...[
          choose(upper, i32.sub(i32.add(top, i), i32.add(j, first)), none),
          choose(upper, i32.const(TILE), none),
        ],
        ...[i32.ne(l, 0), i32.and(i32.ne(adding, 0), i32.eqz(held))],
      );
    const copied = (columns: Int, first: Int): Statement =>
      times(columns, first, scratch, i32.const(TILE_ROW), i32.mul(depth, TILE_ROW));
    return [
      packed.set(i32.or(i32.ne(bStep, 8), i32.and(i32.gtU(m, FEW_ROWS), i32.gtU(n, SHORT_ROW)))),
      spread.set(i32.or(i32.ne(aStep, 8), i32.gtU(n, FEW_COLUMNS))),
      // Sums that are not yet to be seen in C wait elsewhere: what they are added to stands there, or they lie the other way.
      held.set(i32.or(i32.and(i32.ne(adding, 0), i32.gtU(k, DEPTH)), i32.ne(cStep, 8))),
      height.set(m),
      when(held, [
        height.set(choose(i32.leU(n, NARROW), i32.const(NARROW_HEIGHT), i32.const(HEIGHT))),
      ]),
      j.set(top),
      steps(j, n, i32.const(WIDTH), width, [
        i.set(none),
        steps(i, m, height, rows, [
          goal.set(place(c, i, cRow, j, cStep)),
          sums.set(choose(held, i32.add(scratch, SUMS), goal)),
          sumsRow.set(choose(held, bytes(width), cRow)),
          l.set(none),
          steps(l, k, i32.const(DEPTH), depth, [
            here.set(place(b, l, bRow, j, bStep)),
            when(
              packed,
              [
                when(
                  i32.eq(bStep, 8),
                  [call(pack.columns, scratch, here, bRow, width, depth)],
                  [call(pack.rows, scratch, here, bStep, width, depth)],
                ),
                copied(width, none),
              ],
              [
                // B as it lies, but for a strip that is not whole: what lies behind its rows is not ours to read.
                whole.set(i32.and(width, -TILE)),
                rest.set(i32.sub(width, whole)),
                when(whole, [times(whole, none, here, bRow, i32.const(TILE_ROW))]),
                when(rest, [
                  call(pack.columns, scratch, i32.add(here, bytes(whole)), bRow, rest, depth),
                  copied(rest, whole),
                ]),
              ],
            ),
          ]),
          when(held, [call(finish, goal, cRow, cStep, sums, rows, width, adding)]),
        ]),
      ]),
    ];
  });
}

/** The address of row i, column j. */
function place(start: Int, i: Int, row: Int, j: Int, step: Int): Int {
  return i32.add(i32.add(start, i32.mul(i, row)), i32.mul(j, step));
}

/** body from where i stands to n in steps of `most`; `now` is how many there are from i on, `most` at most. */
function steps(
  i: Local<'i32'>,
  n: Local<'i32'>,
  most: Int,
  now: Local<'i32'>,
  body: readonly Statement[],
): Statement {
  return loopWhile(i32.ltU(i, n), [
    now.set(least(most, i32.sub(n, i))),
    ...body,
    i.set(i32.add(i, now)),
  ]);
}

/**
 * m rows of A against n columns of B, which lie in strips: 4 rows at a time. The first 4 leave out `skip` columns (none if it is
 * below 0), each following 4 so many more.
 */
function band(module: Module, { rows, spread: spreadTiles }: Tiles, pack: Packing): Callable {
  const strips = ['b', 'bStep', 'bStrip', 'n', 'k', 'skip', 'more', 'carried', 'adding'] as const;
  const parameters = integers('c', 'cRow', 'a', 'aRow', 'aStep', 'spread', 'm', ...strips);
  return module.procedure('matmul_band', parameters, (given, declare) => {
    const { c, cRow, a, aRow, aStep, spread, m } = given;
    const { b, bStep, bStrip, n, k, skip, more, carried, adding } = given;
    const [left, copy] = [declare('i32'), i32.add(scratch, SPREAD)];
    const times = (tile: Callable, from: Int): Statement =>
      call(
        tile,
        ...[i32.add(c, bytes(left)), cRow, from, aRow, aStep],
        ...[i32.add(b, i32.mul(i32.shrU(left, 2), bStrip)), bStep, bStrip, i32.sub(n, left), k],
        ...[carried, adding],
      );
    const unlessSkipped = (...what: Statement[]): Statement[] => [
      left.set(choose(i32.gt(skip, 0), skip, i32.const(0))),
      when(i32.ltU(left, n), what),
    ];
    return [
      loopWhile(i32.geU(m, TILE), [
        ...unlessSkipped(
          when(
            spread,
            [call(pack.spread, copy, a, aRow, aStep, k), times(spreadTiles, copy)],
            [times(rows[TILE - 1]!, a)],
          ),
        ),
        c.set(i32.add(c, i32.mul(cRow, TILE))),
        a.set(i32.add(a, i32.mul(aRow, TILE))),
        m.set(i32.sub(m, TILE)),
        skip.set(i32.add(skip, more)),
      ]),
      ...unlessSkipped(
        ...[1, 2, 3].map((count) => when(i32.eq(m, count), [times(rows[count - 1]!, a)])),
      ),
    ];
  });
}

/** Finished sums [rows, width] go to C, or are added to it. */
function finishSums(module: Module): Callable {
  const parameters = integers('c', 'cRow', 'cStep', 'sums', 'rows', 'width', 'adding');
  return module.procedure('matmul_finish', parameters, (given, declare) => {
    const { c, cRow, cStep, sums, rows, width, adding } = given;
    const [p, left] = [declare('i32'), declare('i32')];
    return [
      loopWhile(rows, [
        p.set(c),
        left.set(width),
        loopWhile(left, [
          when(
            adding,
            [f64.store(p, f64.add(f64.load(p), f64.load(sums)))],
            [f64.store(p, f64.load(sums))],
          ),
          sums.set(i32.add(sums, 8)),
          p.set(i32.add(p, cStep)),
          left.set(i32.sub(left, 1)),
        ]),
        c.set(i32.add(c, cRow)),
        rows.set(i32.sub(rows, 1)),
      ]),
    ];
  });
}

/** What a product of no terms leaves of `count` doubles from p on: +0, or themselves + 0 (which makes −0 to 0). */
export function noTerms(
  p: Local<'i32'>,
  count: Int,
  adding: Int,
  end: Local<'i32'>,
): readonly Statement[] {
  return [
    end.set(i32.add(p, bytes(count))),
    loopWhile(i32.ne(p, end), [
      when(adding, [f64.store(p, f64.add(f64.load(p), 0))], [f64.store(p, 0)]),
      p.set(i32.add(p, 8)),
    ]),
  ];
}
