import { constant, full, type Node } from '../graph/index.js';
import type { Csr } from '../linalg/index.js';
import {
  add,
  concatenate,
  crossEntropy,
  div,
  gather,
  matmul,
  mean,
  mul,
  reshape,
  sparseRows,
  sparseRowsMatmul,
  square,
  squaredError,
  sub,
  sum,
  transpose,
} from '../ops/index.js';
import { rowLengths } from './inputs.js';
import { affine, type Layer } from './layers.js';

/** How far a reconstruction is off: ‖x̂ − x‖₂², or −Σ xᵢ ln x̂ᵢ for a softmax x̂ and x as shares. */
export type Loss = 'squared' | 'cross-entropy';

/** Reconstructs rows S[index] as x̂ = h·W + b, and gives the error's mean over the batch. */
export type Reconstruction = (h: Node, last: Layer, index: Node) => Node;

/** mean ‖x̂ − x‖², as it is defined. */
export function squaredReconstruction(S: Csr): Reconstruction {
  return (h, last, index) => mean(squaredError(affine(h, last), sparseRows(S, index)));
}

/** mean −Σ xᵢ ln softmax(x̂)ᵢ, each row of S as shares of its sum. */
function entropyReconstruction(S: Csr): Reconstruction {
  const shares = S.scaleRows(S.rowSums().map((total) => (total > 0 ? 1 / total : 0)));
  return (h, last, index) => mean(crossEntropy(affine(h, last), sparseRows(shares, index)));
}

/**
 * The same mean ‖x̂ − x‖² for sparse x, without writing out x̂ or x. With h̃ = (h, 1) and W̃ = (W; b),
 *
 *     Σ‖h̃W̃ − x‖² = ⟨h̃ᵀh̃, W̃W̃ᵀ⟩ − 2⟨h̃, xW̃ᵀ⟩ + Σ‖x‖².
 *
 * For batches of B rows of d contexts, z of them not 0, and k hidden numbers it takes
 * O((B + d)·k² + z·k) multiplications in place of O(B·d·k).
 */
export function sparseSquaredReconstruction(S: Csr): Reconstruction {
  const lengths = constant(rowLengths(S));
  return (h, { W, b }, index) => {
    const batch = h.shape[0]!;
    const hTilde = concatenate([h, full([batch, 1], 1)], 1);
    const wTilde = concatenate([W, reshape(b, [1, -1])], 0);
    const gramH = matmul(hTilde, hTilde, { transposeA: true });
    const gramW = matmul(wTilde, wTilde, { transposeB: true });
    const projected = sparseRowsMatmul(S, index, transpose(wTilde));
    const spread = sub(sum(mul(gramH, gramW)), mul(2, sum(mul(hTilde, projected))));
    return add(div(spread, batch), mean(square(gather(lengths, index))));
  };
}

/** The way of reckoning that suits a loss. */
export function reconstruction(loss: Loss, S: Csr): Reconstruction {
  return loss === 'squared' ? sparseSquaredReconstruction(S) : entropyReconstruction(S);
}
