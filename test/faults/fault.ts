import type { Engine } from '../../src/check/engine.js';
import type { LaneName } from '../../src/check/random/lanes/index.js';
import type { Node, Op } from '../../src/graph/index.js';

/** The kinds of slip that planted faults are of. */
export const kinds = {
  broadcast: 'a broadcast is not summed back, or not over all that it repeated',
  axis: 'along the wrong axis',
  ties: 'who gets the gradient of a tie',
  kink: 'another slope at a kink',
  factor: 'a factor or a term is missing',
  sign: 'the wrong sign',
  operand: 'the wrong one of dy, x, y, a and b',
  linearity: 'not linear in ∂L/∂y, or blind to it',
  transpose: 'transposed, or not',
  offset: 'off by one place, or to the wrong one',
  overwritten: 'written where it is to be added',
  domain: 'right in a part of the domain only',
  saturation: 'the derivative is lost where the function is flat',
  'small error': 'wrong in the seventh digit',
  detached: 'no gradient goes back where there is one, or one does where there is none',
  'second order': 'right, but its own derivative is wrong',
  kernel: 'the rule is right, what is computed is not',
  memory: 'a buffer is written that others still read',
  state: 'a run leaves something for the next one',
  'fan-out': 'a node with several children',
  'order of visits': 'a node is visited before its gradient is complete, or twice',
  seed: 'what the backward pass begins with',
} as const;
export type Kind = keyof typeof kinds;

/** Where a fault of this kind was seen. */
export interface Sighting {
  readonly name: string;
  readonly url: string;
}

/** An issue or a pull request on GitHub; the address of either leads to the other. */
export const github = (repository: string, number: number): Sighting => ({
  name: `${repository}#${number}`,
  url: `https://github.com/${repository}/issues/${number}`,
});

/** A file in a repository on GitHub. */
export const file = (repository: string, path: string): Sighting => ({
  name: `${repository}: ${path.split('/').at(-1)}`,
  url: `https://github.com/${repository}/blob/HEAD/${path}`,
});

/** No source is named: everybody has made this one. */
export const CLASSIC = 'classic slip';

/** What is made of an op whose node has these parents; nothing where the fault does not touch it. */
export type Change = (op: Op, parents: readonly Node[]) => Partial<Op> | undefined;

/**
 * What a fault is found by: random graphs, in one of the ways in which they are checked; the tables of kinks and of
 * special points; or the laws, at random points of the op's own domain, for ops that random graphs do without.
 */
export type Where = LaneName | 'kinks' | 'special points' | 'the op by itself';

interface About {
  readonly name: string;
  readonly kind: Kind;
  /** One sentence. */
  readonly what: string;
  /** Where it was seen, or `CLASSIC`. */
  readonly source: Sighting | typeof CLASSIC;
  /** What finds it; `first order` where left out. */
  readonly by?: Where;
}

/** A wrong op under a right name. */
export interface OpFault extends About {
  readonly op: string;
  readonly change: Change;
}

/** A right op under a wrong engine. */
export interface EngineFault extends About {
  readonly engine: () => Engine;
}

export type Fault = OpFault | EngineFault;

/** Faults of one op, by name: `tanh: 1 − y`. */
export function opFault(
  name: string,
  about: Omit<About, 'name'>,
  change: Change | { readonly vjp: Op['vjp'] },
): OpFault {
  const op = name.slice(0, name.indexOf(':'));
  return { ...about, name, op, change: typeof change === 'function' ? change : () => change };
}
