import { checkLength, checkSize } from '../arguments.js';
import { atUserLine } from '../errors.js';
import { allocate, release } from '../memory.js';
import { multiplyBy, type Padded, padded, rotateRows, takeOff } from './padded.js';
import { fixSigns } from './signs.js';

/** A = V·diag(values)·Vᵀ with orthogonal V, for a symmetric A [n, n]. */
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
  const work = padded(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      work.data[i * work.stride + j] = work.data[j * work.stride + i] = a[i * n + j]! * scale;
    }
  }
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalise(work, diagonal, beside);
  diagonalise(diagonal, beside, work);

  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const values = Float64Array.from(order, (j) => diagonal[j]! / scale);
  const vectors = new Float64Array(n * n);
  for (const [j, from] of order.entries()) {
    for (let i = 0; i < n; i++) vectors[i * n + j] = work.data[from * work.stride + i]!;
  }
  release(work.data);
  fixSigns(vectors, n, n);
  return { values, vectors };
}

/** A power of two that brings the largest magnitude near 1, so that no square over- or underflows. */
export function powerOfTwoScale(kernel: string, a: Float64Array): number {
  let largest = 0;
  for (const value of a) {
    if (!Number.isFinite(value))
      throw atUserLine(new Error(`${kernel}: the matrix holds ${value}`));
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
 * H = I − 2uuᵀ so that column k has nothing below its first subdiagonal element. A turns into Qᵀ, whose row i
 * will turn into eigenvector i.
 */
function tridiagonalise(a: Padded, diagonal: Float64Array, beside: Float64Array): void {
  const { data, n, stride } = a;
  const p = allocate(stride).fill(0);
  const reflectors = padded(n); // u of step k is row k; 0 where there was nothing to be done
  const row = (k: number): Float64Array => reflectors.data.subarray(k * stride, (k + 1) * stride);
  for (const k of beside.subarray(1).keys()) {
    const u = row(k);
    let tail = 0;
    let squares = 0;
    for (let i = k + 1; i < n; i++) {
      u[i] = data[i * stride + k]!;
      if (i === k + 1) continue;
      tail = Math.max(tail, Math.abs(u[i]!));
      squares += u[i]! * u[i]!;
    }
    const first = u[k + 1]!;
    beside[k] = first;
    if (tail < DUST) {
      u.fill(0);
      continue;
    }
    // The reflected column is ∓length·e; the sign that adds, rather than cancels, gives u.
    const length = Math.sqrt(first * first + squares);
    beside[k] = first > 0 ? -length : length;
    u[k + 1] = first - beside[k]!;
    const norm = Math.sqrt(u[k + 1]! * u[k + 1]! + squares);
    for (let i = 0; i < n; i++) u[i] = u[i]! / norm;
    // H A H = A − 2u wᵀ − 2w uᵀ with p = A u, w = p − (uᵀp) u. (Up to k, u is 0 and p what it was before, of which
    // only columns that are done take notice.)
    multiplyBy(p, a, u, k + 1);
    let projection = 0;
    for (let i = 0; i < n; i++) projection += p[i]! * u[i]!;
    for (let i = 0; i < n; i++) p[i] = p[i]! - projection * u[i]!;
    takeOff(a, u, p, k + 1);
    takeOff(a, p, u, k + 1);
  }
  for (let i = 0; i < n; i++) diagonal[i] = data[i * stride + i]!;

  // Qᵀ = … H₁ H₀, from the last reflection to the first, so that it grows from the corner.
  data.fill(0);
  for (let i = 0; i < n; i++) data[i * stride + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    const u = row(k);
    if (u[k + 1] === 0) continue;
    multiplyBy(p, a, u, k + 1);
    takeOff(a, p, u, k + 1);
  }
  release(p);
  release(reflectors.data);
}

/** Implicit QR steps until `beside` is 0; every rotation is also done to two rows of Qᵀ. */
function diagonalise(diagonal: Float64Array, beside: Float64Array, rows: Padded): void {
  const { n } = rows;
  const cosines = allocate(n);
  const sines = allocate(n);
  const negligible = (i: number): boolean =>
    Math.abs(beside[i]!) <= 2 ** -53 * (Math.abs(diagonal[i]!) + Math.abs(diagonal[i + 1]!)) + DUST;
  let steps = 0;
  for (let high = n - 1; high > 0; ) {
    let low = high;
    while (low > 0 && !negligible(low - 1)) low--;
    if (low === high) {
      high--;
      continue;
    }
    qrStep(diagonal, beside, cosines, sines, low, high);
    rotateRows(rows, cosines, sines, low, high);
    if (++steps > 100 * n)
      throw atUserLine(new Error('symmetricEigen: the QR steps do not converge'));
  }
  release(cosines);
  release(sines);
}

/** One step with Wilkinson's shift on the block low … high, chasing the bulge down the diagonal. */
function qrStep(
  d: Float64Array,
  e: Float64Array,
  cosines: Float64Array,
  sines: Float64Array,
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
    const c = x / r;
    const s = z / r;
    if (k > low) e[k - 1] = r;
    const d0 = d[k]!;
    const d1 = d[k + 1]!;
    const e0 = e[k]!;
    d[k] = c * c * d0 + 2 * c * s * e0 + s * s * d1;
    d[k + 1] = s * s * d0 - 2 * c * s * e0 + c * c * d1;
    e[k] = c * s * (d1 - d0) + (c * c - s * s) * e0;
    x = e[k]!;
    z = s * e[k + 1]!;
    e[k + 1] = c * e[k + 1]!; // behind `high` it is negligible, or 0
    cosines[k] = c;
    sines[k] = s;
  }
}
