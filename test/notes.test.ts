/**
 * The lecture notes, line by line: a test for each formula as it is read here, and, where the notes as
 * written cannot be meant, a test that shows why. docs/notes.md links the lines, the code and these tests.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  constant,
  evaluate,
  evaluateAll,
  from,
  Graph,
  gradient,
  gradients,
  input,
  label,
  type Node,
  Parameters,
} from '../src/graph/index.js';
import { denseOperator, finish, matmul as multiply } from '../src/linalg/index.js';
import {
  coordinates,
  distances,
  Embedding,
  expectedLoss,
  inputRows,
  normalisedPairs,
  oneHot,
  principalComponents,
  project,
  rayleighAscent,
  Source,
  sampledLoss,
  sanityCheck,
  spectralSum,
  train,
} from '../src/models/index.js';
import {
  gaussianCrossEntropy,
  gaussianEntropy,
  gaussianKl,
  matmul,
  mul,
  sampleNormal,
  square,
  standardGaussian,
  sub,
  sum,
  tanh,
} from '../src/ops/index.js';
import { adam, adaptivity, gradientDescent, momentum } from '../src/optim/index.js';
import { Corpus } from '../src/text/index.js';

/** w after each step of an optimizer on L(w) = ½w², whose gradient is w itself. */
function descend(optimizer: ReturnType<typeof momentum>, start: number, steps: number): number[] {
  const parameters = new Parameters();
  const w = parameters.add('w', from(start));
  const graph = new Graph(mul(0.5, square(w)));
  return Array.from({ length: steps }, () => {
    graph.forward();
    graph.backward();
    optimizer.step(parameters, graph.gradients);
    return parameters.values[0]!;
  });
}

describe('Review', () => {
  test('1. Model f: ℝᵈ → ℝᵏ: a function that builds graph', () => {
    const [d, k] = [3, 2];
    const W = constant([1, 2, 3, 4, 5, 6], [d, k]);
    const f = (x: Node): Node => tanh(matmul(x, W));
    expect(f(input('x', [1, d])).shape).toEqual([1, k]);
  });

  test('2. Loss 𝓛(w): a node with a single element, and no other', () => {
    const x = constant([1, 2]);
    expect([...gradient(sum(square(x)), x)]).toEqual([2, 4]);
    expect(() => gradients(square(x), [x])).toThrow(/a loss has a single element/);
  });

  test('3. Optimizer: w ← w − α∇𝓛(w)', () => {
    // w ← w − w/4, exactly.
    expect(descend(gradientDescent({ rate: 0.25 }), 64, 3)).toEqual([48, 36, 27]);
  });

  test('momentum: v ← (1−β)v + β∇𝓛, then w ← w − αv', () => {
    // β = ¼, α = 1: v = 16, w = 48; v = 12 + 12 = 24, w = 24; v = 18 + 6 = 24, w = 0.
    expect(descend(momentum({ rate: 1, beta: 0.25 }), 64, 3)).toEqual([48, 24, 0]);
  });

  test('adaptivity: s ← (1−β)s + β(∇𝓛)², then w ← w − α∇𝓛/(√s + ε)', () => {
    // β = ¼, ε = 0: s = 64²/4, √s = 32, step 64/32 = 2.
    expect(descend(adaptivity({ rate: 1, beta: 0.25, epsilon: 0 }), 64, 1)).toEqual([62]);
  });

  test('adaptivity as written, s ← −βs + β(∇𝓛)², has a root of a negative number', () => {
    const beta = 0.5;
    let s = 0;
    for (const slope of [2, 1]) s = -beta * s + beta * slope * slope;
    expect(s).toBeLessThan(0);
    expect(Math.sqrt(s)).toBeNaN();
  });

  test('and [∇²𝓛] is the squared gradient: the Laplacian would not know how steep it is', () => {
    // L = w: the Laplacian is 0 everywhere, and w would be divided by ε.
    const w = constant(3);
    const [slope] = gradients(mul(5, w), [w]);
    const [laplacian] = gradients(slope!, [w]);
    expect(evaluateAll([square(slope!), laplacian!]).map(([value]) => value)).toEqual([25, 0]);
  });

  test('both at once is Adam, whose first step is the sign of the gradient times α', () => {
    const [w] = descend(adam({ rate: 0.125, epsilon: 0 }), 64, 1);
    expect(w).toBeCloseTo(64 - 0.125, 14);
  });
});

describe('Backprop', () => {
  const x = label('x', constant(0.5));
  const v = label('v', square(x));
  const w = label('w', mul(3, x));
  const z = label('z', mul(v, w));
  const L = label('L', square(z));

  test('Forward: for i in {1, …, N}: compute vᵢ from Parents(vᵢ)', () => {
    const { nodes } = new Graph(L);
    for (const [i, node] of nodes.entries()) {
      for (const parent of node.parents) expect(nodes.indexOf(parent)).toBeLessThan(i);
    }
    expect(evaluate(L)[0]).toBe(0.375 ** 2);
  });

  test('Backward: for i in {N, …, 1}: ∂𝓛/∂vᵢ = Σ over children ∂𝓛/∂vⱼ ∂vⱼ/∂vᵢ', () => {
    const graph = new Graph(L, { wrt: 'all', keep: 'all' });
    graph.forward();
    graph.backward();
    for (const node of graph.nodes) {
      const { contributions } = graph.pass.get(node)!;
      if (node === L) continue;
      const total = contributions.reduce((sum, { term }) => sum + graph.scalar(term), 0);
      expect(graph.gradient(node)[0]).toBe(total);
      // Descending children: the order in which the loop meets them.
      const children = contributions.map(({ child }) => graph.nodes.indexOf(child));
      expect(children).toEqual([...children].sort((a, b) => b - a));
    }
  });

  test('an edge is (child, slot): a child that uses vᵢ twice counts twice', () => {
    const u = constant(7);
    const squared = mul(u, u);
    const { contributions } = new Graph(squared, { wrt: [u] }).pass.get(u)!;
    expect(contributions.map(({ child, slot }) => [child, slot])).toEqual([
      [squared, 0],
      [squared, 1],
    ]);
    expect(gradient(squared, u)[0]).toBe(14);
  });

  test('the worked chain: ∂𝓛/∂vᵢ = ∂𝓛/∂z (∂z/∂v ∂v/∂vᵢ + ∂z/∂w ∂w/∂vᵢ)', () => {
    const [dLdz, dzdv, dzdw, dvdx, dwdx] = [2 * 0.375, 1.5, 0.25, 2 * 0.5, 3];
    expect(gradient(L, x)[0]).toBe(dLdz * (dzdv * dvdx + dzdw * dwdx));
  });
});

describe('Approach 1: one-hot', () => {
  const source = new Source(Corpus.fromText('a b c a b c a c b\n', { minCount: 1 }));

  test('⊖ not meaningful: every pair is √2 apart; ⊖ large: V numbers a word', () => {
    const embedding = train(oneHot.fit(source));
    expect(distances(embedding)).toMatchObject({ nearest: Math.SQRT2, farthest: Math.SQRT2 });
    expect(embedding.dimension).toBe(source.size);
  });
});

describe('Approach 2: autoencoders', () => {
  test('how to make similar words close: show their contexts, for as numbers all are equally far', () => {
    // x and y keep the same company.
    const text = 'p x q\np y q\n'.repeat(20) + 'r s t\nt s r\n'.repeat(20);
    const source = new Source(Corpus.fromText(text, { minCount: 1 }));
    const distance = (inputs: 'context' | 'one-hot', a: string, b: string): number => {
      const rows = inputRows(source, inputs, source.size).toDense();
      const d = rows.length / source.size;
      const [i, j] = [source.words.indexOf(a), source.words.indexOf(b)];
      let squares = 0;
      for (let c = 0; c < d; c++) squares += (rows[i * d + c]! - rows[j * d + c]!) ** 2;
      return Math.sqrt(squares);
    };
    expect(distance('one-hot', 'x', 'y')).toBe(distance('one-hot', 'x', 's'));
    expect(distance('context', 'x', 'y')).toBeLessThan(1e-9);
    expect(distance('context', 'x', 's')).toBeGreaterThan(5);
  });
});

describe('Approach 3: variational autoencoders', () => {
  test('zᵢ = μᵢ + σᵢεᵢ: the chance is a leaf, and ∂z/∂μ = 1, ∂z/∂ln σ² = ½σε', () => {
    const mu = constant([1, -2, 3]);
    const logVariance = constant([0, 2, -2]);
    const z = sampleNormal(mu, logVariance, { label: 'epsilon' });
    const [dMu, dLog] = gradients(sum(z), [mu, logVariance]);
    const [values, slopeMu, slopeLog, means] = evaluateAll([z, dMu!, dLog!, mu]);
    for (const i of [0, 1, 2]) {
      expect(slopeMu![i]).toBe(1);
      expect(slopeLog![i]).toBeCloseTo((values![i]! - means![i]!) / 2, 14);
    }
  });

  const gaussian = fc.record({
    mean: fc.double({ min: -3, max: 3, noNaN: true }),
    logVariance: fc.double({ min: -4, max: 4, noNaN: true }),
  });
  const row = ({ mean, logVariance }: { mean: number; logVariance: number }) => ({
    mean: constant([mean]),
    logVariance: constant([logVariance]),
  });

  test('KL(p‖q) = H(p, q) − H(p), whichever p and q', () => {
    fc.assert(
      fc.property(gaussian, gaussian, (a, b) => {
        const [p, q] = [row(a), row(b)];
        const written = sub(gaussianCrossEntropy(p, q), gaussianEntropy(p));
        const [kl, difference] = evaluateAll([gaussianKl(p, q), written]);
        expect(kl![0]).toBeGreaterThanOrEqual(0);
        expect(Math.abs(kl![0]! - difference![0]!)).toBeLessThan(1e-12 * (1 + kl![0]!) * 100);
      }),
    );
  });

  test('KL(N(0, I), N(μ, σ)) as written is another number than the evidence bound’s', () => {
    const p = row({ mean: 1, logVariance: 2 });
    const [elbo, notes] = evaluateAll([gaussianKl(p), gaussianKl(standardGaussian, p)]);
    // ½(μ² + σ² − ln σ² − 1), and ½((1 + μ²)/σ² + ln σ² − 1).
    const variance = Math.E ** 2;
    expect(elbo![0]).toBeCloseTo(0.5 * (1 + variance - 2 - 1), 12);
    expect(notes![0]).toBeCloseTo(0.5 * (2 / variance + 2 - 1), 12);
  });
});

describe('Contrastive learning', () => {
  const f = (...rows: number[][]): Node => constant(rows);

  test('the loss falls as f(x)ᵀf(x⁺) grows, and as |f(x)ᵀf(x⁻)| shrinks', () => {
    const loss = (x: Node, xPlus: Node, xMinus: Node): number =>
      evaluate(sampledLoss(x, xPlus, x, xMinus))[0]!;
    const x = f([1, 0]);
    expect(loss(x, f([0.9, 0]), f([0, 1]))).toBeLessThan(loss(x, f([0.1, 0]), f([0, 1])));
    expect(loss(x, x, f([0.1, 1]))).toBeLessThan(loss(x, x, f([0.9, 1])));
    expect(loss(x, x, f([-0.1, 1]))).toBeLessThan(loss(x, x, f([-0.9, 1])));
  });

  test('the sum as written is to be large: made small, it runs away', () => {
    // Σ f(x)ᵀf(x⁺) − Σ [f(x)ᵀf(x⁻)]² with all vectors scaled by t goes as t² − t⁴.
    const written = (t: number): number => t ** 2 - t ** 4;
    expect(written(10)).toBeLessThan(written(2));
    // Ours, −2 E[…] + E[…²], is bounded: −2t² + t⁴ ≥ −1.
    for (const t of [0, 0.5, 1, 2, 10]) {
      const x = f([t]);
      expect(evaluate(sampledLoss(x, x, x, x))[0]).toBeGreaterThanOrEqual(-1);
    }
  });

  test('in expectation it is ‖N − GGᵀ‖² but for a constant', () => {
    const source = new Source(Corpus.fromText('a b a c b a b c c a b\n', { minCount: 1 }));
    const q = source.unigram;
    const N = normalisedPairs(source.matrix('raw'), q);
    const G = constant(
      Array.from({ length: source.size * 2 }, (_, i) => Math.cos(i)),
      [source.size, 2],
    );
    const dense = constant(N.toDense(), [source.size, source.size]);
    const residual = sum(square(sub(dense, matmul(G, G, { transposeB: true }))));
    const [loss, distance, constantPart] = evaluateAll([
      expectedLoss(G, N),
      residual,
      sum(square(dense)),
    ]).map(([value]) => value!);
    expect(loss).toBeCloseTo(distance! - constantPart!, 10);
  });
});

describe('Principal component analysis', () => {
  const [n, d] = [9, 4];
  const data = Float64Array.from({ length: n * d }, (_, i) => ((i * i * 7) % 23) / 5 - 2 + (i % d));
  const X = denseOperator(data, n, d);
  const found = finish(principalComponents(X, d, { method: 'power' }));
  const column = (j: number): Float64Array =>
    Float64Array.from({ length: d }, (_, i) => found.vectors[i * d + j]!);
  const spread = (v: Float64Array): number => {
    const image = new Float64Array(n);
    multiply(image, data, v, n, 1, d);
    return image.reduce((sum, value) => sum + value * value, 0);
  };

  test('max ‖Xv‖² over ‖v‖ = 1 is the largest eigenvalue of XᵀX', () => {
    expect(spread(column(0))).toBeCloseTo(found.values[0]!, 9);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: d, maxLength: d }),
        (v) => {
          const length = Math.hypot(...v);
          fc.pre(length > 0);
          const other = spread(Float64Array.from(v, (value) => value / length));
          expect(other).toBeLessThanOrEqual(found.values[0]! * (1 + 1e-12));
        },
      ),
    );
  });

  test('gradient ascent of vᵀXᵀXv through the engine arrives at the same v', () => {
    const v = finish(rayleighAscent(data, d, { seed: 3 }));
    const cosine = v.reduce((sum, value, i) => sum + value * column(0)[i]!, 0);
    expect(Math.abs(cosine)).toBeCloseTo(1, 9);
  });

  test('the next, v ⊥ v⁽¹⁾, the next largest; deflation and the block form agree', () => {
    const block = finish(principalComponents(X, d, { method: 'block' }));
    for (let j = 0; j < d; j++) {
      expect(block.values[j]).toBeCloseTo(found.values[j]!, 9);
      for (let i = 0; i < j; i++) {
        const product = column(i).reduce((sum, value, at) => sum + value * column(j)[at]!, 0);
        expect(Math.abs(product)).toBeLessThan(1e-12);
      }
    }
  });

  test('XᵀX = Σ λᵢ v⁽ⁱ⁾v⁽ⁱ⁾ᵀ', () => {
    const gram = new Float64Array(d * d);
    multiply(gram, data, data, d, d, n, { transposeA: true });
    for (const [i, value] of spectralSum(found).entries()) expect(value).toBeCloseTo(gram[i]!, 9);
  });

  test('sanity check: XᵀXv⁽ʲ⁾ = λⱼv⁽ʲ⁾', () => {
    for (const residual of sanityCheck(X, found)) expect(residual).toBeLessThan(1e-10);
  });

  test('to visualise points in ℝᵈ: the map’s axes are the directions of most variance', () => {
    const words = Array.from({ length: n }, (_, i) => `w${i}`);
    const map = project(new Embedding(words, data));
    const variance = (axis: number): number => {
      const values = words.map((_, i) => map[i * 2 + axis]!);
      const mean = values.reduce((a, b) => a + b) / n;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    expect(map.length).toBe(2 * n);
    expect(variance(0)).toBeGreaterThanOrEqual(variance(1));
    expect(coordinates(X, found).length).toBe(n * d);
  });
});
