// What came of the draws of a law, added up.
import type { LawReport } from '../report.js';
import type { Verdict } from '../verdict.js';

/** If differences can tell nothing of more draws than this share, the law is not said to hold. */
const MOST_UNTOLD = 0.2;

/** How many draws a law was tried on, and what came of them. */
export interface Tally {
  draws: number;
  passed: number;
  /** Every gradient was 0. */
  zero: number;
  /** Nothing could be told: differences are too rough, or something is not finite; and of how many the latter. */
  untold: number;
  notFinite: number;
  /** The largest among those that passed. */
  error: number;
}

export const emptyTally = (): Tally => {
  return { draws: 0, passed: 0, zero: 0, untold: 0, notFinite: 0, error: 0 };
};

export function count(tally: Tally, verdict: Verdict): void {
  tally.draws += 1;
  if (verdict.outcome === 'passed') {
    tally.passed += 1;
    tally.error = Math.max(tally.error, verdict.error);
  } else if (verdict.outcome === 'inconclusive') {
    if (verdict.reason === 'zero') tally.zero += 1;
    else tally.untold += 1;
    if (verdict.reason === 'not finite') tally.notFinite += 1;
  }
}

/** Whether too often nothing could be told, be it that gradients were 0 or not. */
export const isUntold = ({ untold, draws }: Tally): boolean => untold > MOST_UNTOLD * draws;

export function summary(tally: Tally, zerosRight: boolean): Omit<LawReport, 'law'> {
  const { draws, passed, zero, untold, notFinite, error } = tally;
  const counts = { draws, inconclusive: untold + (zerosRight ? 0 : zero), zero, error };
  if (isUntold(tally)) {
    const why =
      notFinite === untold
        ? 'f or a gradient is not finite there; say in which range it is'
        : 'differences are too rough there, or f is not finite; say in which range it is smooth and not flat, or allow differences a larger error by gate';
    const reason = `nothing could be told of ${untold} of ${draws} draws: ${why}`;
    return { ...counts, outcome: 'inconclusive', reason };
  }
  if (passed > 0 || (zerosRight && zero > 0)) return { ...counts, outcome: 'passed' };
  const reason = `every gradient was 0 in all ${draws} draws, so a rule that gives nothing would have passed too`;
  return { ...counts, outcome: 'inconclusive', reason };
}
