import fc from 'fast-check';
import { weightSeeds } from '../src/check/fitting/draws.js';
import { checkGradient, explain, type Verdict } from '../src/check/index.js';
import type { OpSpec } from '../src/check/spec.js';
import type { Case } from '../src/check/use.js';
import { catalogue } from '../test/ops/catalogue/index.js';

/** The ops whose gradient is what differences see: not those that are there to hide a slope. */
export const checkedOps: readonly (readonly [string, OpSpec])[] = Object.entries(catalogue).filter(
  ([, { cut }]) => !cut,
);

/** What became of uses of single ops. */
export class UseTally {
  uses = 0;
  /** Differences were too rough, or something was not finite. */
  inconclusive = 0;
  /** Every gradient was 0, as that of an empty tensor and of a step. */
  allZero = 0;
  milliseconds = 0;

  add(verdict: Verdict): void {
    this.uses += 1;
    if (verdict.outcome !== 'inconclusive') return;
    if (verdict.reason === 'zero') this.allZero += 1;
    else this.inconclusive += 1;
  }
}

export interface WrongUse {
  readonly op: string;
  readonly seed: number;
  readonly path: string;
  readonly explanation: string;
}

/** Draws some uses of an op where it is smooth, and checks value and gradient of each. */
export function drawUses(
  [op, spec]: readonly [string, OpSpec],
  { seed, runs }: { readonly seed: number; readonly runs: number },
  tally: UseTally,
): WrongUse | undefined {
  const started = performance.now();
  let failing = false;
  const details = fc.check(
    fc.property(spec.smooth, weightSeeds, (use, weights) => {
      const verdict = verdictOf(use, weights);
      if (!failing) tally.add(verdict);
      failing ||= verdict.outcome === 'failed';
      return verdict.outcome !== 'failed';
    }),
    { seed, numRuns: runs },
  );
  tally.milliseconds += performance.now() - started;
  if (!details.failed) return undefined;
  const [use, weights] = details.counterexample!;
  const { text, inputs } = use;
  const names = inputs.map((_, slot) => `x${slot + 1}`);
  const point = inputs.map((x, slot) => `  ${names[slot]} = ${x}`);
  const explanation = [text(...names), ...point, explain(verdictOf(use, weights))].join('\n');
  return { op, seed, path: details.counterexamplePath!, explanation };
}

function verdictOf({ f, inputs, slots, definition }: Case, seed: number): Verdict {
  const known = { ...(slots && { slots }), ...(definition && { definition }) };
  return checkGradient(f, inputs, { seed, ...known });
}
