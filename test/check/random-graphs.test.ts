import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGradient, checkTranspose, explain } from '../../src/check/index.js';
import { gradients } from '../../src/graph/index.js';
import { build, SHAPE, steps } from '../graph/support/random-graph.js';

/** Values that meet no kink and no tie: no two differ by a round number. */
const point = fc
  .array(fc.integer({ min: -48, max: 48 }), { minLength: 12, maxLength: 12 })
  .map((ks) => ks.map((k, i) => k / 32 + Math.SQRT2 * 1e-3 * (i + 1)))
  .map((values) => [
    { shape: SHAPE, values: values.slice(0, 6) },
    { shape: SHAPE, values: values.slice(6) },
  ]);

test('random graphs: every gradient is that of differences', () => {
  let unclear = 0;
  fc.assert(
    fc.property(steps(8), point, (list, inputs) => {
      const verdict = checkGradient((a, b) => build([a, b], list).loss, inputs);
      if (verdict.outcome === 'inconclusive') unclear += 1;
      expect(verdict.outcome, explain(verdict)).not.toBe('failed');
    }),
    { numRuns: 60 },
  );
  expect(unclear).toBeLessThanOrEqual(12);
});

test('random graphs: and every second derivative', () => {
  let unclear = 0;
  fc.assert(
    fc.property(steps(5), point, (list, inputs) => {
      const slope = (a: Parameters<typeof gradients>[0], b: typeof a) =>
        gradients(build([a, b], list).loss, [a, b])[0]!;
      const verdict = checkGradient(slope, inputs);
      if (verdict.outcome === 'inconclusive' && verdict.reason !== 'zero') unclear += 1;
      expect(verdict.outcome, explain(verdict)).not.toBe('failed');
    }),
    { numRuns: 30 },
  );
  expect(unclear).toBeLessThanOrEqual(6);
});

test('random graphs: forward mode is the transpose of reverse mode', () => {
  fc.assert(
    fc.property(steps(8), point, (list, inputs) => {
      const verdict = checkTranspose((a, b) => build([a, b], list).nodes.at(-1)!, inputs);
      expect(verdict.outcome, explain(verdict)).not.toBe('failed');
    }),
    { numRuns: 100 },
  );
});
