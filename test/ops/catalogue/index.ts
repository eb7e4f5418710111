import type { OpSpec } from '../../../src/check/spec.js';
import type { OpName } from '../support/op-name.js';
import { arithmetic } from './arithmetic.js';
import { comparisons } from './comparisons.js';
import { extrema } from './extrema.js';
import { functions } from './functions.js';
import { gaussians } from './gaussians.js';
import { indexing } from './indexing.js';
import { joins } from './joins.js';
import { layout } from './layout.js';
import { losses } from './losses.js';
import { noise } from './noise.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { selection } from './selection.js';
import { softmaxes } from './softmax.js';

/** Every op with what it is tested by. The type is the point: an op without an entry does not compile. */
export const catalogue: Record<OpName, OpSpec> = {
  ...arithmetic,
  ...functions,
  ...comparisons,
  ...selection,
  ...reductions,
  ...extrema,
  ...softmaxes,
  ...layout,
  ...joins,
  ...indexing,
  ...products,
  ...losses,
  ...gaussians,
  ...noise,
};
