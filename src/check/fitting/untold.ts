// What is shown of draws of which nothing could be told.
import type { Case } from '../use.js';
import type { Inconclusive } from '../verdict.js';
import { elements } from './range.js';

/** A draw of which nothing could be told, and how many were drawn before it. */
export interface Open {
  readonly made: Case;
  readonly weights: number;
  readonly verdict: Inconclusive;
  readonly draw: number;
}

/** The one with the fewest numbers, but for none at all: of those where every gradient was 0, or of the others. */
export function simplestOf(open: readonly Open[], untold: boolean): Open {
  const wanted = open.filter(({ verdict }) => (verdict.reason !== 'zero') === untold);
  const sizeOf = ({ made }: Open): number =>
    elements(made.inputs.map(({ shape }) => shape)) || Number.POSITIVE_INFINITY;
  return wanted.reduce((best, each) => (sizeOf(each) < sizeOf(best) ? each : best));
}
