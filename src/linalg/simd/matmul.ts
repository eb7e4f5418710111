/**
 * C = A·B. The micro-kernel (`tile.ts`) does the arithmetic; here is the order of the work, so that what it reads is near.
 *
 * B is cut into blocks of 256 × 256, which fit into the second-level cache, and a block is copied so that each strip of 4
 * columns lies in one piece (`pack.ts`). Then the rows of A go past it, 4 at a time. Between two blocks of k the sums wait in
 * C itself: a sum is never restarted, so its terms are added in the order of the textbook loop.
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
  leave,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  when,
} from './assembler.js';
import { matrixTimesVector, vectorTimesMatrix } from './matrix-vector.js';
import { type Packing, packing } from './pack.js';
import { TILE, TILE_ROW, type Tiles, tiles } from './tile.js';

/**
 * The rows from … to − 1 of C [m, n] = A [m, k]·B [k, n]. Of a stack of such products the rows are counted on: row m
 * is the first of the second C. Options are bits: 1 for Aᵀ, 2 for Bᵀ, 4 for C + A·B.
 */
export type MatmulKernel = (
  c: number,
  a: number,
  b: number,
  m: number,
  n: number,
  k: number,
  options: number,
  from: number,
  to: number,
) => void;

export const TRANSPOSE_A = 1;
export const TRANSPOSE_B = 2;
export const ACCUMULATE = 4;

/** A block of B: terms, and columns. */
const DEPTH = 256;
const WIDTH = 256;
/** Rows of sums that wait in the scratch memory, where they can not wait in C because they are to be added to it. */
const HEIGHT = 64;

/** Where what lies in the scratch memory, in bytes: a block of B, 4 rows of A, the sums. */
const SPREAD = 8 * DEPTH * WIDTH;
const SUMS = SPREAD + 16 * TILE * DEPTH;

/** B is copied where more rows than this use the copy, unless its rows are so short that strips lie near anyway. */
const FEW_ROWS = 12;
const SHORT_ROW = 16;
/** A is spread where more columns than this use the copy. */
const FEW_COLUMNS = 32;

type Int = Expression<'i32'>;
const least = (a: Int, b: Int): Int => choose(i32.ltU(a, b), a, b);
const bytes = (count: Int): Int => i32.shl(count, 3);

export function matmulKernels(module: Module): void {
  const pack = packing(module);
  const product = blocks(module, pack, band(module, tiles(module), pack));
  const parameters = integers('c', 'a', 'b', 'm', 'n', 'k', 'options', 'from', 'to');
  module.procedure('matmul', parameters, (given, declare) => {
    const { c, a, b, m, n, k, options, from, to } = given;
    const [part, first, rows] = [declare('i32'), declare('i32'), declare('i32')];
    const [aRow, aStep] = [declare('i32'), declare('i32')];
    return [
      // A row that is a column lies the same, transposed or not.
      when(
        i32.and(i32.and(options, TRANSPOSE_A), i32.gtU(k, 1)),
        [aRow.set(i32.const(8)), aStep.set(bytes(m))],
        [aRow.set(bytes(k)), aStep.set(i32.const(8))],
      ),
      when(i32.leU(n, 1), [options.set(i32.and(options, ~TRANSPOSE_B))]),
      loopWhile(i32.ltU(from, to), [
        part.set(i32.divU(from, m)),
        first.set(i32.sub(from, i32.mul(part, m))),
        rows.set(least(i32.sub(m, first), i32.sub(to, from))),
        call(
          product,
          i32.add(c, bytes(i32.mul(from, n))),
          i32.add(i32.add(a, bytes(i32.mul(part, i32.mul(m, k)))), i32.mul(first, aRow)),
          aRow,
          aStep,
          i32.add(b, bytes(i32.mul(part, i32.mul(k, n)))),
          i32.and(options, TRANSPOSE_B),
          rows,
          n,
          k,
          i32.and(options, ACCUMULATE),
        ),
        from.set(i32.add(from, rows)),
      ]),
    ];
  });
}

/** m rows of C, block by block of B. */
function blocks(module: Module, pack: Packing, band: Callable): Callable {
  const parameters = integers(
    'c',
    'a',
    'aRow',
    'aStep',
    'b',
    'transposed',
    'm',
    'n',
    'k',
    'adding',
  );
  const add = addSums(module);
  const vectorMatrix = vectorTimesMatrix(module);
  const matrixVector = matrixTimesVector(module);
  return module.procedure('matmulBlocks', parameters, (given, declare) => {
    const { c, a, aRow, aStep, b, transposed, m, n, k, adding } = given;
    const int = (): Local<'i32'> => declare('i32');
    const [i, j, l, height, rows, width, depth] = [int(), int(), int(), int(), int(), int(), int()];
    const [cRow, bRow, bHere, goal, sums, sumsRow] = [int(), int(), int(), int(), int(), int()];
    const [packed, spread, held, whole, rest] = [int(), int(), int(), int(), int()];
    const rowsTimes = (from: Int, strip: Int, step: Int, next: Int, count: Int): Statement =>
      call(
        band,
        i32.add(sums, bytes(from)),
        sumsRow,
        i32.add(i32.add(a, i32.mul(i, aRow)), i32.mul(l, aStep)),
        aRow,
        aStep,
        spread,
        rows,
        strip,
        step,
        next,
        count,
        depth,
        i32.ne(l, 0),
        i32.and(i32.ne(adding, 0), i32.eqz(held)),
      );
    const strips = i32.mul(depth, TILE_ROW);
    return [
      cRow.set(bytes(n)),
      bRow.set(bytes(choose(transposed, k, n))),
      packed.set(i32.or(transposed, i32.and(i32.gtU(m, FEW_ROWS), i32.gtU(n, SHORT_ROW)))),
      spread.set(i32.or(i32.ne(aStep, 8), i32.gtU(n, FEW_COLUMNS))),
      when(i32.eqz(k), [when(adding, [leave]), ...zeros(c, i32.mul(m, n), goal), leave]),
      when(i32.eq(n, 1), [
        when(
          i32.eq(aStep, 8),
          [call(matrixVector, c, a, aRow, b, m, k, adding)],
          [call(vectorMatrix, c, b, a, aStep, m, k, adding)],
        ),
        leave,
      ]),
      when(i32.and(i32.eq(m, 1), i32.eq(aStep, 8)), [
        when(
          transposed,
          [call(matrixVector, c, b, bRow, a, n, k, adding)],
          [call(vectorMatrix, c, a, b, bRow, n, k, adding)],
        ),
        leave,
      ]),
      held.set(i32.and(i32.ne(adding, 0), i32.gtU(k, DEPTH))),
      height.set(choose(held, i32.const(HEIGHT), m)),
      steps(j, n, WIDTH, width, [
        steps(i, m, height, rows, [
          goal.set(i32.add(i32.add(c, i32.mul(i, cRow)), bytes(j))),
          sums.set(choose(held, i32.add(scratch, SUMS), goal)),
          sumsRow.set(choose(held, i32.const(8 * WIDTH), cRow)),
          steps(l, k, DEPTH, depth, [
            when(
              transposed,
              [
                bHere.set(i32.add(i32.add(b, i32.mul(j, bRow)), bytes(l))),
                call(pack.rows, scratch, bHere, bRow, width, depth),
              ],
              [
                bHere.set(i32.add(i32.add(b, i32.mul(l, bRow)), bytes(j))),
                when(packed, [call(pack.columns, scratch, bHere, bRow, width, depth)]),
              ],
            ),
            when(
              packed,
              [rowsTimes(i32.const(0), scratch, i32.const(TILE_ROW), strips, width)],
              [
                // B as it lies, but for a strip that is not whole: what lies behind it is not ours to read.
                whole.set(i32.and(width, -TILE)),
                rest.set(i32.sub(width, whole)),
                when(whole, [rowsTimes(i32.const(0), bHere, bRow, i32.const(TILE_ROW), whole)]),
                when(rest, [
                  call(pack.columns, scratch, i32.add(bHere, bytes(whole)), bRow, rest, depth),
                  rowsTimes(whole, scratch, i32.const(TILE_ROW), strips, rest),
                ]),
              ],
            ),
          ]),
          when(held, [call(add, goal, cRow, sums, rows, width)]),
        ]),
      ]),
    ];
  });
}

/** body for i = 0, `most`, 2·most, … below n, where `now` is how many there are from i on, `most` at most. */
function steps(
  i: Local<'i32'>,
  n: Local<'i32'>,
  most: number | Local<'i32'>,
  now: Local<'i32'>,
  body: readonly Statement[],
): Statement {
  const limit = typeof most === 'number' ? i32.const(most) : most;
  const next = now.set(least(limit, i32.sub(n, i)));
  return when(n, [
    i.set(i32.const(0)),
    loopWhile(i32.ltU(i, n), [next, ...body, i.set(i32.add(i, now))]),
  ]);
}

/** m rows of C and of A against some strips of B, 4 rows at a time. */
function band(module: Module, { rows, spread: spreads }: Tiles, pack: Packing): Callable {
  const parameters = integers(
    'c',
    'cRow',
    'a',
    'aRow',
    'aStep',
    'spread',
    'm',
    'b',
    'bStep',
    'bStrip',
    'n',
    'k',
    'carried',
    'adding',
  );
  return module.procedure('matmulBand', parameters, (given) => {
    const { c, cRow, a, aRow, aStep, spread, m, b, bStep, bStrip, n, k, carried, adding } = given;
    const copy = i32.add(scratch, SPREAD);
    const times = (count: number): Statement =>
      when(
        spread,
        [
          call(pack.spread[count - 1]!, copy, a, aRow, aStep, k),
          call(spreads[count - 1]!, c, cRow, copy, aRow, b, bStep, bStrip, n, k, carried, adding),
        ],
        [call(rows[count - 1]!, c, cRow, a, aRow, b, bStep, bStrip, n, k, carried, adding)],
      );
    return [
      loopWhile(i32.geU(m, TILE), [
        times(TILE),
        c.set(i32.add(c, i32.mul(cRow, TILE))),
        a.set(i32.add(a, i32.mul(aRow, TILE))),
        m.set(i32.sub(m, TILE)),
      ]),
      ...[1, 2, 3].map((count) => when(i32.eq(m, count), [times(count)])),
    ];
  });
}

/** `count` doubles from p on become +0. */
function zeros(p: Local<'i32'>, count: Int, end: Local<'i32'>): readonly Statement[] {
  return [
    end.set(i32.add(p, bytes(count))),
    loopWhile(i32.ne(p, end), [f64.store(p, 0), p.set(i32.add(p, 8))]),
  ];
}

/** Adds rows of finished sums, WIDTH apart, to rows of C. */
function addSums(module: Module): Callable {
  const parameters = integers('c', 'cRow', 'sums', 'rows', 'width');
  return module.procedure('matmulAddSums', parameters, (given, declare) => {
    const { c, cRow, sums, rows, width } = given;
    const at = declare('i32');
    return [
      loopWhile(rows, [
        at.set(i32.const(0)),
        loopWhile(i32.ltU(at, bytes(width)), [
          f64.store(i32.add(c, at), f64.add(f64.load(i32.add(c, at)), f64.load(i32.add(sums, at)))),
          at.set(i32.add(at, 8)),
        ]),
        c.set(i32.add(c, cRow)),
        sums.set(i32.add(sums, 8 * WIDTH)),
        rows.set(i32.sub(rows, 1)),
      ]),
    ];
  });
}
