import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Corpus, CorpusBuilder } from '../../src/text/index.js';

describe('Corpus', () => {
  test('a text as numbers', () => {
    const corpus = Corpus.fromText('b a b\n\n c b.\nx a', { minCount: 1 });
    expect(corpus.vocabulary.words).toEqual(['b', 'a', 'c', 'x']);
    expect([...corpus.tokens]).toEqual([0, 1, 0, 2, 0, 3, 1]);
    expect([...corpus.starts]).toEqual([0, 3, 5, 7]);
    expect(corpus.sentences).toBe(3);
    expect(corpus.sentence(1)).toEqual(['c', 'b']);
    expect([...corpus.sentenceOfTokens()]).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  test('rare words are left out, and lines of nothing else', () => {
    const corpus = Corpus.fromText('a rare b\nodd\nb a', { minCount: 2 });
    expect(corpus.vocabulary.words).toEqual(['a', 'b']);
    expect([...corpus.tokens]).toEqual([0, 1, 1, 0]);
    expect([...corpus.starts]).toEqual([0, 2, 4]);
    expect(corpus.wordsRead).toBe(6);
  });

  test('any lines of words come back as they were, however they arrive', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'dd', 'eee');
    const line = fc.array(word, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (lines, size) => {
          fc.pre(new Set(lines.flat()).size > 1);
          const text = lines.map((words) => words.join(' ')).join('\n');
          const builder = new CorpusBuilder({ minCount: 1 });
          for (let i = 0; i < text.length; i += size) builder.push(text.slice(i, i + size));
          const corpus = builder.end();
          expect(Array.from({ length: corpus.sentences }, (_, s) => corpus.sentence(s))).toEqual(
            lines,
          );
          for (const [i, w] of corpus.vocabulary.words.entries()) {
            expect(corpus.vocabulary.counts[i]).toBe(lines.flat().filter((x) => x === w).length);
          }
        },
      ),
    );
  });

  test('more words than the first buffer holds', () => {
    const corpus = Corpus.fromText('left right\n'.repeat(3000));
    expect(corpus.tokens).toHaveLength(6000);
    expect(corpus.sentences).toBe(3000);
    expect(corpus.sentence(2999)).toEqual(['left', 'right']);
  });

  test('nothing to embed', () => {
    expect(() => Corpus.fromText('')).toThrow(/no words/);
    expect(() => Corpus.fromText('¿?\n—')).toThrow(/no words/);
    expect(() => Corpus.fromText('word word word word word word')).toThrow(/one word only/);
    expect(() => Corpus.fromText('every word once')).toThrow(/minimum count/);
  });
});
