/**
 * Products with a vector. Every number of the matrix is used once, so nothing is worth a copy: the matrix is read as it
 * lies, from end to end, and all the art is to keep several sums under way at a time. (The next addition to a sum has to wait
 * for the one before it, three cycles, and the processor can do two additions in each.)
 */
import {
  type Callable,
  call,
  choose,
  type Declare,
  type Expression,
  f64,
  f64x2,
  i32,
  integers,
  type Local,
  loopWhile,
  type Module,
  type Statement,
  scratch,
  type V128,
  v128,
  when,
} from './assembler/index.js';

/** (y, x, a, aRow, n, k, adding): y [n] = xᵀA, or y + xᵀA, for k rows of A that lie aRow bytes apart. */
export function vectorTimesMatrix(module: Module): Callable {
  const groups = [8, 4, 2, 1].map((rows) => ({ rows, add: addRows(module, rows) }));
  const parameters = integers('y', 'x', 'a', 'aRow', 'n', 'k', 'adding');
  return module.procedure('vectorTimesMatrix', parameters, (given, declare) => {
    const { y, x, a, aRow, n, k, adding } = given;
    const [columns, sums, p, q, rest] = [
      declare('i32'),
      declare('i32'),
      declare('i32'),
      declare('i32'),
      declare('i32'),
    ] as const;
    return [
      loopWhile(n, [
        columns.set(choose(i32.ltU(n, SUMS), n, i32.const(SUMS))),
        // Sums that are to be added to y cannot wait there.
        sums.set(choose(adding, scratch, y)),
        ...each(sums, columns, declare, {
          pair: (s) => [v128.store(s, f64x2.splat(0))],
          last: (s) => [f64.store(s, 0)],
        }),
        p.set(x),
        q.set(a),
        rest.set(k),
        ...groups.map(({ rows, add }) =>
          loopWhile(i32.geU(rest, rows), [
            call(add, sums, p, q, aRow, columns),
            p.set(i32.add(p, 8 * rows)),
            q.set(i32.add(q, i32.mul(aRow, rows))),
            rest.set(i32.sub(rest, rows)),
          ]),
        ),
        when(adding, [
          p.set(y),
          ...each(sums, columns, declare, {
            pair: (s) => [
              v128.store(p, f64x2.add(v128.load(p), v128.load(s))),
              p.set(i32.add(p, 16)),
            ],
            last: (s) => [f64.store(p, f64.add(f64.load(p), f64.load(s)))],
          }),
        ]),
        y.set(i32.add(y, i32.shl(columns, 3))),
        a.set(i32.add(a, i32.shl(columns, 3))),
        n.set(i32.sub(n, columns)),
      ]),
    ];
  });
}

/** Columns whose sums are under way together: 16 KiB, half of the first-level cache. */
const SUMS = 2048;

/** Adds x₀·(row 0 of A), x₁·(row 1), … to the sums: each is loaded once for `rows` terms. */
function addRows(module: Module, rows: number): Callable {
  const parameters = integers('sums', 'x', 'a', 'aRow', 'n');
  return module.procedure(`addRows${rows}`, parameters, ({ sums, x, a, aRow, n }, declare) => {
    const xs = Array.from({ length: rows }, () => declare('v128'));
    const at = xs.map(() => declare('i32'));
    const sum = declare('v128');
    const terms = (load: (p: Local<'i32'>) => V128): Statement[] =>
      xs.map((factor, row) => sum.set(f64x2.add(sum, f64x2.mul(factor, load(at[row]!)))));
    return [
      ...xs.map((factor, row) => factor.set(f64x2.loadSplat(x, 8 * row))),
      ...at.map((p, row) => p.set(row === 0 ? a : i32.add(at[row - 1]!, aRow))),
      ...each(sums, n, declare, {
        pair: (s) => [
          sum.set(v128.load(s)),
          ...terms(v128.load),
          v128.store(s, sum),
          ...at.map((p) => p.set(i32.add(p, 16))),
        ],
        last: (s) => [
          sum.set(f64x2.loadLow(s)),
          ...terms(f64x2.loadLow),
          f64x2.storeLane(0, s, sum),
        ],
      }),
    ];
  });
}

/** Goes through n doubles from `start` on, two at a time, and the last one where n is odd. */
function each(
  start: Local<'i32'>,
  n: Expression<'i32'>,
  declare: Declare,
  { pair, last }: Record<'pair' | 'last', (at: Local<'i32'>) => readonly Statement[]>,
): readonly Statement[] {
  const [at, end] = [declare('i32'), declare('i32')];
  return [
    at.set(start),
    end.set(i32.add(start, i32.shl(i32.and(n, -2), 3))),
    loopWhile(i32.ne(at, end), [...pair(at), at.set(i32.add(at, 16))]),
    when(i32.and(n, 1), last(at)),
  ];
}

/** (y, a, aRow, x, m, k, adding): y [m] = A·x, or y + A·x, for m rows of A that lie aRow bytes apart. */
export function matrixTimesVector(module: Module): Callable {
  const groups = [8, 4, 2, 1].map((rows) => ({ rows, dots: rowDots(module, rows) }));
  const parameters = integers('y', 'a', 'aRow', 'x', 'm', 'k', 'adding');
  return module.procedure('matrixTimesVector', parameters, (given) => {
    const { y, a, aRow, x, m, k, adding } = given;
    return groups.map(({ rows, dots }) =>
      loopWhile(i32.geU(m, rows), [
        call(dots, y, a, aRow, x, k, adding),
        y.set(i32.add(y, 8 * rows)),
        a.set(i32.add(a, i32.mul(aRow, rows))),
        m.set(i32.sub(m, rows)),
      ]),
    );
  });
}

/**
 * The sums of 8, 4 or 2 rows (or 1, which is done twice). A register holds the sums of two rows: so two numbers of each are loaded, and
 * paired anew, the two first ones and the two second ones.
 */
function rowDots(module: Module, rows: number): Callable {
  const parameters = integers('y', 'a', 'aRow', 'x', 'k', 'adding');
  return module.procedure(`rowDots${rows}`, parameters, (given, declare) => {
    const { y, a, aRow, x, k, adding } = given;
    const pairs = Array.from({ length: Math.ceil(rows / 2) }, () => ({
      sum: declare('v128'),
      upper: declare('i32'),
      lower: declare('i32'),
    }));
    const [u, v, x0, x1] = [
      declare('v128'),
      declare('v128'),
      declare('v128'),
      declare('v128'),
    ] as const;
    const end = declare('i32');
    const addresses = pairs.flatMap(({ upper, lower }) => [upper, lower]);
    return [
      ...addresses.map((p, row) =>
        p.set(row === 0 ? a : rows === 1 ? a : i32.add(addresses[row - 1]!, aRow)),
      ),
      ...pairs.map(({ sum }) => sum.set(f64x2.splat(0))),
      end.set(i32.add(x, i32.shl(i32.and(k, -2), 3))),
      loopWhile(i32.ne(x, end), [
        x0.set(f64x2.loadSplat(x)),
        x1.set(f64x2.loadSplat(x, 8)),
        ...pairs.flatMap(({ sum, upper, lower }) => [
          u.set(v128.load(upper)),
          v.set(v128.load(lower)),
          sum.set(f64x2.add(sum, f64x2.mul(x0, f64x2.pick(u, 0, v, 0)))),
          sum.set(f64x2.add(sum, f64x2.mul(x1, f64x2.pick(u, 1, v, 1)))),
        ]),
        ...addresses.map((p) => p.set(i32.add(p, 16))),
        x.set(i32.add(x, 16)),
      ]),
      when(i32.and(k, 1), [
        x0.set(f64x2.loadSplat(x)),
        ...pairs.map(({ sum, upper, lower }) =>
          sum.set(
            f64x2.add(
              sum,
              f64x2.mul(x0, f64x2.pick(f64x2.loadLow(upper), 0, f64x2.loadLow(lower), 0)),
            ),
          ),
        ),
      ]),
      ...(rows === 1
        ? [
            when(adding, [pairs[0]!.sum.set(f64x2.add(f64x2.loadLow(y), pairs[0]!.sum))]),
            f64x2.storeLane(0, y, pairs[0]!.sum),
          ]
        : [
            when(
              adding,
              pairs.map(({ sum }, i) => sum.set(f64x2.add(v128.load(y, 16 * i), sum))),
            ),
            ...pairs.map(({ sum }, i) => v128.store(y, sum, 16 * i)),
          ]),
    ];
  });
}
