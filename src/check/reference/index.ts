export type { Arithmetic, FunctionName } from './arithmetic.js';
export { type Dual, duals } from './dual.js';
export { real } from './real.js';
export { broadcastOf, fold, indicesOf, Tensor, zip } from './tensor.js';
