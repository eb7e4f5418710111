import { draw } from '../../fuzz/draw.js';
import { Tally } from '../../fuzz/tally.js';

/** How many of the random graphs are of some kind, and how many of them may be, or have to. */
export interface Share {
  readonly what: string;
  readonly share: number;
  readonly bound: number;
  readonly atLeast: boolean;
}

/** What random graphs to first order are made of: whether a check of them says anything. */
export function shares(runs: number, seed: number): Share[] {
  const tally = new Tally();
  const failure = draw({ lane: 'first order', seed, runs }, tally);
  if (failure) throw new Error(`our own engine fails: ${failure.explanation}`);
  const { graphs, shared, allZero, steps, unfit, unclear } = tally;
  return [
    {
      what: 'share a node, so that a gradient is a sum',
      share: shared / graphs,
      bound: 0.8,
      atLeast: true,
    },
    { what: 'have no gradient but zeros', share: allZero / graphs, bound: 0.12, atLeast: false },
    {
      what: 'are too rough for differences, or empty',
      share: unclear,
      bound: 0.05,
      atLeast: false,
    },
    {
      what: 'their steps that fit nothing and are left out',
      share: unfit / steps,
      bound: 0.25,
      atLeast: false,
    },
  ];
}
