import type { Node } from '../graph/index.js';
import type { Definition, Tensor } from './reference/index.js';

export type { Definition };

/** One way to use an op: as it is written, as it builds graph, and what it means. */
export interface Use {
  /** TypeScript, given that of the inputs: `matmul(${a}, ${b}, { transposeB: true })`. */
  readonly text: (...inputs: string[]) => string;
  /** Builds the graph from input nodes. */
  readonly f: (...inputs: Node[]) => Node;
  /** Left out where there is none, as for noise. */
  readonly definition?: Definition;
  /** The inputs that f is differentiated by; all where left out. */
  readonly slots?: readonly number[];
}

/** A use at a point. */
export interface Case extends Use {
  /** The point: a tensor for each input of f. */
  readonly inputs: readonly Tensor[];
}
