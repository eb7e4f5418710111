import { formatShape, sameShape } from '../linalg/index.js';
import { backward } from './backward.js';
import { ShapeError } from './errors.js';
import { full } from './leaves.js';
import { checkNode, type Node } from './node.js';
import { sumOfTerms } from './sum.js';

/**
 * ∂y/∂x for each x, as nodes of x's shape. For a y of more than one element a seed u of y's shape is
 * needed, and the result is the vector-Jacobian product Jᵀu. The result can be differentiated again.
 * An x that y does not depend on gets zeros.
 * @throws ShapeError if y has more than one element and there is no seed, or the seed's shape is not y's
 */
export function gradients(y: Node, xs: readonly Node[], seed?: Node): Node[] {
  checkNode('gradients', 'y', y);
  for (const [i, x] of xs.entries()) checkNode('gradients', `xs[${i}]`, x);
  const found = backward(y, xs, seed);
  return xs.map((x) => found.get(x)?.node ?? full(x.shape, 0));
}

/**
 * Forward mode: the Jacobian-vector product J·t = Σ ∂y/∂xᵢ · tᵢ, of y's shape. It needs no further
 * rule: u ↦ Jᵀu is linear, so its own vector-Jacobian product with t is J·t, whatever u.
 * @throws ShapeError if a tangent does not have its x's shape
 */
export function jvp(y: Node, xs: readonly Node[], tangents: readonly Node[]): Node {
  checkTangents('jvp', xs, tangents);
  const u = full(y.shape, 0);
  const found = backward(y, xs, u);
  const sums: Node[] = [];
  for (const [i, x] of xs.entries()) {
    const transposed = found.get(x)?.node;
    const product = transposed && backward(transposed, [u], tangents[i]!).get(u)?.node;
    if (product) sums.push(product);
  }
  return sums.length > 0 ? sumOfTerms(sums) : full(y.shape, 0);
}

/**
 * Hessian-vector products: (∂²y/∂x²)·t for each x, y having a single element. The gradient's own
 * vector-Jacobian product, the Hessian being symmetric.
 * @throws ShapeError if y has more than one element, or a tangent does not have its x's shape
 */
export function hvp(y: Node, xs: readonly Node[], tangents: readonly Node[]): Node[] {
  checkTangents('hvp', xs, tangents);
  const first = gradients(y, xs);
  const products = first.map((gradient, i) => gradients(gradient, xs, tangents[i]!));
  return xs.map((_, j) => sumOfTerms(products.map((row) => row[j]!)));
}

function checkTangents(name: string, xs: readonly Node[], tangents: readonly Node[]): void {
  if (tangents.length !== xs.length) {
    throw new ShapeError(
      `${name}: ${xs.length} inputs but ${tangents.length} tangents; one is needed for each`,
    );
  }
  for (const [i, x] of xs.entries()) {
    if (sameShape(x.shape, tangents[i]!.shape)) continue;
    throw new ShapeError(
      `${name}: the tangent of ${x} has the shape ${formatShape(tangents[i]!.shape)}; it needs ${formatShape(x.shape)}`,
    );
  }
}
