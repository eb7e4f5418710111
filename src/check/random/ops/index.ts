import type { GraphOps } from '../graph-op.js';
import { elementwise } from './elementwise.js';
import { layout } from './layout.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { sparse } from './sparse.js';

/**
 * The ops of the library that have a gradient, as random graphs use them. Shrinking goes towards those that stand
 * first.
 */
export const graphOps: GraphOps = {
  ...elementwise,
  ...reductions,
  ...layout,
  ...products,
  ...sparse,
};
