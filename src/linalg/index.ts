export * from './eigen/block-power.js';
export { denseOperator } from './eigen/dense-operator.js';
export {
  type EigenProgress,
  type Eigenpairs,
  finish,
  residualLimit,
  type Which,
} from './eigen/eigenpairs.js';
export type { KrylovOptions } from './eigen/krylov-options.js';
export * from './eigen/lanczos.js';
export { estimateNorm1, type Gram, type LinearOperator } from './eigen/linear-operator.js';
export * from './eigen/operators.js';
export * from './eigen/orthogonalise.js';
export * from './eigen/power-iteration.js';
export * from './eigen/principal-angles.js';
export * from './eigen/signs.js';
export { type Svd, svd } from './eigen/svd.js';
export { type SymmetricEigen, symmetricEigen } from './eigen/symmetric-eigen.js';
export * from './eigen/truncated-svd.js';
export * from './elementary/index.js';
export { atUserLine, rangeError, userFrames } from './errors.js';
export type { AxisKernel } from './kernels/axis-kernel.js';
export type { BinaryLoop } from './kernels/binary.js';
export * from './kernels/copy.js';
export * from './kernels/decay.js';
export * from './kernels/dot.js';
export type { BinaryKernel, UnaryKernel, UnaryLoop } from './kernels/elementwise.js';
export * as elementwise from './kernels/elementwise.js';
export * from './kernels/extrema.js';
export * from './kernels/optimizers.js';
export * as parametric from './kernels/parametric.js';
export * from './kernels/reduce.js';
export * from './kernels/rows.js';
export * from './kernels/scan.js';
export * from './kernels/softmax.js';
export { transposed, transposeTo } from './kernels/transposed.js';
export * from './matmul/gram.js';
export * from './matmul/matmul.js';
export * from './memory.js';
export * from './random/alias-table.js';
export * from './random/random.js';
export * from './random/random-stream.js';
export { simd, useSimd } from './simd/index.js';
export * from './spans.js';
export * from './sparse/sparse.js';
export * from './sparse/sparse-kernels.js';
export * from './sparse/sparse-rows.js';
export * from './stretch.js';
export type { Strided } from './strided.js';
export { isWorthSharing, share, threads, useThreads } from './threads.js';
export * from './view.js';
