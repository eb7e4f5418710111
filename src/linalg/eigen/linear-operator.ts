import { max } from '../kernels/extrema.js';

/**
 * A matrix as something that multiplies. The eigensolvers ask for no more, so a matrix that would be too
 * large, or dense, when written out (XᵀX, X with its means taken off) never is.
 */
export interface LinearOperator {
  /** The length of A·x. */
  readonly rows: number;
  /** The length of x. */
  readonly columns: number;
  /** Whether A = Aᵀ. */
  readonly symmetric: boolean;
  /** ‖A‖₁, the largest sum of magnitudes in a column, or an estimate from below (`estimateNorm1`). */
  readonly norm1: number;
  /** out = A·X for X [columns, k], out [rows, k], row-major; k = 1 for a vector. */
  apply(out: Float64Array, x: Float64Array, k: number): void;
  /** out = Aᵀ·X for X [rows, k], out [columns, k]. */
  applyTransposed(out: Float64Array, x: Float64Array, k: number): void;
  /** Where A can be written out: what writes AᵀA. */
  readonly gram?: Gram;
}

/** Writes (A − 1μᵀ)ᵀ(A − 1μᵀ) [columns, columns]; AᵀA where no `means` μ [columns] are given. */
export type Gram = (out: Float64Array, means?: Float64Array) => void;

/** Up to this many columns, A is simply written out to get its norm. */
const FEW = 64;

/**
 * An estimate of ‖A‖₁ from a handful of products: never above it (but for rounding), rarely below a third
 * of it, and the norm itself where A has few columns. It climbs the convex function ‖A·x‖₁ from vertex to vertex of ‖x‖₁ ≤ 1 (Hager 1984), and tries one
 * alternating vector against unlucky cancellation (Higham 1988).
 */
export function estimateNorm1(
  a: Pick<LinearOperator, 'rows' | 'columns' | 'apply' | 'applyTransposed'>,
): number {
  const { rows, columns } = a;
  if (columns <= FEW) return writtenOut(a);
  const x = new Float64Array(columns).fill(1 / columns);
  const y = new Float64Array(rows);
  const slope = new Float64Array(columns);
  let estimate = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < 5; step++) {
    a.apply(y, x, 1);
    const reached = sumOfMagnitudes(y);
    if (reached <= estimate) break;
    estimate = Math.max(estimate, reached); // NaN if one is
    a.applyTransposed(slope, y.map(signOf), 1);
    const steepness = slope.map(Math.abs);
    x.fill(0);
    x[steepness.indexOf(max(steepness))] = 1;
  }
  const alternating = x.map((_, j) => (j % 2 === 0 ? 1 : -1) * (1 + j / (columns - 1)));
  a.apply(y, alternating, 1);
  return Math.max(estimate, sumOfMagnitudes(y) / sumOfMagnitudes(alternating));
}

const signOf = (value: number): number => (value < 0 ? -1 : 1);

function writtenOut(a: Pick<LinearOperator, 'rows' | 'columns' | 'apply'>): number {
  const { rows, columns } = a;
  const unit = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) unit[j * columns + j] = 1;
  const written = new Float64Array(rows * columns);
  a.apply(written, unit, columns);
  const sums = new Float64Array(columns);
  for (let p = 0; p < written.length; p++) sums[p % columns]! += Math.abs(written[p]!);
  return sums.reduce((largest, value) => Math.max(largest, value), 0);
}

function sumOfMagnitudes(x: Float64Array): number {
  let s = 0;
  for (const value of x) s += Math.abs(value);
  return s;
}
