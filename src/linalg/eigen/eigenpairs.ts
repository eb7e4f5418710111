/**
 * What the iterative eigensolvers have in common: what they report, when they stop, which sign they take. There are three,
 * each of which remembers more than the one before:
 *
 *   power-iteration.ts    v → Av: the last vector only, one pair after the other; the textbook, and the reference
 *   block-power.ts        V → the best of span(V, AV): all pairs at once, copies of an eigenvalue among them
 *   lanczos.ts            V, AV, A²V, … all kept: by far the fewest products; the one to use
 */
import { checkSize } from '../arguments.js';
import { atUserLine, rangeError } from '../errors.js';
import { addScaled, dot } from '../kernels/dot.js';
import { norm2 } from '../kernels/reduce.js';
import { transposed } from '../kernels/transposed.js';
import { matmul } from '../matmul/matmul.js';
import type { LinearOperator } from './linear-operator.js';
import { fixSigns } from './signs.js';

/** Eigenpairs A·v = λv, as far as they were reached. */
export interface Eigenpairs {
  /** The eigenvalues in the order asked for. */
  readonly values: Float64Array;
  /** [n, values.length], row-major; column j is the unit vector of `values[j]`, its sign as `fixSigns` says. */
  readonly vectors: Float64Array;
  /** ‖A·v − λv‖₂ of each pair, computed from the vectors as they are returned. */
  readonly residuals: Float64Array;
  /** A pair has converged when its residual is at most this. */
  readonly limit: number;
  /** How many pairs have converged. */
  readonly converged: number;
  /** How many products with A were made: a block of b vectors counts b. */
  readonly products: number;
  /** Why not all have converged: as counted when the iteration ended early, or as measured after it; else ''. */
  readonly reason: string;
}

/** Where an iteration stands, yielded after each product with A. */
export interface EigenProgress {
  /** Products with A so far. */
  readonly products: number;
  /** Pairs that satisfy the stopping rule, out of those wanted. */
  readonly converged: number;
  /** The largest residual among the pairs being worked on; ∞ before there is one. */
  readonly residual: number;
  /** The pairs as they are at this moment, for who stops here: fewer than k early on. */
  pairs(): Eigenpairs;
}

/** Drives a generator to its end, for those who do not want to watch. */
export function finish<T>(iteration: Generator<unknown, T>): T {
  for (;;) {
    const step = iteration.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The stopping rule: ‖A·v − λv‖ ≤ 10·n·ε·‖A‖₁, which is as far as rounding lets a product with A be
 * trusted. It looks at the residual, never at how much λ still changes: where two eigenvalues almost
 * agree, λ stands still long before v has arrived.
 */
export function residualLimit(a: LinearOperator): number {
  return 10 * a.rows * Number.EPSILON * a.norm1;
}

/**
 * The slack between rule and promise: a residual is tested as the iteration sees it, and measured once more
 * on the vectors that are returned. What the report calls converged is within three times the rule.
 */
export const SLACK = 3;

/** @throws RangeError or TypeError unless A is symmetric and has k eigenpairs. */
export function checkEigenproblem(kernel: string, a: LinearOperator, k: number): void {
  if (!a.symmetric) {
    throw atUserLine(
      new TypeError(
        `${kernel}: A [${a.rows}, ${a.columns}] is not symmetric; take gramOperator(A) for AᵀA, or truncatedSvd(A)`,
      ),
    );
  }
  checkSize(kernel, 'k', k);
  if (k > a.rows) {
    throw rangeError(`${kernel}: a ${a.rows} × ${a.rows} matrix has no ${k} eigenpairs`);
  }
  if (!Number.isFinite(a.norm1)) {
    throw atUserLine(
      new Error(`${kernel}: ‖A‖₁ is ${a.norm1}; the matrix holds NaN, ∞ or overflows`),
    );
  }
}

/** @throws RangeError unless 0 ≤ tolerance < 1. */
export function checkTolerance(kernel: string, tolerance: number): void {
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw rangeError(`${kernel}: tolerance lies in [0, 1), but is ${tolerance}`);
  }
}

/** Which end of the spectrum counts as first. */
export type Which = 'magnitude' | 'algebraic';

/**
 * What eigenvalues are sorted by, largest first. Magnitudes that agree to within the stopping rule count
 * as equal, and the positive one of ±λ comes first.
 */
export function rankOf(value: number, which: Which, limit: number): number {
  if (which === 'algebraic') return value;
  return Math.abs(value) + (value > 0 ? limit : 0);
}

/**
 * V ← V + ½(I − VVᵀ)V for rows that are orthonormal to δ: after it they are to δ² and rounding. (One step of
 * Newton's iteration to the nearest orthonormal set.)
 */
export function polished(rows: Float64Array, k: number, n: number): Float64Array {
  const products = new Float64Array(k * k);
  matmul(products, rows, rows, k, k, n, { transposeB: true });
  const step = products.map((product, p) => (p % (k + 1) === 0 ? 1.5 : 0) - product / 2);
  const out = new Float64Array(k * n);
  matmul(out, step, rows, k, n, k);
  return out;
}

/**
 * The report on vectors that lie as rows [k, n], orthonormal but for rounding: their Rayleigh quotients
 * λ = vᵀAv and residuals, by one more product with A, in order and with their signs.
 * @param limit what the stopping rule allowed while the iteration ran.
 */
export function reportPairs(
  a: LinearOperator,
  vectorRows: Float64Array,
  k: number,
  which: Which,
  limit: number,
  products: number,
  reason: string,
): Eigenpairs {
  const n = a.rows;
  const rows = polished(vectorRows, k, n);
  const images = new Float64Array(n * k);
  a.apply(images, transposed(rows, k, n), k);
  const imageRows = transposed(images, n, k);
  const quotients = new Float64Array(k);
  const lengths = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const v = rows.subarray(j * n, (j + 1) * n);
    const rest = imageRows.subarray(j * n, (j + 1) * n);
    quotients[j] = dot(v, rest);
    addScaled(rest, -quotients[j]!, v);
    lengths[j] = norm2(rest);
  }
  const rank = quotients.map((value) => rankOf(value, which, limit));
  const order = Array.from({ length: k }, (_, j) => j).sort((i, j) => rank[j]! - rank[i]!);
  const vectors = new Float64Array(n * k);
  for (const [j, from] of order.entries()) {
    for (let i = 0; i < n; i++) vectors[i * k + j] = rows[from * n + i]!;
  }
  fixSigns(vectors, n, k);
  const residuals = Float64Array.from(order, (j) => lengths[j]!);
  const converged = residuals.filter((residual) => residual <= SLACK * limit).length;
  const missed = `${k - converged} of ${k} residuals, measured at the end, are above the limit`;
  return {
    values: Float64Array.from(order, (j) => quotients[j]!),
    vectors,
    residuals,
    limit: SLACK * limit,
    converged,
    products: products + k,
    reason: reason === '' && converged < k ? missed : reason,
  };
}
