import { fillNormal, matmul, randomKey, symmetricEigen } from '../../src/linalg/index.js';

/** Points to learn from, and what is known of them. */
export interface Points {
  readonly n: number;
  readonly d: number;
  /** [n, d], of mean 0. */
  readonly X: Float64Array;
  /** The eigenvalues of the covariance XᵀX/n, largest first. */
  readonly variances: Float64Array;
  /** Its eigenvectors, [d, d], in columns. */
  readonly directions: Float64Array;
}

/** n points of a Gaussian whose d standard deviations fall by a constant factor, turned at random. */
export function gaussianPoints(n: number, d: number, fall: number, seed: number): Points {
  const drawn = new Float64Array(n * d);
  fillNormal(drawn, randomKey(seed, 'points'));
  let sigma = 1;
  for (let j = 0; j < d; j++, sigma *= fall) for (let i = 0; i < n; i++) drawn[i * d + j]! *= sigma;

  const noise = new Float64Array(d * d);
  fillNormal(noise, randomKey(seed, 'turn'));
  const symmetric = noise.map((value, at) => value + noise[(at % d) * d + Math.floor(at / d)]!);
  const X = new Float64Array(n * d);
  matmul(X, drawn, symmetricEigen(symmetric, d).vectors, n, d, d);

  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += X[i * d + j]! / n;
    for (let i = 0; i < n; i++) X[i * d + j]! -= mean;
  }
  const covariance = new Float64Array(d * d);
  matmul(covariance, X, X, d, d, n, { transposeA: true });
  const { values, vectors } = symmetricEigen(
    covariance.map((value) => value / n),
    d,
  );
  return { n, d, X, variances: values, directions: vectors };
}

/** The first k columns of a [d, d] matrix, [d, k]. */
export function firstColumns(matrix: Float64Array, d: number, k: number): Float64Array {
  return Float64Array.from(
    { length: d * k },
    (_, at) => matrix[Math.floor(at / k) * d + (at % k)]!,
  );
}

/** The transpose of a [rows, columns] matrix. */
export function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
}
