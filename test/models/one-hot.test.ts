import { expect, test } from 'vitest';
import { Embedding } from '../../src/models/embedding.js';
import { distances, oneHot } from '../../src/models/one-hot.js';
import { Source } from '../../src/models/source.js';
import { Corpus } from '../../src/text/index.js';

const corpus = Corpus.fromText('the cat sat on the mat and the dog lay on the mat', {
  minCount: 1,
});

test('one-hot: word i is the i-th unit vector, and there is nothing to learn', () => {
  const fit = oneHot.fit(new Source(corpus));
  expect([...fit]).toEqual([]);
  const embedding = fit.embedding();
  const { words } = corpus.vocabulary;
  expect(embedding.words).toEqual(words);
  words.forEach((word, i) => {
    expect(Array.from(embedding.vector(word))).toEqual(words.map((_, j) => (i === j ? 1 : 0)));
  });
});

test('⊖ not meaningful: every pair is √2 apart. ⊖ large: V numbers a word', () => {
  const embedding = oneHot.fit(new Source(corpus)).embedding();
  expect(distances(embedding)).toEqual({ nearest: Math.SQRT2, farthest: Math.SQRT2, pairs: 28 });
  expect(embedding.dimension).toBe(8);
});

test('distances of vectors that have some: all pairs, or a sample of them', () => {
  const triangle = new Embedding(['a', 'b', 'c'], Float64Array.of(0, 0, 3, 0, 0, 4));
  expect(distances(triangle)).toEqual({ nearest: 3, farthest: 5, pairs: 3 });

  const line = new Embedding(
    Array.from({ length: 100 }, (_, i) => `w${i}`),
    Float64Array.from({ length: 100 }, (_, i) => i),
  );
  const sample = distances(line, { pairs: 500 });
  expect(sample.pairs).toBe(500);
  expect(sample.nearest).toBeGreaterThanOrEqual(1); // never a word with itself
  expect(sample.farthest).toBeLessThanOrEqual(99);
  expect(distances(line, { pairs: 500 })).toEqual(sample);
});

test('one word has no distance', () => {
  expect(() => distances(new Embedding(['a'], Float64Array.of(1)))).toThrow(/two words/);
});
