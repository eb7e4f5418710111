import type { Entry, OpName } from '../support/entry.js';
import { elementwise } from './elementwise.js';
import { layout } from './layout.js';
import { losses } from './losses.js';
import { products } from './products.js';
import { reductions } from './reductions.js';

/** Every op with what it is tested by. The type is the point: an op without an entry does not compile. */
export const catalogue: Record<OpName, Entry> = {
  ...elementwise,
  ...reductions,
  ...layout,
  ...products,
  ...losses,
};
