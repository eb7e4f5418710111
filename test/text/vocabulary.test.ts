import { describe, expect, test } from 'vitest';
import { Vocabulary } from '../../src/text/index.js';

const counted = [
  ['pear', 3],
  ['apple', 3],
  ['Zebra', 3],
  ['the', 10],
  ['once', 1],
] as const;

describe('Vocabulary', () => {
  test('the most frequent word first, equals in order of their letters', () => {
    const vocabulary = Vocabulary.fromCounts(counted, { minCount: 1 });
    expect(vocabulary.words).toEqual(['the', 'Zebra', 'apple', 'pear', 'once']);
    expect([...vocabulary.counts]).toEqual([10, 3, 3, 3, 1]);
    expect(vocabulary.size).toBe(5);
  });

  test('words and indices are inverse to each other', () => {
    const vocabulary = Vocabulary.fromCounts(counted, { minCount: 1 });
    vocabulary.words.forEach((word, i) => {
      expect(vocabulary.indexOf(word)).toBe(i);
      expect(vocabulary.has(word)).toBe(true);
    });
    for (const other of ['unknown', '', 'constructor', '__proto__']) {
      expect(vocabulary.indexOf(other)).toBe(-1);
      expect(vocabulary.has(other)).toBe(false);
    }
  });

  test('minimum count and maximum size', () => {
    expect(Vocabulary.fromCounts(counted, { minCount: 3 }).words).toHaveLength(4);
    expect(Vocabulary.fromCounts(counted, { minCount: 1, maxSize: 2 }).words).toEqual([
      'the',
      'Zebra',
    ]);
  });

  test('words that JavaScript objects have names for are words like any other', () => {
    const words = ['constructor', '__proto__', 'toString'];
    const vocabulary = Vocabulary.fromCounts(words.map((word) => [word, 5] as const));
    expect([...vocabulary.words].sort()).toEqual([...words].sort());
  });

  test('too few words: the error says what to do', () => {
    expect(() => Vocabulary.fromCounts([])).toThrow(/no words/);
    expect(() => Vocabulary.fromCounts([['alone', 9]])).toThrow(
      /one word only \("alone", 9 times\)/,
    );
    expect(() => Vocabulary.fromCounts(counted, { minCount: 11 })).toThrow(
      /minimum count to 3 or less/,
    );
    // One word frequent enough is not enough either.
    expect(() => Vocabulary.fromCounts(counted, { minCount: 5 })).toThrow(
      /Fewer than two of the 5 different words .*"the", occurs 10 times/,
    );
  });

  test('a "word" of a megabyte is not printed in full, and 1 is the least there is', () => {
    const giant = 'a'.repeat(1_000_000);
    const few = () => Vocabulary.fromCounts([[giant, 2] as const, ['b', 1] as const]);
    expect(few).toThrow(/"a{39}…", occurs 2 times, the second, "b", once\). Lower .* count to 1,/);
    expect(() => Vocabulary.fromCounts([[giant, 1]])).toThrow(/only \("a{39}…", once\)/);
  });

  test('options out of range', () => {
    expect(() => Vocabulary.fromCounts(counted, { minCount: 0 })).toThrow(/minCount/);
    expect(() => Vocabulary.fromCounts(counted, { minCount: Number.NaN })).toThrow(/minCount/);
    expect(() => Vocabulary.fromCounts(counted, { maxSize: 1 })).toThrow(/maxSize/);
  });

  test('made by hand: no word twice, a count for each', () => {
    expect(() => new Vocabulary(['a', 'a'], [1, 1])).toThrow(/"a" .* twice/);
    expect(() => new Vocabulary(['a', 'b'], [1])).toThrow(/2 words but 1 counts/);
  });
});
