import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Build,
  checkGradient,
  checkTranspose,
  explain,
  type Verdict,
} from '../../src/check/index.js';
import { real } from '../../src/check/reference/index.js';
import type { Case } from '../../src/check/use.js';
import { constant, evaluate, gradients } from '../../src/graph/index.js';
import { size } from '../../src/linalg/index.js';
import { concatenate, reshape } from '../../src/ops/index.js';
import { catalogue } from './catalogue/index.js';

/** Seed and path of a failure are printed by fast-check; replay with { seed, path }. */
const RUNS = 15;
/** Draws of the dearer checks: second derivatives, and both modes at once. */
const FEWER = 8;
/** The gradient of f with all its slots in one vector: a function whose own gradient is second order. */
function gradientOf({ f, slots, inputs }: Case): Build {
  return (...xs) => {
    const y = f(...xs);
    const chosen = (slots ?? [...inputs.keys()]).map((slot) => xs[slot]!);
    const weights = Float64Array.from(
      { length: size(y.shape) },
      (_, k) => ((0.618034 * (k + 1)) % 1) - 0.37,
    );
    const found = gradients(y, chosen, constant(weights, y.shape));
    return concatenate(found.map((gradient) => reshape(gradient, [size(gradient.shape)])));
  };
}

/**
 * Draws cases and wants their gradients to be right. A few may be in a place where differences cannot
 * tell. Where every gradient is 0 by chance the check could not have failed, so that may not be the rule.
 */
function judge(
  cases: fc.Arbitrary<Case>,
  verdictOf: (made: Case) => Verdict,
  mayBeZero: boolean,
  numRuns: number,
): void {
  const unclear = { zero: 0, rough: 0, 'not finite': 0 };
  fc.assert(
    fc.property(cases, (made) => {
      const verdict = verdictOf(made);
      if (verdict.outcome === 'failed') throw new Error(explain(verdict));
      if (verdict.outcome === 'inconclusive') unclear[verdict.reason] += 1;
    }),
    { numRuns },
  );
  expect(unclear['not finite']).toBe(0);
  expect(unclear.rough).toBeLessThanOrEqual(Math.max(2, 0.2 * numRuns));
  if (!mayBeZero) expect(unclear.zero).toBeLessThanOrEqual(0.8 * numRuns);
}

describe.each(Object.entries(catalogue))('%s', (_, entry) => {
  test('the value is that of its definition', () => {
    fc.assert(
      fc.property(entry.smooth, ({ f, inputs, definition }) => {
        const y = f(...inputs.map(({ values, shape }) => constant(values, shape)));
        if (!definition) return;
        const expected = definition(real, ...inputs);
        expect(y.shape).toEqual(expected.shape);
        for (const [k, value] of evaluate(y).entries()) {
          const exact = expected.values[k]!;
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(exact)));
        }
      }),
      { numRuns: RUNS },
    );
  });

  test.skipIf(entry.cut)('its gradient is that of differences', () => {
    const verdictOf = ({ f, inputs, slots }: Case): Verdict =>
      checkGradient(f, inputs, slots ? { slots } : {});
    judge(entry.smooth, verdictOf, entry.flat === true, RUNS);
  });

  test.skipIf(entry.cut || entry.once)('and so is the gradient of its gradient', () => {
    const verdictOf = (made: Case): Verdict =>
      checkGradient(gradientOf(made), made.inputs, made.slots ? { slots: made.slots } : {});
    judge(entry.smooth, verdictOf, true, FEWER);
  });

  test.skipIf(entry.cut || entry.once)('forward mode is the transpose of reverse mode', () => {
    fc.assert(
      fc.property(entry.smooth, ({ f, inputs, slots }) => {
        const fixed: Build = (...xs) =>
          f(
            ...xs.map((x, slot) =>
              slots && !slots.includes(slot) ? constant(inputs[slot]!.values, x.shape) : x,
            ),
          );
        expect(checkTranspose(fixed, inputs).outcome).not.toBe('failed');
      }),
      { numRuns: FEWER },
    );
  });

  if (entry.once) {
    test('a second derivative is refused, by name', () => {
      const [made] = fc.sample(entry.smooth, 1);
      const x = made!.inputs.map(({ values, shape }) => constant(values, shape));
      expect(() => gradients(gradientOf(made!)(...x), x, gradientOf(made!)(...x))).toThrow(
        /cube was given by numeric loops, so it has no second derivative/,
      );
    });
  }
});
