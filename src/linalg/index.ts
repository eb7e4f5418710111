export * from './alias-table.js';
export type { AxisKernel } from './axis-kernel.js';
export * from './block-power.js';
export * from './copy.js';
export * from './decay.js';
export { denseOperator } from './dense-operator.js';
export * from './dot.js';
export {
  type EigenProgress,
  type Eigenpairs,
  finish,
  residualLimit,
  type Which,
} from './eigenpairs.js';
export * from './elementary/index.js';
export type { BinaryKernel, UnaryKernel } from './elementwise.js';
export * as elementwise from './elementwise.js';
export { atUserLine, rangeError, userFrames } from './errors.js';
export * from './extrema.js';
export * from './gram.js';
export * from './lanczos.js';
export { estimateNorm1, type Gram, type LinearOperator } from './linear-operator.js';
export * from './matmul.js';
export * from './memory.js';
export * from './operators.js';
export * from './optimizers.js';
export * from './orthogonalise.js';
export * as parametric from './parametric.js';
export * from './power-iteration.js';
export * from './principal-angles.js';
export * from './random.js';
export * from './random-stream.js';
export * from './reduce.js';
export * from './rows.js';
export * from './scan.js';
export * from './signs.js';
export { simd, useSimd } from './simd/index.js';
export * from './softmax.js';
export * from './spans.js';
export * from './sparse.js';
export * from './sparse-kernels.js';
export * from './sparse-rows.js';
export * from './stretch.js';
export type { Strided } from './strided.js';
export * from './svd.js';
export { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.js';
export { isWorthSharing, share, threads, useThreads } from './threads.js';
export * from './transposed.js';
export * from './truncated-svd.js';
export * from './view.js';
