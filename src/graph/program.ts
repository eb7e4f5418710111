import type { Node } from './node.js';

/** What a plan is made from. */
export interface Program {
  /** v₁ … v_N, run by `forward`. */
  readonly forward: readonly Node[];
  /** The nodes that the backward pass wrote, run by `backward`. */
  readonly backward: readonly Node[];
  /** Nodes whose values can be read after a run; 'all' keeps every one. */
  readonly keep: ReadonlySet<Node> | 'all';
  /** Where the values of a parameter lie. */
  readonly parameter: (name: string) => Float64Array;
  /** Nodes whose values the backward pass leaves at a given place: the flat gradient. */
  readonly deliveries: readonly (readonly [Node, Float64Array])[];
}

export function isKept({ keep }: Program, node: Node): boolean {
  return keep === 'all' || keep.has(node);
}
