export type { Arithmetic, FunctionName } from './arithmetic.js';
export type { Definition } from './definition.js';
/** What each op means, under the op's own name: a `Definition`, or what makes one of the op's settings. */
export * as definitions from './definitions/index.js';
export { secondTangentOf, tangentOf } from './derivatives.js';
export { type Dual, duals } from './dual.js';
export { countPaths, overPaths, type Step, valuesOf } from './paths.js';
export { fractions, Rational, rational } from './rational.js';
export { real } from './real.js';
export { broadcastOf, fold, indicesOf, Tensor, zip } from './tensor.js';
