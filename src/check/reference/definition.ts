import type { Arithmetic } from './arithmetic.js';
import type { Tensor } from './tensor.js';

/**
 * What an op means: the result written as a formula on numbers of any kind, index by index. From it come the value
 * (in doubles), the derivative (in duals) and the exact truth (in fractions), none of them by way of the op's rules.
 */
export type Definition = <T>(A: Arithmetic<T>, ...inputs: Tensor<T>[]) => Tensor<T>;
