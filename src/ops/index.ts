export * from './activation.js';
export * from './arithmetic.js';
export type { Axes } from './axes.js';
export { broadcastTo, type Operand, sum } from './broadcast.js';
export * from './comparison.js';
export * from './custom.js';
export * from './exponential.js';
export * from './flow.js';
export * from './gaussian.js';
export { gather, type Indices, oneHot, pick, place, scatter } from './indexing.js';
export * from './layout.js';
export * from './losses.js';
export { matmul, type Transposes } from './matmul.js';
export * from './noise.js';
export {
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  norm,
  type ReduceOptions,
  softmax,
  variance,
} from './reduce.js';
export { reshape } from './reshape.js';
export { sparseMatmul, sparseRows, sparseRowsMatmul } from './sparse.js';
export * from './trigonometric.js';
