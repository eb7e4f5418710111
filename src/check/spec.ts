import type fc from 'fast-check';
import type { Node } from '../graph/index.js';
import type { Tensor } from './reference/index.js';
import type { Case } from './use.js';

/** A point whose value and gradient are known otherwise: saturated, at a kink, at the edge of the domain. */
export interface Point {
  readonly text: string;
  /** Builds the graph from input nodes. */
  readonly f: (...inputs: Node[]) => Node;
  /** Where: a tensor for each input of f. */
  readonly inputs: readonly Tensor[];
  /** Of f there, row-major; not looked at where left out. */
  readonly value?: readonly number[];
  /** The gradient of the sum of f by each input; null for one that is not looked at. */
  readonly gradient?: readonly (readonly number[] | null)[];
  /** Relative; 4 units in the last place where left out. Zeros and infinities must be equal. */
  readonly tolerance?: number;
}

/** A wrong use, and what its message has to say. */
export interface Misfit {
  /** Uses the op in a wrong way. */
  readonly make: () => unknown;
  /** Matches what the error has to say. */
  readonly message: RegExp;
}

/** Where an op is defined and smooth, in words and as a test of its inputs. */
export interface Domain {
  /** `x > 0` */
  readonly text: string;
  /** Whether the inputs of a case lie inside. */
  readonly has: (...inputs: Tensor[]) => boolean;
}

/** What an op is checked by. */
export interface OpSpec {
  /** What `smooth` draws from; everything where left out. Points where it is not smooth are outside of it. */
  readonly domain?: Domain;
  /** Uses at random shapes and values of its domain, where it is smooth. */
  readonly smooth: fc.Arbitrary<Case>;
  /** Random graphs in which it stands, each as a case. */
  readonly graphs?: fc.Arbitrary<Case>;
  /** Points where it has a kink. The gradient must lie between the one-sided derivatives. */
  readonly kinks?: readonly Point[];
  /** Points where differences see nothing, or that are easy to get wrong. */
  readonly special?: readonly Point[];
  /** Shapes and arguments that must be refused. */
  readonly misfits?: readonly Misfit[];
  /** It has no gradient, by definition: a step, or a leaf. */
  readonly flat?: true;
  /** Differences see a slope that the op is there to hide. */
  readonly cut?: true;
  /** It can be differentiated once only. */
  readonly once?: true;
}
