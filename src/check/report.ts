import type { Law } from './law.js';
import type { Case } from './use.js';
import type { Verdict } from './verdict.js';

/** The smallest case that was found to break a law; or one of which nothing could be told. */
export interface Counterexample {
  /** TypeScript to paste. */
  readonly text: string;
  /** The case itself, where it was drawn. */
  readonly made?: Case;
  /** What makes fast-check draw it again, where it was drawn. */
  readonly seed?: number;
  /** The path of fast-check to it, for `seed`; missing for a point that is listed. */
  readonly path?: string;
  /** What is wrong, in several lines. */
  readonly explanation: string;
  /** The same as values: which entry is wrong, by how much, and whose fault it is. */
  readonly verdict?: Verdict;
}

/** What came of one law. */
export interface LawReport {
  /** Which law; `LAWS` has it in a sentence. */
  readonly law: Law;
  /** `skipped` where the op says that the law is not for it. */
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'skipped';
  /** How many cases were tried, and of how many nothing could be told. */
  readonly draws: number;
  readonly inconclusive: number;
  /** Where every gradient was 0. They are among the inconclusive ones, unless 0 is what they have to be. */
  readonly zero: number;
  /** The largest relative error among those that passed; 0 where it is bit for bit. */
  readonly error: number;
  /** Why it is inconclusive or skipped; or what the spec says of it that is not so, which no counterexample shows. */
  readonly reason?: string;
  /** There where the outcome is `failed`, unless it is the spec that is wrong. */
  readonly counterexample?: Counterexample;
  /** Where the outcome of draws is `inconclusive`: the simplest one of which nothing could be told. */
  readonly untold?: Counterexample;
}

/** What came of checking an op. */
export interface Report {
  readonly name: string;
  /** `failed` if a law is broken, `inconclusive` if one could not be told, else `passed`. */
  readonly outcome: 'passed' | 'failed' | 'inconclusive';
  /** One for each law that was asked for, in that order. */
  readonly laws: readonly LawReport[];
  /** Of the laws that are broken, the one that says most about what is wrong: others may be so because of it. */
  readonly telling?: Law;
  /** Of the draws. */
  readonly seed: number;
  /** What was left out, and why. */
  readonly note?: string;
}
