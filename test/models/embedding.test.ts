import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Embedding, largest } from '../../src/models/embedding.js';

const embedding = new Embedding(
  ['east', 'north', 'northeast', 'far-east', 'west', 'nowhere'],
  Float64Array.of(1, 0, 0, 1, 1, 1, 1e200, 0, -2, 0, 0, 0),
);

describe('Embedding', () => {
  test('size, dimension, look-up', () => {
    expect([embedding.size, embedding.dimension]).toEqual([6, 2]);
    expect(embedding.indexOf('north')).toBe(1);
    expect(embedding.indexOf('south')).toBe(-1);
    expect(embedding.has('constructor')).toBe(false);
    expect([...embedding.vector('west')]).toEqual([-2, 0]);
  });

  test('what it returns is a copy', () => {
    embedding.vector('east').fill(9);
    embedding.unit(0).fill(9);
    expect([...embedding.vector('east')]).toEqual([1, 0]);
    expect([...embedding.unit(0)]).toEqual([1, 0]);
  });

  test('similarity is the cosine, whatever the lengths; of a zero vector 0', () => {
    expect(embedding.similarity('east', 'north')).toBe(0);
    expect(embedding.similarity('east', 'far-east')).toBe(1);
    expect(embedding.similarity('far-east', 'west')).toBe(-1);
    expect(embedding.similarity('east', 'northeast')).toBeCloseTo(Math.SQRT1_2, 15);
    expect(embedding.similarity('nowhere', 'east')).toBe(0);
    expect(embedding.similarity('nowhere', 'nowhere')).toBe(0);
    expect(embedding.similarity([3, 3], 'northeast')).toBeCloseTo(1, 15);
  });

  test('nearest: itself excluded, equals in the order of the words', () => {
    expect(embedding.nearest('east', 5).map(({ word }) => word)).toEqual([
      'far-east',
      'northeast',
      'north',
      'nowhere',
      'west',
    ]);
    expect(embedding.nearest([1, 0], 2)).toEqual([
      { word: 'east', similarity: 1 },
      { word: 'far-east', similarity: 1 },
    ]);
    expect(embedding.nearest('east', 100)).toHaveLength(5);
    expect(embedding.nearest('east', 0)).toEqual([]);
  });

  test('analogy: the direction of b − a + c, the three excluded', () => {
    const words = ['man', 'woman', 'king', 'queen', 'prince'];
    const plane = new Embedding(words, Float64Array.of(4, 0, 4, 3, 0, 4, 3, 4, 1, 4));
    // Unit vectors: man (1, 0), woman (.8, .6), king (0, 1): target (−.2, 1.6).
    const [first, second] = plane.analogy('man', 'woman', 'king', 2);
    expect([first!.word, second!.word]).toEqual(['prince', 'queen']);
    const cosine = (x: number, y: number) =>
      (x * -0.2 + y * 1.6) / Math.hypot(x, y) / Math.hypot(0.2, 1.6);
    expect(first!.similarity).toBeCloseTo(cosine(1, 4), 14);
    expect(second!.similarity).toBeCloseTo(cosine(3, 4), 14);
  });

  test('nearest and cosines by brute force', () => {
    const number = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 30, maxLength: 30 }), (numbers) => {
        const vectors = Float64Array.from(numbers);
        const words = Array.from({ length: 10 }, (_, i) => `w${i}`);
        const row = (i: number) => [...vectors.subarray(3 * i, 3 * i + 3)];
        const dot = (x: number[], y: number[]) => x.reduce((s, v, j) => s + v * y[j]!, 0);
        const cosine = (i: number, j: number) => {
          const length = Math.sqrt(dot(row(i), row(i)) * dot(row(j), row(j)));
          return length === 0 ? 0 : dot(row(i), row(j)) / length;
        };
        const found = new Embedding(words, vectors).nearest('w0', 9);
        expect(new Set(found.map(({ word }) => word))).toEqual(new Set(words.slice(1)));
        for (const [i, { word, similarity }] of found.entries()) {
          expect(similarity).toBeCloseTo(cosine(0, Number(word.slice(1))), 14);
          expect(similarity).toBeLessThanOrEqual(found[i - 1]?.similarity ?? 2);
        }
      }),
    );
  });

  test('products: every word with every query', () => {
    expect([...embedding.products(Float64Array.of(1, 0, 0, 2))].slice(0, 4)).toEqual([1, 0, 0, 2]);
  });

  test('what cannot be an embedding, or is not in it', () => {
    expect(() => new Embedding(['a', 'a'], new Float64Array(2))).toThrow(/"a" has two vectors/);
    expect(() => new Embedding(['a', 'b'], new Float64Array(3))).toThrow(/3 numbers cannot/);
    expect(() => new Embedding(['a', 'b'], new Float64Array(0))).toThrow(/0 numbers cannot/);
    expect(() => new Embedding([], new Float64Array(0))).toThrow(/0 words/);
    expect(() => new Embedding(['a', 'b'], Float64Array.of(0, 0, 1, Number.NaN))).toThrow(
      /"b" holds NaN/,
    );
    expect(() => embedding.nearest('south')).toThrow(/"south" is not among the 6 words/);
    expect(() => embedding.vector('south')).toThrow(/"south"/);
    expect(() => embedding.analogy('east', 'south', 'west')).toThrow(/"south"/);
    expect(() => embedding.nearest([1, 2, 3])).toThrow(/2 numbers, not 3/);
  });
});

describe('one-hot', () => {
  const words = Array.from({ length: 7 }, (_, i) => `w${i}`);
  const oneHot = Embedding.oneHot(words);
  const identity = new Float64Array(49);
  for (let i = 0; i < 7; i++) identity[8 * i] = 1;
  const writtenOut = new Embedding(words, identity);

  test('answers as the identity matrix does', () => {
    expect([oneHot.size, oneHot.dimension]).toEqual([7, 7]);
    for (const word of words) expect(oneHot.vector(word)).toEqual(writtenOut.vector(word));
    expect(oneHot.similarity('w1', 'w1')).toBe(1);
    expect(oneHot.similarity('w1', 'w2')).toBe(0);
    expect(oneHot.nearest('w3', 4)).toEqual(writtenOut.nearest('w3', 4));
    expect(oneHot.nearest(Float64Array.of(0, 0, 1, 0, 2, 0, 0), 3)).toEqual(
      writtenOut.nearest(Float64Array.of(0, 0, 1, 0, 2, 0, 0), 3),
    );
    expect(oneHot.analogy('w1', 'w2', 'w3', 3)).toEqual(writtenOut.analogy('w1', 'w2', 'w3', 3));
    const queries = Float64Array.from({ length: 21 }, (_, i) => i);
    expect(oneHot.products(queries)).toEqual(writtenOut.products(queries));
  });

  test('stores nothing of size V × V: two hundred thousand words are no trouble', () => {
    const many = Embedding.oneHot(Array.from({ length: 200_000 }, (_, i) => String(i)));
    expect(many.dimension).toBe(200_000);
    expect(many.similarity('5', '6')).toBe(0);
  });
});

describe('largest', () => {
  test('by brute force', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }),
        fc.nat({ max: 8 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
        (values, n, except) => {
          const expected = values
            .map((value, index) => ({ index, value }))
            .filter(({ index }) => !except.includes(index))
            .sort((a, b) => b.value - a.value || a.index - b.index)
            .slice(0, n);
          expect(largest(values, n, except)).toEqual(expected);
        },
      ),
    );
  });
});
