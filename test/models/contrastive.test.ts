import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertGradient } from '../../src/check/index.js';
import { constant, evaluate, gradients, NotFiniteError } from '../../src/graph/index.js';
import { Csr, matmul, principalAngles, symmetricEigen } from '../../src/linalg/index.js';
import { expectedLoss, normalisedPairs, sampledLoss } from '../../src/models/contrastive/loss.js';
import type { ContrastiveOptions } from '../../src/models/contrastive/options.js';
import { contrastive } from '../../src/models/contrastive.js';
import type { Embedding } from '../../src/models/embedding.js';
import { nearestFiveInClass } from '../../src/models/evaluation.js';
import { train } from '../../src/models/method.js';
import { Source } from '../../src/models/source.js';
import { mul, sum } from '../../src/ops/index.js';
import { Corpus, smallWorld } from '../../src/text/index.js';

/** Whole numbers: how often each pair is drawn (symmetric), how often each negative; and vectors. */
const worlds = fc
  .record({ V: fc.integer({ min: 1, max: 5 }), k: fc.integer({ min: 1, max: 3 }) })
  .chain(({ V, k }) =>
    fc.record({
      V: fc.constant(V),
      k: fc.constant(k),
      upper: fc.array(fc.nat(3), { minLength: V * V, maxLength: V * V }),
      q: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: V, maxLength: V }),
      F: fc.array(fc.integer({ min: -16, max: 16 }), { minLength: V * k, maxLength: V * k }),
    }),
  )
  .map(({ V, k, upper, q, F }) => {
    const at = (i: number, j: number) => upper[Math.min(i, j) * V + Math.max(i, j)]!;
    const A = Array.from({ length: V }, (_, i) => Array.from({ length: V }, (_, j) => at(i, j)));
    A[0]![0]! += 1; // at least one pair
    return { V, k, A, q, F: F.map((x) => x / 8) };
  });
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);
const row = ({ F, k }: World, i: number): number[] => F.slice(i * k, (i + 1) * k);
const product = (world: World, i: number, j: number): number =>
  total(row(world, i).map((x, c) => x * row(world, j)[c]!));

/** −2 E[f(x)ᵀf(x⁺)] + E[(f(x)ᵀf(x⁻))²], term by term. */
function definition(world: World): number {
  const { V, A, q } = world;
  let [close, far] = [0, 0];
  for (let i = 0; i < V; i++) {
    for (let j = 0; j < V; j++) {
      close += (A[i]![j]! / total(A.flat())) * product(world, i, j);
      far += (q[i]! / total(q)) * (q[j]! / total(q)) * product(world, i, j) ** 2;
    }
  }
  return far - 2 * close;
}

const pairsOf = ({ V, A, q }: World): [N: Csr, q: Float64Array] => {
  const shares = Float64Array.from(q, (x) => x / total(q));
  const matrix = Csr.fromDense(V, V, Float64Array.from(A.flat()));
  return [normalisedPairs(matrix, shares), shares];
};
const near = (a: number, b: number): void => {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(b)));
};

describe('the spectral contrastive loss', () => {
  test('in expectation: −2 tr(GᵀNG) + ‖GᵀG‖² is the sum over all pairs', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const [N, q] = pairsOf(world);
        const { V, k, F } = world;
        const G = Float64Array.from(F, (x, at) => x * Math.sqrt(q[Math.floor(at / k)]!));
        near(evaluate(expectedLoss(constant(G, [V, k]), N))[0]!, definition(world));
      }),
    );
  });

  test('sampled: over a batch that holds every pair as often as it is due, the same', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { k, A, q } = world;
        const pairs = A.flatMap((counts, i) =>
          counts.flatMap((count, j) => Array.from({ length: count }, () => [i, j] as const)),
        );
        const words = q.flatMap((count, i) => Array.from({ length: count }, () => i));
        const f = (index: number[]) =>
          constant(
            index.flatMap((i) => row(world, i)),
            [index.length, k],
          );
        const loss = sampledLoss(
          f(pairs.map(([i]) => i)),
          f(pairs.map(([, j]) => j)),
          f(words),
          f(words),
        );
        near(evaluate(loss)[0]!, definition(world));
      }),
    );
  });

  test('its gradient is right, and so is the gradient of its gradient', () => {
    const N = normalisedPairs(
      Csr.fromDense(3, 3, Float64Array.of(2, 1, 0, 1, 0, 4, 0, 4, 1)),
      Float64Array.of(0.5, 0.3, 0.2),
    );
    const G = [
      [0.3, -0.7],
      [1.1, 0.2],
      [-0.4, 0.9],
    ];
    assertGradient((g) => expectedLoss(g!, N), [G]);
    const t = constant([1, -2, 0.5, 3, -1, 0.25], [3, 2]);
    assertGradient((g) => sum(mul(gradients(expectedLoss(g!, N), [g!])[0]!, t)), [G]);
  });

  test('the notes’ signs the other way round: pairs together lower it, strangers raise it', () => {
    const loss = (x: number, y: number) => {
      const [a, b] = [constant([[1, 0]]), constant([[x, y]])];
      return {
        positive: evaluate(sampledLoss(a, b, constant([[0, 0]]), b))[0]!,
        negative: evaluate(sampledLoss(a, constant([[0, 0]]), a, b))[0]!,
      };
    };
    expect([loss(1, 0).positive, loss(0, 1).positive, loss(-1, 0).positive]).toEqual([-2, 0, 2]);
    expect([loss(1, 0).negative, loss(0, 1).negative, loss(-1, 0).negative]).toEqual([1, 0, 1]);
  });

  test('pairs that are none: not symmetric, or all zero', () => {
    const q = Float64Array.of(0.5, 0.5);
    const lopsided = Csr.fromDense(2, 2, Float64Array.of(0, 1, 0, 0));
    expect(() => normalisedPairs(lopsided, q)).toThrow(/not symmetric/);
    expect(() => normalisedPairs(Csr.fromDense(2, 2, new Float64Array(4)), q)).toThrow(/is zero/);
    const below = Csr.fromDense(2, 2, Float64Array.of(1, -1, -1, 1));
    expect(() => normalisedPairs(below, q)).toThrow(/A holds -1/);
    const pairs = Csr.fromDense(2, 2, Float64Array.of(1, 1, 1, 1));
    expect(() => normalisedPairs(pairs, Float64Array.of(1, 0))).toThrow(/word 1 is in pairs/);
  });
});

const small = new Source(Corpus.fromText(smallWorld({ sentences: 300 }).text, { maxSize: 60 }));

function rows(embedding: Embedding): Float64Array {
  return Float64Array.from(embedding.words.flatMap((word) => [...embedding.vector(word)]));
}

test.each([
  { pairs: 'ppmi', negatives: 'uniform' },
  { pairs: 'window', negatives: 'unigram' },
  { pairs: 'next-word', negatives: 'unigram' },
] as const)(
  'exact with $pairs pairs ends at the scaled top eigenvectors',
  ({ pairs, negatives }) => {
    const [V, k] = [small.size, 4];
    const A =
      pairs === 'next-word' ? small.adjacent : small.matrix(pairs === 'ppmi' ? 'ppmi' : 'raw');
    const q = negatives === 'unigram' ? small.unigram : new Float64Array(V).fill(1 / V);
    const N = normalisedPairs(A, q);
    const { values, vectors } = symmetricEigen(N.toDense(), V);
    const top = Float64Array.from(
      { length: V * k },
      (_, at) => vectors[Math.floor(at / k) * V + (at % k)]!,
    );

    const fit = contrastive.fit(small, { pairs, dimension: k, steps: 4000 });
    let loss = 0;
    for (const progress of fit) loss = progress.loss;
    const F = rows(fit.embedding());
    const G = F.map((x, at) => x * Math.sqrt(q[Math.floor(at / k)]!));
    expect(principalAngles(G, top, V, k, k)[k - 1]).toBeLessThan(1e-6);
    expect(loss).toBeCloseTo(-total([...values.slice(0, k)].map((x) => x * x)), 9);

    // p = ½ leaves the lengths as they are: GGᵀ = UΛUᵀ. p = 1 gives UΛ²Uᵀ.
    for (const [power, exponent] of [
      [0.5, 1],
      [1, 2],
    ] as const) {
      const again = contrastive.fit(small, { pairs, dimension: k, steps: 4000, power });
      const weighted = rows(train(again)).map((x, at) => x * Math.sqrt(q[Math.floor(at / k)]!));
      const gram = new Float64Array(k * k);
      matmul(gram, weighted, weighted, k, k, V, { transposeA: true });
      const found = symmetricEigen(gram, k).values;
      for (let j = 0; j < k; j++) expect(found[j]! / values[j]! ** exponent).toBeCloseTo(1, 6);
    }
  },
);

test('the rate that follows from the curvature is safe: any text, any start', () => {
  const words = fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 12, maxLength: 60 });
  fc.assert(
    fc.property(words, fc.nat(1000), fc.integer({ min: 1, max: 4 }), (text, seed, dimension) => {
      fc.pre(new Set(text).size >= dimension && new Set(text).size > 1);
      const source = new Source(Corpus.fromText(text.join(' '), { minCount: 1 }), { window: 2 });
      for (const pairs of ['window', 'next-word'] as const) {
        const options = { seed, dimension, pairs, steps: 60 };
        const losses = Array.from(contrastive.fit(source, options), ({ loss }) => loss);
        expect(losses.at(-1)).toBeLessThan(0);
        expect(Math.max(...losses.slice(30))).toBeLessThan(0);
      }
    }),
    { numRuns: 40 },
  );
});

describe('small world', () => {
  const world = smallWorld();
  const source = new Source(Corpus.fromText(world.text));
  const share = (options: Partial<ContrastiveOptions>): number =>
    nearestFiveInClass(train(contrastive.fit(source, options)), world.classOf).share;

  test('nine of ten nearest words are of the same class', () => {
    expect(share({})).toBeGreaterThan(0.9);
  });

  test('by sampled pairs too, with the notes’ adaptivity', () => {
    expect(
      share({ mode: 'stochastic', optimizer: 'adaptivity', rate: 0.02, steps: 400, batch: 256 }),
    ).toBeGreaterThan(0.8);
  });

  test('by a network that reads contexts', () => {
    expect(share({ model: 'network', steps: 30, rate: 0.01, hidden: 40 })).toBeGreaterThan(0.8);
  });
});

test.each([
  { mode: 'stochastic', pairs: 'next-word' },
  { mode: 'stochastic', pairs: 'window', negatives: 'uniform' },
  { mode: 'stochastic', model: 'network', optimizer: 'gradientDescent', rate: 0.01 },
  { mode: 'exact', model: 'network', optimizer: 'momentum', rate: 0.01 },
] as const)('%o: it learns, and the same seed gives the same bits', (options) => {
  const settings = { ...options, dimension: 5, steps: 60, batch: 64, hidden: 10, seed: 3 };
  const [one, two] = [0, 1].map(() => {
    const fit = contrastive.fit(small, settings);
    const losses = Array.from(fit, ({ loss }) => loss);
    return { losses, vectors: rows(fit.embedding()) };
  });
  const mean = (losses: readonly number[]) => total([...losses]) / losses.length;
  expect(mean(one!.losses.slice(-10))).toBeLessThan(mean(one!.losses.slice(0, 10)));
  expect(one).toEqual(two);
});

describe('what cannot be done is said', () => {
  const learn = (options: object) => () => contrastive.fit(small, options);
  test('options out of range', () => {
    expect(learn({ pairs: 'neighbours' })).toThrow(
      'contrastive: there is no pairs "neighbours"; there are next-word, window, ppmi',
    );
    expect(learn({ optimizer: 'sgd' })).toThrow(/gradientDescent, momentum, adaptivity, adam/);
    expect(learn({ rate: -0.1 })).toThrow('contrastive: rate is -0.1');
    expect(learn({ dimension: 61 })).toThrow('at most 60');
    expect(learn({ steps: 0 })).toThrow('steps is 0');
    expect(learn({ power: Number.NaN })).toThrow('power is NaN');
  });

  test('a run that diverges stops at the step where it does', () => {
    expect(() => train(contrastive.fit(small, { rate: 1000 }))).toThrow(NotFiniteError);
  });

  test('a text without pairs', () => {
    const even = new Source(Corpus.fromText('a a\nb b\na b\nb a', { minCount: 1 }));
    expect(() => contrastive.fit(even)).toThrow(/there are no pairs/);
  });
});
