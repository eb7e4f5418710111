import { describe, expect, test } from 'vitest';
import { Corpus, smallWorld } from '../../src/text/index.js';

const world = smallWorld();
const corpus = Corpus.fromText(world.text);
const lines = world.text.trimEnd().split('\n');

describe('smallWorld', () => {
  test('of the size that was meant', () => {
    expect(lines).toHaveLength(16_000);
    expect(corpus.tokens.length).toBeGreaterThan(60_000);
    expect(corpus.tokens.length).toBeLessThan(150_000);
    expect(corpus.vocabulary.size).toBeGreaterThan(250);
    expect(corpus.vocabulary.size).toBeLessThan(500);
    expect(world.classes.size).toBeGreaterThanOrEqual(12);
  });

  test('every planted word has one class, and occurs often enough to be learned', () => {
    const planted = [...world.classes.values()].flat();
    expect(new Set(planted).size).toBe(planted.length);
    for (const [name, words] of world.classes) {
      expect(words.length).toBeGreaterThanOrEqual(10);
      for (const word of words) {
        expect(world.classOf(word)).toBe(name);
        expect([word, corpus.vocabulary.counts[corpus.vocabulary.indexOf(word)]! >= 30]).toEqual([
          word,
          true,
        ]);
      }
    }
  });

  test('function words have no class', () => {
    for (const word of ['the', 'of', 'whiskers', 'no-such-word', 'constructor']) {
      expect(world.classOf(word)).toBeUndefined();
    }
  });

  test('analogies: four different words, b to a as d to c', () => {
    const flat = [...world.analogies.values()].flat();
    expect(flat.every((question) => new Set(question).size === 4)).toBe(true);
    expect(flat.every((question) => question.every((word) => corpus.vocabulary.has(word)))).toBe(
      true,
    );
    const asks = (section: string, ...question: string[]) =>
      expect(world.analogies.get(section)).toContainEqual(question);
    asks('country : capital', 'france', 'paris', 'japan', 'tokyo');
    asks('country : nationality', 'poland', 'polish', 'sweden', 'swedish');
    asks('man : woman', 'king', 'queen', 'uncle', 'aunt');
    asks('one : many', 'mouse', 'mice', 'goose', 'geese');
    asks('present : past', 'eat', 'ate', 'bake', 'baked');
  });

  /** The first few lines of which it holds: none, one hopes. */
  const linesWith = (fault: RegExp) => lines.filter((line) => fault.test(line)).slice(0, 3);

  test('sentences are sentences', () => {
    expect(lines.filter((line) => !/^[A-Z][A-Za-z, ]*[a-z]\.$/.test(line)).slice(0, 3)).toEqual([]);
    expect(linesWith(/\ba [aeiou]|\ban [^aeiou]| {2}|undefined/i)).toEqual([]);
  });

  test('number, tense and sex agree within a sentence', () => {
    expect(linesWith(/\b(these|two|many|some|all) \w+ (is|has)\b|\bthis \w+ are\b/)).toEqual([]);
    expect(linesWith(/\b(yesterday|once)\b.*\bwill\b|\btomorrow\b.*\bwas\b/i)).toEqual([]);
    expect(linesWith(/\b(king|uncle|boy|nephew)\b.*\b(she|her|curls)\b/)).toEqual([]);
  });

  test('the same seed tells the same stories, another one others of the same words', () => {
    expect(smallWorld({ sentences: 200 }).text).toBe(smallWorld({ sentences: 200, seed: 1 }).text);
    const other = smallWorld({ sentences: 200, seed: 2 });
    expect(other.text).not.toBe(smallWorld({ sentences: 200 }).text);
    expect(other.classes).toEqual(world.classes);
    expect(world.text.startsWith(smallWorld({ sentences: 200 }).text)).toBe(true);
  });

  test('no sentences, no words', () => {
    expect(() => Corpus.fromText(smallWorld({ sentences: 0 }).text)).toThrow(/no words/);
  });
});
