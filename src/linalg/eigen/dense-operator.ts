import { checkApart, checkLength, checkSize } from '../arguments.js';
import { transposeTo } from '../kernels/transposed.js';
import { matmul } from '../matmul/matmul.js';
import { allocate, inMemory, release } from '../memory.js';
import { gramByPanels } from './gram-panels.js';
import type { LinearOperator } from './linear-operator.js';
import { symmetricTimesVectors } from './symmetric-product.js';

/**
 * A dense matrix [rows, columns], row-major; `symmetric` if it equals its transpose exactly. Where `a` does not lie
 * in the memory of `allocate`, the first product copies it there: change it no more.
 *
 * X has few columns and many rows, so it is turned round: out = A·X is written as outᵀ = Xᵀ·Aᵀ, whose loops
 * run along rows that are long.
 */
export function denseOperator(a: Float64Array, rows: number, columns: number): LinearOperator {
  checkSize('denseOperator', 'rows', rows);
  checkSize('denseOperator', 'columns', columns);
  checkLength('denseOperator', 'a', a, rows * columns, 'rows·columns');
  const symmetric = rows === columns && isSymmetric(a, rows);
  let norm1: number | undefined;
  let near: Float64Array | undefined;
  let xRows: Float64Array = new Float64Array(0);
  let outRows: Float64Array = new Float64Array(0);

  /** out [n, k] = op(A)·X, where Xᵀ·op(A)ᵀ takes B = A as it lies (`asStored`) or transposed. */
  const multiply = (out: Float64Array, x: Float64Array, k: number, asStored: boolean): void => {
    const [from, to] = asStored ? [rows, columns] : [columns, rows];
    checkSize('denseOperator', 'k', k);
    checkLength('denseOperator', 'x', x, from * k, asStored ? 'rows·k' : 'columns·k');
    checkLength('denseOperator', 'out', out, to * k, asStored ? 'columns·k' : 'rows·k');
    checkApart('denseOperator', out, 'x', x);
    near ??= inMemory(a);
    xRows = sized(xRows, from * k);
    outRows = sized(outRows, to * k);
    transposeTo(xRows, x, from, k);
    if (symmetric && k < MANY) symmetricTimesVectors(outRows, near, xRows, rows, k);
    else matmul(outRows, xRows, near, k, to, from, { transposeB: !(asStored || symmetric) });
    transposeTo(out, outRows, k, to);
  };
  return {
    rows,
    columns,
    symmetric,
    get norm1() {
      norm1 ??= largestColumnOf(a, rows, columns);
      return norm1;
    },
    apply: (out, x, k) => multiply(out, x, k, false),
    applyTransposed: (out, x, k) => multiply(out, x, k, true),
    gram: (out, means) => gramByPanels(out, a, rows, columns, means),
  };
}

/** From so many vectors on, a product with all of them at once is faster than with two by two from half of A. */
const MANY = 16;

/** The buffer itself where it has the length, a new one otherwise. */
export function sized(buffer: Float64Array, length: number): Float64Array {
  if (buffer.length === length) return buffer;
  release(buffer);
  return allocate(length);
}

/** ‖A‖₁ of a matrix that is written out. */
function largestColumnOf(a: Float64Array, rows: number, columns: number): number {
  const sums = new Float64Array(columns);
  for (let i = 0, p = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, p++) sums[j]! += Math.abs(a[p]!);
  }
  return sums.reduce((largest, value) => Math.max(largest, value), 0);
}

/** Rows and columns of a square that is compared with its mirror image at a time: both fit into the cache. */
const SQUARE = 32;

function isSymmetric(a: Float64Array, n: number): boolean {
  for (let top = 0; top < n; top += SQUARE) {
    for (let left = 0; left <= top; left += SQUARE) {
      const bottom = Math.min(top + SQUARE, n);
      for (let i = top; i < bottom; i++) {
        const right = Math.min(left + SQUARE, i);
        for (let j = left, below = i * n + left, above = left * n + i; j < right; j++) {
          // NaN counts as equal to NaN here: whether the entries are numbers is another question.
          if (a[below] !== a[above] && !(Number.isNaN(a[below]) && Number.isNaN(a[above])))
            return false;
          below++;
          above += n;
        }
      }
    }
  }
  return true;
}
