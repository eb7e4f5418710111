import fc from 'fast-check';
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
  readonly unclear = new Map<string, number>();
  /** Every gradient 0, as that of a step has to be. */
  flat = 0;
  milliseconds = 0;

  add(verdict: Verdict, { flat }: OpSpec): void {
    this.uses += 1;
    if (verdict.outcome !== 'inconclusive') return;
    if (flat && verdict.reason === 'zero') this.flat += 1;
    else this.unclear.set(verdict.reason, (this.unclear.get(verdict.reason) ?? 0) + 1);
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
    fc.property(spec.smooth, (use) => {
      const verdict = verdictOf(use);
      if (!failing) tally.add(verdict, spec);
      failing ||= verdict.outcome === 'failed';
      return verdict.outcome !== 'failed';
    }),
    { seed, numRuns: runs },
  );
  tally.milliseconds += performance.now() - started;
  if (!details.failed) return undefined;
  const [use] = details.counterexample!;
  const { text, inputs } = use;
  const names = inputs.map((_, slot) => `x${slot + 1}`);
  const point = inputs.map((x, slot) => `  ${names[slot]} = ${x}`);
  const explanation = [text(...names), ...point, explain(verdictOf(use))].join('\n');
  return { op, seed, path: details.counterexamplePath!, explanation };
}

function verdictOf({ f, inputs, slots, definition }: Case): Verdict {
  return checkGradient(f, inputs, { ...(slots && { slots }), ...(definition && { definition }) });
}
