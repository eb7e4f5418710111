import { checkLength, checkSize } from './arguments.js';
import { fixSigns } from './signs.js';

export interface SymmetricEigen {
  /** The eigenvalues, largest first. */
  readonly values: Float64Array;
  /** [n, n], row-major; column j is the unit eigenvector of `values[j]`. */
  readonly vectors: Float64Array;
}

/**
 * All eigenpairs of a small symmetric matrix [n, n], of which only the lower triangle is read:
 * A = V·diag(values)·Vᵀ with VᵀV = I, in O(n³). Householder reflections make A tridiagonal, then
 * implicitly shifted QR steps make it diagonal (Golub and Van Loan, "Matrix Computations", 8.3).
 * Residuals and orthogonality are good to a small multiple of n·ε·‖A‖; signs follow `fixSigns`.
 * @throws RangeError on a wrong length; Error when an entry is not finite.
 */
export function symmetricEigen(a: Float64Array, n: number): SymmetricEigen {
  checkSize('symmetricEigen', 'n', n);
  checkLength('symmetricEigen', 'a', a, n * n, 'n·n');
  const scale = powerOfTwoScale('symmetricEigen', a);
  const work = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) work[i * n + j] = work[j * n + i] = a[i * n + j]! * scale;
  }
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const rows = tridiagonalise(work, n, diagonal, beside);
  diagonalise(diagonal, beside, rows, n);

  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const values = Float64Array.from(order, (j) => diagonal[j]! / scale);
  const vectors = new Float64Array(n * n);
  for (const [j, from] of order.entries()) {
    for (let i = 0; i < n; i++) vectors[i * n + j] = rows[from * n + i]!;
  }
  fixSigns(vectors, n, n);
  return { values, vectors };
}

/** A power of two that brings the largest magnitude near 1, so that no square over- or underflows. */
export function powerOfTwoScale(kernel: string, a: Float64Array): number {
  let largest = 0;
  for (const value of a) {
    if (!Number.isFinite(value)) throw new Error(`${kernel}: the matrix holds ${value}`);
    largest = Math.max(largest, Math.abs(value));
  }
  let scale = 1;
  while (largest * scale >= 2) scale /= 2;
  while (largest > 0 && largest * scale < 1 && scale < 2 ** 1000) scale *= 2;
  return scale;
}

/** √(x² + y²) without overflow or underflow on the way. */
export function hypotenuse(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y));
  const small = Math.min(Math.abs(x), Math.abs(y));
  if (large === 0) return 0;
  const ratio = small / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/**
 * The matrix is scaled so that its largest element is near 1. Off the diagonal, anything this far below
 * rounding is zero: to turn it away would cost accuracy (subnormals have no direction to speak of) and gain none.
 */
const DUST = 2 ** -120;

/**
 * A = Q·T·Qᵀ with T tridiagonal: `diagonal`, and `beside[i]` between i and i + 1. Step k reflects with
 * H = I − 2uuᵀ so that column k has nothing below its first subdiagonal element. Returns Qᵀ, whose row i
 * will turn into eigenvector i. A is overwritten: its row k + 1 … ends as u of step k.
 */
function tridiagonalise(
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  beside: Float64Array,
): Float64Array {
  const u = new Float64Array(n);
  const p = new Float64Array(n);
  const reflections: { k: number; u: Float64Array }[] = [];
  for (let k = 0; k + 1 < n; k++) {
    let tail = 0;
    let length = 0;
    for (let i = k + 1; i < n; i++) {
      u[i] = a[i * n + k]!;
      if (i > k + 1) tail = Math.max(tail, Math.abs(u[i]!));
      length = hypotenuse(length, u[i]!);
    }
    beside[k] = u[k + 1]!;
    if (tail < DUST) continue;
    // The reflected column is ∓length·e; the sign that adds, rather than cancels, gives u.
    beside[k] = u[k + 1]! > 0 ? -length : length;
    u[k + 1] = u[k + 1]! - beside[k]!;
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm = hypotenuse(norm, u[i]!);
    for (let i = k + 1; i < n; i++) u[i] = u[i]! / norm;
    // H A H = A − 2u wᵀ − 2w uᵀ with p = A u, w = p − (uᵀp) u.
    let projection = 0;
    for (let i = k + 1; i < n; i++) {
      p[i] = dotFrom(a, i * n, u, k + 1, n);
      projection += p[i]! * u[i]!;
    }
    for (let i = k + 1; i < n; i++) p[i] = p[i]! - projection * u[i]!;
    for (let i = k + 1; i < n; i++) {
      const twoU = 2 * u[i]!;
      const twoW = 2 * p[i]!;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= twoU * p[j]! + twoW * u[j]!;
    }
    reflections.push({ k, u: u.slice() });
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i]!;

  // Qᵀ = … H₁ H₀, from the last reflection to the first, so that it grows from the corner.
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (const { k, u: reflector } of reflections.reverse()) reflectRows(q, n, k + 1, reflector);
  return q;
}

/** Q ← Q·(I − 2uuᵀ) on the rows and columns from `first` on. */
function reflectRows(q: Float64Array, n: number, first: number, u: Float64Array): void {
  for (let i = first; i < n; i++) {
    const s = 2 * dotFrom(q, i * n, u, first, n);
    for (let j = first; j < n; j++) q[i * n + j]! -= s * u[j]!;
  }
}

/** Σ a[row + j]·u[j] for j from `first` to n − 1, in four sums that need not wait for each other. */
function dotFrom(a: Float64Array, row: number, u: Float64Array, first: number, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let j = first;
  for (; j + 4 <= n; j += 4) {
    s0 += a[row + j]! * u[j]!;
    s1 += a[row + j + 1]! * u[j + 1]!;
    s2 += a[row + j + 2]! * u[j + 2]!;
    s3 += a[row + j + 3]! * u[j + 3]!;
  }
  for (; j < n; j++) s0 += a[row + j]! * u[j]!;
  return s0 + s1 + (s2 + s3);
}

/** Implicit QR steps until `beside` is 0; every rotation is also done to two rows of `rows`. */
function diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  n: number,
): void {
  const negligible = (i: number): boolean =>
    Math.abs(beside[i]!) <= 2 ** -53 * (Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!)) + DUST;
  let steps = 0;
  for (let high = n - 1; high > 0; ) {
    if (negligible(high - 1)) {
      high--;
      continue;
    }
    let low = high - 1;
    while (low > 0 && !negligible(low - 1)) low--;
    qrStep(diagonal, beside, rows, n, low, high);
    if (++steps > 100 * n) throw new Error('symmetricEigen: the QR steps do not converge');
  }
}

/** One step with Wilkinson's shift on the block low … high, chasing the bulge down the diagonal. */
function qrStep(
  d: Float64Array,
  e: Float64Array,
  rows: Float64Array,
  n: number,
  low: number,
  high: number,
): void {
  const half = (d[high - 1]! - d[high]!) / 2;
  const last = e[high - 1]!;
  const root = hypotenuse(half, last);
  const shift = d[high]! - last * (last / (half + (half < 0 ? -root : root)));
  let x = d[low]! - shift;
  let z = e[low]!;
  for (let k = low; k < high; k++) {
    const r = hypotenuse(x, z);
    const c = r === 0 ? 1 : x / r;
    const s = r === 0 ? 0 : z / r;
    if (k > low) e[k - 1] = r;
    const d0 = d[k]!;
    const d1 = d[k + 1]!;
    const e0 = e[k]!;
    d[k] = c * c * d0 + 2 * c * s * e0 + s * s * d1;
    d[k + 1] = s * s * d0 - 2 * c * s * e0 + c * c * d1;
    e[k] = c * s * (d1 - d0) + (c * c - s * s) * e0;
    if (k + 1 < high) {
      x = e[k]!;
      z = s * e[k + 1]!;
      e[k + 1] = c * e[k + 1]!;
    }
    rotate(rows, k * n, (k + 1) * n, n, c, s);
  }
}

/** Rows p and q become c·p + s·q and c·q − s·p. */
export function rotate(
  rows: Float64Array,
  p: number,
  q: number,
  n: number,
  c: number,
  s: number,
): void {
  for (let i = 0; i < n; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    rows[p + i] = c * x + s * y;
    rows[q + i] = c * y - s * x;
  }
}
