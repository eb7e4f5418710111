import type { Law } from './law.js';
import type { Estimate } from './witnesses/differences.js';

/** One partial derivative, seen from both sides. */
export interface Entry {
  /** The slot of the input, and the row-major place in it. */
  readonly slot: number;
  readonly index: number;
  /** The same place, as an index of each axis. */
  readonly at: readonly number[];
  /** The value of the input there. */
  readonly x: number;
  /** What the backward rules say. */
  readonly backward: number;
  /** What differences say; at a kink, the one nearest to `backward` of the slopes that f has there. */
  readonly differences: Estimate;
}

/** Whose fault it is. */
export interface Blame {
  /**
   * `rule`: the backward rule of one op is wrong by itself; `kernel`: what an op computes is; `engine`: every op is right
   * by itself, so what joins them is wrong: the sum over children, or the plan.
   */
  readonly suspect: 'rule' | 'kernel' | 'engine';
  /** The guilty node as it prints itself (for an engine, the one at which it first shows), and its op. */
  readonly node: string;
  readonly op: string;
  /** What the node was labelled, if it was. */
  readonly label?: string;
  /** The input whose gradient is wrong: its slot, what the op calls it, and the worst place in it. */
  readonly slot?: number;
  readonly slotName?: string;
  readonly index?: readonly number[];
  /** The partial derivative of ⟨u, y⟩ there, y being the node (for an engine: the whole graph). */
  readonly entry?: Entry;
}

/** What a wrong gradient may look like: what is wrong with a rule that gives it. */
export type CauseName =
  | 'zero'
  | 'sign'
  | 'factor'
  | 'identity'
  | 'seed dropped'
  | 'other slot'
  | 'transposed'
  | 'diagonal'
  | 'shifted'
  | 'broadcast not summed'
  | 'overwritten'
  | 'term missing'
  | 'not finite'
  | 'kernel';

/** What a wrong gradient looks like, compared with the right one: no proof, but where to look first. */
export interface Cause {
  readonly name: CauseName;
  /** A sentence: what is seen, and what to look at. */
  readonly text: string;
  /** Of a wrong factor: rule = factor × truth. */
  readonly factor?: number;
}

/** Whose fault it is, and what the mistake looks like. */
export interface Finding {
  readonly blame: Blame;
  readonly cause?: Cause;
}

/** Nothing wrong was found, in numbers that would have shown it. */
export interface Passed {
  readonly outcome: 'passed';
  /** How many numbers were compared. */
  readonly entries: number;
  /** The entry that was nearest to its limit. */
  readonly worst?: Entry;
  /** How far the worst number is off, relative to the largest of its kind; 0 for bit for bit. */
  readonly error: number;
}

/** Something is wrong. */
export interface Failed {
  readonly outcome: 'failed';
  /** What does not hold. */
  readonly law: Law;
  readonly entries: number;
  readonly error: number;
  /** What was seen, in a sentence or a few lines. */
  readonly evidence: string;
  readonly worst?: Entry;
  readonly blame?: Blame;
  readonly cause?: Cause;
}

/** Why a check could not tell. */
export type Reason = 'zero' | 'rough' | 'not finite' | 'no definition';

/** Nothing can be told: for or against. */
export interface Inconclusive {
  readonly outcome: 'inconclusive';
  readonly reason: Reason;
  readonly entries: number;
  readonly worst?: Entry;
}

/**
 * What a check came to. It is never passed by default: where differences were too rough to be a witness,
 * f or a gradient was not finite, or every gradient was 0, so that a rule that gives nothing would not have
 * shown, it is inconclusive.
 */
export type Verdict = Passed | Failed | Inconclusive;
