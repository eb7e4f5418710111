/**
 * Everything that a model is built, trained and looked at with. Each room has a door of its own too:
 * `chainrule/graph`, `chainrule/ops`, `chainrule/optim`, `chainrule/linalg`, `chainrule/text`,
 * `chainrule/models`, and `chainrule/check`, which is needed in tests alone.
 *
 * @module chainrule
 */

export * from './graph/index.js';
export { Csr, Random, type Shape, type View } from './linalg/index.js';
export * from './ops/index.js';
export * from './optim/index.js';
