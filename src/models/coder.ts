import type { Node, Parameters } from '../graph/index.js';
import type { Csr } from '../linalg/index.js';
import { add, sparseRowsMatmul } from '../ops/index.js';
import { type Activation, activate, affine, type Layer, layer } from './layers.js';

/**
 * f without its last step is shared by all heads: an autoencoder has one head (z), a variational one has
 * two (μ and ln σ²).
 * @param S the rows to read, [V, d]
 * @param hidden widths of the layers before the heads
 * @param heads names of the heads, `dimension` numbers each
 * @returns for a node of row numbers [B], the heads, [B, dimension] each
 */
export function encoder(
  parameters: Parameters,
  S: Csr,
  hidden: readonly number[],
  activation: Activation,
  heads: readonly string[],
  dimension: number,
): (index: Node) => Node[] {
  const widths = [S.columns, ...hidden];
  const layers = hidden.map((width, i) => layer(parameters, `encoder.${i + 1}`, widths[i]!, width));
  const last = heads.map((head) => layer(parameters, `encoder.${head}`, widths.at(-1)!, dimension));
  return (index) => {
    const [first, ...rest] = layers;
    if (!first) return last.map((head) => readRows(S, index, head));
    let h = activate(readRows(S, index, first), activation);
    for (const next of rest) h = activate(affine(h, next), activation);
    return last.map((head) => affine(h, head));
  };
}

/** x·W + b for the rows x = S[index], which are never written out. */
function readRows(S: Csr, index: Node, { W, b }: Layer): Node {
  return add(sparseRowsMatmul(S, index, W), b);
}

/** g: the encoder's hidden layers mirrored, and the last layer apart, since errors are reckoned with it. */
export function decoder(
  parameters: Parameters,
  outputs: number,
  hidden: readonly number[],
  activation: Activation,
  dimension: number,
): { readonly inner: (z: Node) => Node; readonly last: Layer } {
  const mirrored = [...hidden].reverse();
  const widths = [dimension, ...mirrored];
  const layers = mirrored.map((width, i) =>
    layer(parameters, `decoder.${i + 1}`, widths[i]!, width),
  );
  const last = layer(parameters, 'decoder.x', widths.at(-1)!, outputs);
  return {
    inner: (z) => layers.reduce((h, next) => activate(affine(h, next), activation), z),
    last,
  };
}
