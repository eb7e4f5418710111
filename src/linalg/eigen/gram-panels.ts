import { checkLength } from '../arguments.js';
import { copying } from '../kernels/copy.js';
import { matmul } from '../matmul/matmul.js';
import { allocate, release } from '../memory.js';

/** Rows of X that are multiplied at a time, and columns of a block of XᵀX. */
const DEPTH = 256;
const WIDTH = 64;

/** Some columns of X. */
interface Group {
  readonly from: number;
  readonly width: number;
  /** [DEPTH, width]: a panel of them. */
  readonly panel: Float64Array;
}

/**
 * out = (X − 1μᵀ)ᵀ(X − 1μᵀ) for X [rows, columns], out [columns, columns]; μ = 0 where no means are given. Panel by panel of
 * rows, so that X − 1μᵀ is never there as a whole, and only the blocks on and above the diagonal, which are
 * half the work: those below are the same numbers.
 * @throws RangeError on lengths that do not fit
 */
export function gramByPanels(
  out: Float64Array,
  x: Float64Array,
  rows: number,
  columns: number,
  means?: Float64Array,
): void {
  checkLength('gram', 'x', x, rows * columns, 'rows·columns');
  checkLength('gram', 'out', out, columns * columns, 'columns²');
  if (means) checkLength('gram', 'means', means, columns, 'columns');
  const panels = allocate(DEPTH * columns);
  const groups: Group[] = [];
  for (let from = 0; from < columns; from += WIDTH) {
    const width = Math.min(WIDTH, columns - from);
    groups.push({ from, width, panel: panels.subarray(DEPTH * from, DEPTH * (from + width)) });
  }
  const blocks = groups.flatMap((left, i) =>
    groups.slice(i).map((right) => {
      return { left, right, sum: allocate(left.width * right.width).fill(0) };
    }),
  );

  for (let row = 0; row < rows; row += DEPTH) {
    const depth = Math.min(DEPTH, rows - row);
    for (const { from, width, panel } of groups) {
      const source = x.subarray(row * columns + from);
      const target = { data: panel.subarray(0, depth * width), row: width, step: 1 };
      copying(target, { data: source, row: columns, step: 1 }, width)(0, depth * width);
      for (let i = 0; means && i < depth; i++) {
        for (let j = 0; j < width; j++) panel[i * width + j]! -= means[from + j]!;
      }
    }
    for (const { left, right, sum } of blocks) {
      const [a, b] = [left, right].map((g) => g.panel.subarray(0, depth * g.width));
      const options = { transposeA: true, accumulate: true };
      matmul(sum, a!, b!, left.width, right.width, depth, options);
    }
  }

  for (const { left, right, sum } of blocks) {
    for (let i = 0, p = 0; i < left.width; i++) {
      for (let j = 0; j < right.width; j++, p++) {
        out[(left.from + i) * columns + right.from + j] = sum[p]!;
        out[(right.from + j) * columns + left.from + i] = sum[p]!;
      }
    }
    release(sum);
  }
  release(panels);
}
