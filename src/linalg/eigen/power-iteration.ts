/**
 * The power iteration, as the notes have it: the vector of the largest eigenvalue first, then the largest
 * with v ⊥ v⁽¹⁾, and so on. The textbook version: to read, and to compare the others with.
 * `blockPowerIteration` finds the same pairs all at once, `lanczos` with far fewer products.
 */
import { checkLength, checkSize } from '../arguments.js';
import { rangeError } from '../errors.js';
import { addScaled, dot, scale } from '../kernels/dot.js';
import { norm2 } from '../kernels/reduce.js';
import { allocate, release } from '../memory.js';
import { fillNormal, randomKey } from '../random/random.js';
import {
  checkEigenproblem,
  type EigenProgress,
  type Eigenpairs,
  reportPairs,
  residualLimit,
} from './eigenpairs.js';
import type { LinearOperator } from './linear-operator.js';
import { projectOut } from './orthogonalise.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Where a power iteration starts, and when it gives up. */
export interface PowerIterationOptions {
  /** Seed of the start vectors; 1 if not given. */
  readonly seed?: number;
  /** Where the first vector starts [n]. A little of a random direction is mixed in, so it may be any. */
  readonly start?: Float64Array;
  /** Products with A that a pair may take; 20,000 if not given. */
  readonly maxProducts?: number;
}

/**
 * The k eigenpairs of largest magnitude of a symmetric A, each by power iteration orthogonally to those
 * before it: v ← Av / ‖Av‖ until ‖Av − λv‖ ≤ 10·n·ε·‖A‖₁ with λ = vᵀAv. It takes about
 * ln(1/ε) / ln|λ₁/λ₂| steps. A pair that takes too many ends the iteration, and `reason` says so.
 *
 * Between eigenvalues λ and −λ the iterates swing for ever, v and Av being two mixtures of the same two
 * eigenvectors. So each step also tries the best that the plane of v and Av has to offer.
 * @throws TypeError unless A is symmetric, RangeError unless 0 ≤ k ≤ n, Error when A is not finite.
 */
export function* powerIteration(
  a: LinearOperator,
  k: number,
  options: PowerIterationOptions = {},
): Generator<EigenProgress, Eigenpairs> {
  checkEigenproblem('powerIteration', a, k);
  const { seed = 1, start, maxProducts = 20_000 } = options;
  const n = a.rows;
  checkSize('powerIteration', 'maxProducts', maxProducts);
  if (start !== undefined) checkLength('powerIteration', 'start', start, n, 'n');
  const limit = residualLimit(a);
  const found = allocate(k * n); // v⁽¹⁾, v⁽²⁾, … as rows
  const scratch = allocate(k);
  // v and what comes after it, the best of their plane, and the images of all three.
  const vectors = Array.from({ length: 6 }, () => allocate(n));
  const plane: Plane = { q: allocate(n), Aq: allocate(n), rest: allocate(n) };
  let [v, next, best] = vectors as [Float64Array, Float64Array, Float64Array];
  let [Av, Anext, Abest] = vectors.slice(3) as [Float64Array, Float64Array, Float64Array];
  let products = 0;
  let result: Eigenpairs | undefined;
  const report = (latest: Float64Array, j: number, reason: string): Eigenpairs => {
    found.set(latest, j * n);
    const rows = found.subarray(0, (j + 1) * n);
    return reportPairs(a, rows, j + 1, 'magnitude', limit, products, reason);
  };
  const end = (pairs: Eigenpairs): Eigenpairs => {
    result = pairs;
    for (const x of [found, scratch, ...vectors, ...Object.values(plane)]) release(x);
    return pairs;
  };

  for (let j = 0; j < k; j++) {
    const earlier = found.subarray(0, j * n);
    const multiply = (out: Float64Array, x: Float64Array): void => {
      a.apply(out, x, 1);
      projectOut(out, earlier, j, scratch);
      products++;
    };
    const normalise = (x: Float64Array): void => {
      projectOut(x, earlier, j, scratch);
      scale(x, 1 / norm2(x));
    };

    drawStart(v, seed, j, j === 0 ? start : undefined);
    normalise(v);
    const allowed = products + maxProducts;
    multiply(Av, v);
    let residual = residualOf(v, Av, plane.rest);
    while (residual > limit && products < allowed) {
      const pairs = (): Eigenpairs => result ?? report(v, j, 'the iteration was stopped');
      yield { products, converged: j, residual, pairs };
      next.set(Av);
      normalise(next);
      multiply(Anext, next);
      if (bestInPlane(best, v, Av, next, Anext, limit, plane) <= limit) {
        normalise(best);
        multiply(Abest, best);
        [next, best] = [best, next];
        [Anext, Abest] = [Abest, Anext];
      }
      [v, next] = [next, v];
      [Av, Anext] = [Anext, Av];
      residual = residualOf(v, Av, plane.rest);
    }
    found.set(v, j * n);
    if (!(residual <= limit)) {
      const reason = `pair ${j + 1} of ${k} has a residual of ${residual.toPrecision(3)} after ${maxProducts} products, above the limit of ${limit.toPrecision(3)}: its eigenvalue is too close to the next for a power iteration`;
      return end(report(v, j, reason));
    }
  }
  return end(reportPairs(a, found, k, 'magnitude', limit, products, ''));
}

/** A random direction, or `start` with a thousandth of one. */
function drawStart(
  v: Float64Array,
  seed: number,
  step: number,
  start: Float64Array | undefined,
): void {
  fillNormal(v, randomKey(seed, 'power iteration'), step);
  if (start !== undefined) {
    const length = norm2(start);
    if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
      throw rangeError(`powerIteration: start has length ${length} and so no direction`);
    }
    scale(v, 2 ** -10 / norm2(v));
    addScaled(v, 1 / length, start);
  }
}

/** ‖Av − λv‖ with λ = vᵀAv. */
function residualOf(v: Float64Array, Av: Float64Array, rest: Float64Array): number {
  rest.set(Av);
  addScaled(rest, -dot(v, Av), v);
  return norm2(rest);
}

/** Room for what `bestInPlane` works with. */
interface Plane {
  readonly q: Float64Array;
  readonly Aq: Float64Array;
  readonly rest: Float64Array;
}

/**
 * Rayleigh and Ritz in the plane of the unit vectors v and u, whose images are known: writes the vector of
 * the plane that comes closest to an eigenvector of largest magnitude, and returns its residual.
 */
function bestInPlane(
  best: Float64Array,
  v: Float64Array,
  Av: Float64Array,
  u: Float64Array,
  Au: Float64Array,
  limit: number,
  { q, Aq, rest }: Plane,
): number {
  const c = dot(v, u);
  q.set(u);
  addScaled(q, -c, v);
  const s = norm2(q);
  scale(q, 1 / s);
  Aq.set(Au);
  addScaled(Aq, -c, Av);
  scale(Aq, 1 / s);

  const across = dot(q, Av);
  const { values, vectors } = symmetricEigen(
    Float64Array.of(dot(v, Av), across, across, dot(q, Aq)),
    2,
  );
  // The positive one of ±λ, whatever they differ by within rounding.
  const chosen = values[0]! + values[1]! >= -limit ? 0 : 1;
  const [x, y] = [vectors[chosen]!, vectors[2 + chosen]!];
  rest.fill(0);
  best.fill(0);
  addScaled(best, x, v);
  addScaled(best, y, q);
  addScaled(rest, x, Av);
  addScaled(rest, y, Aq);
  addScaled(rest, -values[chosen]!, best);
  return norm2(rest);
}
