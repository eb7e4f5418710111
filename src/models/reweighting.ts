import { matmul, pow, symmetricEigen } from '../linalg/index.js';

/**
 * Latent vectors on even terms. An autoencoder leaves the choice of coordinates open: any invertible map
 * of the latents can be undone by the decoder. With Z = U Σ Vᵀ, U Σᵖ has the same span and weighs its
 * directions by Σᵖ: p = 1 turns Z only, p = 0 makes all directions count the same.
 * @param Z [rows, k]
 * @returns U Σᵖ, [rows, k], strongest direction first; directions of rank zero are zero
 */
export function reweight(Z: Float64Array, k: number, p: number): Float64Array {
  const rows = Z.length / k;
  const gram = new Float64Array(k * k);
  matmul(gram, Z, Z, k, k, rows, { transposeA: true });
  // ZᵀZ = V Σ² Vᵀ, and U Σᵖ = Z V Σᵖ⁻¹.
  const { values, vectors } = symmetricEigen(gram, k);
  const floor = 1e-12 * Math.max(values[0]!, 0);
  const turned = vectors.map((v, at) => {
    const lambda = values[at % k]!;
    return lambda > floor ? v * pow(lambda, (p - 1) / 2) : 0;
  });
  const out = new Float64Array(rows * k);
  matmul(out, Z, turned, rows, k, k);
  return out;
}
