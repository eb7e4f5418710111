import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Embedding } from '../../src/models/embedding.js';
import {
  evaluateAnalogies,
  evaluatePairs,
  nearestFiveInClass,
  ranks,
  spearman,
} from '../../src/models/evaluation.js';
import { Corpus, cooccurrence, ppmi, smallWorld } from '../../src/text/index.js';

describe('spearman', () => {
  test('without ties: 1 − 6Σd² / n(n² − 1)', () => {
    // The textbook's example of IQ and hours of television: ρ = −29/165.
    const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(iq, hours).rho).toBeCloseTo(-29 / 165, 15);
  });

  test('with ties: Pearson’s correlation of the mean ranks', () => {
    // Ranks 1.5 1.5 3 4 and 1 2.5 2.5 4: deviations −1 −1 .5 1.5 and −1.5 0 0 1.5; 3.75 / 4.5.
    expect(spearman([7, 7, 8, 9], [0, 1, 1, 5]).rho).toBeCloseTo(3.75 / 4.5, 15);
  });

  test('ranks by definition: how many are smaller, and half of the equal ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 })), (values) => {
        const expected = values.map(
          (x) =>
            values.filter((y) => y < x).length + (values.filter((y) => y === x).length + 1) / 2,
        );
        expect([...ranks(values)]).toEqual(expected);
      }),
    );
  });

  test('only the order counts; turning one round turns the sign', () => {
    const pairs = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    );
    fc.assert(
      fc.property(pairs, (list) => {
        const x = list.map(([a]) => a);
        const y = list.map(([, b]) => b);
        const { rho } = spearman(x, y);
        expect(
          spearman(
            x.map((a) => a ** 3),
            y,
          ).rho,
        ).toBe(rho);
        expect(
          spearman(
            x,
            y.map((b) => -b),
          ).rho,
        ).toBeCloseTo(-rho, 14);
        expect(Math.abs(rho)).toBeLessThanOrEqual(1 + 1e-15);
      }),
    );
  });

  test('where it is undefined it is 0, with the reason', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toEqual({
      rho: 0,
      reason: 'all 3 similarities are equal',
    });
    expect(spearman([1, 2], [4, 4])).toEqual({ rho: 0, reason: 'all 2 scores are equal' });
    expect(spearman([1], [1]).reason).toMatch(/1 pairs/);
    expect(spearman([], []).rho).toBe(0);
    expect(() => spearman([1], [])).toThrow(/1 values/);
  });
});

describe('evaluatePairs', () => {
  const plane = new Embedding(['a', 'b', 'c'], Float64Array.of(1, 0, 1, 1, 0, 1));
  const pairs = [
    { a: 'a', b: 'B', score: 3 },
    { a: 'a', b: 'c', score: 1 },
    { a: 'a', b: 'a', score: 9 },
    { a: 'a', b: 'unknown', score: 5 },
  ];

  test('over the pairs it has, small letters standing in for capitals', () => {
    expect(evaluatePairs(plane, pairs)).toEqual({ pairs: 4, covered: 3, rho: 1 });
  });

  test('one-hot: undefined, and it says why', () => {
    const result = evaluatePairs(Embedding.oneHot(['a', 'b', 'c']), pairs.slice(0, 2));
    expect(result.rho).toBe(0);
    expect(result.reason).toMatch(/similarities are equal/);
  });
});

describe('evaluateAnalogies', () => {
  test('agrees with asking one at a time, section by section', () => {
    const words = Array.from({ length: 30 }, (_, i) => `w${i}`);
    // No two cosines agree, so each question has one answer.
    const vectors = Float64Array.from(
      { length: 30 * 4 },
      (_, i) => ((i * i * 7919 + i * 31) % 1009) - 504,
    );
    const embedding = new Embedding(words, vectors);
    const question = (i: number) =>
      [0, 1, 2, 3].map((j) => `w${(i * (j + 1) + 3 * j * j + j) % 30}`);
    const answer = ([a, b, c]: string[]) => embedding.analogy(a!, b!, c!)[0]!.word;
    // Two thirds of the questions get the right answer written in.
    const all = Array.from({ length: 150 }, (_, i) => {
      const q = question(i);
      return (i % 3 === 0 ? q : [...q.slice(0, 3), answer(q)]) as [string, string, string, string];
    });
    const right = all.filter((q) => answer(q) === q[3]).length;
    expect(right).toBeGreaterThanOrEqual(100);
    const sections = new Map([
      ['first', all.slice(0, 100)],
      ['second', all.slice(100)],
    ]);
    const result = evaluateAnalogies(embedding, sections);
    expect(result.total.correct).toBe(right);
    expect(result.total.accuracy).toBe(right / 150);
    expect(result.sections.get('second')).toMatchObject({ questions: 50, covered: 50 });
    expect(result.sections.get('first')!.correct + result.sections.get('second')!.correct).toBe(
      right,
    );
  });

  test('what is not covered is counted but not asked', () => {
    const sections = new Map([['s', [['a', 'b', 'c', 'nowhere'] as const]]]);
    const embedding = new Embedding(['a', 'b', 'c'], Float64Array.of(1, 2, 3));
    expect(evaluateAnalogies(embedding, sections).total).toEqual({
      questions: 1,
      covered: 0,
      correct: 0,
      accuracy: 0,
    });
  });

  test('an answer that is one of the three is never right', () => {
    const embedding = new Embedding(['a', 'b', 'c'], Float64Array.of(1, 0, 1, 0.1, 1, 0.2));
    const sections = new Map([['s', [['a', 'b', 'c', 'b'] as const]]]);
    expect(evaluateAnalogies(embedding, sections).total.correct).toBe(0);
  });

  test('one-hot: all V − 3 other words tie, so each counts 1 / (V − 3)', () => {
    const embedding = Embedding.oneHot(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const sections = new Map([['s', [['A', 'b', 'c', 'd'] as const]]]);
    expect(evaluateAnalogies(embedding, sections).total.accuracy).toBe(1 / 4);
  });
});

describe('nearestFiveInClass', () => {
  const names = ['a1', 'b1', 'a2', 'b2', 'a3', 'x', 'a4', 'y'];
  const classOf = (word: string) => (/\d/.test(word) ? word[0] : undefined);

  test('one-hot is at chance exactly', () => {
    const result = nearestFiveInClass(Embedding.oneHot(names), classOf);
    // Words of class a have 3 fellows among 7 others, those of b one.
    expect(result.chance).toBeCloseTo((4 * 3 + 2 * 1) / 6 / 7, 15);
    expect(result.share).toBeCloseTo(result.chance, 15);
    expect(result.words).toBe(6);
    expect(result.classes.get('b')).toBeCloseTo(1 / 7, 15);
  });

  test('ties count what breaking them in every possible order would give on average', () => {
    const words = ['a1', 'a2', 'b1', 'b2', 'x', 'a3'];
    const orders = permutations([0, 1, 2, 3, 4, 5]);
    expect(orders).toHaveLength(720);
    // A few directions only, so that many cosines are equal.
    const direction = fc.constantFrom([1, 0], [2, 0], [1, 1], [0, 1], [-1, 0], [0, 0]);
    fc.assert(
      fc.property(
        fc.array(direction, { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (points, n) => {
          const embedding = new Embedding(words, Float64Array.from(points.flat()));
          const cosine = (i: number, j: number) => embedding.similarity(words[i]!, words[j]!);
          const shareOf = (i: number) => {
            const shares = orders.map((order) => {
              const others = order
                .filter((j) => j !== i)
                .sort((j, k) => cosine(i, k) - cosine(i, j));
              const nearest = others.slice(0, n).map((j) => classOf(words[j]!));
              return nearest.filter((name) => name === classOf(words[i]!)).length / n;
            });
            return shares.reduce((a, b) => a + b, 0) / 720;
          };
          const result = nearestFiveInClass(embedding, classOf, n);
          const a = (shareOf(0) + shareOf(1) + shareOf(5)) / 3;
          const b = (shareOf(2) + shareOf(3)) / 2;
          expect(result.classes.get('a')).toBeCloseTo(a, 12);
          expect(result.classes.get('b')).toBeCloseTo(b, 12);
          expect(result.share).toBeCloseTo((3 * a + 2 * b) / 5, 12);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('the small world: rows of PPMI know the classes, one-hot knows nothing', () => {
    const world = smallWorld();
    const corpus = Corpus.fromText(world.text);
    const { words } = corpus.vocabulary;
    const rows = new Embedding(words, ppmi(cooccurrence(corpus)).toDense());
    const result = nearestFiveInClass(rows, world.classOf);
    expect(result.words).toBe([...world.classes.values()].flat().length);
    expect(result.share).toBeGreaterThan(0.9);
    expect(result.chance).toBeLessThan(0.1);
    const oneHot = nearestFiveInClass(Embedding.oneHot(words), world.classOf);
    expect(oneHot.share).toBeCloseTo(oneHot.chance, 14);
    expect(oneHot.chance).toBe(result.chance);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
