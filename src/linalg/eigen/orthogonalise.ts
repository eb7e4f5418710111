/**
 * Orthonormal sets of vectors. Here a set lies as rows, [count, n]: each vector is contiguous.
 *
 * Gram and Schmidt's process leaves vectors that are orthogonal only to ε·(what cancelled). Done twice
 * it leaves ε, whatever cancelled ("twice is enough", Kahan): the second pass starts from vectors that
 * are almost orthogonal, where nothing cancels any more.
 */
import { checkLength, checkSize } from '../arguments.js';
import { atUserLine, rangeError } from '../errors.js';
import { norm2 } from '../kernels/reduce.js';
import { transposed } from '../kernels/transposed.js';
import { matmul } from '../matmul/matmul.js';
import { Random } from '../random/random-stream.js';

/**
 * v ← v − Σᵢ qᵢ(qᵢᵀv), twice: v made orthogonal to the orthonormal rows of `basis` [count, n].
 * `scratch` holds at least `count` numbers.
 */
export function projectOut(
  v: Float64Array,
  basis: Float64Array,
  count: number,
  scratch: Float64Array,
): void {
  const n = v.length;
  checkLength('projectOut', 'basis', basis, count * n, 'count·n');
  for (let pass = 0; pass < 2; pass++) projectBlock(v, 1, basis, count, n, scratch);
}

/** One pass for `width` vectors at once: W ← W − (W·Qᵀ)·Q. Leaves W·Qᵀ negated in `coefficients`. */
function projectBlock(
  w: Float64Array,
  width: number,
  q: Float64Array,
  count: number,
  n: number,
  coefficients: Float64Array,
): void {
  if (count === 0) return;
  const c = coefficients.subarray(0, width * count);
  matmul(c, w, q, width, count, n, { transposeB: true });
  for (let i = 0; i < c.length; i++) c[i] = -c[i]!;
  matmul(w, c, q, width, n, count, { accumulate: true });
}

/** What is to be known of an orthonormalisation, and what it takes its random directions from. */
export interface OrthonormaliseOptions {
  /** [count − first, count]: receives C with the given vectors = C·(the new ones). */
  readonly coefficients?: Float64Array;
  /** Where directions come from that stand in for dependent vectors. */
  readonly random?: Random | undefined;
  /** At least `orthonormaliseScratch(first, count)` numbers, for who calls often. */
  readonly scratch?: Float64Array;
}

/** The numbers of scratch that `orthonormaliseRows` takes. */
export function orthonormaliseScratch(first: number, count: number): number {
  const width = count - first;
  return width * (2 * first + 3 * width + 2);
}

/**
 * Makes the rows first … count − 1 of `q` [count, n] orthonormal, and orthogonal to the rows before them,
 * which must be orthonormal already. A row that depends on those before it, to within n·ε of its length, is
 * replaced by a random direction orthogonal to them, or by 0 when there is none left (row n and later);
 * its own coefficient is 0.
 * @returns the indices of the rows that were replaced.
 * @throws RangeError on lengths that do not fit; Error when a vector is not finite.
 */
export function orthonormaliseRows(
  q: Float64Array,
  first: number,
  count: number,
  n: number,
  options: OrthonormaliseOptions = {},
): number[] {
  checkSize('orthonormaliseRows', 'first', first);
  checkSize('orthonormaliseRows', 'count', count, first);
  checkSize('orthonormaliseRows', 'n', n);
  checkLength('orthonormaliseRows', 'q', q, count * n, 'count·n');
  const width = count - first;
  const { coefficients, random = new Random(0, 'orthonormalise') } = options;
  if (coefficients) {
    const expected = width * count;
    checkLength(
      'orthonormaliseRows',
      'coefficients',
      coefficients,
      expected,
      '(count − first)·count',
    );
  }
  const needed = orthonormaliseScratch(first, count);
  const scratch = options.scratch ?? new Float64Array(needed);
  if (scratch.length < needed) {
    throw rangeError(
      `orthonormaliseRows: scratch needs ${needed} elements, but has ${scratch.length}`,
    );
  }
  let free = 0;
  const numbers = (length: number): Float64Array => {
    free += length;
    return scratch.subarray(free - length, free);
  };
  // After each pass: old block = along·Q + within·(block as it now is).
  const along = numbers(width * first);
  const negative = numbers(width * first);
  const within = numbers(width * width);
  const r = numbers(width * width);
  const product = numbers(width * width);
  const lengths = numbers(width);
  const dots = numbers(width);
  along.fill(0);
  within.fill(0);
  for (let i = 0; i < width; i++) within[i * width + i] = 1;

  const before = q.subarray(0, first * n);
  const block = q.subarray(first * n, count * n);
  const replaced: number[] = []; // row first + i at i, and holes
  const replace = (i: number, v: Float64Array): boolean => {
    if (norm2(v) > (n + 8) * 2 ** -52 * lengths[i]!) return false;
    replaced[i] = first + i;
    if (first + i < n) for (let a = 0; a < n; a++) v[a] = random.normal();
    else v.fill(0);
    return true;
  };
  // A direction drawn in one pass is made orthogonal to Q by the next, so there are always two. A vector of
  // which little was left is mostly rounding, and goes round again.
  for (let pass = 1, settled = false; !settled && pass <= MAX_PASSES; pass++) {
    for (let i = 0; i < width; i++) {
      lengths[i] = norm2(block, i * n, n);
      if (!Number.isFinite(lengths[i])) {
        throw atUserLine(new Error('orthonormaliseRows: a vector holds NaN or ∞'));
      }
    }
    projectBlock(block, width, before, first, n, negative);
    gramSchmidt(block, width, n, r, dots, replace);
    for (let p = 0; p < negative.length; p++) negative[p] = -negative[p]!;
    matmul(along, within, negative, width, first, width, { accumulate: true });
    matmul(product, within, r, width, width, width);
    within.set(product);
    settled = pass > 1;
    for (let i = 0; i < width; i++) {
      if (lengths[i]! > 0 && r[i * width + i]! <= lengths[i]! / 2) settled = false;
    }
  }
  for (let i = 0; coefficients && i < width; i++) {
    coefficients.set(along.subarray(i * first, (i + 1) * first), i * count);
    coefficients.set(within.subarray(i * width, (i + 1) * width), i * count + first);
  }
  return replaced.flat();
}

/** Two passes are enough for almost all; more are for vectors that drown in rounding. */
const MAX_PASSES = 6;

/**
 * The process within a block, row by row. `replace(i, v)` may exchange what is left of row i for another
 * direction, which is then made orthogonal in its turn. Writes R [width, width], lower triangular: row i of
 * the old block = Σⱼ R[i, j]·(row j of the new).
 */
function gramSchmidt(
  block: Float64Array,
  width: number,
  n: number,
  r: Float64Array,
  dots: Float64Array,
  replace: (i: number, v: Float64Array) => boolean,
): void {
  r.fill(0);
  for (let i = 0; i < width; i++) {
    const v = block.subarray(i * n, (i + 1) * n);
    const earlier = block.subarray(0, i * n);
    projectBlock(v, 1, earlier, i, n, dots);
    for (let j = 0; j < i; j++) r[i * width + j] = -dots[j]!;
    if (replace(i, v)) projectOut(v, earlier, i, dots);
    else r[i * width + i] = norm2(v);
    const length = norm2(v);
    if (length > 0) for (let a = 0; a < n; a++) v[a]! /= length;
  }
}

/** A = Q·R with orthonormal columns of Q, for a tall A [n, k]. */
export interface ThinQr {
  /** [n, k], row-major: orthonormal columns. */
  readonly q: Float64Array;
  /** [k, k], upper triangular, A = Q·R. */
  readonly r: Float64Array;
  /** How many columns of A are independent. */
  readonly rank: number;
  /** The columns that depend on those before them: there Q holds a random orthogonal direction, R[j, j] = 0. */
  readonly dependent: readonly number[];
}

/**
 * A = Q·R for a tall matrix A [n, k], n ≥ k, by Gram and Schmidt's process done twice.
 * @throws RangeError when n < k or a length does not fit.
 */
export function thinQr(a: Float64Array, n: number, k: number, random?: Random): ThinQr {
  checkSize('thinQr', 'k', k);
  checkSize('thinQr', 'n', n, k);
  checkLength('thinQr', 'a', a, n * k, 'n·k');
  const rows = transposed(a, n, k);
  const coefficients = new Float64Array(k * k);
  const dependent = orthonormaliseRows(rows, 0, k, n, { coefficients, random });
  return {
    q: transposed(rows, k, n),
    r: transposed(coefficients, k, k),
    rank: k - dependent.length,
    dependent,
  };
}
