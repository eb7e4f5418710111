/** The kernel `gram`: a matrix times its own transpose, of which half is work and half is copying. */
import {
  type Callable,
  call,
  f64,
  i32,
  integers,
  type Local,
  leave,
  loopWhile,
  type Module,
  when,
} from './assembler/index.js';
import { bytes, noTerms } from './blocks.js';

/** Pieces of C are bands of so many rows. */
export const BAND = 4;
/** The option: AᵀA for A [k, n] in place of A·Aᵀ for A [n, k]. */
export const OF_COLUMNS = 1;

/**
 * The bands from … to − 1, of 4 rows each, of the symmetric C [n, n] = A·Aᵀ: the upper triangle is computed, and what
 * a band has there is written below the diagonal too.
 */
export type GramKernel = (
  c: number,
  a: number,
  n: number,
  k: number,
  options: number,
  from: number,
  to: number,
) => void;

export function gramKernel(module: Module, inBlocks: Callable): void {
  const parameters = integers('c', 'a', 'n', 'k', 'options', 'from', 'to');
  module.procedure('gram', parameters, (given, declare) => {
    const { c, a, n, k, options, from, to } = given;
    const int = (): Local<'i32'> => declare('i32');
    const [aRow, aStep, cRow, rows] = [int(), int(), int(), int()];
    const [j, down, right] = [int(), int(), int()];
    return [
      cRow.set(bytes(n)),
      from.set(i32.mul(from, BAND)),
      to.set(i32.mul(to, BAND)),
      when(i32.gtU(to, n), [to.set(n)]),
      when(i32.geU(from, to), [leave]),
      rows.set(i32.sub(to, from)),
      c.set(i32.add(c, i32.mul(from, cRow))),
      when(i32.eqz(k), [...noTerms(c, i32.mul(rows, n), i32.const(0), j), leave]),
      when(
        i32.and(options, OF_COLUMNS),
        [aRow.set(i32.const(8)), aStep.set(bytes(n))],
        [aRow.set(bytes(k)), aStep.set(i32.const(8))],
      ),
      call(
        inBlocks,
        ...[c, cRow, i32.const(8)],
        ...[i32.add(a, i32.mul(from, aRow)), aRow, aStep],
        ...[a, aStep, aRow],
        ...[rows, n, k, i32.const(0), i32.const(1), from],
      ),
      // Row by row: what stands right of the band's own tile goes to the column below it.
      loopWhile(i32.ltU(from, to), [
        j.set(i32.add(i32.and(from, -BAND), BAND)),
        right.set(i32.add(c, bytes(j))),
        down.set(i32.add(i32.add(c, i32.mul(i32.sub(j, from), cRow)), bytes(from))),
        loopWhile(i32.ltU(j, n), [
          f64.store(down, f64.load(right)),
          right.set(i32.add(right, 8)),
          down.set(i32.add(down, cRow)),
          j.set(i32.add(j, 1)),
        ]),
        c.set(i32.add(c, cRow)),
        from.set(i32.add(from, 1)),
      ]),
    ];
  });
}
