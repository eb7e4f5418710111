import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constant, evaluate, evaluateAll } from '../../src/graph/index.js';
import { fillNormal, randomKey } from '../../src/linalg/index.js';
import {
  type Gaussian,
  gaussianCrossEntropy,
  gaussianEntropy,
  gaussianKl,
  sub,
} from '../../src/ops/index.js';

// KL(p‖q) = H(p, q) − H(p), as the notes write it, in either order.

/** Means and log-variances of a Gaussian, as numbers. */
interface Numbers {
  readonly mu: readonly number[];
  readonly v: readonly number[];
}

const node = ({ mu, v }: Numbers): Gaussian => ({
  mean: constant(mu),
  logVariance: constant(v),
});
const kl = (p: Numbers, q: Numbers): number => evaluate(gaussianKl(node(p), node(q)))[0]!;

const within = (reach: number) => fc.double({ min: -reach, max: reach, noNaN: true });
const gaussians = (dimension: number) =>
  fc.record({
    mu: fc.array(within(5), { minLength: dimension, maxLength: dimension }),
    v: fc.array(within(4), { minLength: dimension, maxLength: dimension }),
  });
const pairs = fc
  .integer({ min: 1, max: 4 })
  .chain((dimension) => fc.tuple(gaussians(dimension), gaussians(dimension)));

describe('KL(p‖q) between Gaussians', () => {
  test('is H(p, q) − H(p)', () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        const crossEntropy = gaussianCrossEntropy(node(p), node(q));
        const [difference, H] = evaluateAll([
          sub(crossEntropy, gaussianEntropy(node(p))),
          crossEntropy,
        ]).map(([value]) => value!);
        expect(Math.abs(kl(p, q) - difference!)).toBeLessThan(1e-14 * (20 + Math.abs(H!)));
      }),
    );
  });

  test('is the mean of ln p(x) − ln q(x) over draws x of p, within five standard errors', () => {
    const draws = 4000;
    const density = (x: number, mu: number, v: number): number =>
      -0.5 * (Math.log(2 * Math.PI) + v + (x - mu) ** 2 / Math.exp(v));
    fc.assert(
      fc.property(pairs, fc.nat(1000), ([p, q], seed) => {
        const dimension = p.mu.length;
        const epsilon = new Float64Array(draws * dimension);
        fillNormal(epsilon, randomKey(seed, 'draws'));
        let [sum, squares] = [0, 0];
        for (let i = 0; i < draws; i++) {
          let ratio = 0;
          for (let j = 0; j < dimension; j++) {
            const x = p.mu[j]! + Math.exp(p.v[j]! / 2) * epsilon[i * dimension + j]!;
            ratio += density(x, p.mu[j]!, p.v[j]!) - density(x, q.mu[j]!, q.v[j]!);
          }
          sum += ratio;
          squares += ratio * ratio;
        }
        const mean = sum / draws;
        const error = Math.sqrt((squares / draws - mean * mean) / draws);
        expect(Math.abs(kl(p, q) - mean)).toBeLessThan(5 * error + 1e-9);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('is never below 0, and 0 from a distribution to itself', () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        expect(kl(p, q)).toBeGreaterThanOrEqual(0);
        expect(kl(p, p)).toBe(0);
      }),
    );
  });

  test('is above 0 as soon as one number differs in its last bits', () => {
    const next = (x: number): number => x + Math.max(Math.abs(x), 1) * Number.EPSILON;
    fc.assert(
      fc.property(gaussians(3), fc.nat(2), fc.boolean(), (p, j, moveMean) => {
        const moved = (values: readonly number[]) => values.with(j, next(values[j]!));
        const q = moveMean ? { ...p, mu: moved(p.mu) } : { ...p, v: moved(p.v) };
        expect(kl(p, q)).toBeGreaterThan(0);
        expect(kl(q, p)).toBeGreaterThan(0);
      }),
    );
  });

  test('depends on the order, but for equal variances', () => {
    const [p, q] = [
      { mu: [1], v: [0] },
      { mu: [0], v: [2] },
    ];
    // ½(σ_p²/σ_q² − 1 − ln σ_p²/σ_q² + (μ_p − μ_q)²/σ_q²), written out.
    expect(kl(p, q)).toBeCloseTo(0.5 * (Math.exp(-2) - 1 + 2 + Math.exp(-2)), 14);
    expect(kl(q, p)).toBeCloseTo(0.5 * (Math.exp(2) - 1 - 2 + 1), 14);
    fc.assert(
      fc.property(gaussians(2), fc.tuple(within(5), within(5)), (p, mu) => {
        const q = { mu, v: p.v };
        expect(kl(p, q)).toBe(kl(q, p));
      }),
    );
  });
});
