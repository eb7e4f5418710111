/**
 * The micro-kernel of a matrix product: a tile of C, up to 4 rows × 4 columns, whose running sums stay in registers
 * while k runs. (A register holds two doubles, so the sums of a tile are 8 of the 16 registers there are.)
 *
 * For each k it takes 4 numbers of B, in two registers, and a number of A for each row, which stands in both lanes
 * of a register and is multiplied with the four:
 *
 *            b₀b₁  b₂b₃
 *     a₀a₀   c c   c c
 *     a₁a₁   c c   c c        8 multiplications and 8 additions, of 2 doubles each,
 *     a₂a₂   c c   c c        for 6 loads
 *     a₃a₃   c c   c c
 *
 * A lane adds a·b for ascending k, one at a time, which is what the textbook loop does: so it has the same bits.
 *
 * Who has not seen such code before: `v128.load(q, 16)` is the two doubles that lie 16 bytes behind the address q, and
 * `sum.set(f64x2.add(sum, f64x2.mul(both, left)))` is sum += both·left for two lanes at once. The TypeScript around
 * it (`map`, `flatMap`, a spread list) runs once, when the code is written: where it goes through 4 rows, the code has
 * 4 instructions, and a variable for each row.
 */
import {
  block,
  type Callable,
  type Declare,
  f64x2,
  i32,
  jump,
  jumpIf,
  type Local,
  leave,
  loop,
  loopWhile,
  type Module,
  type Statement,
  type V128,
  v128,
  when,
} from './assembler/index.js';

/** Columns of a tile, and its rows at most. */
export const TILE = 4;
/** Bytes of a row of a tile: of C, and of a packed strip of B. */
export const TILE_ROW: number = 8 * TILE;

/**
 * How a tile finds A. In `rows` as it lies in memory: each row has its address, and a number is put
 * into both lanes when it is loaded, which is more work for the processor than a load. `spread` has every
 * number twice already: the four rows' first numbers, then their second ones, and so on.
 */
type Form = 'rows' | 'spread';

/** Terms in one turn of the loop, where there are four rows. */
const UNROLLED = { rows: 8, spread: 16 } as const;

/** What a row of tiles is told. Everything is an address, a number of bytes, a count or yes (1) and no (0). */
const PARAMETERS = {
  /** The first row of C here, and the bytes from one row to the next. */
  c: 'i32',
  cRow: 'i32',
  a: 'i32',
  /** From one row of A to the next, and from a number to the next in its row: 8 where there are four rows. */
  aRow: 'i32',
  aStep: 'i32',
  /** The first strip of B: 4 columns. From one of its rows to the next, from one strip to the next. */
  b: 'i32',
  bStep: 'i32',
  bStrip: 'i32',
  /** Columns of C here. Where they are no multiple of 4, the last strip of B is filled up with what you like. */
  n: 'i32',
  /** Terms, at least 1. */
  k: 'i32',
  /** Whether the sums go on from what C holds (they start from +0 otherwise). */
  carried: 'i32',
  /** Whether they are added to what C holds (they replace it otherwise). */
  adding: 'i32',
} as const;

/** What goes through a row of tiles. */
export interface Tiles {
  /** For 1, 2, 3 and 4 rows of A, as they lie. */
  readonly rows: readonly Callable[];
  /** For 4 rows of A, spread. */
  readonly spread: Callable;
}

export function tiles(module: Module): Tiles {
  return {
    rows: [1, 2, 3, 4].map((rows) => rowOfTiles(module, 'rows', rows)),
    spread: rowOfTiles(module, 'spread', TILE),
  };
}

function rowOfTiles(module: Module, form: Form, rows: number): Callable {
  return module.procedure(`matmul_${form}_${rows}`, PARAMETERS, (given, declare) => {
    const { c, b, bStrip, n, carried, adding } = given;
    const sums = Array.from({ length: rows }, (): Sums => [declare('v128'), declare('v128')]);
    const at = declare('i32');
    return [
      loopWhile(n, [
        when(
          carried,
          visit(sums, at, given, readRow),
          sums.flat().map((sum) => sum.set(f64x2.splat(0))),
        ),
        terms(form, sums, given, declare),
        when(adding, visit(sums, at, given, addRow)),
        ...visit(sums, at, given, writeRow),
        c.set(i32.add(c, TILE_ROW)),
        b.set(i32.add(b, bStrip)),
        when(i32.leU(n, TILE), [leave]),
        n.set(i32.sub(n, TILE)),
      ]),
    ];
  });
}

/** A row of a tile: two columns in each register. */
type Sums = readonly [Local<'v128'>, Local<'v128'>];
type Given = Readonly<Record<keyof typeof PARAMETERS, Local<'i32'>>>;

/** sums += a·b for each of the k terms. */
function terms(
  form: Form,
  sums: readonly Sums[],
  { a, aRow, aStep, b, bStep, k }: Given,
  declare: Declare,
): Statement {
  const [left, right, both] = [declare('v128'), declare('v128'), declare('v128')];
  const [q, end] = [declare('i32'), declare('i32')];
  // Where the rows' numbers are: an address for each row, or one for all of them.
  const at = (form === 'rows' ? sums : [0]).map(() => declare('i32'));
  const number = (row: number, step: number): V128 =>
    form === 'rows'
      ? f64x2.loadSplat(at[row]!, 8 * step)
      : v128.load(at[0]!, 16 * (TILE * step + row));
  const term = (step: number): Statement[] => [
    left.set(v128.load(q)),
    right.set(v128.load(q, 16)),
    ...sums.flatMap(([first, second], row) => [
      both.set(number(row, step)),
      first.set(f64x2.add(first, f64x2.mul(both, left))),
      second.set(f64x2.add(second, f64x2.mul(both, right))),
    ]),
    q.set(i32.add(q, bStep)),
  ];
  const unrolled = sums.length === TILE ? UNROLLED[form] : 1;
  const steps = Array.from({ length: unrolled }, (_, step) => step);
  const further = form === 'spread' ? 16 * TILE * unrolled : unrolled > 1 ? 8 * unrolled : aStep;
  return block((done) => [
    q.set(b),
    end.set(i32.add(b, i32.mul(bStep, k))),
    ...at.map((p, row) => p.set(row === 0 ? a : i32.add(at[row - 1]!, aRow))),
    // Several terms to a turn. The question after each, whether it was the last, serves for every k.
    loop((again) => [
      ...steps.flatMap((step) => [...term(step), jumpIf(i32.eq(q, end), done)]),
      ...at.map((p) => p.set(i32.add(p, further))),
      jump(again),
    ]),
  ]);
}

/** What is done with a row of sums and the row of C at p: all of it, or the 1 to 3 columns that the last tile has. */
interface Visit {
  readonly whole: (p: Local<'i32'>, sums: Sums) => Statement[];
  readonly part: (p: Local<'i32'>, sums: Sums, n: Local<'i32'>) => Statement[];
}

const readRow: Visit = {
  whole: (p, [left, right]) => [left.set(v128.load(p)), right.set(v128.load(p, 16))],
  part: (p, [left, right], n) => [
    when(i32.gtU(n, 1), [left.set(v128.load(p))], [left.set(f64x2.loadLow(p))]),
    when(i32.gtU(n, 2), [right.set(f64x2.loadLow(p, 16))]),
  ],
};

const addRow: Visit = {
  whole: (p, [left, right]) => [
    left.set(f64x2.add(v128.load(p), left)),
    right.set(f64x2.add(v128.load(p, 16), right)),
  ],
  part: (p, [left, right], n) => [
    when(
      i32.gtU(n, 1),
      [left.set(f64x2.add(v128.load(p), left))],
      [left.set(f64x2.add(f64x2.loadLow(p), left))],
    ),
    when(i32.gtU(n, 2), [right.set(f64x2.add(f64x2.loadLow(p, 16), right))]),
  ],
};

const writeRow: Visit = {
  whole: (p, [left, right]) => [v128.store(p, left), v128.store(p, right, 16)],
  part: (p, [left, right], n) => [
    when(i32.gtU(n, 1), [v128.store(p, left)], [f64x2.storeLane(0, p, left)]),
    when(i32.gtU(n, 2), [f64x2.storeLane(0, p, right, 16)]),
  ],
};

function visit(
  sums: readonly Sums[],
  p: Local<'i32'>,
  { c, cRow, n }: Given,
  { whole, part }: Visit,
): Statement[] {
  const rows = (each: (row: Sums) => Statement[]): Statement[] => [
    p.set(c),
    ...sums.flatMap((row, i) => [
      ...each(row),
      ...(i + 1 < sums.length ? [p.set(i32.add(p, cRow))] : []),
    ]),
  ];
  return [
    when(
      i32.geU(n, TILE),
      rows((row) => whole(p, row)),
      rows((row) => part(p, row, n)),
    ),
  ];
}
