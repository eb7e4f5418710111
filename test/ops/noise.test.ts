import { describe, expect, test } from 'vitest';
import { constant, evaluate, Graph, gradients, input, type Node } from '../../src/graph/index.js';
import { add, mul, normalNoise, sampleNormal, sum, uniformNoise } from '../../src/ops/index.js';

const N = 20_000;
const at = (node: Node, step: number): Float64Array => {
  const graph = new Graph(node, { wrt: [] });
  graph.forward({}, { step });
  return graph.value(node);
};
const mean = (xs: Float64Array): number => xs.reduce((total, x) => total + x, 0) / xs.length;

describe('noise is a function of (seed, label, step, index)', () => {
  test.each([
    ['normalNoise', normalNoise],
    ['uniformNoise', uniformNoise],
  ] as const)('%s', (_, leaf) => {
    const e = at(leaf([8], { seed: 1, label: 'ε' }), 3);
    expect(at(leaf([8], { seed: 1, label: 'ε' }), 3)).toEqual(e);
    expect(at(leaf([2, 4], { seed: 1, label: 'ε' }), 3)).toEqual(e);
    expect(at(leaf([4], { seed: 1, label: 'ε' }), 3)).toEqual(e.slice(0, 4));
    // among other nodes, in another order
    const node = leaf([8], { seed: 1, label: 'ε' });
    expect(at(add(leaf([8], { seed: 9, label: 'other' }), mul(node, 0)), 3)).not.toEqual(e);
    expect(at(mul(node, 1), 3)).toEqual(e);
    for (const [options, step] of [
      [{ seed: 2, label: 'ε' }, 3],
      [{ seed: 1, label: 'η' }, 3],
      [{ seed: 1, label: 'ε' }, 4],
    ] as const) {
      expect(at(leaf([8], options), step)).not.toEqual(e);
    }
  });

  test('each run draws anew, and a run of the same number the same', () => {
    const node = normalNoise([3], { label: 'ε' });
    const graph = new Graph(node, { wrt: [] });
    const runs = [1, 2, 3].map(() => {
      graph.forward();
      return graph.value(node);
    });
    expect(runs[0]).not.toEqual(runs[1]);
    expect(runs).toEqual([1, 2, 3].map((step) => at(node, step)));
    expect(evaluate(node)).toEqual(runs[0]);
  });

  test('moments, to five standard errors', () => {
    const e = at(normalNoise([N], { seed: 4, label: 'e' }), 1);
    expect(Math.abs(mean(e))).toBeLessThan(5 / Math.sqrt(N));
    expect(Math.abs(mean(e.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / N));
    const u = at(uniformNoise([N], { seed: 4, label: 'u' }), 1);
    expect(Math.abs(mean(u) - 0.5)).toBeLessThan(5 / Math.sqrt(12 * N));
    expect(u.every((x) => x >= 0 && x < 1)).toBe(true);
  });

  test('a seed or a label that is none', () => {
    expect(() => normalNoise([1], { seed: 0.5, label: 'e' })).toThrow(/whole number/);
    expect(() => uniformNoise([1], {} as never)).toThrow(/^uniformNoise: a label is needed/);
  });
});

describe('reparameterised sampling: z = μ + σε', () => {
  test('z is μ + e^{½ ln σ²}·ε with the ε of its label', () => {
    const mu = constant([1, -2]);
    const logVariance = constant([0, 2 * Math.log(3)]);
    const z = at(sampleNormal(mu, logVariance, { seed: 1, label: 'z' }), 5);
    const e = at(normalNoise([2], { seed: 1, label: 'z' }), 5);
    expect(z[0]).toBe(1 + e[0]!);
    expect(z[1]).toBeCloseTo(-2 + 3 * e[1]!, 14);
  });

  test('∂z/∂μ = 1 and ∂z/∂ ln σ² = ½σε: the graph stays differentiable', () => {
    const [mu, logVariance] = [input('mu', [2]), input('v', [2])];
    const z = sampleNormal(mu, logVariance, { seed: 1, label: 'z' });
    const graph = new Graph([...gradients(sum(z), [mu, logVariance]), mu], { wrt: [] });
    graph.forward({ mu: [0, 0], v: [0, Math.log(4)] }, { step: 2 });
    const e = at(normalNoise([2], { seed: 1, label: 'z' }), 2);
    expect(graph.value(graph.outputs[0]!)).toEqual(Float64Array.of(1, 1));
    const slope = graph.value(graph.outputs[1]!);
    expect(slope[0]).toBeCloseTo(0.5 * e[0]!, 14);
    expect(slope[1]).toBeCloseTo(0.5 * 2 * e[1]!, 14);
  });

  test('samples have the mean and variance that were asked for', () => {
    const z = at(
      sampleNormal(
        constant(new Float64Array(N).fill(3)),
        constant(new Float64Array(N).fill(Math.log(0.25))),
        { label: 'z' },
      ),
      1,
    );
    expect(Math.abs(mean(z) - 3)).toBeLessThan((5 * 0.5) / Math.sqrt(N));
    expect(Math.abs(mean(z.map((x) => (x - 3) ** 2)) - 0.25)).toBeLessThan(
      5 * 0.25 * Math.sqrt(2 / N),
    );
  });
});
