// Counts → what a method should see. Each takes a matrix of counts [words, contexts] and gives one of
// the same shape; what is not stored is 0 and stays 0.
import { Csr, log, log1p, pow, sum } from '../linalg/index.js';

/** How rare contexts and weak associations are weighed. */
export interface PpmiOptions {
  /** α: contexts are weighed by P(j)^α (default 1; below 1 rare contexts count for less). */
  readonly alpha?: number;
  /** k: log k is taken off before clipping at 0, as k negatives a pair would (default 1: nothing). */
  readonly shift?: number;
}

/**
 * Positive pointwise mutual information, max(0, log P(i, j) / (P(i)·P(j)) − log k): how much more often
 * than by chance words i and j meet (Church & Hanks 1990; Levy & Goldberg 2014 for α and k).
 *
 * With α = 1, a symmetric matrix stays symmetric to the last bit.
 * @throws RangeError for a negative or infinite count, or α or k out of range
 */
export function ppmi(counts: Csr, { alpha = 1, shift = 1 }: PpmiOptions = {}): Csr {
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`alpha must be in 0 … 1, not ${alpha}`);
  if (!(shift > 0)) throw new RangeError(`shift must be positive, not ${shift}`);
  checkCounts(counts);
  const rowSums = counts.rowSums();
  const columnSums = counts.columnSums();
  const contexts = alpha === 1 ? columnSums : columnSums.map((x) => pow(x, alpha));
  const scale = sum(contexts) / shift;
  // Kept are the entries whose ratio exceeds 1; a first round counts them.
  const ratio = (value: number, i: number, j: number) =>
    (value * scale) / (rowSums[i]! * contexts[j]!);
  return keep(
    counts,
    (value, i, j) => ratio(value, i, j) > 1,
    (value, i, j) => log(ratio(value, i, j)),
  );
}

/** log(1 + count). */
export function logCounts(counts: Csr): Csr {
  checkCounts(counts);
  return counts.map((value) => log1p(value));
}

/**
 * √ of each row's shares: rows of unit length, whose distances are the Hellinger distances of the
 * words' context distributions (Lebret & Collobert 2014).
 */
export function hellinger(counts: Csr): Csr {
  checkCounts(counts);
  const rowSums = counts.rowSums();
  return counts.map((value, i) => Math.sqrt(value / rowSums[i]!));
}

/** What can be made of co-occurrence counts, by name. */
export const TRANSFORMS = ['ppmi', 'log', 'hellinger', 'raw'] as const;
/** One of `TRANSFORMS`. */
export type Transform = (typeof TRANSFORMS)[number];

/** The transform of that name, with its defaults; `'raw'` is the counts themselves. */
export function transform(counts: Csr, name: Transform): Csr {
  switch (name) {
    case 'ppmi':
      return ppmi(counts);
    case 'log':
      return logCounts(counts);
    case 'hellinger':
      return hellinger(counts);
    case 'raw':
      return counts;
    default:
      throw new RangeError(`There is no transform "${name}"; there are ${TRANSFORMS.join(', ')}.`);
  }
}

type OfEntry<T> = (value: number, row: number, column: number) => T;

/** f of the entries that pass, in arrays of just their number. */
function keep(a: Csr, passes: OfEntry<boolean>, f: OfEntry<number>): Csr {
  const rowStart = new Int32Array(a.rows + 1);
  let count = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let p = a.rowStart[i]!; p < a.rowStart[i + 1]!; p++) {
      if (passes(a.values[p]!, i, a.columnIndex[p]!)) count++;
    }
    rowStart[i + 1] = count;
  }
  const columnIndex = new Int32Array(count);
  const values = new Float64Array(count);
  let kept = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let p = a.rowStart[i]!; p < a.rowStart[i + 1]!; p++) {
      if (!passes(a.values[p]!, i, a.columnIndex[p]!)) continue;
      columnIndex[kept] = a.columnIndex[p]!;
      values[kept++] = f(a.values[p]!, i, a.columnIndex[p]!);
    }
  }
  return new Csr(a.rows, a.columns, rowStart, columnIndex, values);
}

function checkCounts(counts: Csr): void {
  for (const value of counts.values) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`A count is finite and not negative, but one is ${value}.`);
    }
  }
}
