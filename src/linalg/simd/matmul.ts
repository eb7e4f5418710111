/**
 * The kernel `matmul`: what its shape is, and which way suits that.
 *
 * Every matrix is told as an address and two distances in bytes: from a number to the one below it (Row) and to the one on its
 * right (Step). A transposed matrix is the same numbers with the two distances exchanged.
 */

import {
  type Callable,
  call,
  i32,
  integers,
  type Local,
  leave,
  loopWhile,
  type Module,
  type Statement,
  when,
} from './assembler/index.js';
import { blocks, bytes, type Int, noTerms } from './blocks.js';
import { gramKernel } from './gram.js';
import { matrixTimesVector, vectorTimesMatrix } from './matrix-vector.js';

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

export function matmulKernels(module: Module): void {
  const inBlocks = blocks(module);
  const multiply = product(module, inBlocks);
  gramKernel(module, inBlocks);
  const parameters = integers('c', 'a', 'b', 'm', 'n', 'k', 'options', 'from', 'to');
  module.procedure('matmul', parameters, (given, declare) => {
    const { c, a, b, m, n, k, options, from, to } = given;
    const [part, first, rows] = [declare('i32'), declare('i32'), declare('i32')];
    const [aRow, aStep, bRow, bStep] = [
      declare('i32'),
      declare('i32'),
      declare('i32'),
      declare('i32'),
    ] as const;
    // A matrix of one row or column lies the same, transposed or not.
    const lies = (
      row: Local<'i32'>,
      step: Local<'i32'>,
      transposed: number,
      rowCount: Local<'i32'>,
      columns: Local<'i32'>,
    ): Statement =>
      when(
        i32.and(
          i32.ne(i32.and(options, transposed), 0),
          i32.and(i32.gtU(rowCount, 1), i32.gtU(columns, 1)),
        ),
        [row.set(i32.const(8)), step.set(bytes(rowCount))],
        [row.set(bytes(columns)), step.set(i32.const(8))],
      );
    return [
      lies(aRow, aStep, TRANSPOSE_A, m, k),
      lies(bRow, bStep, TRANSPOSE_B, k, n),
      loopWhile(i32.ltU(from, to), [
        part.set(i32.divU(from, m)),
        first.set(i32.sub(from, i32.mul(part, m))),
        rows.set(i32.sub(m, first)),
        when(i32.gtU(rows, i32.sub(to, from)), [rows.set(i32.sub(to, from))]),
        call(
          multiply,
          i32.add(c, bytes(i32.mul(from, n))),
          i32.add(i32.add(a, bytes(i32.mul(part, i32.mul(m, k)))), i32.mul(first, aRow)),
          aRow,
          aStep,
          i32.add(b, bytes(i32.mul(part, i32.mul(k, n)))),
          bRow,
          bStep,
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

/** Rows of A so few that copying a Bᵀ for them does not pay. */
const FEW = 12;

/** One product of all of its rows, or of some. */
function product(module: Module, inBlocks: Callable): Callable {
  const vectorMatrix = vectorTimesMatrix(module);
  const matrixVector = matrixTimesVector(module);
  const matrices = ['c', 'a', 'aRow', 'aStep', 'b', 'bRow', 'bStep'] as const;
  const parameters = integers(...matrices, 'm', 'n', 'k', 'adding');
  return module.procedure('matmul_product', parameters, (given, declare) => {
    const { c, a, aRow, aStep, b, bRow, bStep, m, n, k, adding } = given;
    const none = i32.const(0);
    const along = (step: Local<'i32'>): Int => i32.eq(step, 8);
    return [
      when(i32.eqz(k), [...noTerms(c, i32.mul(m, n), adding, declare('i32')), leave]),
      when(i32.eq(n, 1), [
        when(
          along(aStep),
          [call(matrixVector, c, a, aRow, b, m, k, adding)],
          [call(vectorMatrix, c, b, a, aStep, m, k, adding)],
        ),
        leave,
      ]),
      when(i32.and(i32.eq(m, 1), along(aStep)), [
        when(
          along(bStep),
          [call(vectorMatrix, c, a, b, bRow, n, k, adding)],
          [call(matrixVector, c, b, bStep, a, n, k, adding)],
        ),
        leave,
      ]),
      when(
        i32.and(i32.leU(m, FEW), i32.ne(bStep, 8)),
        [
          // Turned round, Cᵀ = Bᵀ·Aᵀ: what is read in place is then the large one, and what is copied the small one.
          call(
            inBlocks,
            ...[c, i32.const(8), bytes(n)],
            ...[b, bStep, bRow],
            ...[a, aStep, aRow],
            ...[n, m, k, adding, none, none],
          ),
        ],
        [
          call(
            inBlocks,
            ...[c, bytes(n), i32.const(8)],
            ...[a, aRow, aStep],
            ...[b, bRow, bStep],
            ...[m, n, k, adding, none, none],
          ),
        ],
      ),
    ];
  });
}
