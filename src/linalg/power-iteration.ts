/**
 * The power iteration, as the notes have it: the vector of the largest eigenvalue first, then the largest
 * with v ⊥ v⁽¹⁾, and so on. The textbook version: to read, and to compare the others with.
 * `blockPowerIteration` finds the same pairs all at once, `lanczos` with far fewer products.
 */
import { checkLength, checkSize } from './arguments.js';
import { addScaled, dot, scale } from './dot.js';
import {
  checkEigenproblem,
  type EigenProgress,
  type Eigenpairs,
  rankOf,
  reportPairs,
  residualLimit,
} from './eigenpairs.js';
import { rangeError } from './errors.js';
import type { LinearOperator } from './linear-operator.js';
import { projectOut } from './orthogonalise.js';
import { fillNormal, randomKey } from './random.js';
import { norm2 } from './reduce.js';
import { symmetricEigen } from './symmetric-eigen.js';

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
  const found = new Float64Array(k * n); // v⁽¹⁾, v⁽²⁾, … as rows
  const scratch = new Float64Array(k);
  let products = 0;
  const report = (latest: Float64Array, j: number, reason: string): Eigenpairs => {
    found.set(latest, j * n);
    const rows = found.subarray(0, (j + 1) * n);
    return reportPairs(a, rows, j + 1, 'magnitude', limit, products, reason);
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

    let v: Float64Array = startVector(n, seed, j, j === 0 ? start : undefined);
    normalise(v);
    let Av: Float64Array = new Float64Array(n);
    multiply(Av, v);
    let next: Float64Array = new Float64Array(n);
    let Anext: Float64Array = new Float64Array(n);
    const best = new Float64Array(n);
    const Abest = new Float64Array(n);
    const allowed = products + maxProducts;
    let residual = residualOf(v, Av);
    while (residual > limit && products < allowed) {
      yield {
        products,
        converged: j,
        residual,
        pairs: () => report(v, j, 'the iteration was stopped'),
      };
      next.set(Av);
      normalise(next);
      multiply(Anext, next);
      if (bestInPlane(best, v, Av, next, Anext, limit) <= limit) {
        normalise(best);
        multiply(Abest, best);
        if (residualOf(best, Abest) <= limit) {
          next.set(best);
          Anext.set(Abest);
        }
      }
      [v, next] = [next, v];
      [Av, Anext] = [Anext, Av];
      residual = residualOf(v, Av);
    }
    found.set(v, j * n);
    if (!(residual <= limit)) {
      const reason = `pair ${j + 1} of ${k} has a residual of ${residual.toPrecision(3)} after ${maxProducts} products, above the limit of ${limit.toPrecision(3)}: its eigenvalue is too close to the next for a power iteration`;
      return report(v, j, reason);
    }
  }
  return reportPairs(a, found, k, 'magnitude', limit, products, '');
}

/** A random direction, or `start` with a thousandth of one. */
function startVector(
  n: number,
  seed: number,
  step: number,
  start: Float64Array | undefined,
): Float64Array {
  const v = new Float64Array(n);
  fillNormal(v, randomKey(seed, 'power iteration'), step);
  if (start !== undefined) {
    const length = norm2(start);
    if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
      throw rangeError(`powerIteration: start has length ${length} and so no direction`);
    }
    scale(v, 2 ** -10 / norm2(v));
    addScaled(v, 1 / length, start);
  }
  return v;
}

/** ‖Av − λv‖ with λ = vᵀAv. */
function residualOf(v: Float64Array, Av: Float64Array): number {
  const rest = Av.slice();
  addScaled(rest, -dot(v, Av), v);
  return norm2(rest);
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
): number {
  const c = dot(v, u);
  const q = u.slice();
  addScaled(q, -c, v);
  const s = norm2(q);
  if (s === 0) return Number.POSITIVE_INFINITY;
  scale(q, 1 / s);
  const Aq = Au.slice();
  addScaled(Aq, -c, Av);
  scale(Aq, 1 / s);

  const across = dot(q, Av);
  const { values, vectors } = symmetricEigen(
    Float64Array.of(dot(v, Av), across, across, dot(q, Aq)),
    2,
  );
  const [upper, lower] = [...values].map((value) => rankOf(value, 'magnitude', limit));
  const chosen = upper! >= lower! ? 0 : 1;
  const [x, y] = [vectors[chosen]!, vectors[2 + chosen]!];
  const rest = new Float64Array(best.length);
  best.fill(0);
  addScaled(best, x, v);
  addScaled(best, y, q);
  addScaled(rest, x, Av);
  addScaled(rest, y, Aq);
  addScaled(rest, -values[chosen]!, best);
  return norm2(rest);
}
