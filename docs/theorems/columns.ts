import { principalAngles } from '../../src/linalg/index.js';

/** Column j of [n, k]. */
export function columnOf(matrix: Float64Array, k: number, j: number): Float64Array {
  return Float64Array.from({ length: matrix.length / k }, (_, i) => matrix[i * k + j]!);
}

/** The angle between the lines along u and v, in radians. */
export function angle(u: Float64Array, v: Float64Array): number {
  return principalAngles(u, v, u.length, 1, 1)[0]!;
}

/** XᵀX of X [n, d], by definition. */
export function gramOf(X: Float64Array, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let at = 0; at < gram.length; at++) {
    const [i, j] = [Math.floor(at / d), at % d];
    for (let row = 0; row < X.length; row += d) gram[at]! += X[row + i]! * X[row + j]!;
  }
  return gram;
}
