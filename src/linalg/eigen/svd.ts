import { checkLength, checkSize } from '../arguments.js';
import { atUserLine } from '../errors.js';
import { norm2 } from '../kernels/reduce.js';
import { transposed } from '../kernels/transposed.js';
import { orthonormaliseRows } from './orthogonalise.js';
import { fixSigns, negateColumn } from './signs.js';
import { hypotenuse, powerOfTwoScale } from './symmetric-eigen.js';

/** A = U·diag(values)·Vᵀ, for A [m, n]. */
export interface Svd {
  /** [m, r], r = min(m, n): column j is the left vector of `values[j]`. */
  readonly u: Float64Array;
  /** [r]: the singular values, largest first, ≥ 0. */
  readonly values: Float64Array;
  /** [n, r]: column j is the right vector of `values[j]`, its sign as `fixSigns` says. */
  readonly v: Float64Array;
}

/**
 * A = U·diag(values)·Vᵀ of a small matrix [m, n], by Hestenes' one-sided Jacobi method: rotate pairs of
 * columns until all are orthogonal; their lengths are the singular values. Small singular values come out as
 * accurately as the columns' lengths, which a detour over AᵀA would lose.
 * @throws RangeError on a wrong length; Error when an entry is not finite.
 */
export function svd(a: Float64Array, m: number, n: number): Svd {
  checkSize('svd', 'm', m);
  checkSize('svd', 'n', n);
  checkLength('svd', 'a', a, m * n, 'm·n');
  if (m < n) {
    const { u, values, v } = jacobi(a.slice(), n, m);
    return signed({ u: v, values, v: u }, m, n);
  }
  return signed(jacobi(transposed(a, m, n), m, n), m, n);
}

/** The method on a tall matrix [m, n] whose columns are the rows of `columns` [n, m]. */
function jacobi(columns: Float64Array, m: number, n: number): Svd {
  const scale = powerOfTwoScale('svd', columns);
  for (let i = 0; i < columns.length; i++) columns[i]! *= scale;
  const right = new Float64Array(n * n);
  for (let j = 0; j < n; j++) right[j * n + j] = 1;
  for (let sweep = 0; ; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (orthogonalisePair(columns, right, m, n, p, q)) turned = true;
      }
    }
    if (!turned) break;
    if (sweep === 60) throw atUserLine(new Error('svd: the rotations do not converge'));
  }

  const lengths = Float64Array.from({ length: n }, (_, j) => norm2(columns, j * m, m));
  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => lengths[j]! - lengths[i]!);
  const u = new Float64Array(n * m);
  const v = new Float64Array(n * n);
  for (const [j, from] of order.entries()) {
    const length = lengths[from]!;
    for (let i = 0; i < m; i++) u[j * m + i] = length > 0 ? columns[from * m + i]! / length : 0;
    for (let i = 0; i < n; i++) v[i * n + j] = right[from * n + i]!;
  }
  // Where a singular value is 0, or so small that its column's direction drowns in underflow, any
  // orthonormal completion will do.
  const rank = lengths.filter((length) => length > DUST).length;
  orthonormaliseRows(u, rank, n, m);
  return {
    u: transposed(u, n, m),
    values: Float64Array.from(order, (j) => lengths[j]! / scale),
    v,
  };
}

/** The matrix is scaled so that its largest element is near 1; columns shorter than this count as 0. */
const DUST = 2 ** -500;

/** Rotates columns p and q until they are orthogonal; says whether they were not. */
function orthogonalisePair(
  columns: Float64Array,
  right: Float64Array,
  m: number,
  n: number,
  p: number,
  q: number,
): boolean {
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let i = 0; i < m; i++) {
    const x = columns[p * m + i]!;
    const y = columns[q * m + i]!;
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  // A column as short as this beside another of length 1 is a zero; its square would underflow.
  if (Math.min(pp, qq) < DUST * DUST) return false;
  if (Math.abs(pq) <= m * 2 ** -53 * Math.sqrt(pp) * Math.sqrt(qq)) return false;
  const { c, s } = jacobiRotation(pp, qq, pq);
  rotate(columns, p * m, q * m, m, c, s);
  rotate(right, p * n, q * n, n, c, s);
  return true;
}

/**
 * The cosine and the sine of the angle, of the two that do so the smaller, by which x and y become orthogonal: cx + sy and
 * cy − sx, of the squares ‖x‖² = pp and ‖y‖² = qq and the product xᵀy = pq ≠ 0.
 */
export function jacobiRotation(
  pp: number,
  qq: number,
  pq: number,
): { readonly c: number; readonly s: number } {
  const zeta = (pp - qq) / (2 * pq);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + hypotenuse(1, zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  return { c, s: c * t };
}

/** Rows p and q become c·p + s·q and c·q − s·p. */
function rotate(rows: Float64Array, p: number, q: number, n: number, c: number, s: number): void {
  for (let i = 0; i < n; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    rows[p + i] = c * x + s * y;
    rows[q + i] = c * y - s * x;
  }
}

/** Turns pairs of vectors round so that the right one has the sign that `fixSigns` gives it. */
function signed({ u, values, v }: Svd, m: number, n: number): Svd {
  const r = values.length;
  for (const [j, turned] of fixSigns(v, n, r).entries()) if (turned) negateColumn(u, m, r, j);
  return { u, values, v };
}
