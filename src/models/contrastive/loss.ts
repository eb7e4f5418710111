import { constant, type Node } from '../../graph/index.js';
import type { Csr } from '../../linalg/index.js';
import { matmul, mean, mul, square, sub, sum } from '../../ops/index.js';
import { gramNorm, quadraticForm } from './forms.js';

// The spectral contrastive loss, sampled and in expectation.
//
//     𝓛(w) = −2 E[f(x)ᵀf(x⁺)] + E[(f(x)ᵀf(x⁻))²]          (HaoChen et al. 2021)
//
// The notes write Σ f(x)ᵀf(x⁺) − Σ [f(x)ᵀf(x⁻)]², which is what one wants *large*; a loss is small, so the
// signs are the other way round. The 2 only fixes the scale of f.

/**
 * The loss of a batch as the notes have it: pairs (x, x⁺) that belong together, and words x⁻ that need not.
 * Every x⁻ is held against every one of `others`, drawn like it: B² negative pairs for the price of 2B words.
 * @param x @param xPlus f of the two words of each positive pair, [B, k]
 * @param xMinus @param others f of unrelated words, [B, k]
 */
export function sampledLoss(x: Node, xPlus: Node, xMinus: Node, others: Node): Node {
  const close = mean(sum(mul(x, xPlus), -1));
  const far = mean(square(matmul(xMinus, others, { transposeB: true })));
  return sub(far, mul(2, close));
}

/**
 * The same in expectation, x and x⁺ drawn in proportion to a matrix A of how well words go together, and
 * x and x⁻ from q, each by itself: with P = A/ΣA and g(i) = √qᵢ f(i),
 *
 *     𝓛 = −2 Σᵢⱼ Pᵢⱼ f(i)ᵀf(j) + Σᵢⱼ qᵢqⱼ (f(i)ᵀf(j))²  =  −2 tr(GᵀNG) + ‖GᵀG‖²,   Nᵢⱼ = Pᵢⱼ/√(qᵢqⱼ)
 *
 * which takes O(non-zeros·k + V·k²). It is ‖N − GGᵀ‖² but for a constant, so it is smallest where the columns
 * of G are the top eigenvectors of N, each times the root of its eigenvalue. For q the marginals of P, that
 * is the normalised co-occurrence matrix D^{-1/2} A D^{-1/2}.
 * @param G √q·f of all words, [V, k]
 * @param N `normalisedPairs(A, q)`
 */
export function expectedLoss(G: Node, N: Csr): Node {
  return sub(gramNorm(G), mul(2, quadraticForm(N, G)));
}

/** The column √q, [V, 1], which turns f into G. */
export function rootOf(q: Float64Array): Node {
  return constant(q.map(Math.sqrt), [q.length, 1]);
}

/**
 * Nᵢⱼ = Pᵢⱼ/√(qᵢqⱼ) with P = A/ΣA: how much more often than by chance i and j are drawn together, evened out.
 * @throws RangeError unless A is symmetric (a loss that does not tell x from x⁺ sees no other part of it),
 * ≥ 0 and not zero, and q > 0 for every word that is in a pair
 */
export function normalisedPairs(A: Csr, q: Float64Array): Csr {
  if (!A.isSymmetric()) {
    throw new RangeError(
      'normalisedPairs: A is not symmetric; the loss does not tell x from x⁺, so give (A + Aᵀ)/2',
    );
  }
  const negative = A.values.find((value) => !(value >= 0));
  if (negative !== undefined) {
    throw new RangeError(`normalisedPairs: A holds ${negative}; how often a pair is drawn is ≥ 0`);
  }
  const idle = q.findIndex(
    (share, i) => !(share > 0) && A.row(i).values.some((value) => value > 0),
  );
  if (idle >= 0) {
    throw new RangeError(
      `normalisedPairs: word ${idle} is in pairs, but its share q of the negatives is ${q[idle]}; it has to be > 0`,
    );
  }
  const total = A.values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new RangeError('normalisedPairs: there are no pairs: A is zero');
  return A.map((value, i, j) => value / total / Math.sqrt(q[i]! * q[j]!));
}
