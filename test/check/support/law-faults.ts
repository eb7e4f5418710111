import type { SmoothLaw, Value, Verdict } from '../../../src/check/index.js';
import type { Definition } from '../../../src/check/use.js';

/** Something wrong, and the verdict of a law on it. */
export type LawFault = readonly [what: string, check: (law: SmoothLaw) => Verdict];

export const point: Value[] = [
  [
    [0.5, -1.25, 2],
    [0.75, 0.125, -0.375],
  ],
];

export const pair: Value[] = [
  [0.5, -1.25],
  [2, 0.75],
];

export const cubed: Definition = (A, x) => x!.map((value) => A.mul(A.mul(value, value), value));
