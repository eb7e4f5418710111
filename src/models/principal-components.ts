// The notes' section on PCA, for any matrix X [n, d]: a row is a point, dense or sparse.
import {
  blockPowerIteration,
  centredOperator,
  type EigenProgress,
  type Eigenpairs,
  gramOperator,
  type LinearOperator,
  lanczos,
  matmul,
  powerIteration,
} from '../linalg/index.js';
import { checkChoice } from './options.js';

/** How the directions of largest variance are found. */
export interface ComponentsOptions {
  /** Take the mean off every column first (default false, as the notes have it). */
  readonly centred?: boolean;
  /**
   * `'power'`: the notes' power iteration, one direction after the other, each perpendicular to those
   * before. `'block'`: all of them together. `'lanczos'` (the default): the same ones, with far fewer products.
   */
  readonly method?: 'power' | 'block' | 'lanczos';
  readonly seed?: number;
}

const METHODS = { power: powerIteration, block: blockPowerIteration, lanczos } as const;

/**
 * The k directions v⁽¹⁾ … v⁽ᵏ⁾ in which X varies most, with λⱼ = ‖Xv⁽ʲ⁾‖²:
 *
 *     max ‖Xv‖² = vᵀXᵀXv  over ‖v‖ = 1, v ⊥ v⁽¹⁾, …, v⁽ʲ⁻¹⁾
 *
 * that is, the eigenvectors of XᵀX [d, d], which is written out only where that is the cheaper way
 * (see `gramOperator`).
 * @returns vectors [d, k] in columns, λ in descending order; `reason` says so where it did not converge
 * @throws RangeError for k > d
 */
export function* principalComponents(
  X: LinearOperator,
  k: number,
  options: ComponentsOptions = {},
): Generator<EigenProgress, Eigenpairs> {
  const { centred = false, method = 'lanczos', seed = 1 } = options;
  const gram = gramOperator(centred ? centredOperator(X) : X);
  checkChoice('principalComponents', 'method', method, Object.keys(METHODS));
  return yield* METHODS[method](gram, k, { seed });
}

/** The coordinates Xv⁽ʲ⁾ of each point, [n, k]: what one looks at. */
export function coordinates(X: LinearOperator, { values, vectors }: Eigenpairs): Float64Array {
  const out = new Float64Array(X.rows * values.length);
  X.apply(out, vectors, values.length);
  return out;
}

/** The notes' sanity check, XᵀXv⁽ʲ⁾ = λⱼv⁽ʲ⁾: how far it is from holding, ‖XᵀXv⁽ʲ⁾ − λⱼv⁽ʲ⁾‖ for each j. */
export function sanityCheck(X: LinearOperator, { values, vectors }: Eigenpairs): Float64Array {
  const k = values.length;
  const images = new Float64Array(vectors.length);
  gramOperator(X).apply(images, vectors, k);
  const squares = new Float64Array(k);
  for (let at = 0; at < images.length; at++) {
    const rest = images[at]! - values[at % k]! * vectors[at]!;
    squares[at % k]! += rest * rest;
  }
  return squares.map(Math.sqrt);
}

/** Σⱼ λⱼ v⁽ʲ⁾v⁽ʲ⁾ᵀ, [d, d]: XᵀX itself once the components are as many as its rank. */
export function spectralSum({ values, vectors }: Eigenpairs): Float64Array {
  const k = values.length;
  const d = vectors.length / k;
  const scaled = vectors.map((v, at) => v * values[at % k]!);
  const out = new Float64Array(d * d);
  matmul(out, scaled, vectors, d, d, k, { transposeB: true });
  return out;
}
