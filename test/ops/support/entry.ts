import fc from 'fast-check';
import type { Node } from '../../../src/graph/index.js';
import type * as ops from '../../../src/ops/index.js';
import type { Tensor } from './tensor.js';

type Ops = typeof ops;

/** Every function that src/ops exports. A new one without an entry in the catalogue does not compile. */
export type OpName = {
  [Name in keyof Ops]: Ops[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Ops];

/** One way to use an op at one point. */
export interface Case {
  /** As a reader would write it; printed where a test fails. */
  readonly text: string;
  readonly f: (...inputs: Node[]) => Node;
  readonly inputs: readonly Tensor[];
  /** What comes out, by the definition; null where that is random. */
  readonly expected: Tensor | null;
  /** The inputs that f is differentiated by; all where left out. */
  readonly slots?: readonly number[];
}

/** A point whose value and gradient are known otherwise: saturated, at a kink, at the edge of the domain. */
export interface Point {
  readonly text: string;
  readonly f: (...inputs: Node[]) => Node;
  readonly inputs: readonly Tensor[];
  readonly value?: readonly number[];
  /** The gradient of the sum of f by each input; null for one that is not looked at. */
  readonly gradient?: readonly (readonly number[] | null)[];
  /** Relative; 4 units in the last place where left out. Zeros and infinities must be equal. */
  readonly tolerance?: number;
}

/** A wrong use, and what its message has to say. */
export interface Misfit {
  readonly make: () => unknown;
  readonly message: RegExp;
}

/** What the catalogue says of an op. */
export interface Entry {
  /** Uses at random shapes and values where it is smooth. */
  readonly smooth: fc.Arbitrary<Case>;
  /** Points where it has a kink. The gradient must lie between the one-sided derivatives. */
  readonly kinks: readonly Point[];
  /** Points where differences see nothing, or that are easy to get wrong. */
  readonly special: readonly Point[];
  readonly misfits: readonly Misfit[];
  /** It has no gradient, by definition: a step, or a leaf. */
  readonly flat?: true;
  /** Differences see a slope that the op is there to hide. */
  readonly cut?: true;
  /** It can be differentiated once only. */
  readonly once?: true;
}

/** A case that prints itself when fast-check finds it guilty. */
export function shown(made: Case): Case {
  const text = `${made.text} at ${made.inputs.join(', ')}`;
  return { ...made, [fc.toStringMethod]: () => text } as Case;
}
