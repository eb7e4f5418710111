import type { Node } from '../graph/index.js';
import type { Arithmetic, Tensor } from './reference/index.js';

/**
 * What an op means: the result written as a formula on numbers of any kind, index by index. From it come the value
 * (in doubles), the derivative (in duals) and the exact truth (in fractions), none of them by way of the op's rules.
 */
export type Definition = <T>(A: Arithmetic<T>, ...inputs: Tensor<T>[]) => Tensor<T>;

/** One way to use an op: as it is written, as it builds graph, and what it means. */
export interface Use {
  /** TypeScript, given that of the inputs: `matmul(${a}, ${b}, { transposeB: true })`. */
  readonly text: (...inputs: string[]) => string;
  readonly f: (...inputs: Node[]) => Node;
  /** Left out where there is none, as for noise. */
  readonly definition?: Definition;
  /** The inputs that f is differentiated by; all where left out. */
  readonly slots?: readonly number[];
}

/** A use at a point. */
export interface Case extends Use {
  readonly inputs: readonly Tensor[];
}
