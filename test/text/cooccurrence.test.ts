import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CooccurrenceOptions,
  Corpus,
  cooccurrence,
  Vocabulary,
} from '../../src/text/index.js';

type Fraction = readonly [numerator: bigint, denominator: bigint];

/** The definition, in whole numbers: all places, all neighbours, all weights as fractions. */
function byDefinition(
  sentences: readonly number[][],
  i: number,
  j: number,
  options: CooccurrenceOptions,
): Fraction {
  const { window = 10, weighting = 'distance', side = 'both', acrossLines = false } = options;
  let sum: Fraction = [0n, 1n];
  for (const sentence of acrossLines ? [sentences.flat()] : sentences) {
    for (let p = 0; p < sentence.length; p++) {
      for (let q = 0; q < sentence.length; q++) {
        const d = q - p;
        if (sentence[p] !== i || sentence[q] !== j || d === 0 || Math.abs(d) > window) continue;
        if (side === 'next' && d < 0) continue;
        const denominator = weighting === 'flat' ? 1n : BigInt(Math.abs(d));
        sum = [sum[0] * denominator + sum[1], sum[1] * denominator];
      }
    }
  }
  return sum;
}

/** Whether x is the double nearest to the fraction: its neighbours on both sides are not nearer. */
function isNearest(x: number, [n, d]: Fraction): boolean {
  if (n === 0n) return x === 0;
  // x·2⁶⁰ is whole for the sizes used here.
  const error = (y: number) => {
    const difference = BigInt(y * 2 ** 60) * d - n * 2n ** 60n;
    return difference < 0n ? -difference : difference;
  };
  const step = 2 ** (Math.floor(Math.log2(x)) - 52);
  return error(x) <= error(x + step) && error(x) <= error(x - step);
}

function corpusOf(sentences: readonly number[][], size: number): Corpus {
  const names = Array.from({ length: size }, (_, i) => `w${i}`);
  const tokens = Int32Array.from(sentences.flat());
  const starts = [0];
  for (const sentence of sentences) starts.push(starts.at(-1)! + sentence.length);
  const counts = names.map((_, i) => tokens.filter((t) => t === i).length);
  return new Corpus(new Vocabulary(names, counts), tokens, Int32Array.from(starts), tokens.length);
}

const SIZE = 5;
const sentences = fc.array(fc.array(fc.nat({ max: SIZE - 1 }), { minLength: 1, maxLength: 15 }), {
  maxLength: 4,
});
const options = fc.record({
  window: fc.integer({ min: 1, max: 16 }),
  weighting: fc.constantFrom('distance' as const, 'flat' as const),
  side: fc.constantFrom('both' as const, 'next' as const),
  acrossLines: fc.boolean(),
  contexts: fc.integer({ min: 1, max: SIZE + 1 }),
});

describe('cooccurrence', () => {
  test('every entry is the double nearest to its definition', () => {
    fc.assert(
      fc.property(sentences, options, (lines, chosen) => {
        const counts = cooccurrence(corpusOf(lines, SIZE), chosen);
        const contexts = Math.min(chosen.contexts, SIZE);
        expect([counts.rows, counts.columns]).toEqual([SIZE, contexts]);
        for (let i = 0; i < SIZE; i++) {
          for (let j = 0; j < contexts; j++) {
            const exact = byDefinition(lines, i, j, chosen);
            expect([i, j, isNearest(counts.at(i, j), exact)]).toEqual([i, j, true]);
          }
        }
        expect(counts.values.every((value) => value > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a word in its own window, and a sentence of it', () => {
    const counts = cooccurrence(corpusOf([[0, 0, 0]], 2), { window: 2 });
    expect(counts.at(0, 0)).toBe(2 * (1 + 1 + 1 / 2));
    expect(counts.nonZeros).toBe(1);
  });

  test('the notes’ (word, next word)', () => {
    const corpus = Corpus.fromText('the cat sat\nthe cat', { minCount: 1 });
    const counts = cooccurrence(corpus, { window: 1, side: 'next' });
    const [the, cat, sat] = ['the', 'cat', 'sat'].map((w) => corpus.vocabulary.indexOf(w));
    expect(counts.at(the!, cat!)).toBe(2);
    expect(counts.at(cat!, sat!)).toBe(1);
    expect(counts.at(sat!, the!)).toBe(0);
    expect(counts.nonZeros).toBe(2);
  });

  test('symmetric to the last bit, also where 1/d has no common unit that fits', () => {
    // Long enough for thousands of additions in different orders; lcm(1 … 40) is about 5·10¹⁵.
    const line = Array.from({ length: 3000 }, (_, p) => (p * p + (p >> 3)) % 37);
    for (const window of [10, 40]) {
      const counts = cooccurrence(corpusOf([line], 37), { window });
      expect(counts.isSymmetric()).toBe(true);
      const exact = byDefinition([line], 3, 4, { window });
      const rounded = Number((exact[0] * 10n ** 15n) / exact[1]) / 1e15;
      expect(Math.abs(counts.at(3, 4) / rounded - 1)).toBeLessThan(1e-9);
    }
  });

  test('rows of more than 2²⁰ entries in all', () => {
    // 1100 different words in a row, and a window that reaches from the first to the last.
    const n = 1100;
    const line = Array.from({ length: n }, (_, i) => i);
    const counts = cooccurrence(corpusOf([line], n), { window: n, weighting: 'flat' });
    expect(counts.nonZeros).toBe(n * (n - 1));
    expect(counts.nonZeros).toBeGreaterThan(2 ** 20);
    expect(counts.values.every((value) => value === 1)).toBe(true);
    expect([...counts.row(7).columns]).toEqual(line.filter((i) => i !== 7));
  });

  test('progress goes up to the whole', () => {
    const seen: number[] = [];
    cooccurrence(corpusOf([[0, 1, 2, 3, 4]], SIZE), { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(5);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  test('options out of range', () => {
    const corpus = corpusOf([[0, 1]], 2);
    for (const window of [0, -1, 1.5, Number.NaN]) {
      expect(() => cooccurrence(corpus, { window })).toThrow(/window/);
    }
    expect(() => cooccurrence(corpus, { contexts: 0 })).toThrow(/contexts/);
  });
});
