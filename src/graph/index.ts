export { backward, type Contribution, type Gradient } from './backward.js';
export { ChainruleError, NotFiniteError, ShapeError } from './errors.js';
export { evaluate, evaluateAll, gradient } from './evaluate.js';
export { checkIndices, type Feeds } from './feeds.js';
export { gradients, hvp, jvp } from './gradients.js';
export { Graph, type GraphOptions } from './graph.js';
export * as initializers from './initializers.js';
export {
  from,
  glorot,
  he,
  type Initializer,
  normal,
  ones,
  uniform,
  zeros,
} from './initializers.js';
export { type Kernel, kernelOf, type Work } from './kernel.js';
export {
  constant,
  full,
  indices,
  input,
  isConstant,
  isInput,
  isParameter,
  type Numbers,
} from './leaves.js';
export type { Op, Term } from './node.js';
export { apply, checkNode, label, Node, recordOrigins, slotNames } from './node.js';
export { Parameters, type ParametersState, type Segment } from './parameters.js';
export { isWrittenOut } from './row-gradients.js';
export { collectScratch, scratch } from './scratch.js';
export { sumOp } from './sum.js';
export type { TouchedRows } from './touched.js';
export {
  type Trace,
  type TracedGradient,
  type TracedNode,
  type TracedTerm,
  trace,
  type Written,
} from './trace.js';
