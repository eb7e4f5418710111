import { describe, expect, test } from 'vitest';
import { matmul, symmetricEigen } from '../../src/linalg/index.js';
import type { Embedding } from '../../src/models/embedding.js';
import { nearestFiveInClass } from '../../src/models/evaluation.js';
import { train } from '../../src/models/method.js';
import { pca } from '../../src/models/pca.js';
import { Source } from '../../src/models/source.js';
import { Corpus, smallWorld } from '../../src/text/index.js';

const world = smallWorld({ sentences: 300 });
const corpus = Corpus.fromText(world.text, { maxSize: 60 });
const source = new Source(corpus);
const V = source.size;

/** E·Eᵀ [V, V]: all that similarities look at, whatever the basis and its signs. */
function products(embedding: Embedding): Float64Array {
  const k = embedding.dimension;
  const E = new Float64Array(V * k);
  embedding.words.forEach((word, i) => {
    E.set(embedding.vector(word), i * k);
  });
  const out = new Float64Array(V * V);
  matmul(out, E, E, V, V, k, { transposeB: true });
  return out;
}

/** U Σ²ᵖ Uᵀ of the k largest singular values of X, from all eigenpairs of XXᵀ, dense. */
function truth(X: Float64Array, k: number, power: number): Float64Array {
  const gram = new Float64Array(V * V);
  matmul(gram, X, X, V, V, V, { transposeB: true });
  const { values, vectors } = symmetricEigen(gram, V);
  const scaled = vectors.map((u, at) => (at % V < k ? u * values[at % V]! ** (power / 2) : 0));
  const out = new Float64Array(V * V);
  matmul(out, scaled, scaled, V, V, V, { transposeB: true });
  return out;
}

function expectClose(a: Float64Array, b: Float64Array, tolerance: number): void {
  const size = b.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  for (let i = 0; i < b.length; i++) {
    expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance * size);
  }
}

describe('the vectors are U·Σᵖ of X, which never becomes dense', () => {
  test.each(['ppmi', 'log', 'hellinger', 'raw'] as const)('X by %s', (matrix) => {
    const X = source.matrix(matrix).toDense();
    for (const power of [0.25, 1]) {
      const embedding = train(pca.fit(source, { matrix, power, dimension: 7, tolerance: 0 }));
      expect(embedding.dimension).toBe(7);
      expectClose(products(embedding), truth(X, 7, power), 1e-7);
    }
  });

  test('centred', () => {
    const X = source.matrix('ppmi').toDense();
    for (let j = 0; j < V; j++) {
      let mean = 0;
      for (let i = 0; i < V; i++) mean += X[i * V + j]! / V;
      for (let i = 0; i < V; i++) X[i * V + j]! -= mean;
    }
    const embedding = train(pca.fit(source, { centred: true, dimension: 5, tolerance: 0 }));
    expectClose(products(embedding), truth(X, 5, 0.25), 1e-7);
  });
});

test('the same seed gives the same bits', () => {
  const [one, two] = [0, 1].map(() => train(pca.fit(new Source(corpus), { seed: 5 })));
  for (const word of one!.words) expect(one!.vector(word)).toEqual(two!.vector(word));
});

test('stopped after any step there are vectors, and the loss ends at the tolerance', () => {
  const fit = pca.fit(source, { dimension: 10 });
  expect(fit.embedding().size).toBe(V);
  let last = 1;
  for (const { step, steps, loss } of fit) {
    expect(step).toBeLessThanOrEqual(steps);
    expect(loss).toBeLessThanOrEqual(1);
    if (step === 1) expect(fit.embedding().size).toBe(V);
    last = loss;
  }
  expect(last).toBeLessThan(0.01);
  expect(fit.embedding().dimension).toBe(10);
});

test('small world: nine of ten nearest words are of the same class', () => {
  const { text, classOf } = smallWorld();
  const embedding = train(pca.fit(new Source(Corpus.fromText(text))));
  const { share, chance } = nearestFiveInClass(embedding, classOf);
  expect(share).toBeGreaterThan(0.9);
  expect(chance).toBeLessThan(0.1);
});

describe('what cannot be done is said', () => {
  test('options out of range', () => {
    expect(() => pca.fit(source, { matrix: 'pmi' as 'ppmi' })).toThrow(
      'pca: there is no matrix "pmi"; there are ppmi, log, hellinger, raw',
    );
    expect(() => pca.fit(source, { dimension: V + 1 })).toThrow(`at most ${V}`);
    expect(() => pca.fit(source, { power: -1 })).toThrow('power is -1');
    expect(() => pca.fit(source, { tolerance: Number.NaN })).toThrow('tolerance is NaN');
  });

  test('more directions than the matrix has', () => {
    // a and b have the same row (0, 0, 6), x has (6, 6, 0): rank 2.
    const twins = Corpus.fromText('a x\nb x\n'.repeat(3), { minCount: 1 });
    const few = new Source(twins, { window: 1 });
    expect(() => train(pca.fit(few, { dimension: 3, matrix: 'raw' }))).toThrow(
      'pca: dimension is 3, but the raw matrix of this text has rank 2; ask for at most that',
    );
    expect(train(pca.fit(few, { matrix: 'raw' })).dimension).toBe(2);
  });

  test('a text in which nothing is found together more often than by chance', () => {
    const even = Corpus.fromText('a a\nb b\na b\nb a', { minCount: 1 });
    expect(() => train(pca.fit(new Source(even)))).toThrow(/the ppmi matrix is zero/);
  });
});
