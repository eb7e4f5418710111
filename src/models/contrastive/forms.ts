import { apply, type Node, type Op } from '../../graph/index.js';
import { type Csr, sum as total, type View } from '../../linalg/index.js';
import { matmul, mul, sparseMatmul } from '../../ops/index.js';

// Two scalars of a matrix G, each with a rule that knows of its symmetry: what the product rule would
// write as two equal products, it writes as one, doubled. The product itself is an input that depends on
// G, so derivatives of any order are right.

/** ⟨G, NG⟩ = tr(GᵀNG); its slope is NG + NᵀG = 2NG. */
const quadraticFormOp: Op = {
  name: 'quadraticForm',
  formula: 'y = \\operatorname{tr}(G^\\top N G)',
  slots: ['G', 'NG'],
  shape: () => [],
  kernel: (y, G, NG) => innerProduct(y, G, NG),
  vjp: (dy, _y, _G, NG) => [() => mul(mul(2, dy), NG), null],
};

/** ‖K‖² of K = GᵀG; its slope is G(K + Kᵀ)·2 = 4GK. */
const gramNormOp: Op = {
  name: 'gramNorm',
  formula: 'y = \\lVert G^\\top G \\rVert^2',
  slots: ['G', 'K'],
  shape: () => [],
  kernel: (y, _G, K) => innerProduct(y, K, K),
  vjp: (dy, _y, G, K) => [() => mul(mul(4, dy), matmul(G, K)), null],
};

function innerProduct({ data: y }: View, { data: a }: View, { data: b }: View) {
  const products = new Float64Array(a.length);
  return () => {
    for (let i = 0; i < a.length; i++) products[i] = a[i]! * b[i]!;
    y[0] = total(products);
  };
}

/** tr(GᵀNG) for a symmetric N, in O(non-zeros·k). */
export function quadraticForm(N: Csr, G: Node): Node {
  return apply(quadraticFormOp, G, sparseMatmul(N, G));
}

/** ‖GᵀG‖², the sum of the squares of GᵀG's elements, in O(V·k²) for G [V, k]. */
export function gramNorm(G: Node): Node {
  return apply(gramNormOp, G, matmul(G, G, { transposeA: true }));
}
