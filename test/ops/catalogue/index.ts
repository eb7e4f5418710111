import type { OpSpec } from '../../../src/check/spec.js';
import type { OpName } from '../support/op-name.js';
import { arithmetic } from './arithmetic.js';
import { functions } from './functions.js';
import { indexing } from './indexing.js';
import { layout } from './layout.js';
import { losses } from './losses.js';
import { noise } from './noise.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { selection } from './selection.js';

/** Every op with what it is tested by. The type is the point: an op without an entry does not compile. */
export const catalogue: Record<OpName, OpSpec> = {
  ...arithmetic,
  ...functions,
  ...selection,
  ...reductions,
  ...layout,
  ...indexing,
  ...products,
  ...losses,
  ...noise,
};
