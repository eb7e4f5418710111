import {
  centredOperator,
  type EigenProgress,
  type Eigenpairs,
  gramOperator,
  type LinearOperator,
  lanczos,
  max,
  pow,
  residualLimit,
  sparseOperator,
} from '../linalg/index.js';
import { TRANSFORMS, type Transform } from '../text/index.js';
import { Embedding } from './embedding.js';
import { type Fit, fitOf, type Method, type Progress } from './method.js';
import { checkAmount, checkChoice, checkPower, dimensionOf } from './options.js';

/** What the matrix is made of, and how its directions are found. */
export interface PcaOptions {
  /** k, the numbers a word takes (default 100, or as many as there are words). */
  readonly dimension: number;
  /**
   * What X is: the co-occurrence counts as `'ppmi'` (the default), `'log'`, `'hellinger'` or `'raw'`.
   * Nothing matters more.
   */
  readonly matrix: Transform;
  /** p of the vectors U·Σᵖ (default 0.25): 1 gives the coordinates Xv, less lets weak directions speak. */
  readonly power: number;
  /** Whether the means are taken off X's columns (default false). */
  readonly centred: boolean;
  /**
   * Stop when every residual ‖Av − λv‖ is at most this times |λ₁| (default 10⁻³ for `'ppmi'`, and 10⁻⁶ for
   * the others, whose eigenvalues fall off far below the first).
   */
  readonly tolerance: number;
  readonly seed: number;
}

/**
 * Principal component analysis of the rows of X [V, V], what words are found next to: the directions v with
 * XᵀXv = λv, and along them the words' coordinates Xv⁽ʲ⁾ = σⱼu⁽ʲ⁾, σⱼ = √λⱼ, re-weighted to U·Σᵖ.
 *
 * X is sparse and stays so. Where it is symmetric (`'ppmi'`, `'log'`, `'raw'`), Xv = μv gives
 * XᵀXv = μ²v: the same eigenvectors for half the products, and σ = |μ|.
 *
 * A step is a block of products with the matrix. The loss is how far the notes' sanity check is from
 * holding: the largest ‖Av⁽ʲ⁾ − λⱼv⁽ʲ⁾‖ / ‖A‖₁, which is at most 1.
 */
export const pca: Method<PcaOptions> = {
  name: 'pca',
  title: 'Principal component analysis',
  fit: (source, options = {}): Fit => {
    const { matrix = 'ppmi', power = 0.25, centred = false, seed = 1 } = options;
    const { tolerance = matrix === 'ppmi' ? 1e-3 : 1e-6 } = options;
    checkChoice('pca', 'matrix', matrix, TRANSFORMS);
    checkPower('pca', power);
    checkAmount('pca', 'tolerance', tolerance, true);
    const k = dimensionOf('pca', options.dimension, source.size);

    const sparse = sparseOperator(source.matrix(matrix));
    const X = centred ? centredOperator(sparse) : sparse;
    const A = X.symmetric ? X : gramOperator(X);
    const most = 20 * k + 500;
    const iterate = () => lanczos(A, k, { tolerance, seed, maxProducts: most });
    let pairs: (() => Eigenpairs) | undefined;

    function* steps(): Generator<Progress, void> {
      const iteration = iterate();
      const off = (residual: number) => (A.norm1 > 0 ? Math.min(residual / A.norm1, 1) : 0);
      for (let step = 1; ; step++) {
        const { value, done } = iteration.next();
        if (done) {
          checkRank(A, value, options.dimension, matrix);
          pairs = () => value;
          return yield { step, steps: step, loss: off(max(value.residuals)) };
        }
        pairs = value.pairs;
        const steps = Math.ceil((step * most) / value.products) + 1;
        yield { step, steps, loss: off(value.residual) };
      }
    }
    return fitOf(steps(), () => {
      const found = pairs?.() ?? firstStep(iterate());
      return new Embedding(source.words, wordVectors(X, A, found, power));
    });
  },
};

/** What is known before any step was asked for: the best of a random block. */
function firstStep(iteration: Generator<EigenProgress, Eigenpairs>): Eigenpairs {
  const { value, done } = iteration.next();
  return done ? value : value.pairs();
}

/** @throws RangeError when A has fewer directions than were asked for, or none at all */
function checkRank(
  A: LinearOperator,
  { values }: Eigenpairs,
  asked: number | undefined,
  matrix: Transform,
): void {
  const rank = values.filter((value) => Math.abs(value) > residualLimit(A)).length;
  if (rank === 0) {
    throw new RangeError(
      `pca: the ${matrix} matrix is zero: no two words of this text are found together more often than by chance`,
    );
  }
  if (asked !== undefined && rank < asked) {
    throw new RangeError(
      `pca: dimension is ${asked}, but the ${matrix} matrix of this text has rank ${rank}; ask for at most that`,
    );
  }
}

/** U·Σᵖ, [n, rank]. */
function wordVectors(
  X: LinearOperator,
  A: LinearOperator,
  { values, vectors }: Eigenpairs,
  power: number,
): Float64Array {
  const k = values.length;
  const n = X.rows;
  const turned = new Float64Array(n * k); // UΣ, or V = U
  if (X.symmetric) turned.set(vectors);
  else X.apply(turned, vectors, k);
  const exponent = X.symmetric ? power : (power - 1) / 2;
  const kept = [...values.keys()].filter((j) => Math.abs(values[j]!) > residualLimit(A));
  const factors = kept.map((j) => pow(Math.abs(values[j]!), exponent));
  const out = new Float64Array(n * kept.length);
  for (let i = 0; i < n; i++) {
    for (const [c, j] of kept.entries()) {
      out[i * kept.length + c] = turned[i * k + j]! * factors[c]!;
    }
  }
  return out;
}
